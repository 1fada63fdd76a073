"""How arms end: the events that follow a lawful life, and the truth of them."""

from collections.abc import Callable
from typing import NamedTuple

from armstrace.analysis.synthetic import geography, holders
from armstrace.analysis.synthetic.plans import Plan, licence_ended
from armstrace.analysis.synthetic.slots import Story

# Share of thefts that are reported only after the arm was recovered.
LATE_REPORTS = 0.04

# The same share where the theft never happened.
LATE_FALSE_REPORTS = 0.5

# Share of reported losses that were sales.
FALSE_LOSSES = 0.16

_BACKGROUND_LOSSES = 0.012


class Step(NamedTuple):
    """One event of an arm's life, before it is written; the day is an ordinal."""

    kind: str
    day: int
    # Days until it became known.
    lag: int
    giver: str
    taker: str
    # Holder at whose place it happened, or the name of a crossing.
    at: str
    country: str = geography.HOME
    document: str = ""


class Truth(NamedTuple):
    """What truly became of a recovered arm; the day is an ordinal, 0 where none."""

    # Its last lawful holder, empty where none is on the register.
    holder: str
    kind: str = ""
    place: str = ""
    region: str = ""
    country: str = ""
    day: int = 0


class Ending(NamedTuple):
    """The last events of an arm, and the truth of its one or two recoveries."""

    steps: tuple[Step, ...]
    truth: Truth
    again: Truth | None = None


def ending_of(plan: Plan) -> Ending:
    """Tell how an arm's life ends."""
    slot = plan.slot
    if slot is None:
        return Ending(_background(plan), Truth(plan.holder))
    if slot.repeats:
        return _taken_twice(plan)
    return _ENDINGS[slot.story or Story.SALE](plan)


def _lag(plan: Plan, days: int) -> int:
    return 1 + int(plan.draws[17] ** 3 * days)


def _left(
    plan: Plan, kind: str, day: int | None = None, *, at: str = "", holder: str = ""
) -> Truth:
    """Say that an arm left its holder's hands, at the holder's place or another's."""
    holder = holder or plan.holder
    town, on = holders.town_of(at or holder), plan.limit if day is None else day
    return Truth(holder, kind, town.name, town.region, geography.HOME, on)


def _own(plan: Plan, kind: str, day: int, lag: int, document: str = "") -> Step:
    """Give an event by which nobody takes an arm from its holder."""
    return Step(kind, day, lag, plan.holder, "", plan.holder, document=document)


def _keep(plan: Plan, day: int, lag: int, document: str = "") -> Step:
    step = _own(plan, "DEACTIVATED", day, lag, document)
    return step._replace(taker=plan.holder)


def _report(plan: Plan, kind: str, taker: str = "") -> Step:
    lag = _lag(plan, 60)
    if plan.slot is not None and plan.draws[18] < _late_share(plan.slot.story):
        lag = plan.slot.day - plan.limit + 15
    number = f"PV-{plan.arm % 90_000:05d}"
    return Step(kind, plan.limit, lag, plan.holder, taker, plan.holder, document=number)


def _late_share(story: Story | None) -> float:
    return LATE_FALSE_REPORTS if story is Story.FALSE_THEFT else LATE_REPORTS


def _stolen(kind: str) -> Callable[[Plan], Ending]:
    return lambda plan: Ending((_report(plan, "STOLEN"),), _left(plan, kind))


def _silent(kind: str) -> Callable[[Plan], Ending]:
    return lambda plan: Ending((), _left(plan, kind))


def _loss(plan: Plan) -> Ending:
    kind = "HOLDER_SALE" if plan.draws[19] < FALSE_LOSSES else "HOLDER_LOSS"
    return Ending((_report(plan, "LOST"),), _left(plan, kind))


def _straw(plan: Plan) -> Ending:
    return Ending((), _left(plan, "STRAW_PURCHASE", plan.held_since))


def _importer(plan: Plan) -> Ending:
    return (_silent if plan.draws[19] < 0.5 else _stolen)("IMPORTER")(plan)


def _transit(plan: Plan) -> Ending:
    taker = holders.dealer(int(plan.draws[19] * 9))
    step = _report(plan, "STOLEN", taker)
    return Ending((step,), _left(plan, "IN_TRANSIT"))


def _licence_ended(plan: Plan) -> Ending:
    step = _own(plan, "LICENCE_LAPSED", plan.limit, _lag(plan, 90))
    return Ending((step,), _left(plan, "LICENCE_ENDED"))


def _estate(plan: Plan) -> Ending:
    death = plan.limit - 1 - int(min(300, plan.limit - plan.held_since - 2) * 0.5)
    document = f"DEATH {plan.arm % 9000}"
    step = _own(plan, "LICENCE_LAPSED", death, _lag(plan, 400), document)
    kind = "HOLDER_LOSS" if plan.draws[19] < 0.65 else "HOLDER_SALE"
    return Ending((step,), _left(plan, kind))


def _lawful(plan: Plan) -> Ending:
    return Ending((), Truth(plan.holder))


