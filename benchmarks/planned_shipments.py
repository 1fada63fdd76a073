"""Exports with true and forged papers, some of them diverted: the plan.

What is planned here is the truth. What the records say of it follows from the acts
of people who do not know it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from armstrace.analysis.synthetic import draws
from armstrace.cli.demonstrating_transfers import SENT
from armstrace.vocabulary.transfers import PaperKind

_STREAM = 59
# Chances that papers are forged, that goods with good papers are diverted, and that
# goods that arrive do so late, or are proven late.
_FORGED, _DIVERTED, _LATE = 0.3, 0.3, 0.25
PERFECT = "PERFECT"
FORGERIES = ("REUSED", "UNSIGNED", "ENDED", "FEWER", "OTHER", PERFECT)
"""What is wrong with forged papers; of perfect ones nothing that can be read."""
FALSE_RECEIPT = "FALSE_RECEIPT"
DIVERSIONS = ("OFF_ROUTE", "SEALS", "SHORT", "VANISHED", "HELD", FALSE_RECEIPT)
"""How goods leave their way; behind a false receipt all looks as it should."""
ALL_PAPERS = (
    *(PaperKind.IMPORT_LICENCE, PaperKind.NO_OBJECTION, PaperKind.TRANSIT_NOTICE),
    *(PaperKind.END_USER, PaperKind.ASSESSMENT),
)

type Passage = Mapping[str, Any]
"""A step: what, days after the departure, quantity, and where it was if off route."""


@dataclass(frozen=True, slots=True)
class ShipmentPlan:
    """One export.

    Args:
        forged: What is wrong with its papers; empty where they are true.
        diverted: How its goods leave their way; empty where they arrive.
        diverted_after: Days after the departure.
        age: Days before the last one on which it is asked for.
    """

    place: int
    forged: str
    diverted: str
    diverted_after: int
    age: int
    passages: Sequence[Passage] = field(default=())


def stories(seed: int, many: int) -> Iterator[Mapping[str, Any]]:
    """Tell what becomes of each planned export, as the demo tells of its own."""
    for plan in plan_shipments(seed, many):
        # A used statement is that of the export before.
        statement = plan.place - (plan.forged == "REUSED")
        yield {
            "consignee": f"Range {plan.place} House",
            "age": plan.age,
            "statement": f"EUS-{statement:05}",
            "papers": [*ALL_PAPERS],
            "steps": plan.passages,
            "forged": plan.forged,
            "diverted": plan.diverted,
            "after": plan.diverted_after,
        }


def plan_shipments(seed: int, many: int) -> Iterator[ShipmentPlan]:
    """Plan exports, each kind of forgery and diversion among them if they are many."""
    rng = draws.generator(seed, _STREAM, 0)
    forged = diverted = 0
    for place in range(many):
        forgery, way = "", ""
        if rng.random() < _FORGED and place:
            forgery = FORGERIES[forged % len(FORGERIES)]
            forged += 1
        # Who forges papers that pass does not want the goods to arrive.
        if forgery == PERFECT or rng.random() < _DIVERTED:
            way = DIVERSIONS[diverted % len(DIVERSIONS)]
            diverted += 1
        after = rng.randint(2, 8)
        passages = [*_begun(way, after), *_arrivals(way, after, rng)]
        age = 400 - 2 * place % 200
        yield ShipmentPlan(place, forgery, way, after, age, passages)


def _begun(way: str, after: int) -> Iterator[Passage]:
    if way == "OFF_ROUTE":
        yield {"step": "ENTERED", "days": after, "country": "HR"}
        return
    yield {"step": "ENTERED", "days": 1}
    if way == "SEALS":
        yield {"step": "DIVERTED", "days": after, "reason": "The seals were cut."}
    elif way != "HELD":
        yield {"step": "LEFT", "days": 2}


def _arrivals(way: str, after: int, rng: Random) -> Iterator[Passage]:
    if way in {"OFF_ROUTE", "SEALS", "VANISHED", "HELD"}:
        return
    late = rng.randint(1, 9) if rng.random() < _LATE else 0
    proven = rng.randint(40, 70) if rng.random() < _LATE else rng.randint(5, 30)
    quantity = SENT - rng.randint(1, 5) if way == "SHORT" else SENT
    arrived = max(rng.randint(6, 12) + late, after)
    yield {"step": "ARRIVED", "days": arrived, "quantity": quantity}
    yield {"step": "RECEIPT", "days": arrived + proven, "quantity": quantity}
