"""What an agency of the trade may report: of which holder, of which arms, until when.

The arm is named as it stands in the stock book: by its number here or in the register,
or by its serial number as marked.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from armstrace.analysis.marks.serials import search_key
from armstrace.analysis.provenance.state import HELD
from armstrace.licensing import queries as licensing
from armstrace.licensing.models import Holder, Licence
from armstrace.records.lookups import among
from armstrace.registry.described import LONGEST_SEARCHED
from armstrace.registry.inputs import EventInput
from armstrace.registry.models import (
    Arm,
    ArmRecord,
    BusinessEnd,
    LifeEvent,
    Reporting,
    arm_called,
)
from armstrace.vocabulary.arms import ArmBasis, ArmState, HolderKind
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule, plain_rule
from armstrace.vocabulary.sources import Source

# What binds under every profile; Directive (EU) 2021/555, art. 4 (6), asks the same.
TRADE = Source("protocol", "art. 7")

IN_STOCK_NOW = HELD | {ArmState.MANUFACTURED}

STATE = ("holder_id", "state", "basis")

type Side = tuple[int, str]
"""Identity and number of a holder."""

REPORTS_FOR = Rule[object](
    "RG-33",
    "Your agency reports for no holder; ask the registry to record for whom it "
    "reports.",
    TRADE,
    bool,
)
IN_STOCK = Rule[tuple[str, str, int]](
    "RG-34",
    "The register does not show one arm “%(arm)s” with holder %(holder)s; the "
    "registry looks at it, or write its number from the stock book.",
    TRADE,
    lambda told: told[2] == 1,
)
"""The facts are the arm as it is named, whose it should be, and how many are found."""
OPEN_THEN = Rule[tuple[date | None, date | None]](
    "RG-35",
    "The business is closed from %(day)s, and this happened later; ask the registry.",
    TRADE,
    lambda days: days[0] is None or days[1] is None or days[1] < days[0],
)
"""The facts are the day from which it is closed, and that of the notice."""
OTHER_SIDE = Rule[tuple[str, bool]](
    "RG-36",
    lambda facts: (
        message(
            "There is no licence %(name)s on record; write the number as it is on the "
            "other side's licence.",
            name=facts[0],
        )
        if facts[0]
        else message("The licence of the other side is missing; write its number.")
    ),
    TRADE,
    lambda facts: facts[1],
)
"""The facts are the licence as it is named, and whether it is on record."""
NOTIFIED = plain_rule(
    "RG-37",
    "A notice tells on which day an arm was acquired, sold, made, lost or stolen; "
    "write which of these, and the day.",
    TRADE,
)
NONE_LEFT = Rule[tuple[int, str]](
    "RG-38",
    "Arms still in this stock: %(count)s; let them go first, or write what becomes "
    "of them.",
    TRADE,
    lambda told: not told[0] or bool(told[1].strip()),
)
SAID_ONCE = plain_rule(
    "RG-39",
    "Another notice has the number %(name)s already; give this one a number of "
    "its own, or ask the registry to correct that one.",
    TRADE,
)
# The facts are the day, and whether it has come.
COME = plain_rule("RG-40", message("%(day)s is in the future; correct the day."), TRADE)


@dataclass(frozen=True, slots=True)
class Business:
    """The holder for whom an agency reports, and until when."""

    agency: str
    holder_id: int
    number: str
    closed_on: date | None = None


def business_of(agency: str) -> Business | None:
    """Give the business for which an agency reports; None where it has none."""
    rows = Reporting.objects.current().filter(agency__code=agency)
    holder = Holder.objects.get_queryset().filter(reportings__in=rows).first()
    if holder is None:
        return None
    return Business(agency, holder.pk, holder.number, end_of_business(holder.pk))


def has_reported(agency: str) -> bool:
    """Tell whether an agency reports for a holder, or did."""
    return Reporting.objects.get_queryset().filter(agency__code=agency).exists()


def end_of_business(holder_id: int) -> date | None:
    """Give the day from which a holder trades no longer."""
    rows = BusinessEnd.objects.current().filter(holder_id=holder_id)
    return rows.values_list("closed_on", flat=True).first()


def stock_of(holder_id: int) -> QuerySet[Arm]:
    """Give the arms that a holder has on record now."""
    return stock_among([holder_id])


def stock_among(holders: Any) -> QuerySet[Arm]:  # noqa: ANN401 - keys, or their query
    """Give the arms that some holders have on record now, and that are not missing."""
    rows = Arm.objects.get_queryset().filter(
        holder_id__in=holders, state__in=IN_STOCK_NOW
    )
    return rows.exclude(basis=ArmBasis.WITHDRAWN)


class ArmsNamed:
    """Arms in stock by what a stock book may call them, read at once.

    A name is the number here, that of the register, or the serial number as marked.
    """

    def __init__(self, names: Iterable[str]) -> None:
        told = {name.strip() for name in names} - {""}
        called = {name: key for name in told if (key := arm_called(name))}
        arms = Arm.objects.get_queryset()
        # By the name the arms with their holders: those numbered so, and marked so.
        self._numbered: dict[str, dict[int, int | None]] = defaultdict(dict)
        self._marked: dict[str, dict[int, int | None]] = defaultdict(dict)
        numbered = arms.filter(among("source_number", told))
        for name, arm, *state in numbered.values_list("source_number", "pk", *STATE):
            _keep(self._numbered[name], arm, *state)
        own = arms.filter(among("pk", called.values()))
        states = {key: state for key, *state in own.values_list("pk", *STATE)}
        for name, key in called.items():
            if key in states:
                _keep(self._numbered[name], key, *states[key])
        keys = {search_key(name)[:LONGEST_SEARCHED] for name in told} - {""}
        marked = ArmRecord.objects.current().filter(among("serial_search", keys))
        columns = ("serial_as_marked", "arm_id", *(f"arm__{each}" for each in STATE))
        for name, arm, *state in marked.values_list(*columns):
            _keep(self._marked[name], arm, *state)

    def meant_by(self, name: str) -> set[int]:
        """Give every arm that a name may mean, whoever has it."""
        return {arm for each in self._arms_called(name) for arm in each}

    def find(self, name: str, holder: Side) -> int:
        """Give the one arm of a holder that is named.

        Raises:
            RuleBroken: ``RG-34``.
        """
        held = self.held(name, holder[0])
        IN_STOCK.require((name.strip(), holder[1], len(held)))
        return held[0]

    def held(self, name: str, holder: int) -> list[int]:
        """Give the arms of a holder that a name may mean."""
        by_number, by_marks = self._held_by(holder, name)
        return by_number or by_marks

    def came(self, told: EventInput, giver: Side, taker: Side) -> int:
        """Give the arm that came as a notice tells; 0 where none did."""
        by_number, by_marks = self._held_by(taker[0], told.arm_number)
        rows = LifeEvent.objects.current().filter(
            among("arm_id", by_number + by_marks),
            holder_from_id=giver[0],
            holder_to_id=taker[0],
            happened_on=told.happened_on,
        )
        return rows.values_list("arm_id", flat=True).first() or 0

    def _held_by(self, holder: int, name: str) -> list[list[int]]:
        """Give the arms that a holder has: those numbered so, and those marked so."""
        return [
            [arm for arm, of in each.items() if of == holder]
            for each in self._arms_called(name)
        ]

    def _arms_called(self, name: str) -> tuple[dict[int, int | None], ...]:
        told = name.strip()
        return self._numbered.get(told, {}), self._marked.get(told, {})


def _keep(
    named: dict[int, int | None],
    arm: int,
    holder: int | None,
    state: ArmState,
    basis: ArmBasis,
) -> None:
    """Keep an arm that is in stock.

    The database would look for each of all arms in stock among all the names.
    """
    if state in IN_STOCK_NOW and basis != ArmBasis.WITHDRAWN:
        named[arm] = holder


def sides_called(names: Iterable[str]) -> dict[str, Side]:
    """Give the holders of licences, by the numbers of these.

    A body of the State, which needs none, is called by its own number.
    """
    told = {name.strip() for name in names} - {""}
    rows = Licence.objects.current().filter(among("number", told))
    of_licences = {
        licence: (holder, number)
        for licence, holder, number in rows.values_list(
            "number", "holder_id", "holder__number"
        )
    }
    kinds = licensing.holder_kinds(told - of_licences.keys())
    bodies = [name for name, kind in kinds.items() if kind is HolderKind.STATE_BODY]
    numbered = licensing.holder_ids(bodies)
    return of_licences | {name: (key, name) for name, key in numbered.items()}


def lock_holder(holder_id: int) -> None:
    """Lock a holder until the transaction ends.

    Raises:
        NotFound: There is no such holder.
    """
    rows = Holder.objects.get_queryset().select_for_update().filter(pk=holder_id)
    if rows.first() is None:
        raise NotFound(message("There is no such holder; choose one from the list."))
