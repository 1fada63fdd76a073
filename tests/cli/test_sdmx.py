"""`armstrace sdmx`, from records and on a message that is given."""

import csv
import json

import pytest
from typer.testing import CliRunner

from armstrace.analysis.statistics.indicator import Method
from armstrace.analysis.statistics.sdmx import messages
from armstrace.cli import sdmx
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from tests.indicators import records

pytestmark = pytest.mark.django_db


def run(*words):
    return CliRunner().invoke(
        sdmx.app, [str(word) for word in words], catch_exceptions=False
    )


@pytest.fixture
def one_of_two():
    records.a_decision(records.a_trace(records.an_arm_recovered()))
    records.an_arm_recovered()


@pytest.mark.parametrize("ending", ["csv", "xml"])
def test_a_message_and_its_accompanying_file_are_written(one_of_two, tmp_path, ending):
    path = tmp_path / f"armas.{ending}"

    result = run("--year", 2020, "-o", path, "--json")

    told = json.loads(result.stdout)
    (seen,) = messages.read(path.read_bytes())
    assert [seen] == told["observations"]
    assert (seen["OBS_VALUE"], seen["TIME_PERIOD"]) == ("50.00", "2020")
    assert "Numerator 1, denominator 2." in seen["COMMENT_OBS"]
    with (tmp_path / "armas_accompanying.csv").open(encoding="utf-8") as lines:
        figures = [row for row in csv.DictReader(lines) if row["row"] == "FIGURE"]
    assert [row["method"] for row in figures] == [each.value for each in Method]
    assert (figures[0]["numerator"], figures[0]["denominator"]) == ("1", "2")


def test_messages_go_to_standard_error_and_say_which_method(one_of_two, tmp_path):
    result = run("--year", 2020, "-o", tmp_path / "a.csv")

    assert "the figure by metadata" in result.stderr
    assert "proves no official validity" in result.stderr
    assert "is not to be sent" in result.stderr
    assert "a.csv" in result.stdout


def test_a_past_state_of_knowledge_can_be_sent(one_of_two, tmp_path):
    records.an_arm_recovered(known_at=records.NOW)
    path = tmp_path / "a.csv"

    run("--year", 2020, "-o", path, "--as-of", "2023-12-31")

    (seen,) = messages.read(path.read_bytes())
    assert seen["OBS_VALUE"] == "50.00"
    assert seen["DATA_LAST_UPDATE"] == "2023-12-31"


def test_SX_07_a_year_without_records_writes_no_file(tmp_path):
    path = tmp_path / "a.csv"

    with pytest.raises(RuleBroken, match="no figure for 1950"):
        run("--year", 1950, "-o", path)

    assert list(tmp_path.iterdir()) == []


def test_SX_01_a_message_with_unknown_codes_is_named_and_fails(one_of_two, tmp_path):
    path = tmp_path / "a.csv"
    run("--year", 2020, "-o", path)
    text = path.read_text().replace("999,_T", "999,ZZ").replace(",PT,", ",XX,")
    path.write_text(text)

    result = run("--check", path, "--json")

    found = json.loads(result.stdout)["findings"]
    assert result.exit_code == 1
    assert [(each["rule"], each["component"]) for each in found] == [
        ("SX-01", "SEX"),
        ("SX-01", "UNIT_MEASURE"),
    ]


def test_a_message_that_fits_passes_the_check(one_of_two, tmp_path):
    path = tmp_path / "a.xml"
    run("--year", 2020, "-o", path)

    assert run("--check", path).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--year", "2020"),
        ("--year", "2020", "-o", "a.txt"),
        ("--year", "MMXX", "-o", "a.csv"),
        ("--year", "2020", "-o", "a.csv", "--as-of", "yesterday"),
    ],
)
def test_wrong_usage_leaves_with_status_two(words):
    assert run(*words).exit_code == 2


def test_a_structure_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InvalidInput, match=r"none\.xml cannot be read"):
        run("--year", 2020, "-o", tmp_path / "a.csv", "--structure", "none.xml")


@pytest.mark.parametrize(
    ("ending", "says"),
    [("xml", "is marked as a test"), ("csv", "no place to mark a test")],
)
def test_only_a_message_that_can_be_marked_says_that_it_is(
    one_of_two, tmp_path, ending, says
):
    result = run("--year", 2020, "-o", tmp_path / f"armas.{ending}")

    assert says in result.stderr
    assert "is not to be sent" in result.stderr


def test_observations_that_fit_are_counted(one_of_two, tmp_path):
    path = tmp_path / "armas.xml"
    run("--year", 2020, "-o", path)

    assert "Observations that fit" in run("--check", path).stdout
