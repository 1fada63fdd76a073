"""Give early warnings week by week what a synthetic country's records say by then.

Traces are taken to be right where the serial number was read without error, and to
be known three weeks after the recovery; places are told by the middle of their town.
"""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta

from armstrace.analysis.marks.other_numbers import inventory_number
from armstrace.analysis.marks.types import read_type
from armstrace.analysis.risk.warnings import raising
from armstrace.analysis.risk.warnings.facts import (
    Budget,
    Facts,
    Lost,
    Others,
    Recovered,
    Source,
    settings,
)
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.warnings import WarningKind
from benchmarks.plant_scores import Planted, Proposed, score_found

TRACE_DAYS = timedelta(days=21)
YEARS = 10
WEEK = timedelta(days=7)
TAKEN = {"SOLD_TO_HOLDER", "ISSUED_TO_STATE"}
ELSEWHERE = ("MAKE_", "MODEL_", "CALIBRE_", "TYPE_", "IMPORTER_")
SIGNS = re.compile(r"[^0-9A-Z]")


def figures(country, weeks):
    """Give a line a kind of warning, and one for all of them."""
    facts = facts_of(country)
    raised, alarms = {}, []
    for back in reversed(range(weeks)):
        until = country.ends_on - back * WEEK
        window = as_known(facts, until)
        fresh = raising.keep_new(raising.alarms(window, Budget()), raised, until)
        raised |= {alarm.key: until for alarm in fresh}
        alarms += [(alarm, until) for alarm in fresh]
    units = len({each.unit for each in facts.recovered})
    begun = country.ends_on - weeks * WEEK
    truth, also = truth_of(country, facts, begun)
    yield "warnings: weeks, units, raised", f"{weeks}, {units}, {len(alarms)}"
    for kind in WarningKind:
        yield told(
            kind.label,
            [a for a in alarms if a[0].kind is kind],
            truth.get(kind, []),
            also,
            (units, weeks),
        )
    depots = [plant for plant in truth["depots"] if plant.begun_on >= begun]
    yield told("any warning of the depot", alarms, depots, also, (units, weeks))


def told(name, alarms, planted, also, span):
    units, weeks = span
    found = score_found(
        [Proposed(frozenset(records_of(alarm)), on) for alarm, on in alarms],
        planted,
        also,
    )
    precision = "none" if found.precision is None else f"{found.precision:.2f}"
    return (
        f"{name}: found, precision, false a unit and week, days",
        f"{found.found} of {found.planted}, {precision}, "
        f"{found.false_in(units=units, weeks=weeks):.3f}, {found.days}",
    )


def records_of(alarm):
    """Give what a warning proposes: of a short time, the one arm that it is about."""
    is_one = alarm.kind is WarningKind.SHORT_TIME
    return alarm.evidence[:1] if is_one else alarm.evidence


def as_known(facts, until):
    """Give what was known on a day, of the window that warnings look at."""
    window = settings()["window"]
    first = until - timedelta(days=window["recoveries"])
    lost = until - timedelta(days=window["losses"])
    return Facts(
        since=until - WEEK,
        until=until,
        recovered=tuple(
            each if each.traced_on and each.traced_on <= until else without_trace(each)
            for each in facts.recovered
            if first < each.known_on <= until
        ),
        losses=tuple(e for e in facts.losses if lost < e.known_on <= until),
        sources=facts.sources,
        others=facts.others,
        spots=facts.spots,
    )


def without_trace(each):
    return replace(each, sources=(), sold_on=None, traced_on=None)


def facts_of(country):
    """Read the streams as the register, the police and the hub would know them."""
    truth = {row["source_number"]: row for row in country.truth()}
    kinds = {r["holder_number"]: HolderKind(r["kind"]) for r in country.holders()}
    oldest = country.ends_on.replace(year=country.ends_on.year - YEARS).isoformat()
    arms = {row["arm_number"] for row in truth.values() if row["arm_number"]}
    lives, had = defaultdict(list), Counter()
    for row in country.events():
        if row["arm_number"] in arms:
            lives[row["arm_number"]].append(row)
        if row["event"] in TAKEN and row["happened_on"] >= oldest:
            had.update({row["holder_from"], row["holder_to"]} - {""})
    makes = {
        row["source_number"]: (row["make"], row["arm_type"])
        for row in country.registry()
        if row["source_number"] in arms
    }
    losses = list(map(lost_of, country.losses()))
    reported = {each.number: each.known_on.isoformat() for each in reversed(losses)}
    rows = [
        recovery_of(row, truth, lives, makes, reported)
        for row in country.recoveries()
        if row["item_kind"] == "ARM"
    ]
    seen = {key for each in rows for key in each.sources}
    unseen = defaultdict(list)
    for key in kinds.keys() & had.keys() - seen:
        unseen[kinds[key]].append(had[key])
    return Facts(
        since=country.ends_on,
        until=country.ends_on,
        recovered=tuple(sorted(rows, key=lambda each: each.known_on)),
        losses=tuple(sorted(losses, key=lambda each: each.known_on)),
        sources={key: Source(key, kinds[key], max(1, had[key])) for key in seen},
        others={kind: Others(len(n), sum(n)) for kind, n in unseen.items()},
        spots=spots_of(country),
    )


