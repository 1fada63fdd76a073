"""What an agency of the trade may report: of which holder, of which arms, until when.

The arm is named as it stands in the stock book: by its number here or in the register,
or by its serial number as marked.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from armstrace.analysis.provenance.state import HELD
from armstrace.licensing import queries as licensing
from armstrace.licensing.models import Holder, Licence
from armstrace.registry.models import (
    Arm,
    ArmRecord,
    BusinessEnd,
    Reporting,
    arm_called,
)
from armstrace.vocabulary.arms import ArmBasis, ArmState
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule, plain_rule
from armstrace.vocabulary.sources import Source

TRADE = Source("eu-2021-555", "art. 4, para. 6")

IN_STOCK_NOW = HELD | {ArmState.MANUFACTURED}

REPORTS_FOR = Rule[object](
    "RG-33",
    message(
        "Your agency reports for no holder; ask the registry to record for whom it "
        "reports."
    ),
    TRADE,
    bool,
)
IN_STOCK = Rule[tuple[str, str, int]](
    "RG-34",
    lambda told: message(
        "The register does not show one arm “%(arm)s” with holder %(holder)s; the "
        "registry looks at it, or write its number from the stock book.",
        arm=told[0],
        holder=told[1],
    ),
    TRADE,
    lambda told: told[2] == 1,
)
"""The facts are the arm as it is named, whose it should be, and how many are found."""
OPEN_THEN = Rule[tuple[date | None, date | None]](
    "RG-35",
    lambda told: message(
        "The business is closed from %(day)s, and this happened later; ask the "
        "registry.",
        day=told[1] or "",
    ),
    TRADE,
    lambda told: told[0] is None or told[1] is None or told[0] < told[1],
)
OTHER_SIDE = plain_rule(
    "RG-36",
    message(
        "%(name)s is no licence on record; write the number of the other side's "
        "licence as it stands on it."
    ),
    TRADE,
)
NOTIFIED = plain_rule(
    "RG-37",
    message(
        "A notice tells on which day an arm was acquired, sold, made, lost or stolen; "
        "write which of these, and the day."
    ),
    TRADE,
)
NONE_LEFT = Rule[tuple[int, str]](
    "RG-38",
    lambda told: message(
        "Arms still in this stock: %(count)s; let them go first, or write what becomes "
        "of them.",
        count=told[0],
    ),
    TRADE,
    lambda told: not told[0] or bool(told[1].strip()),
)
SAID_ONCE = plain_rule(
    "RG-39",
    message(
        "Another notice has the number %(name)s already; give this one a number of "
        "its own, or ask the registry to correct that one."
    ),
    TRADE,
)


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


def find_arm(named: str, holder: tuple[int, str]) -> int:
    """Give the one arm of a holder that is named.

    Args:
        holder: Identity and number of who has it.

    Raises:
        RuleBroken: ``RG-34``.
    """
    told = named.strip()
    key = arm_called(told)
    is_numbered = Q(source_number=told) | (Q(pk=key) if key else Q())
    held = stock_of(holder[0])
    found = list(held.filter(is_numbered).values_list("pk", flat=True)[:2])
    if not found and told:
        marked = ArmRecord.objects.current().filter(serial_as_marked=told)
        found = list(held.filter(records__in=marked).values_list("pk", flat=True)[:2])
    IN_STOCK.require((told, holder[1], len(found)))
    return found[0]


def other_side(licence: str) -> tuple[int, str]:
    """Give identity and number of the holder of a licence, or of a number.

    Raises:
        RuleBroken: ``RG-36``.
    """
    told = licence.strip()
    row = Licence.objects.current().filter(number=told).select_related("holder").first()
    if row is not None:
        return row.holder_id, row.holder.number
    found = licensing.holder_ids([told]) if told else {}
    if told not in found:
        raise OTHER_SIDE.broken((repr(told), False))
    return found[told], told


def lock_holder(holder_id: int) -> None:
    """Lock a holder until the transaction ends.

    Raises:
        NotFound: There is no such holder.
    """
    rows = Holder.objects.get_queryset().select_for_update().filter(pk=holder_id)
    if rows.first() is None:
        raise NotFound(message("There is no such holder; look in the list."))