def _export(plan: Plan) -> Ending:
    buyer, country = holders.foreign_buyer(plan.draws[19])
    day = plan.limit - min(200, (plan.limit - plan.held_since) // 2)
    step = Step("EXPORTED", day, 20, plan.holder, buyer, "", country)
    kind = "IN_TRANSIT" if plan.draws[18] < 0.4 else "UNKNOWN"
    return Ending((step,), Truth(buyer, kind, "", "", country, plan.limit))


def _escape_destruction(plan: Plan) -> Ending:
    room = max(3, plan.limit - plan.held_since)
    first = plan.limit - min(300, room * 2 // 3)
    store, works = holders.EVIDENCE_STORE, holders.SMELTING_WORKS
    middle = first + (plan.limit - first) // 2
    steps = (
        Step("RECOVERED", first, 2, plan.holder, store, plan.holder),
        Step("CONFISCATED", middle, 5, plan.holder, store, store),
        Step("DESTROYED", plan.limit, 8, store, "", works),
    )
    return Ending(steps, _left(plan, "DESTRUCTION_SITE", at=works, holder=store))


def _reactivate(plan: Plan) -> Ending:
    day = plan.limit - min(400, (plan.limit - plan.held_since) // 2)
    step = _keep(plan, day, 10, f"DEA-{plan.arm % 7000:04d}")
    return Ending((step,), _left(plan, "POST_DEACTIVATION"))


def _taken_twice(plan: Plan) -> Ending:
    """Steal an arm, recover it, and lose it again before the second recovery."""
    slot = plan.slot
    first = slot.day if slot else plan.limit
    store = holders.EVIDENCE_STORE
    steps = [
        _report(plan, "STOLEN")._replace(lag=min(9, first - plan.limit)),
        Step("RECOVERED", first, 2, plan.holder, store, plan.holder),
    ]
    truth = _left(plan, "HOLDER_THEFT")
    if plan.draws[19] < 0.4:
        again = _left(plan, "EVIDENCE_STORE", first + 30, at=store)
        return Ending(tuple(steps), truth, again)
    back, gone = first + 30, first + 60
    steps.append(Step("FOUND_AGAIN", back, 1, store, plan.holder, store))
    steps.append(_own(plan, "STOLEN", gone, 3))
    return Ending(tuple(steps), truth, _left(plan, "HOLDER_THEFT", gone))


_ENDINGS: dict[Story, Callable[[Plan], Ending]] = {
    Story.THEFT: _stolen("HOLDER_THEFT"),
    Story.QUIET_THEFT: _silent("HOLDER_THEFT"),
    Story.LOSS: _loss,
    Story.QUIET_LOSS: _silent("HOLDER_LOSS"),
    Story.SALE: _silent("HOLDER_SALE"),
    Story.FALSE_THEFT: _stolen("HOLDER_SALE"),
    Story.STRAW: _straw,
    Story.DEALER_SALE: _silent("DEALER"),
    Story.DEALER_THEFT: _stolen("DEALER"),
    Story.IMPORTER: _importer,
    Story.TRANSIT: _transit,
    Story.STATE_LEAK: _silent("STATE_STOCK"),
    Story.STATE_THEFT: _stolen("STATE_STOCK"),
    Story.LICENCE_ENDED: _licence_ended,
    Story.ESTATE: _estate,
    Story.LAWFUL: _lawful,
    Story.EXPORTED: _export,
    Story.UNDESTROYED: _escape_destruction,
    Story.REACTIVATED: _reactivate,
    Story.MAKER_STOCK: _silent("MANUFACTURER"),
}


def _background(plan: Plan) -> tuple[Step, ...]:
    lapsed = _let_lapse(plan)
    if lapsed:
        return lapsed
    chance, since = plan.draws[19], plan.held_since
    room = plan.limit - since
    if room < 400:
        return ()
    day = since + 200 + int((room - 300) * plan.draws[18])
    if chance < _BACKGROUND_LOSSES:
        kind = "STOLEN" if chance < _BACKGROUND_LOSSES * 0.7 else "LOST"
        return (_own(plan, kind, day, _lag(plan, 40)),)
    if chance < 0.016:
        back = Step(
            "FOUND_AGAIN", day + 60, 2, "", plan.holder, plan.holder, document="PV"
        )
        return _own(plan, "STOLEN", day, _lag(plan, 40)), back
    return _retire(plan, chance, day)


def _retire(plan: Plan, chance: float, day: int) -> tuple[Step, ...]:
    if not plan.keepers or plan.holder[0] != "P":
        return ()
    if chance < 0.022:
        store = holders.EVIDENCE_STORE
        return (
            Step("RECOVERED", day, 2, plan.holder, store, plan.holder),
            Step("CONFISCATED", day + 40, 4, plan.holder, store, store),
            Step("DESTROYED", day + 90, 4, store, "", holders.SMELTING_WORKS),
        )
    if chance < 0.029:
        return (_keep(plan, day, 9),)
    if chance < 0.035:
        buyer, country = holders.foreign_buyer(plan.draws[18])
        return (Step("EXPORTED", day, 15, plan.holder, buyer, "", country),)
    return ()


def _let_lapse(plan: Plan) -> tuple[Step, ...]:
    if plan.holder[0] != "P":
        return ()
    ended = licence_ended(int(plan.holder[1:]), plan.limit)
    if not ended or ended <= plan.held_since:
        return ()
    return (_own(plan, "LICENCE_LAPSED", ended, 20),)
