"""Consignments and end-user statements that early warnings are worked out from."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from armstrace.analysis.risk.warnings.facts import Shipped, Statement
from armstrace.records.lookups import among
from armstrace.transfers.models import (
    AuthorisationRecord,
    Consignment,
    ConsignmentStep,
    Paper,
)
from armstrace.transfers.standing import VOID
from armstrace.transfers.watching import PROVEN
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.transfers import Alarm, PaperKind, Step

ENDED = (*PROVEN, Step.RETURNED)
TOLD = (*ENDED, Step.ARRIVED, Step.STATE_ASKED)


def departures(begin: date, until: date, *, viewer: Actor) -> Iterator[Shipped]:
    """Give the consignments that left in a window, with what became of them."""
    rows = Consignment.objects.visible_to(viewer).exclude(step=Step.TAKEN_BACK)
    left = rows.filter(departed_on__gt=begin, departed_on__lte=until).order_by("pk")
    steps = ConsignmentStep.objects.current().visible_to(viewer)
    found: dict[int, dict[str, ConsignmentStep]] = defaultdict(dict)
    kept = steps.filter(kind__in=TOLD, is_removed=False, happened_on__lte=until)
    wanted = among("consignment_id", [each.pk for each in left])
    for step in kept.filter(wanted).order_by("place"):
        found[step.consignment_id][step.kind] = step
    recipients = _recipients({each.authorisation_id for each in left}, viewer)
    for each in left:
        yield _shipment(each, found[each.pk], until, recipients)


def _shipment(
    made: Consignment,
    steps: dict[str, ConsignmentStep],
    until: date,
    recipients: dict[int, str],
) -> Shipped:
    ends = [steps[kind].happened_on for kind in ENDED if kind in steps]
    is_unproven = not {Step.RECEIPT, Step.RETURNED} & {*steps}
    asked = Step.STATE_ASKED in steps and made.alarm == Alarm.NO_PROOF
    if not ends and asked and made.due_on is not None and made.due_on <= until:
        ends = [made.due_on]
    arrived = steps.get(Step.ARRIVED)
    days = [*ends, *([arrived.happened_on] if arrived else [])]
    return Shipped(
        number=made.reference,
        authorisation=f"G{made.authorisation_id}",
        known_on=max(days, default=made.departed_on),
        left_on=made.departed_on,
        sent=made.sent,
        recipient=recipients.get(made.authorisation_id, ""),
        arrived=arrived.quantity if arrived else None,
        is_answered=bool(ends),
        is_unproven=bool(ends) and is_unproven,
    )


def _recipients(keys: set[int], viewer: Actor) -> dict[int, str]:
    records = AuthorisationRecord.objects.current().visible_to(viewer)
    rows = records.filter(among("authorisation_id", keys))
    told = rows.values_list("authorisation_id", "recipient")
    return {key: " ".join(name.casefold().split()) for key, name in told}


def statements(begin: date, until: date, *, viewer: Actor) -> Iterator[Statement]:
    """Give the end-user statements that came on file in a window, by their number.

    What was refused or withdrawn is left out: its statement may serve again.
    """
    records = AuthorisationRecord.objects.current().filter(stage__in=VOID)
    rows = Paper.objects.current().visible_to(viewer)
    kept = rows.filter(kind=PaperKind.END_USER, is_removed=False).exclude(number="")
    recent = kept.filter(known_at__date__gt=begin, known_at__date__lte=until)
    live = recent.exclude(authorisation__in=records.values("authorisation"))
    found: dict[str, dict[int, date]] = defaultdict(dict)
    told = live.order_by("known_at", "pk")
    for number, key, at in told.values_list("number", "authorisation_id", "known_at"):
        found[number.casefold()].setdefault(key, timezone.localdate(at))
    for uses in found.values():
        yield Statement(tuple(f"G{key}" for key in uses), max(uses.values()))