def recovery_of(row, truth, lives, makes, reported):
    told = truth[row["source_number"]]
    errors = [error for error in told["mark_errors"].split(";") if error]
    is_marked = told["marking"] == "UNIQUE"
    is_read = is_marked and all(error.startswith(ELSEWHERE) for error in errors)
    written = (row["make"].upper(), read_type(row["arm_type"]).arm_type)
    make, arm_type = makes.get(told["arm_number"], written)
    life = lives.get(told["arm_number"], []) if is_read else []
    known = date.fromisoformat(row["known_on"])
    held = row["taken_from_is_holder"] == "YES"
    lost = reported.get(told["arm_number"], "9999")
    sales = [event for event in life if event["event"] in TAKEN]
    sale = sales[-1] if sales else None
    sources = tuple(
        dict.fromkeys(
            key for e in sales[-1:] for key in (e["holder_from"], e["holder_to"]) if key
        )
    )
    return Recovered(
        number=row["source_number"],
        on=date.fromisoformat(row["recovered_on"]),
        known_on=known,
        unit=row["agency"],
        case=row["case_number"],
        place=row["place"],
        region=row["region"],
        arm_type=arm_type,
        make=make,
        serial=SIGNS.sub("", row["serial"].upper()) if is_marked else "",
        route=row["place_kind"],
        sources=sources,
        sold_on=date.fromisoformat(sale["happened_on"]) if sale else None,
        traced_on=known + TRACE_DAYS if life else None,
        inventory=inventory_number(row["other_marks"]),
        is_explained=held or (bool(life) and lost <= row["recovered_on"]),
    )


def lost_of(row):
    return Lost(
        row["source_number"][:10].replace("L", "A"),
        date.fromisoformat(row["happened_on"]),
        date.fromisoformat(row["reported_on"]),
        row["place"],
        row["region"],
    )


def spots_of(country):
    spots = {}
    for row in country.recoveries():
        if row["latitude"]:
            spots.setdefault(
                row["place"], (float(row["latitude"]), float(row["longitude"]))
            )
    return spots


def truth_of(country, facts, begun):
    """Give what each kind of warning is to find, and what is as bad."""
    plants = country.plants()
    known = {each.number: each.known_on for each in facts.recovered}

    def of(group, *more):
        """Give the plants of which a second arm became known in the weeks."""
        return [
            Planted(
                frozenset((*plant.recoveries, *(key(plant) for key in more))),
                plant.first_on,
            )
            for plant in group
            if sorted(map(known.get, plant.recoveries))[1:2] >= [begun]
        ]

    straws = of(plants.straws, lambda s: s.buyer)
    depots = of(plants.depots, lambda d: d.buyer)
    sources = of(plants.sources, lambda s: s.dealer)
    chains = [
        Planted(frozenset((*plan.keys, *plant.buyers)), plan.begun_on)
        for plant in plants.chains
        for plan in of([plant])
    ]
    clusters = [
        Planted(frozenset(c.arms), c.first_on)
        for c in plants.clusters
        if c.first_on >= begun
    ]
    bad = {
        row["source_number"]
        for row in country.truth()
        if row["story"] in {"STRAW", "DEALER_SALE", "STATE_LEAK", "STATE_THEFT"}
    }
    return {
        WarningKind.REPEAT_SOURCE: [*sources, *straws, *depots],
        WarningKind.STRAW_CHAIN: chains,
        WarningKind.NEAR_SERIALS: [*of(plants.series), *depots],
        WarningKind.INVENTORY_MARKS: depots,
        WarningKind.SHORT_TIME: [*straws, *chains],
        WarningKind.SUDDEN_CHANGE: of(plants.changes),
        WarningKind.LOSS_CLUSTER: clusters,
        "depots": depots,
    }, bad
