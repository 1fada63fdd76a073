"""Whole lives of registered arms, as steps and as rows of the intake kinds."""

from collections.abc import Iterator
from datetime import date

from armstrace.analysis.synthetic import draws, geography, holders, misreading
from armstrace.analysis.synthetic.plans import MARKS_SINCE, RECORDS_SINCE, Plan, Route
from armstrace.analysis.synthetic.stories import Step, ending_of

_STREAM = 41
_UNLINKED = 0.08
_LOSSES = frozenset({"LOST", "STOLEN"})

# Share of arms of which one record of the trade was lost.
LOST_RECORDS = 0.04

# Share of makings that stand on record without a day.
UNDATED = 0.04

_LOSABLE = ("MANUFACTURED", "IMPORTED", "SOLD_TO_DEALER", "SOLD_TO_DEALER")
_ABROAD_MARKS = (("US", 0.5), ("DE", 0.75), ("IT", 0.9), ("BE", 1.0))


def number_of(arm: int) -> str:
    """Write an arm's number in the register."""
    return f"A{arm:09d}"


def steps_of(plan: Plan) -> list[Step]:
    """Give an arm's whole life, in the order in which it happened."""
    return [*_beginning(plan), *_keeping(plan), *ending_of(plan).steps]


def _beginning(plan: Plan) -> Iterator[Step]:
    model = plan.model
    home = model.country == geography.HOME
    if plan.route is Route.OLD:
        return
    maker = holders.HOME_MAKER
    if not home:
        maker = holders.foreign_maker(model.make, model.country)
    at = holders.HOME_MAKER if home else ""
    yield Step("MANUFACTURED", plan.made, 30, "", maker, at, model.country)
    if plan.draws[16] > 0.45:
        proved = plan.made + 5
        yield Step("PROOFED", proved, 30, maker, maker, at, model.country)
    if home:
        yield Step("MARKED", plan.made + 6, 30, maker, maker, at, model.country)
    if plan.importer:
        yield from _import_steps(plan, maker, plan.importer)
    if plan.dealer:
        giver = plan.importer or maker
        yield Step("SOLD_TO_DEALER", plan.dealt, _dealer_lag(plan), giver, plan.dealer,
                   plan.dealer)  # fmt: skip


def _import_steps(plan: Plan, maker: str, taker: str) -> Iterator[Step]:
    day = plan.imported
    document = f"IMP-{date.fromordinal(day).year}-{plan.arm % 9973:04d}"
    yield Step("IMPORTED", day, 15, maker, taker, taker, document=document)
    if day >= MARKS_SINCE:
        yield Step("MARKED", day + 2, 14, taker, taker, taker, document=document)


def _keeping(plan: Plan) -> Iterator[Step]:
    giver = plan.dealer
    for keeper in plan.keepers:
        if plan.route is Route.STATE:
            yield from _to_state(plan, keeper.holder, keeper.day)
            continue
        lag = _dealer_lag(plan) if keeper.event == "SOLD_TO_HOLDER" else 12
        document = f"L{keeper.holder}"
        yield Step(
            keeper.event, keeper.day, lag, giver, keeper.holder, keeper.holder,
            document=document,
        )  # fmt: skip
        giver = keeper.holder


def _to_state(plan: Plan, body: str, day: int) -> Iterator[Step]:
    maker, model = holders.HOME_MAKER, plan.model
    if model.country != geography.HOME:
        maker = holders.foreign_maker(model.make, model.country)
        yield Step("IMPORTED", day - 10, 15, maker, body, body, document="STATE ORDER")
        maker = body
    yield Step("ISSUED_TO_STATE", day, 10, maker, body, body, document="STATE ORDER")


def _dealer_lag(plan: Plan) -> int:
    if plan.draws[17] > 0.95:
        return 60 + int(plan.draws[18] * 300)
    return 1 + int(plan.draws[17] * 14)


