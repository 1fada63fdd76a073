"""Health says whether the service works; figures are told on their own port alone."""

import re

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from armstrace.audit import keys
from armstrace.jobs import stamps
from armstrace.web import measures, watching

pytestmark = pytest.mark.django_db

PORT = 9464
LINE = re.compile(r'armstrace_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [-+0-9.e]+')


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME, settings.METRICS_PORT = tmp_path, PORT
    watching._measures.cache_clear()
    keys.make_missing(keys.folder())
    yield tmp_path
    watching._measures.cache_clear()


def figures(client):
    answer = client.get("/metrics", SERVER_PORT=str(PORT))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == watching.TEXT
    lines = answer.content.decode().splitlines()
    told = [line for line in lines if not line.startswith("#")]
    assert all(LINE.fullmatch(line) for line in told)
    return dict(line.rsplit(" ", 1) for line in told)


def test_a_process_is_live_without_a_database(client, home):
    def refuse(*_):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        live, ready = client.get("/health/live"), client.get("/health/ready")
        told = figures(client)

    assert live.status_code == 200
    assert ready.status_code == 503
    assert "database" in ready.json()["failing"]
    assert told["armstrace_database_up"] == "0"


def test_a_service_is_ready_and_says_that_its_worker_is_silent(client, home):
    answer = client.get("/health/ready", headers={"Host": "any.example"})

    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "failing": ["worker"]}


def test_answers_are_counted_by_area_and_status(at_desk, known, home):
    client = at_desk("otto")
    client.get(reverse("recoveries"))
    client.get(reverse("recovery", args=[999_999]))
    client.get("/nothing/here/")

    told = figures(client)

    counted = 'armstrace_requests_total{area="recoveries",status="%s"}'
    assert told[counted % "2xx"] == "1"
    assert told[counted % "4xx"] == "1"
    assert told['armstrace_request_seconds_count{area="recoveries"}'] == "2"
    assert told['armstrace_request_seconds_bucket{area="recoveries",le="+Inf"}'] == "2"
    assert told['armstrace_jobs{state="waiting"}'] == "0"
    assert int(told["armstrace_ledger_entries"]) > 0


def test_no_number_and_no_name_is_told(at_desk, known, home):
    client = at_desk("otto")
    client.get(reverse("look-up"), {"q": "CANARY"})
    client.get(f"/CANARY/{999_999}")

    answer = client.get("/metrics", SERVER_PORT=str(PORT)).content.decode()

    assert "CANARY" not in answer
    assert "999999" not in answer
    assert "otto" not in answer


def test_the_port_of_figures_opens_no_page_and_pages_no_figures(at_desk, known, home):
    client = at_desk("otto")

    page = client.get(reverse("recoveries"), SERVER_PORT=str(PORT))
    assert b"armstrace_database_up" in page.content
    assert b"<html" not in page.content
    assert client.get("/metrics").status_code == 404


def test_ages_are_told_where_something_was_done(client, home):
    (home / "backups").mkdir()
    (home / stamps.BACKUP).write_text("2026-11-24T02:00:00+00:00\n")

    told = figures(client)

    assert float(told["armstrace_backup_age_seconds"]) > 0
    assert "armstrace_worker_age_seconds" not in told


def test_processes_count_side_by_side_and_counts_stay(tmp_path):
    one = measures.Measures(tmp_path, ("a", "b"))
    one.count("a", 200, 0.003)
    one.count("b", 503, 42.0)
    one._file.close()

    again = measures.Measures(tmp_path, ("a", "b"))
    again.count("a", 200, 0.003)

    told = dict(line.rsplit(" ", 1) for line in again.lines() if line[0] != "#")
    assert told['armstrace_requests_total{area="a",status="2xx"}'] == "2"
    assert told['armstrace_requests_total{area="b",status="5xx"}'] == "1"
    assert told['armstrace_request_seconds_bucket{area="b",le="10.0"}'] == "0"
    assert told['armstrace_request_seconds_bucket{area="b",le="+Inf"}'] == "1"
