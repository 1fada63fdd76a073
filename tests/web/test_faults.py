"""A database that is away, a full disk and a race end in a sentence, not in 500."""

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.urls import reverse

from armstrace.cli import serving
from armstrace.recoveries import queries
from armstrace.recoveries.models import Recovery
from tests.web.test_work import RECOVERY

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(at_desk, known):
    client = at_desk("otto")
    client.raise_request_exception = False
    return client


def fail(error):
    def failing(*args, **kwargs):
        raise error

    return failing


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("database or disk is full"), 503, "The disk is full"),
        (OperationalError("connection refused"), 503, "cannot be reached"),
        (OSError(28, "No space left on device"), 503, "The disk is full"),
        (IntegrityError("UNIQUE constraint failed: x.y"), 409, "was quicker"),
        (IntegrityError("CHECK constraint failed: arm_record_times"), 503, "clock"),
        (OverflowError("int too large"), 422, "too large"),
        (ValueError("a fault"), 500, "The page failed"),
    ],
)
def test_a_page_says_what_could_not_be_done(desk, monkeypatch, error, status, words):
    monkeypatch.setattr(queries, "ammunition_rows", fail(error))

    answer = desk.get(reverse("ammunition"))

    assert answer.status_code == status
    assert words in answer.content.decode()
    if status == 503:
        assert answer.headers["Retry-After"] == "30"
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_page_that_failed_says_so_in_the_language_of_the_reader(desk, monkeypatch):
    monkeypatch.setattr(queries, "ammunition_rows", fail(ValueError("a fault")))

    page = desk.get(reverse("ammunition"), headers={"accept-language": "ar"})

    assert 'lang="ar" dir="rtl"' in page.content.decode()
    assert "The page failed" not in page.content.decode()


def test_the_page_of_a_database_that_is_away_asks_it_nothing(desk, monkeypatch):
    asked = []

    def refuse(execute, sql, params, many, context):
        asked.append(sql)
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        answer = desk.get(reverse("today"))

    assert answer.status_code == 503
    assert "cannot be reached" in answer.content.decode()
    assert len(asked) == 1


def test_the_api_answers_in_its_own_shape(desk, monkeypatch):
    with connection.execute_wrapper(
        lambda *_: fail(OperationalError("connection refused"))()
    ):
        answer = desk.get(
            "/api/v1/recoveries/", headers={"Authorization": "Bearer anything"}
        )

    assert answer.status_code == 503
    assert answer.json()["type"] == "/api/docs#unavailable"
    assert "cannot be reached" in answer.json()["detail"]


def test_a_full_disk_while_an_act_is_written_leaves_nothing(desk):
    before = Recovery.objects.count()

    def refuse(execute, sql, params, many, context):
        if "audit_ledgerentry" in sql and sql.startswith("INSERT"):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    address = reverse("recovery-record")
    with connection.execute_wrapper(refuse):
        answer = desk.post(
            address,
            RECOVERY | {"number": "FULL-1"},
            headers={"origin": "http://testserver"},
        )

    assert answer.status_code == 503
    assert "The disk is full" in answer.content.decode()
    assert 'name="number" value="FULL-1"' in answer.content.decode()
    assert f'<form method="post" action="{address}">' in answer.content.decode()
    assert Recovery.objects.count() == before


def test_a_pool_is_closed_before_the_server_forks(monkeypatch):
    closed = []

    class Pooled(serving.postgresql.DatabaseWrapper):
        def __init__(self):
            """Connect to nothing."""

        def close(self):
            closed.append("connection")

        def close_pool(self):
            closed.append("pool")

    monkeypatch.setattr(serving.connections, "all", lambda **_: [Pooled()])

    serving.leave_database()

    assert closed == ["connection", "pool"]
