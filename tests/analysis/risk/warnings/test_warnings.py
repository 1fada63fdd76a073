import math
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from armstrace.analysis.risk.warnings import (
    chains,
    changes,
    losses,
    raising,
    serials,
    short_time,
    sources,
)
from armstrace.analysis.risk.warnings.facts import (
    Alarm,
    Budget,
    Facts,
    Lost,
    Others,
    Recovered,
    Source,
    budget,
)
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.profiles import RiskSetting
from armstrace.vocabulary.warnings import WarningKind

TODAY = date(2026, 6, 30)
WEEK = timedelta(days=7)
ONE = Budget(1.0)
OTHERS = (1, 2, 0, 3) * 10


def recovered(number: int, days_ago: int, **told: object) -> Recovered:
    on = TODAY - timedelta(days=days_ago)
    plain = Recovered(
        number=f"R{number}",
        on=on,
        known_on=on,
        unit="VNP",
        case=f"C{number}",
        place=f"Town {number % 7}",
        traced_on=on,
    )
    return replace(plain, **told)  # type: ignore[arg-type]


def facts(*found: Recovered, **told: object) -> Facts:
    plain = Facts(since=TODAY - WEEK, until=TODAY, recovered=found)
    return replace(plain, **told)  # type: ignore[arg-type]


def trade(*cases: int, arms: int = 100) -> dict[str, object]:
    """Dealers H0, H1, … with as many cases each, and as many arms sold."""
    found = [
        recovered(dealer * 100 + case, case * 3, sources=(f"H{dealer}",))
        for dealer, count in enumerate(cases)
        for case in range(count)
    ]
    keys = [f"H{n}" for n in range(len(cases))]
    known = {key: Source(key, HolderKind.DEALER, arms) for key in keys}
    return {"recovered": tuple(found), "sources": known}


def test_a_dealer_far_above_others_of_its_kind_is_warned_of() -> None:
    [alarm] = sources.alarms(facts(**trade(14, *OTHERS)), ONE)

    assert alarm.subject == "H0"
    assert alarm.evidence[0] == "H0"
    assert len(alarm.evidence) == 15
    assert "14 cases" in str(alarm.sentence)
    assert "no random sample" in str(alarm.sentence)


def test_a_large_dealer_with_its_share_is_not() -> None:
    told = trade(14, *OTHERS)
    told["sources"]["H0"] = Source("H0", HolderKind.DEALER, 900)  # type: ignore[index]

    assert not list(sources.alarms(facts(**told), ONE))


def test_arms_of_one_case_are_one_case() -> None:
    found = [recovered(n, 1, sources=("H0",), case="C1") for n in range(9)]
    known = {"H0": Source("H0", HolderKind.PERSON, 9)}
    others = {HolderKind.PERSON: Others(5000, 9000)}

    assert not list(sources.alarms(facts(*found, sources=known, others=others), ONE))


def numbered(*serial: str, places: int = 3, days: int = 2) -> list[Recovered]:
    return [
        recovered(n, days, make="WALTHER", serial=each, place=f"Town {n % places}")
        for n, each in enumerate(serial)
    ]


def test_neighbouring_serials_in_different_places_are_warned_of() -> None:
    found = numbered("AB441201", "AB441202", "AB441204", "AB981201", "AB120111")

    alarms = list(serials.alarms(facts(*found), ONE))

    assert {alarm.subject for alarm in alarms} == {"WALTHER:AB#:441"}
    assert alarms[0].evidence == ("R0", "R1", "R2")


def test_short_numbers_with_a_series_before_them_are_compared_too() -> None:
    found = numbered("ARS011", "ARS014", "ARS017", "BEJ479")

    alarms = list(serials.alarms(facts(*found), ONE))

    assert {alarm.subject for alarm in alarms} == {"WALTHER:ARS#:0"}


@pytest.mark.parametrize("crowd", [0, 4000])
def test_neighbours_in_one_place_or_in_a_crowd_are_not(crowd: int) -> None:
    near = numbered("441201", "441202", "441204", places=1 if not crowd else 3)
    rng = random.Random(1)
    many = numbered(*(f"{rng.randrange(440_000, 443_000)}" for _ in range(crowd)))

    known = [replace(each, known_on=TODAY - 5 * WEEK) for each in many]

    assert not list(serials.alarms(facts(*near, *known), ONE))


def test_arms_with_neighbouring_inventory_marks_are_warned_of() -> None:
    marks = ("INV4801", "INV4802", "INV4805", "INV1077")
    found = [
        recovered(n, 2, inventory=mark, place=f"Town {n}")
        for n, mark in enumerate(marks)
    ]

    alarms = list(serials.alarms(facts(*found), ONE))

    assert {alarm.kind for alarm in alarms} == {WarningKind.INVENTORY_MARKS}
    assert alarms[0].evidence == ("R0", "R1", "R2")
    assert "INV4801" in str(alarms[0].sentence)


