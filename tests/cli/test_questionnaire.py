"""`armstrace questionnaire`: the return is written, and read back."""

import csv
import io
import json
import re
import zipfile

import pytest
from typer.testing import CliRunner

from armstrace.analysis.statistics.workbook import reading
from armstrace.cli import indicator, questionnaire
from armstrace.indicators import queries
from armstrace.indicators.actions import returns as actions
from armstrace.intake.tables import formulas
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.returns import DifferenceReason
from tests.indicators import records

pytestmark = pytest.mark.django_db


def run(*words, app=questionnaire.app):
    return CliRunner().invoke(
        app, [str(word) for word in words], catch_exceptions=False
    )


@pytest.fixture
def recovered():
    records.a_decision(records.a_trace(records.an_arm_recovered()))
    records.an_arm_recovered()
    records.an_arm_recovered(recovery_kind="FOUND")
    records.an_arm_recovered(year_of_manufacture=1890)


@pytest.fixture
def written(recovered, tmp_path):
    path = tmp_path / "return.xlsx"
    return json.loads(run("--year", 2020, "-o", path, "--json").stdout), path


def test_the_workbook_holds_every_table_and_the_hash_that_is_printed(written):
    told, path = written

    sheets = formulas.read_whole(path, path.name)

    assert (told["year"], told["country"]) == (2020, "XV")
    assert {"A1", "B1", "C3", "5.1", "5.3", "E2", "F", "G", "H", "I"} <= set(
        told["tables"]
    )
    front = {c.text for c in sheets["Return"].values()}
    assert {told["content_hash"], told["version"], "2020"} <= front
    assert {"B Arms", "5 Tracing", "Indicator 16.4.2", "Checks"} <= set(sheets)
    assert told["checks"]["holds"] > 0


def test_what_was_written_says_what_the_records_say(written):
    _, path = written

    result = run("--year", 2020, "--read-back", path, "--json")

    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (told["differences"], told["is_same_content"]) == ([], True)


def altered(path, pattern, put, sheet="sheet2.xml"):
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name.endswith(f"worksheets/{sheet}"):
                part = re.sub(pattern, put, part, count=1)
            new.writestr(name, part)


def test_a_changed_total_is_named_cell_by_cell(written):
    _, path = written
    altered(path, r"(<c r=\"C9\"[^>]*>)<v>2</v>", r"\1<v>3</v>")

    told = json.loads(run("--year", 2020, "--read-back", path, "--json").stdout)

    (found,) = told["differences"]
    assert (found["kind"], found["key"]) == ("CHANGED", "A2:TOTAL:SEIZED")
    assert (found["was"], found["now"]) == ("2", "3")
    assert found["sentence"].startswith("A Totals!C9 (A2:TOTAL:SEIZED): changed")


def test_a_record_that_came_later_is_a_difference(written):
    _, path = written
    records.an_arm_recovered(recovery_kind="SURRENDERED")

    said = run("--year", 2020, "--read-back", path).stdout

    assert "(A2:TOTAL:SURRENDERED): changed; was 1, is blank." in said


def a_filled_workbook(path):
    """Fill a cell of another ministry, as a person would in a spreadsheet."""
    words = '<c r="E4" t="inlineStr"><is><t>Ministry of Justice</t></is></c>'
    altered(path, r'<c r="C4" s="\d+"/>', '<c r="C4"><v>12</v></c>', "sheet6.xml")
    altered(path, r'<c r="E4" s="\d+"/>', words, "sheet6.xml")


def test_a_figure_of_another_ministry_is_entered_with_its_source(written):
    _, path = written
    a_filled_workbook(path)

    told = json.loads(
        run(
            "--year", 2020, "--read-back", path, "--enter", "Reply of June", "--json"
        ).stdout
    )

    assert {each["key"]: each["value"] for each in told["entered"]}[
        "E1:TARGETED:TOTAL"
    ] == 12
    assert told["figures_entered"] == len(told["entered"])
    again = json.loads(run("--year", 2020, "--read-back", path, "--json").stdout)
    assert again["differences"] == []


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_release_layout_gives_the_same_indicator_as_the_records(
    recovered, tmp_path, ending
):
    path = tmp_path / f"release.{ending}"
    run("--year", 2020, "-o", path, "--release")

    words = ("16.4.2", "--year", 2020, "--method", "metadata")
    rows = run(*words, "--from-release", path, app=indicator.app).stdout
    figure = json.loads(run(*words, "--json", app=indicator.app).stdout)

    (row,) = csv.DictReader(io.StringIO(rows))
    assert row["iso3"] == "XVX"
    assert (int(row["numerator"]), int(row["denominator"])) == (
        figure["numerator"],
        figure["denominator"],
    )
    assert float(row["value"]) == figure["value"]


def test_a_workbook_of_another_year_is_held_against_nothing(written):
    _, path = written

    told = json.loads(run("--year", 2021, "--read-back", path, "--json").stdout)

    assert [each["kind"] for each in told["differences"]] == [reading.Kind.OTHER_RETURN]


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InvalidInput, match="was not found"):
        run("--year", 2020, "--read-back", tmp_path / "none.xlsx")


@pytest.mark.parametrize(
    "words",
    [
        ("-o", "a.xlsx"),
        ("--year", "2020"),
        ("--year", "2020", "-o", "a.pdf"),
        ("--year", "2020", "-o", "a.xlsx", "--read-back", "b.xlsx"),
        ("--year", "2020", "-o", "a.xlsx", "--as-of", "soon"),
    ],
)
def test_wrong_usage_leaves_with_status_two(words):
    assert run(*words).exit_code == 2


@pytest.mark.parametrize("year", [24, 99999])
def test_a_year_out_of_reach_is_refused_in_one_sentence(year, tmp_path):
    result = run("--year", year, "-o", tmp_path / "return.xlsx")

    assert result.exit_code == 2
    assert "1900" in result.stderr


def test_a_day_that_lies_ahead_is_refused(tmp_path):
    path = tmp_path / "return.xlsx"
    result = run("--year", 2020, "--as-of", "2199-01-01", "-o", path)

    assert result.exit_code == 2
    assert "in the future" in result.stderr


def test_a_year_without_records_is_said_to_have_none(tmp_path):
    result = run("--year", 2019, "-o", tmp_path / "return.xlsx")

    assert result.exit_code == 0
    assert "Nothing is on record for 2019" in result.stderr


def test_CK_05_an_explained_difference_is_said_to_be_explained(tmp_path):
    by = records.statistician()
    records.an_arm_recovered(
        serial_status="OBLITERATED", production_class="RUDIMENTARY"
    )
    found = queries.return_of(year=2020, viewer=by).checks
    (failing,) = [each for each in found if each.holds is False]
    why = actions.StatedExplanation(
        2020, failing.key, DifferenceReason.ORDER_OF_ROWS, "craft first"
    )
    actions.explain_difference(stated=why, by=by, at=records.NOW)

    result = run("--year", 2020, "-o", tmp_path / "return.xlsx")

    assert "Explained: one row is decided before another (craft first)." in (
        result.stderr
    )
    assert "that do not: 1, of these explained: 1." in result.stdout
