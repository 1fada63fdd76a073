"""UNODC's published long table, read and recomputed."""

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.statistics import indicator, ratios, release, release_places
from armstrace.analysis.statistics.indicator import Method
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import NOTHING, Message
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.vocabulary.tracing import TracingCell
from tests.analysis.statistics import releases
from tests.shared_data import shared_path

pytestmark = pytest.mark.pure

HEADER = releases.HEADER
IN = "Uniquely identifiable - from illegitimate owner in national registry"
LO = "Uniquely identifiable - from legitimate owner in national registry"
NO = "Uniquely identifiable - no tracing procedure initiated"
UNIQUE = "Uniquely identifiable - total uniquely identifiable through marking"


def a_row(category, value, *, year=2018, kind="seized", dimension="by location"):
    return [
        "UTO",
        "Utopia",
        "",
        "",
        f"Arms {kind}",
        dimension,
        category,
        "na",
        "na",
        year,
        "Counts",
        value,
        "IAFQ",
    ]


def a_release(*rows):
    return releases.read([HEADER, *rows])


def seized(read, year=2018):
    return read.years["UTO"][year].table(Acquisition.SEIZED)


def test_title_rows_above_the_header_are_passed_over():
    rows = [["UNODC"], ["17/06/2022"], [], HEADER, a_row(IN, 3)]

    read = releases.read(rows)

    assert seized(read).leaves == {TracingCell.IN: 3}
    assert read.rows_read == 1


def test_columns_are_found_in_any_order_beside_columns_not_known():
    row = dict(zip(HEADER, a_row(IN, "3"), strict=True)) | {"Note": "x"}
    names = sorted(row)

    read = releases.read([names, [row[name] for name in names]])

    assert seized(read).leaves == {TracingCell.IN: 3}


def test_a_file_without_the_header_is_refused_with_what_is_missing():
    with pytest.raises(InvalidInput, match="No header row was found"):
        releases.read([["a", "b"], [1, 2]])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12", 12),
        ("12.0", 12),
        ("1,234", 1234),
        ("1 234 567", 1_234_567),
        ("0", 0),
        ("", None),
        ("na", None),
        ("..", None),
    ],
)
def test_a_count_is_read_as_it_is_written_and_a_blank_is_no_zero(text, count):
    assert release.count_of(text) == count