def bought(number: int, buyer: str, sold_ago: int, **told: Any) -> Recovered:
    """A pistol that somebody bought of H1 and that came up a few days ago."""
    sold_on = TODAY - timedelta(days=sold_ago)
    sources = ("H1", buyer)
    return recovered(
        number, 3, sources=sources, sold_on=sold_on, arm_type="PISTOL", **told
    )


DEALERS = {"H1": Source("H1", HolderKind.DEALER, 900)}


def test_several_buyers_of_one_dealer_within_days_are_warned_of() -> None:
    others = [bought(9 + n, f"H{90 + n}", 300 - 40 * n) for n in range(4)]
    found = (bought(1, "H11", 61), bought(2, "H12", 60), bought(3, "H13", 58), *others)

    alarms = list(chains.alarms(facts(*found, sources=DEALERS), ONE))

    assert {alarm.evidence[:4] for alarm in alarms} == {("R1", "R2", "R3", "H1")}
    assert "3 people bought 3 arms of one type of H1" in str(alarms[0].sentence)


@pytest.mark.parametrize(
    "other",
    [
        bought(2, "H11", 60),
        bought(2, "H12", 60, is_explained=True),
        bought(2, "H12", 60, case="C1"),
        bought(2, "H12", 90),
    ],
    ids=["one buyer", "a theft was reported", "one case", "weeks apart"],
)
def test_what_is_no_chain_is_not(other: Recovered) -> None:
    found = facts(bought(1, "H11", 61), other, sources=DEALERS)

    assert not list(chains.alarms(found, ONE))


def sold(number: int, days_ago: int, days: int) -> Recovered:
    on = TODAY - timedelta(days=days_ago)
    return recovered(number, days_ago, sold_on=on - timedelta(days=days))


def test_the_soonest_after_its_sale_is_warned_of() -> None:
    before = [sold(n, 8 + n, 400 + n) for n in range(300)]

    alarms = list(
        short_time.alarms(facts(*before, sold(500, 1, 9), sold(501, 2, 550)), ONE)
    )

    assert [alarm.evidence for alarm in alarms] == [("R500",)]
    assert "9 days after it was sold" in str(alarms[0].sentence)


def test_an_arm_whose_theft_was_reported_is_no_short_time() -> None:
    before = [sold(n, 8 + n, 400 + n) for n in range(300)]
    stolen = replace(sold(500, 1, 9), is_explained=True)

    assert not list(short_time.alarms(facts(*before, stolen), ONE))


def test_short_times_are_warned_of_within_the_budget_where_nothing_changes() -> None:
    rng = random.Random(7)
    raised = 0
    for _ in range(150):
        found = [sold(n, rng.randrange(700), rng.randrange(1500)) for n in range(500)]
        raised += len(list(short_time.alarms(facts(*found), ONE)))

    assert raised / 150 <= 1.3 * ONE.of(WarningKind.SHORT_TIME)


@pytest.mark.parametrize("usual", [0.4, 3.0])
def test_the_average_run_length_is_that_of_the_sum(usual: float) -> None:
    limit = changes.limit_for(usual, 60)
    rng = random.Random(3)

    runs = [_weeks_until(usual, limit, rng) for _ in range(600)]

    # Sums of whole counts pass some limits together: it may be longer, not shorter.
    assert 0.85 * 60 <= sum(runs) / len(runs) <= 1.5 * 60


def _weeks_until(usual: float, limit: float, rng: random.Random) -> int:
    total, week, times = 0.0, 0, changes.times_of(usual)
    while total < limit:
        week += 1
        count, left = 0, rng.expovariate(usual)
        while left < 1:
            count, left = count + 1, left + rng.expovariate(usual)
        total = max(0.0, total + count * math.log(times) - (times - 1) * usual)
    return week


def weekly(kinds: dict[str, int], weeks: range, start: int = 0) -> list[Recovered]:
    return [
        recovered(start + week * 100 + n, week * 7 + n % 7, arm_type=kind)
        for week in weeks
        for n, kind in enumerate(k for k, count in kinds.items() for _ in range(count))
    ]


def test_a_type_that_comes_up_more_often_is_warned_of() -> None:
    usual = weekly({"PISTOL": 8, "RIFLE": 2}, range(4, 100))
    now = weekly({"PISTOL": 5, "RIFLE": 5}, range(4))

    [alarm] = changes.alarms(facts(*usual, *now), ONE)

    assert alarm.subject == "VNP:arm_type:RIFLE"
    assert "the type “rifle”" in str(alarm.sentence)
    assert alarm.unit == "VNP"


