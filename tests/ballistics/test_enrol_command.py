import json

import pytest
from typer.testing import CliRunner

from armstrace.ballistics import queries
from armstrace.cli import ballistics
from armstrace.vocabulary.actors import Role
from tests.accounts import cast as accounts
from tests.ballistics.marks import content
from tests.ballistics.test_enrolling import altered
from tests.builders import recovered, registered
from tests.cast import EXAMINER

pytestmark = pytest.mark.django_db


@pytest.fixture
def scan(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    path = tmp_path / "case.x3p"
    path.write_bytes(content())
    return path


def enrol(*words):
    return CliRunner().invoke(ballistics.app, ["enrol", *map(str, words)])


def test_a_scan_becomes_a_mark_of_a_recovery(scan):
    (recovery,) = recovered()

    ended = enrol(scan, "--recovery", f"R{recovery}", "--calibre", "9x19mm", "--json")

    (told,) = json.loads(ended.stdout)["files"]
    page = queries.mark_page(int(told["mark"][1:]), viewer=EXAMINER)
    assert ended.exit_code == 0
    assert told["owner"] == f"R{recovery}"
    assert told["sha256"] == page.scan.file.sha256
    assert page.row.described.calibre == "9x19mm"


def test_a_test_fire_of_an_arm_takes_the_ring_that_is_given(scan):
    (arm,) = registered()

    ended = enrol(scan, "--arm", f"A{arm}", "--ring", "1.8,1.8,1.7,0.85")

    (row,) = queries.marks_of_arms([arm], viewer=EXAMINER)[arm]
    page = queries.mark_page(row.mark_id, viewer=EXAMINER)
    assert ended.exit_code == 0
    assert "region as drawn" in ended.stdout
    assert page.region.pin_radius_m == pytest.approx(0.85e-3)


def test_altered_points_are_told_and_the_other_files_go_on(scan):
    (recovery,) = recovered()
    bad = scan.with_name("bad.x3p")
    bad.write_bytes(altered(content()))

    ended = enrol(bad, scan, "--recovery", f"R{recovery}", "--json")

    told = json.loads(ended.stdout)["files"]
    assert ended.exit_code == 1
    assert "differ from their checksum" in told[0]["error"]
    assert told[1]["mark"].startswith("B")


def test_a_reference_that_is_none_is_refused(scan):
    ended = enrol(scan, "--recovery", "twelve")

    assert ended.exit_code == 1
    assert "write it as R12" in ended.stdout


def test_a_person_may_be_named_who_enrols(scan):
    (recovery,) = recovered()
    accounts.user("bench", Role.EXAMINER)

    ended = enrol(scan, "--recovery", f"R{recovery}", "--by", "bench", "--json")
    refused = enrol(scan, "--recovery", f"R{recovery}", "--by", "nobody")

    (told,) = json.loads(ended.stdout)["files"]
    page = queries.mark_page(int(told["mark"][1:]), viewer=EXAMINER)
    assert page.row.enrolled_by == "bench"
    assert refused.exit_code == 1
