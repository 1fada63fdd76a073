from collections import Counter, defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.synthetic.country import ENDS_ON, SyntheticCountry
from armstrace.analysis.synthetic.kinds import BUSY
from armstrace.vocabulary.networks import NodeKind
from benchmarks.quiet import QUIET

pytestmark = pytest.mark.pure

ALL = (
    *("rings", "straws", "clusters", "sources", "series", "depots"),
    *("chains", "changes"),
)


@pytest.fixture(scope="module", params=[BUSY, QUIET], ids=["busy", "quiet"])
def country(request):
    return SyntheticCountry(5, 6000, 1000, kind=request.param)


@pytest.fixture(scope="module")
def plants(country):
    return country.plants()


def days(country, numbers):
    wanted = set(numbers)
    return {
        row["source_number"]: date.fromisoformat(row["recovered_on"])
        for row in country.recoveries()
        if row["source_number"] in wanted
    }


def test_one_seed_plants_the_same_and_another_something_else():
    first, again, other = (
        SyntheticCountry(seed, 3000, 400).plants() for seed in (3, 3, 4)
    )

    assert first == again
    assert first != other


def test_a_country_holds_every_kind_of_plant(plants):
    assert all(getattr(plants, kind) for kind in ALL)


def test_the_smallest_demo_holds_the_ring_of_the_story():
    plants = SyntheticCountry(1, 500, 25).plants()

    assert len(plants.rings) == 1
    assert len(plants.rings[0].recoveries) == 6


def test_every_planted_recovery_and_arm_is_in_the_streams(country, plants):
    recovered = {row["source_number"] for row in country.recoveries()}
    arms = {row["source_number"] for row in country.registry()}

    for plant in plants.all:
        assert set(plant.recoveries) <= recovered
        assert set(plant.arms) <= arms
        assert plant.first_on <= plant.last_on <= ENDS_ON


def test_planted_recoveries_are_few_among_all(country, plants):
    planted = {number for plant in plants.all for number in plant.recoveries}

    assert len(planted) < 0.12 * country.scale.recoveries


def test_straw_buyers_bought_of_one_dealer_within_one_working_week(country, plants):
    sold = defaultdict(list)
    for row in country.events():
        if row["event"] == "SOLD_TO_HOLDER":
            sold[row["holder_to"]].append(row)

    for straw in plants.straws:
        rows = [row for row in sold[straw.buyer] if row["arm_number"] in straw.arms]
        on = [date.fromisoformat(row["happened_on"]) for row in rows]
        assert {row["holder_from"] for row in rows} == {straw.dealer}
        assert len(on) >= 1
        assert max(on) - min(on) < (date(2026, 1, 6) - date(2026, 1, 1))
        assert all(day.weekday() < 5 for day in on)


def test_a_chain_is_of_several_buyers_of_one_model_within_a_week(country, plants):
    arms = {row["source_number"]: row for row in country.registry()}

    for chain in plants.chains:
        models = {arms[arm]["model"] for arm in chain.arms}
        assert len(models) == 1
        assert len(chain.buyers) >= 3
        assert (chain.last_on - chain.first_on).days < 5


def test_a_change_is_of_one_agency_within_weeks(country, plants):
    seen = {row["source_number"]: row for row in country.recoveries()}

    for change in plants.changes:
        rows = [seen[number] for number in change.recoveries]
        assert len({row["agency"] for row in rows}) == 1
        assert (change.last_on - change.first_on).days < 56
        if "ROUTE" in change.key:
            assert {row["place_kind"] for row in rows} == {"POST_COURIER_HUB"}


def test_thefts_of_a_cluster_are_of_one_place_within_ten_days(country, plants):
    losses = {row["source_number"][1:10]: row for row in country.losses()}

    for cluster in plants.clusters:
        rows = [losses[arm[1:]] for arm in cluster.arms if arm[1:] in losses]
        on = [date.fromisoformat(row["happened_on"]) for row in rows]
        assert {row["place"] for row in rows} == {cluster.place}
        assert (max(on) - min(on)).days < 10


