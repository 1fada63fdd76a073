from collections import Counter, defaultdict
from datetime import date
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.provenance import steps, transitions
from armstrace.analysis.provenance.state import NOTHING, after
from armstrace.analysis.synthetic.country import ENDS_ON, SyntheticCountry
from armstrace.vocabulary.arms import ArmType, HolderKind, LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.recoveries import (
    CriminalContext,
    LegalJustification,
    PlaceKind,
    RecoveryKind,
)
from armstrace.vocabulary.tracing import DiversionKind, FirstHop, TracingCell
from tests.analysis.synthetic.reading import read_event

pytestmark = pytest.mark.pure

KINDS = ("holders", "registry", "events", "losses", "recoveries", "decisions", "truth")


@pytest.fixture(scope="module")
def country():
    return SyntheticCountry(7, 4000, 900)


def rows(country, kind):
    return list(getattr(country, kind)())


def test_a_sale_names_the_licence_of_its_buyer(country):
    licences = {
        row["holder_number"]: row["licence_number"] for row in rows(country, "holders")
    }
    sales = [row for row in rows(country, "events") if row["event"] == "SOLD_TO_HOLDER"]

    assert sales
    assert all(row["document"] == licences[row["holder_to"]] for row in sales)


@pytest.mark.parametrize("kind", KINDS)
def test_one_seed_gives_one_country(kind):
    again = [rows(SyntheticCountry(3, 600, 120), kind) for _ in range(2)]

    assert again[0] == again[1]
    assert again[0] != rows(SyntheticCountry(4, 600, 120), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_no_source_number_stands_twice(country, kind):
    key = "holder_number" if kind == "holders" else "source_number"

    numbers = [row[key] for row in rows(country, kind)]

    assert len(set(numbers)) == len(numbers)


def test_a_country_has_as_many_arms_and_recoveries_as_asked_for(country):
    assert len(rows(country, "registry")) == 4000
    assert len(rows(country, "recoveries")) == 900
    assert len(rows(country, "truth")) == 900


def test_a_country_of_ten_million_arms_begins_at_once():
    large = SyntheticCountry(1, 10_000_000, 500_000)

    first = list(islice(large.registry(), 3))
    some = list(islice(large.recoveries(), 20))

    assert len(first) == 3
    assert len({row["source_number"] for row in some}) == 20


def test_the_rows_of_one_arm_do_not_depend_on_how_many_are_asked_for(country):
    by_arm = defaultdict(list)
    for row in country.events():
        by_arm[row["arm_number"]].append(row)

    for arm in ("A000000000", "A000002047", "A000002048", "A000003999"):
        assert list(country.events_of(arm)) == by_arm[arm]


def test_more_recoveries_than_arms_are_refused():
    with pytest.raises(InvalidInput):
        SyntheticCountry(1, 10, 11)


def test_every_arm_has_about_five_events(country):
    assert 4.3 < len(rows(country, "events")) / 4000 < 5.5


def test_events_of_an_arm_follow_each_other_and_none_lies_in_the_future(country):
    by_arm = defaultdict(list)
    for row in country.events():
        by_arm[row["arm_number"]].append(row)
        assert row["happened_on"] <= row["known_on"] <= ENDS_ON.isoformat()

    for life in by_arm.values():
        days = [row["happened_on"] for row in life if row["happened_on"]]
        assert all(before <= then for before, then in pairwise(days))


def test_events_fold_into_legal_states_save_where_a_record_was_lost(country):
    met = steps.Facts(
        marked=Known.YES,
        owner_consents=Known.YES,
        open_theft_report=Known.NO,
        import_authorised=Known.YES,
        transits_consent=Known.YES,
        stolen_check_done=Known.YES,
        trace_decided=Known.YES,
        evidence_released=Known.YES,
    )
    broken, events = Counter(), 0
    arm, state = "", NOTHING
    for row in country.events():
        if row["arm_number"] != arm:
            arm, state = row["arm_number"], NOTHING
        event = read_event(row, events)
        rule = transitions.broken(steps.Step(state, event, met))
        if rule is not None:
            broken[rule.code] += 1
        state, events = after(state, event), events + 1

    assert set(broken) <= {"LC-09"}
    assert broken["LC-09"] < 0.01 * events


def test_every_code_is_one_of_the_vocabulary(country):
    for row in country.holders():
        HolderKind(row["kind"])
    for row in country.events():
        LifeEventKind(row["event"])
    for row in country.registry():
        ArmType(row["arm_type"])
    for row in country.recoveries():
        RecoveryKind(row["recovery_kind"])
        LegalJustification(row["legal_justification"])
        PlaceKind(row["place_kind"])
        for context in row["criminal_contexts"].split(";"):
            CriminalContext(context)


def test_every_code_of_the_truth_is_one_of_the_vocabulary(country):
    for row in country.truth():
        if row["diversion_kind"]:
            DiversionKind(row["diversion_kind"])
        if row["item_kind"] == "ARM":
            FirstHop(row["first_hop"])
            TracingCell(row["tracing_cell"])


def test_every_holder_named_is_a_holder(country):
    known = {row["holder_number"] for row in country.holders()}
    named = {row["holder_number"] for row in country.registry()}
    for row in country.events():
        named |= {row["holder_from"], row["holder_to"]}
    named |= {row["last_lawful_holder"] for row in country.truth()}

    assert named - {""} <= known


def test_recoveries_reach_over_four_years_and_are_known_no_earlier(country):
    days = [row["recovered_on"] for row in country.recoveries()]

    assert min(days) >= date(2022, 10, 30).isoformat()
    assert max(days) <= ENDS_ON.isoformat()
    assert all(r["recovered_on"] <= r["known_on"] for r in country.recoveries())


def test_about_one_recovered_arm_in_eight_was_never_registered(country):
    arms = [row for row in country.truth() if row["item_kind"] == "ARM"]

    absent = sum(not row["arm_number"] for row in arms)

    assert 0.08 < absent / len(arms) < 0.17


def test_some_arms_are_recovered_twice_and_in_order(country):
    when = {row["source_number"]: row["recovered_on"] for row in country.recoveries()}
    seen = defaultdict(list)
    for row in country.truth():
        if row["arm_number"]:
            seen[row["arm_number"]].append(row["source_number"])

    twice = [numbers for numbers in seen.values() if len(numbers) > 1]
    assert twice
    assert all(len(numbers) == 2 for numbers in twice)
    assert all(when[first] < when[second] for first, second in twice)


def test_an_arm_was_diverted_before_it_was_recovered(country):
    when = {row["source_number"]: row["recovered_on"] for row in country.recoveries()}

    for row in country.truth():
        if row["diversion_on"]:
            assert row["diversion_on"] < when[row["source_number"]]


def test_the_tracing_table_has_every_cell_and_the_last_year_is_mostly_open(country):
    when = {row["source_number"]: row["recovered_on"] for row in country.recoveries()}
    cells = Counter(r["tracing_cell"] for r in country.truth() if r["tracing_cell"])
    last = Counter(
        row["tracing_cell"]
        for row in country.truth()
        if when[row["source_number"]] > "2026-03-01" and row["tracing_cell"]
    )

    assert set(cells) == set(TracingCell)
    assert last[TracingCell.PE] > last[TracingCell.IN]


def test_decisions_name_a_diversion_only_where_one_was_established(country):
    for row in country.decisions():
        found = row["outcome"] == "POINT_OF_DIVERSION_IDENTIFIED"
        assert bool(row["diversion_kind"]) is found
        assert (row["established"] != "NOT_ESTABLISHED") is found
        assert row["opened_on"] <= row["decided_on"] <= ENDS_ON.isoformat()


def test_a_straw_buyer_buys_several_arms_of_one_dealer_within_ninety_days(country):
    stories = {r["arm_number"]: r for r in country.truth() if r["story"] == "STRAW"}
    bought = defaultdict(list)
    for row in country.registry():
        if row["source_number"] in stories:
            bought[row["holder_number"]].append(date.fromisoformat(row["acquired_on"]))

    several = [days for days in bought.values() if len(days) > 1]
    assert len(several) > len(bought) / 2
    assert all((max(days) - min(days)).days <= 90 for days in several)


def test_no_loss_is_reported_that_no_event_records(country):
    events = {row["source_number"][1:] for row in country.events()}

    losses = rows(country, "losses")

    assert all(row["source_number"][1:] in events for row in losses)
    assert any(not row["arm_number"] for row in losses)


@given(st.integers(0, 2**31), st.integers(1, 400))
@settings(max_examples=25, deadline=None)
def test_any_seed_and_size_make_a_country(seed, arms):
    small = SyntheticCountry(seed, arms, arms // 3)

    assert len(rows(small, "registry")) == arms
    assert len(rows(small, "recoveries")) == arms // 3
    assert len(rows(small, "truth")) == arms // 3