def event_rows(plan: Plan, last_day: int) -> Iterator[dict[str, str]]:
    """Write an arm's life as rows of events.

    Yields:
        Rows of events. What became known after the last day is left out, and
        so are the records that were lost.
    """
    arm = number_of(plan.arm)
    missing = _lost_record(plan)
    for place, step in enumerate(steps_of(plan), 1):
        known = known_day(step, plan.arm)
        if step.day > last_day or known > last_day or step.kind == missing:
            continue
        town = holders.town_of(step.at) if step.at else None
        dated = step.kind != "MANUFACTURED" or plan.draws[21] > UNDATED
        yield {
            "source_number": f"{arm}-{place:02d}",
            "arm_number": arm,
            "event": step.kind,
            "happened_on": date.fromordinal(step.day).isoformat() if dated else "",
            "known_on": date.fromordinal(known).isoformat(),
            "holder_from": step.giver,
            "holder_to": step.taker,
            "place": town.name if town else "",
            "region": town.region if town else "",
            "country": step.country,
            "document": step.document,
            "notes": "",
        }


def _lost_record(plan: Plan) -> str:
    draw = plan.draws[20] / LOST_RECORDS
    return _LOSABLE[int(draw * len(_LOSABLE))] if draw < 1 else ""


def known_day(step: Step, arm: int) -> int:
    """Give the day on which an event became known.

    Returns:
        An ordinal, never before the event nor before the electronic register.
    """
    keyed = RECORDS_SINCE + arm % 700
    return max(step.day + step.lag, keyed if step.day < RECORDS_SINCE else 0)


def registry_row(plan: Plan) -> dict[str, str]:
    """Write an arm as a row of the register."""
    model = plan.model
    country, year = import_mark(plan)
    return {
        "source_number": number_of(plan.arm),
        "arm_type": model.arm_type,
        "make": model.make,
        "model": model.name,
        "calibre": model.calibre,
        "serial": plan.serial,
        "country_of_manufacture": model.country,
        "import_country": country,
        "import_year": str(year) if year else "",
        "year_of_manufacture": str(plan.year) if plan.draws[21] > 0.15 else "",
        "holder_number": plan.holder,
        "acquired_on": date.fromordinal(plan.held_since).isoformat(),
        "notes": "",
    }


def import_mark(plan: Plan) -> tuple[str, int]:
    """Give the import mark that an arm bears.

    Returns:
        Country and year; empty and 0 where it bears none.
    """
    came = plan.imported
    if plan.route is Route.STATE or not came:
        return "", 0
    if came >= MARKS_SINCE:
        return geography.HOME, date.fromordinal(came).year
    draw = plan.draws[18]
    if draw > 0.06:
        return "", 0
    country = next(c for c, bound in _ABROAD_MARKS if draw / 0.06 < bound)
    return country, date.fromordinal(plan.made + 19).year


def loss_rows(plan: Plan, seed: int, last_day: int) -> Iterator[dict[str, str]]:
    """Write the loss and theft reports of one arm.

    One report in twelve does not name the register's number and gives the
    marks from memory, with the errors of ``misreading``.
    """
    for place, step in enumerate(steps_of(plan), 1):
        known = known_day(step, plan.arm)
        if step.kind not in _LOSSES or step.day > last_day or known > last_day:
            continue
        town = holders.town_of(step.at)
        row = {
            "source_number": f"L{plan.arm:09d}-{place:02d}",
            "arm_number": number_of(plan.arm),
            "arm_type": plan.model.arm_type,
            "make": plan.model.make,
            "model": plan.model.name,
            "calibre": plan.model.calibre,
            "serial": plan.serial,
            "loss_kind": step.kind,
            "happened_on": date.fromordinal(step.day).isoformat(),
            "reported_on": date.fromordinal(known).isoformat(),
            "place": town.name,
            "region": town.region,
            "holder_number": step.giver,
            "notes": "",
        }
        yield _from_memory(row, plan, seed)


def _from_memory(row: dict[str, str], plan: Plan, seed: int) -> dict[str, str]:
    rng = draws.generator(seed, _STREAM, plan.arm)
    if rng.random() >= _UNLINKED:
        return row
    return row | {
        "arm_number": "",
        "make": misreading.write_make(plan.model, rng)[0],
        "model": misreading.write_model(plan.model, rng)[0],
        "calibre": misreading.write_calibre(plan.model, rng)[0],
        "serial": misreading.misread_serial(plan.serial, plan.model, rng)[0],
    }