def test_a_depot_leaks_marks_in_a_row_over_months(country, plants):
    (depot,) = plants.depots
    marked = {
        row["other_marks"]: row["source_number"]
        for row in country.recoveries()
        if row["source_number"] in depot.recoveries
    }

    numbers = [int(mark.split()[1]) for mark in depot.marks]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert [marked[mark] for mark in depot.marks] == list(depot.recoveries)
    assert (depot.last_on - depot.first_on).days > 60


def test_a_series_is_of_one_model_with_neighbouring_serials(country, plants):
    arms = {row["source_number"]: row for row in country.registry()}

    for series in plants.series:
        rows = [arms[arm] for arm in series.arms]
        assert len({(row["make"], row["model"]) for row in rows}) == 1
        assert len({row["serial"] for row in rows}) == len(rows)


def test_the_arms_of_a_ring_stand_in_cases_of_several_agencies(country, plants):
    cases = defaultdict(set)
    for row in country.recoveries():
        cases[row["source_number"]] = (row["agency"], row["case_number"])

    for ring in plants.rings:
        met = [cases[number] for number in ring.recoveries]
        assert len({agency for agency, _ in met}) == 3
        assert {case for _, case in met} == set(ring.cases)


def test_a_ring_has_persons_phones_a_vehicle_and_an_address(plants):
    for ring in plants.rings:
        kinds = Counter(subject.kind for subject in ring.subjects)
        assert 5 <= kinds[NodeKind.PERSON] <= 9
        assert {kinds[NodeKind.PHONE], kinds[NodeKind.VEHICLE]} == {2, 1}
        ends = {tie.start for tie in ring.ties} | {tie.end for tie in ring.ties}
        keys = {subject.key for subject in ring.subjects}
        assert ends <= keys | set(ring.recoveries) | set(ring.cases)
        assert all(tie.day <= ENDS_ON for tie in ring.ties)


def test_the_story_of_the_demo_is_written_clearly_and_not_yet_traced(country, plants):
    story = set(plants.rings[0].recoveries)

    rows = [row for row in country.recoveries() if row["source_number"] in story]

    assert all(row["serial"] and row["taken_from"] for row in rows)
    assert not story & {row["source_number"] for row in country.decisions()}
    assert max(days(country, story).values()).year == ENDS_ON.year


def test_innocent_people_buy_two_at_once_and_some_are_robbed(country, plants):
    bought = Counter(row["holder_number"] for row in country.registry())
    straw = {straw.buyer for straw in plants.straws}

    assert plants.innocent
    assert not plants.innocent & straw
    assert all(bought[buyer] == 2 for buyer in plants.innocent)


def test_the_quiet_country_shares_no_place_person_or_code_with_the_busy_one():
    busy, quiet = (SyntheticCountry(1, 2000, 400, kind=kind) for kind in (BUSY, QUIET))

    for fields in ("place", "region"):
        seen = [{row[fields] for row in land.recoveries()} for land in (busy, quiet)]
        assert not seen[0] & seen[1]
    named = [
        {row["name"] for row in land.holders() if row["kind"] == "PERSON"}
        for land in (busy, quiet)
    ]
    assert not named[0] & named[1]
    assert {row["country"] for row in quiet.recoveries()} == {"XN"}
    assert "XV" not in {v for row in quiet.events() for v in row.values()}
    assert "Varnia" not in " ".join(row["name"] for row in quiet.holders())


@given(st.integers(0, 2**31), st.integers(60, 700))
@settings(max_examples=15, deadline=None)
def test_plants_fit_into_any_country(seed, arms):
    country = SyntheticCountry(seed, arms, arms // 2)

    plants = country.plants()

    numbers = [row["source_number"] for row in country.registry()]
    assert len(set(numbers)) == len(numbers) == arms
    assert all(set(plant.arms) <= set(numbers) for plant in plants.all)
