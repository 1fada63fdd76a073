"""Tables that contradict each other are named; blanks contradict nothing."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.statistics import contradictions, global_study, release_rows
from tests.analysis.statistics.releases import HEADER, a_row, a_total, a_type
from tests.shared_data import shared_path

pytestmark = pytest.mark.pure
TRACED = "Uniquely identifiable - from illegitimate owner in national registry"
UNIQUE = "Uniquely identifiable - total uniquely identifiable through marking"


def compared(*rows):
    return contradictions.of_lines(release_rows.read_rows([HEADER, *rows]).lines)


def failed(*rows):
    return {each.check: each.gap for each in compared(*rows) if each.fails}


@pytest.fixture(scope="module")
def release():
    path = shared_path("iafq/unodc_iafq_long_release_2022-06-17.csv")
    with path.open(encoding="utf-8-sig", newline="") as rows:
        return release_rows.read_rows(csv.reader(rows)).lines


def test_types_that_do_not_add_up_are_caught_under_labels_of_another_form():
    # As a national site printed them: 277 small arms, 79 light weapons, 303 in all.
    rows = [
        a_type("small arms", 277, Year=2019),
        a_type("light weapons", 79, Year=2019),
        a_total(303, Year=2019),
    ]

    assert failed(*rows) == {"TYPES.SEIZED": 53}


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6), st.integers(-3, 3))
def test_a_sum_holds_exactly_where_it_equals_its_total(parts, error):
    names = ["pistol", "revolver", "machine gun", "submachine gun", "other weapons"]
    rows = [a_type(n, p) for n, p in zip(names, parts, strict=False)]
    total = sum(parts[: len(names)]) + error

    if total >= 0:
        assert failed(*rows, a_total(total)).get("TYPES.SEIZED", 0) == -error


def test_a_table_without_rows_contradicts_no_total():
    assert compared(a_total(12)) == ()


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((a_type("revolver", ""),), "a row is blank or was refused"),
        ((a_type("revolver", -2),), "a row is blank or was refused"),
        ((a_type("daggers", -2),), "a row is blank or was refused"),
        (
            (a_type("revolver", 1), a_type("revolver", 2)),
            "a row is repeated with another count",
        ),
    ],
)
def test_a_check_with_a_row_in_doubt_cannot_be_told(rows, reason):
    made = compared(a_type("pistol", 3), *rows, a_total(8))

    tally = next(t for t in contradictions.tallies(made) if t.check == "TYPES.SEIZED")
    assert (tally.held, tally.made, tally.untold) == (0, 0, {reason: 1})
    assert contradictions.by_country(made) == {}


def test_a_total_repeated_with_another_count_fails_no_check():
    assert failed(a_type("pistol", 3), a_total(4), a_total(5)) == {}


def test_more_instances_than_arms_contradict():
    instances = a_row("Instances/cases of seizures", "Total", "Total", 9)

    assert failed(instances, a_total(8)) == {"INSTANCES": 1}


def test_more_instances_than_arms_are_no_contradiction_where_ammunition_was_seized():
    rows = [
        a_row("Instances/cases of seizures", "Total", "Total", 9),
        a_row("Ammunition seized", "Total", "Total", 42),
        a_total(8),
    ]

    made = compared(*rows)

    assert failed(*rows) == {}
    (look,) = [each for each in made if each.check == "INSTANCES"]
    assert look.doubt.startswith("more instances than arms")


def test_a_tracing_table_of_other_arms_than_were_seized_contradicts():
    rows = [a_row("Arms seized", "by location", UNIQUE, 5), a_total(8)]

    assert failed(*rows, a_row("Arms seized", "by location", "Total", 5)) == {
        "TRACED_ARMS.SEIZED": -3
    }


def test_arms_without_an_instance_contradict():
    instances = a_row("Instances/cases of seizures", "Total", "Total", 0)

    assert failed(instances, a_total(8)) == {"AN_INSTANCE": 1}


def test_contexts_need_not_add_up_but_none_exceeds_the_arms():
    rows = [
        a_row("Arms seized", "by other suspected offences", name, count)
        for name, count in (("Drugs", 7), ("Violent crime", 7))
    ]

    assert failed(*rows, a_total(8)) == {}
    assert failed(*rows, a_total(6)) == {"CONTEXTS": 1}


def test_the_total_of_places_is_told_from_that_of_tracing():
    rows = [
        a_row("Arms seized", "by location", "land borders", 30),
        a_row("Arms seized", "by location", "Total", 30),
        a_row("Arms seized", "by location", "Total", 5),
        a_row("Arms seized", "by location", UNIQUE, 5),
        a_row("Arms seized", "by location", TRACED, 4),
    ]

    assert failed(*rows) == {"UNIQUE.SEIZED": -1}
    assert {each.check for each in compared(*rows)} >= {"PLACES", "TRACING.SEIZED"}


def test_uniquely_marked_arms_are_those_of_the_tracing_table():
    rows = [
        a_row("Arms seized", "by marking", "uniquely marked", 6),
        a_row("Arms seized", "by location", UNIQUE, 5),
    ]

    assert failed(*rows) == {"MARKED.SEIZED": 1}


def test_failed_checks_are_listed_by_country_and_counted_by_check():
    made = compared(
        a_type("pistol", 3), a_total(4), a_type("pistol", 5, Year=2019),
        a_total(5, Year=2019),
    )  # fmt: skip

    assert [each.year for each in contradictions.by_country(made)["UTO"]] == [2018]
    tally = next(t for t in contradictions.tallies(made) if t.check == "TYPES.SEIZED")
    assert (tally.held, tally.made) == (1, 2)


COUNTED = {
    "TYPES.SEIZED": (301, 347),
    "MARKS.SEIZED": (134, 137),
    "MARKS_ARMS.SEIZED": (115, 142),
    "PLACES_ARMS": (164, 183),
    "GROUNDS": (171, 175),
    "GROUNDS_ARMS": (155, 179),
    "CONDITIONS": (158, 162),
    "UNIQUE.SEIZED": (75, 84),
    "NOT_UNIQUE.SEIZED": (74, 77),
    "TRACING.SEIZED": (93, 104),
    "UNIQUE.FOUND": (19, 19),
    "TRACING.FOUND": (25, 25),
    "TRACING.SURRENDERED": (42, 42),
    "MARKED.SEIZED": (49, 69),
    "ALTERED.SEIZED": (18, 45),
    "OFFENCES": (5, 27),
    "TRACED_ARMS.SEIZED": (80, 104),
    "TRACED_ARMS.FOUND": (24, 25),
    "TRACED_ARMS.SURRENDERED": (23, 31),
    "INSTANCES": (101, 108),
}


def test_the_release_of_2022_is_counted_check_by_check(release):
    made = contradictions.of_lines(release)

    counted = {t.check: (t.held, t.made) for t in contradictions.tallies(made)}
    assert {check: counted[check] for check in COUNTED} == COUNTED
    assert [e.check for e in made if e.doubt] == ["INSTANCES"] * 13
    assert len(contradictions.by_country(made)) == 68
    assert len({line.iso3 for line in release}) == 107


def test_sums_of_types_agree_with_a_plain_count(release):
    """Count the first check again, straight from the file."""
    path = shared_path("iafq/unodc_iafq_long_release_2022-06-17.csv")
    types, totals = {}, {}
    with path.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            where = row["Iso3_code"], row["Year"]
            if row["Indicator"] != "Arms seized":
                continue
            if row["Dimension"] == "Total":
                totals[where] = int(row["VALUE"])
            elif row["Dimension"] == "by type":
                types[where] = types.get(where, 0) + int(row["VALUE"])
    both = types.keys() & totals.keys()

    held = sum(types[where] == totals[where] for where in both)
    assert (held, len(both)) == COUNTED["TYPES.SEIZED"]


def test_the_sums_of_the_global_study_are_found_again(release):
    years = global_study.seizures_by_year(release)

    assert (years[2016][0], years[2017][0]) == (553_807, 545_779)
    filed = {
        line.iso3
        for line in release
        if line.year in global_study.STUDY_YEARS
        and line.key == "A2.SEIZED.TOTAL"
        and line.value is not None
    }
    assert len(filed) == 81


@pytest.mark.parametrize(
    ("region", "arm_type", "share"),
    [
        ("", "PISTOL", "38.3"),
        ("Africa", "SHOTGUN", "34.0"),
        ("Americas", "PISTOL", "52.4"),
        ("Asia", "SHOTGUN", "36.6"),
        ("Europe", "PISTOL", "34.3"),
        ("Europe", "RIFLE", "24.9"),
        ("Europe", "SHOTGUN", "22.4"),
        ("Oceania", "RIFLE", "71.1"),
    ],
)
def test_the_shares_of_the_global_study_are_found_again(
    release, region, arm_type, share
):
    regions = {each.region: each for each in global_study.type_shares(release)}

    # The study prints one decimal; 34.05 and 34.25 stand at the edge of it.
    assert abs(float(regions[region].shares[arm_type]) - float(share)) <= 0.05


def test_each_country_counts_once_in_a_share_whatever_its_size():
    rows = [
        a_type("pistol", 1, Year=2016),
        a_type("rifle", 1, Year=2016),
        a_type("rifle", 1_000, Year=2016, Iso3_code="XKX"),
        a_type("other weapons", 5_000, Year=2016, Iso3_code="XKX"),
    ]

    shares = global_study.type_shares(release_rows.read_rows([HEADER, *rows]).lines)

    assert str(shares[0].shares["RIFLE"]) == "75.00"
    assert shares[0].countries == 2