def test_a_rise_of_all_types_together_is_not() -> None:
    usual = weekly({"PISTOL": 8, "RIFLE": 2}, range(4, 100))
    now = weekly({"PISTOL": 16, "RIFLE": 4}, range(4))

    assert not list(changes.alarms(facts(*usual, *now), ONE))


def lost(number: int, days_ago: int, place: str) -> Lost:
    on = TODAY - timedelta(days=days_ago)
    return Lost(f"A{number}", on, on, place)


def spread(count: int) -> list[Lost]:
    rng = random.Random(11)
    towns = [f"Town {n}" for n in range(20) for _ in range(20 - n)]
    return [lost(n, rng.randrange(365), rng.choice(towns)) for n in range(count)]


def test_losses_near_in_place_and_time_are_warned_of() -> None:
    found = (*spread(300), *(lost(900 + n, n, "Town 15") for n in range(6)))

    [alarm] = losses.alarms(facts(losses=found), ONE)

    assert alarm.subject == "Town 15"
    assert {f"A{900 + n}" for n in range(6)} <= set(alarm.evidence)


def test_towns_beside_each_other_are_one_cluster() -> None:
    spots = {f"Town {n}": (40.0 + n, 5.0) for n in range(20)}
    spots["Town 15"], spots["Town 4"] = (50.0, 9.0), (50.1, 9.0)
    found = (
        *spread(300),
        *(lost(900 + n, n % 7, ("Town 15", "Town 4")[n % 2]) for n in range(8)),
    )

    [alarm] = losses.alarms(facts(losses=found, spots=spots), ONE)

    assert {f"A{900 + n}" for n in range(8)} <= set(alarm.evidence)


def test_thefts_that_are_reported_late_are_warned_of() -> None:
    found = [lost(900 + n, 43 + n, "Town 15") for n in range(4)]
    found = [replace(each, known_on=TODAY) for each in found]

    [alarm] = losses.alarms(facts(losses=(*spread(300), *found)), ONE)

    assert {each.number for each in found} <= set(alarm.evidence)


def test_losses_that_were_known_before_hide_no_others() -> None:
    known = [lost(800 + n, 20 + n // 3, "Town 19") for n in range(12)]
    found = [lost(900 + n, n, "Town 15") for n in range(6)]

    [alarm] = losses.alarms(facts(losses=(*spread(300), *known, *found)), ONE)

    assert alarm.subject == "Town 15"


def test_losses_of_a_busy_season_are_not() -> None:
    rng = random.Random(2)
    found = [replace(each, on=TODAY - timedelta(days=rng.randrange(20)),
                     known_on=TODAY) for each in spread(200)]  # fmt: skip

    assert not list(losses.alarms(facts(losses=tuple(found)), ONE))


def test_a_subject_is_warned_of_once_in_its_quiet_days() -> None:
    [alarm] = sources.alarms(facts(**trade(14, *OTHERS)), ONE)

    assert raising.keep_new([alarm, alarm], {}, TODAY) == [alarm]
    assert not raising.keep_new([alarm], {alarm.key: TODAY - 50 * WEEK}, TODAY)
    assert raising.keep_new([alarm], {alarm.key: TODAY - 53 * WEEK}, TODAY)


def test_all_kinds_are_asked_and_the_most_striking_comes_first() -> None:
    told = trade(14, *OTHERS)
    found = (*numbered("AB441201", "AB441202", "AB441204"), *told["recovered"])  # type: ignore[misc]

    alarms = raising.alarms(facts(*found, sources=told["sources"]), ONE)

    assert {alarm.kind for alarm in alarms} >= {
        WarningKind.REPEAT_SOURCE,
        WarningKind.NEAR_SERIALS,
    }
    assert [a.chance for a in alarms] == sorted(a.chance for a in alarms)


def test_nothing_is_warned_of_where_nothing_is_known() -> None:
    assert raising.alarms(facts(), ONE) == []


def test_the_profile_sets_the_budget() -> None:
    stated = RiskSetting(
        valid_from=date(2026, 1, 1), valid_until=None, source="x",
        name="false_alarms", number=0.5,
    )  # fmt: skip

    assert budget([], TODAY).false_alarms == 1
    assert budget([stated], TODAY).false_alarms == 0.5
    assert budget([stated], date(2025, 1, 1)).false_alarms == 1


def test_a_key_names_kind_and_subject() -> None:
    alarm: Alarm = next(iter(sources.alarms(facts(**trade(14, *OTHERS)), ONE)))

    assert alarm.key == "REPEAT_SOURCE:H0"
