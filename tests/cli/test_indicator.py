"""`armstrace indicator`, from a release and from records."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from typer.testing import CliRunner

from armstrace.analysis.statistics.indicator import Method
from armstrace.cli import indicator
from armstrace.vocabulary.errors import InvalidInput, NotFound
from tests.indicators import records
from tests.shared_data import shared_path

HEADER = [
    "Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category",
    "Sex", "Age", "Year", "Unit of measurement", "VALUE", "Source",
]  # fmt: skip
IN = "Uniquely identifiable - from illegitimate owner in national registry"
NO = "Uniquely identifiable - no tracing procedure initiated"


def a_row(category, year, value, iso3="NOR", country="Norvège"):
    return [
        iso3,
        country,
        "Europe",
        "Northern Europe",
        "Arms seized",
        "by location",
        category,
        "na",
        "na",
        year,
        "Counts",
        value,
        "IAFQ",
    ]


ROWS = [
    a_row(IN, 2019, 1),
    a_row(NO, 2019, 3),
    a_row(IN, 2020, 3),
    a_row(NO, 2020, 1),
    a_row(NO, 2020, 8, "DNK", "Danemark"),
]


def run(*words: str):
    return CliRunner().invoke(
        indicator.app, [str(word) for word in words], catch_exceptions=False
    )


def rows_of(result) -> list[dict[str, str]]:
    assert result.exit_code == 0
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "data_iafq_firearms_trafficking.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("data")
        for number, row in enumerate([["UNODC"], ["17/06/2022"], HEADER, *ROWS]):
            sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "release.csv"
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADER, *ROWS])
    path.write_bytes(text.getvalue().encode("cp1252"))
    return path


@pytest.mark.parametrize("kind", ["workbook", "table"])
def test_a_release_gives_one_row_for_each_country_and_year(kind, request):
    path = request.getfixturevalue(kind)

    rows = rows_of(run("16.4.2", "--from-release", path, "--method", "unodc_annual"))

    assert [(row["iso3"], row["year"], row["value"]) for row in rows] == [
        ("DNK", "2020", "0.00"),
        ("NOR", "2019", "25.00"),
        ("NOR", "2020", "75.00"),
    ]
    assert rows[1]["country"] == "Norvège"
    assert list(rows[0])[:6] == [
        "iso3",
        "year",
        "window",
        "numerator",
        "denominator",
        "value",
    ]


def test_a_pooled_row_names_the_years_that_it_rests_on(table):
    rows = rows_of(
        run(
            "16.4.2",
            "--from-release",
            table,
            "--country",
            "nor",
            "--method",
            "unodc_pooled",
        )
    )

    assert [(r["year"], r["window"], r["value"]) for r in rows] == [
        ("2019", "2019", "25.00"),
        ("2020", "2019-2020", "50.00"),
        ("2021", "2020", "75.00"),
    ]


def test_every_method_can_be_typed(table):
    asked = ("16.4.2", "--from-release", table, "--country", "NOR", "--method")

    for method in Method:
        rows = rows_of(run(*asked, method.value))
        assert {row["method"] for row in rows} == {method.value}


def test_without_a_method_both_definitions_are_printed(table):
    rows = rows_of(run("16.4.2", "--from-release", table, "--country", "NOR"))

    assert {row["method"] for row in rows} == {"metadata", "unodc_annual"}


def test_a_release_can_be_printed_as_json(table):
    result = run(
        "16.4.2", "--from-release", table, "--method", "unodc_2026", "--format", "json"
    )

    rows = json.loads(result.stdout)

    assert [(r["iso3"], r["year"], r["window"], r["value"]) for r in rows] == [
        ("DNK", 2020, "2020", 0.0),
        ("NOR", 2019, "2019-2020", 50.0),
        ("NOR", 2020, "", None),
    ]
    assert rows[1]["numerator"] is None
    assert rows[1]["parts"] == "2019: 1/4; 2020: 3/4"


def test_remarks_go_to_standard_error_and_leave_the_table_clean(tmp_path):
    path = tmp_path / "odd.csv"
    with path.open("w", newline="") as lines:
        csv.writer(lines).writerows([HEADER, a_row(IN, "2019-2020", 5), *ROWS])

    result = run("16.4.2", "--from-release", path, "--method", "unodc_annual")

    assert "row 2, Year: “2019-2020” is a window of years" in result.stderr
    assert len(rows_of(result)) == 3


def test_a_country_that_the_release_lacks_is_named(table):
    with pytest.raises(NotFound, match="no tracing table of SWE"):
        run("16.4.2", "--from-release", table, "--country", "SWE")


def test_a_file_that_is_no_release_is_refused_in_one_sentence(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")

    with pytest.raises(InvalidInput, match="No header row was found"):
        run("16.4.2", "--from-release", path)


@pytest.mark.django_db
def test_what_it_would_take_is_printed_and_adds_up():
    records.an_arm_recovered(recovered_on=date(2020, 6, 1))
    asked = ("16.4.2", "--year", "2020", "--method", "metadata")

    told = json.loads(run(*asked, "--what-it-would-take", "--json").stdout)
    lines = run(*asked, "--what-it-would-take").stdout

    (page,) = told
    assert page["value"] + sum(each["points"] for each in page["reasons"]) == 100
    assert all(each["code"] in lines for each in page["reasons"])


@pytest.mark.parametrize(
    "words",
    [
        ("16.4.2", "--from-release", "x.csv", "--what-it-would-take"),
        ("16.4.1",),
        ("16.4.2", "--method", "median"),
        ("16.4.2", "--country", "NOR"),
        ("16.4.2", "--from-release", "x.csv", "--as-of", "2020-01-01"),
        ("16.4.2", "--as-of", "yesterday"),
    ],
)
def test_wrong_usage_leaves_with_status_two(words):
    assert run(*words).exit_code == 2


def test_the_published_release_is_reproduced_from_the_command_line():
    path = shared_path("iafq/unodc_iafq_long_release_2022-06-17.csv")
    cases = shared_path("iafq/recompute_cases_older_vintage_pooled_two_year.csv")

    rows = rows_of(run("16.4.2", "--from-release", path, "--method", "unodc_pooled"))

    values = {(row["iso3"], row["year"]): row["value"] for row in rows}
    with cases.open(encoding="utf-8", newline="") as lines:
        matched = [c for c in csv.DictReader(lines) if c["status"] == "MATCH"]
    reproduced = [
        case
        for case in matched
        if values.get((case["iso3"], case["time_period"]), "")
        and Decimal(values[case["iso3"], case["time_period"]])
        == Decimal(case["published"])
    ]
    assert len(reproduced) == 19
    assert {c["time_period"] for c in matched if c not in reproduced} == {"2021"}


@pytest.mark.django_db
def test_one_figure_from_records_is_one_document():
    records.a_decision(records.a_trace(records.an_arm_recovered()))
    records.an_arm_recovered(year_of_manufacture=1890)

    result = run("16.4.2", "--year", "2020", "--method", "metadata", "--json")

    document = json.loads(result.stdout)
    assert (document["method"], document["year"]) == ("metadata", 2020)
    assert (document["numerator"], document["denominator"]) == (1, 1)
    assert (document["value"], document["window"]) == (100.0, "2020")
    assert document["interval"][1] == 100.0
    assert document["excluded"] == [
        {
            "code": "ANTIQUE",
            "rule": "SC-03",
            "reason": "antique by its year of manufacture",
            "count": 1,
        }
    ]
    assert "rests on 1 arm," in document["warning"]


@pytest.mark.django_db
def test_without_method_or_year_all_years_come_by_both_definitions():
    records.an_arm_recovered()
    records.an_arm_recovered(recovered_on="2021-03-03", known_at=records.NOW)

    document = json.loads(run("16.4.2", "--json").stdout)

    assert [(f["method"], f["year"]) for f in document["figures"]] == [
        ("metadata", 2020),
        ("metadata", 2021),
        ("unodc_annual", 2020),
        ("unodc_annual", 2021),
    ]


@pytest.mark.django_db
def test_a_past_state_of_knowledge_can_be_asked_for():
    records.an_arm_recovered()

    before = run(
        "16.4.2", "--year", "2020", "--method", "metadata", "--as-of", "2019-12-31",
        "--json",
    )  # fmt: skip
    after = run(
        "16.4.2", "--year", "2020", "--method", "metadata", "--as-of", "2020-01-01",
        "--json",
    )  # fmt: skip

    assert json.loads(before.stdout)["value"] is None
    assert json.loads(after.stdout)["denominator"] == 1


@pytest.mark.django_db
def test_the_figure_is_said_in_words_with_what_is_left_out():
    records.an_arm_recovered()
    records.an_arm_recovered(recovery_kind="FOUND")

    said = run("16.4.2", "--year", "2020").stdout

    assert "16.4.2, 2020, metadata: 0.00 % (0 of 2; 2020; 95 %: 0.00 to" in said
    assert "left out: 1 (found, not seized, ME-01)" in said
    assert "Counts seized arms only" in said


@pytest.mark.django_db
def test_without_a_recovery_the_figure_is_said_to_be_lacking():
    told = run("16.4.2")

    assert (told.exit_code, told.stdout) == (0, "")
    assert "there is nothing to count" in told.stderr
    assert json.loads(run("16.4.2", "--json").stdout)["figures"] == []