@pytest.mark.parametrize("text", ["-1", "1.5", "about 10", "1,23", "0x10", "²"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(InvalidInput, match="is not a count"):
        release.count_of(text)


@given(st.integers(0, 10**9))
def test_every_count_reads_back_with_and_without_separators(count):
    assert release.count_of(str(count)) == count
    assert release.count_of(f"{count:,}") == count
    assert release.count_of(f"{count}.0") == count


@pytest.mark.parametrize("year", ["2016-2017", "unknown", "", 16])
def test_a_year_that_is_not_one_year_is_named_and_the_row_left_out(year):
    read = a_release(a_row(IN, 3, year=year), a_row(NO, 4))

    assert seized(read).leaves == {TracingCell.NO: 4}
    assert read.remarks[0].row == 2
    assert "the row is left out" in str(read.remarks[0].message)


def test_a_value_that_is_no_count_is_named_and_the_rest_is_read():
    read = a_release(a_row(IN, "many"), a_row(NO, 4))

    assert seized(read).leaves == {TracingCell.NO: 4}
    assert str(read.remarks[0].message).startswith("“many” is not a count")


def test_a_country_without_iso_code_is_named_and_kept():
    read = a_release(a_row(IN, 3))

    assert "“UTO” is not a country code" in str(read.remarks[0].message)
    assert list(read.years) == ["UTO"]


def test_a_misspelt_label_is_read_and_said_so_once():
    label = "Uniquely identifiable - no tracing procedur initiated"

    read = a_release(a_row(label, 3), a_row(label, 4, year=2019))

    assert seized(read).leaves == {TracingCell.NO: 3}
    said = [each for each in read.remarks if each.field == "Category"]
    assert len(said) == 1
    assert str(said[0].message) == f"“{label}” is read as “{NO}”."


@pytest.mark.parametrize(
    "label",
    [
        "Uniquely identifiable - from ilegitimate owner in national registry",
        "Uniquely identifiable - from the owner in registry",
        "Not uniquely identifiable",
    ],
)
def test_a_label_near_to_two_is_not_guessed(label):
    read = a_release(a_row(label, 3), a_row(NO, 4))

    assert seized(read).leaves == {TracingCell.NO: 4}
    assert any("is not a row of" in str(each.message) for each in read.remarks)


TRACING = {
    group: labels
    for group, labels in release_places.places().items()
    if group[0] == "arms seized" and group[1] == "by location"
}


@pytest.mark.parametrize(("group", "labels"), TRACING.items())
def test_dropping_a_letter_never_turns_a_label_into_another(group, labels):
    for label, place in labels.items():
        for position in range(0, len(label), 7):
            misspelt = label[:position] + label[position + 1 :]
            found = release_places.place_of(*group, misspelt)
            assert found.row in {place.row, ""}


def test_a_repeated_row_counts_once_and_is_named():
    read = a_release(a_row(IN, 3), a_row(IN, 3), a_row(NO, 4))

    assert seized(read).count(TracingCell.IN) == 3
    assert any("Rows 2 and 3 repeat" in str(each.message) for each in read.remarks)


def test_rows_that_contradict_leave_the_table_out_and_are_named():
    read = a_release(a_row(IN, 3), a_row(IN, 5), a_row(IN, 3, year=2019))

    figure = indicator.indicator_16_4_2(read.years["UTO"], 2018, Method.UNODC_ANNUAL)

    assert figure.value is None
    assert "Rows of 5.1.IN give different counts" in str(figure.reason)
    assert any("Rows 2 and 3 give" in str(each.message) for each in read.remarks)
    assert seized(read, 2019).has_leaves


def test_a_blank_cell_stays_blank():
    read = a_release(a_row(IN, ""), a_row(NO, 4))

    assert TracingCell.IN not in seized(read).leaves


def test_rows_of_other_tables_are_counted_and_passed_over():
    read = a_release(
        a_row("pistol", 9, dimension="by type"),
        a_row("Total", 9, dimension="by type"),
        a_row("other", 9, dimension="by legal justification of seizure"),
        a_row(NO, 4),
    )

    assert read.rows_read == 4
    assert seized(read).total_filed is None


def test_the_total_that_equals_the_places_is_the_places():
    read = a_release(
        a_row("land borders", 20),
        a_row("national territory", 5),
        a_row("Total", 7),
        a_row("Total", 25),
        a_row(IN, 3),
        a_row(NO, 4),
    )

    assert seized(read).total_filed == 7


def test_a_total_filed_under_tracing_needs_no_deciding():
    read = a_release(
        a_row("land borders", 20),
        a_row("Total", 20),
        a_row("Total", 9, dimension="by tracing"),
        a_row(IN, 3),
    )

    assert seized(read).total_filed == 9


@pytest.mark.parametrize(
    ("totals", "places", "values", "expected"),
    [
        ([], [], {"IN": 3}, None),
        ([3], [], {"IN": 3}, 3),
        ([9], [9], {"IN": 3}, None),
        ([3], [9], {"IN": 3}, 3),
        ([9, 9], [9], {"IN": 3}, 9),
        ([3, 8], [9], {"IN": 3}, 3),
        ([3, 9], [9], {"IN": 3}, 3),
        ([9], [9], {}, None),
        ([9], [], {}, 9),
    ],
)
def test_which_total_is_the_tracing_total(totals, places, values, expected):
    assert release.tracing_total(totals, places, values) == (expected, NOTHING)


@pytest.mark.parametrize(
    ("totals", "places"), [([7, 8], [9]), ([7], [9]), ([7, 8], [])]
)
def test_a_total_that_nothing_decides_is_left_out_and_said(totals, places):
    total, doubt = release.tracing_total(totals, places, {"IN": 3})

    assert total is None
    assert "is not decided" in str(doubt)


def test_only_arms_surrendered_are_no_figure_of_seized_ones():
    read = a_release(a_row(IN, 3, kind="surrendered"))

    figure = indicator.indicator_16_4_2(read.years["UTO"], 2018, Method.UNODC_ANNUAL)

    assert figure.value is None
    assert [(each.code, each.count) for each in figure.excluded] == [("SURRENDERED", 3)]


@pytest.fixture(scope="module")
def published():
    path = shared_path("iafq/unodc_iafq_long_release_2022-06-17.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return releases.read(csv.reader(lines))


@pytest.fixture(scope="module")
def cases():
    path = shared_path("iafq/recompute_cases_older_vintage_pooled_two_year.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def pooled(published, case):
    register = published.years.get(case["iso3"], {})
    return indicator.indicator_16_4_2(
        register, int(case["time_period"]), Method.UNODC_POOLED
    )


def test_the_published_values_of_years_in_the_release_are_reproduced(published, cases):
    matched = [case for case in cases if case["status"] == "MATCH"]
    within = [case for case in matched if case["time_period"] != "2021"]

    reproduced = [
        case
        for case in within
        if pooled(published, case).value == Decimal(case["published"])
    ]

    assert len(within) == 19
    assert reproduced == within


def test_the_figures_of_2021_lack_their_year_and_are_not_reproduced(published, cases):
    lacking = [
        case
        for case in cases
        if case["status"] == "MATCH" and case["time_period"] == "2021"
    ]

    figures = {case["iso3"]: pooled(published, case) for case in lacking}

    assert {iso3: figure.window for iso3, figure in figures.items()} == {
        "ESP": "2020",
        "GBR": "2020",
        "LVA": "",
    }
    for case in lacking:
        assert figures[case["iso3"]].value != Decimal(case["published"])


def test_all_matching_cases_follow_from_their_own_fractions(cases):
    matched = [case for case in cases if case["status"] == "MATCH"]

    assert len(matched) == 22
    for case in matched:
        year = int(case["time_period"])
        figure = indicator.pool_years(
            a_ratio(year - 1, case["num_t_1"], case["den_t_1"]),
            a_ratio(year, case["num_t"], case["den_t"]),
        )
        assert figure.value == Decimal(case["published"]), case["iso3"]


def a_ratio(year: int, numerator: str, denominator: str) -> ratios.YearRatio:
    if not denominator:
        return ratios.YearRatio(year, reason=Message("not filed"))
    return ratios.YearRatio(year, int(numerator), int(denominator))


def test_every_leaf_of_the_release_equals_the_wide_table(published):
    names = {
        "uniq_legit_owner_national_registry": "LO",
        "uniq_illegit_owner_national_registry": "IN",
        "uniq_illegit_owner_foreign_registry": "IF",
        "uniq_diversion_otherwise_identified": "OD",
        "uniq_attempted_not_identified": "AT",
        "uniq_pending": "PE",
        "uniq_not_initiated": "NO",
        "not_uniq_illicitly_manufactured": "NI",
        "not_uniq_erased_altered": "NE",
        "not_uniq_no_info": "NX",
        "marking_unknown": "K",
    }
    path = shared_path("iafq/iafq_tracing_wide_2022-06-17.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        wide = list(csv.DictReader(lines))

    for row in wide:
        year = published.years[row["iso3"]][int(row["year"])]
        table = year.table(Acquisition[row["acquisition"].upper()])
        filed = {code: row[name] for name, code in names.items() if row[name] != ""}
        assert {cell.value: str(n) for cell, n in table.leaves.items()} == filed
