"""Which records the law no longer asks to keep."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from armstrace.records import jurisdiction
from armstrace.recoveries.models import Recovery
from armstrace.registry.models import LifeEvent
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.profiles.provisions import CountedFrom, RecordClass

# Events that a retention rule speaks of; the law names no period for the others.
CLASS_OF: Mapping[LifeEventKind, RecordClass] = {
    LifeEventKind.MANUFACTURED: RecordClass.MANUFACTURE,
    LifeEventKind.PROOFED: RecordClass.MANUFACTURE,
    LifeEventKind.MARKED: RecordClass.MANUFACTURE,
    LifeEventKind.ENTERED_TRADE: RecordClass.TRANSFER,
    LifeEventKind.SOLD_TO_DEALER: RecordClass.TRANSFER,
    LifeEventKind.SOLD_TO_HOLDER: RecordClass.TRANSFER,
    LifeEventKind.TRANSFERRED: RecordClass.TRANSFER,
    LifeEventKind.ISSUED_TO_STATE: RecordClass.TRANSFER,
    LifeEventKind.STATE_TO_CIVILIAN: RecordClass.TRANSFER,
    LifeEventKind.INHERITED: RecordClass.TRANSFER,
}


@dataclass(frozen=True, slots=True)
class RecordDue:
    """A record whose period has ended; whether it goes, people decide."""

    record: RecordClass
    # The arm or the recovery that it is about.
    reference: str
    # What it says: the event, or what the class says.
    words: str
    # The day on which it was last stated.
    counted_from: date
    # The last day on which the law asks for it.
    kept_until: date


def records_due(*, viewer: Actor, on: date) -> Iterator[RecordDue]:
    """Give the records whose period of retention has ended, by the profile.

    A record is due once every rule in force for it has ended; one that a rule asks
    to keep for ever, or from a day that has not come, never is.

    Args:
        on: The day on which the law is asked.

    Raises:
        NotPermitted: The viewer may not see the register, recoveries and traces.

    Source:
        Firearms Protocol, art. 7; the jurisdiction profile.
    """
    viewer.require("trace.view")
    yield from _events_due(viewer, on)
    yield from _recoveries_due(viewer, on)


def _events_due(viewer: Actor, on: date) -> Iterator[RecordDue]:
    destroyed = LifeEvent.objects.current().filter(
        arm=OuterRef("arm"), kind=LifeEventKind.DESTROYED
    )
    latest = destroyed.order_by("-happened_on").values("happened_on")[:1]
    rows = (
        LifeEvent.objects.current()
        .visible_to(viewer)
        .filter(kind__in=CLASS_OF, known_at__date__lte=on)
        .annotate(destroyed_on=Subquery(latest))
        .order_by("known_at", "pk")
    )
    columns = ("kind", "arm_id", "known_at", "destroyed_on")
    for kind, arm, known_at, destroyed_on in rows.values_list(*columns).iterator():
        event = LifeEventKind[kind]
        begun = {CountedFrom.RECORD: known_at.date()}
        if destroyed_on is not None:
            begun[CountedFrom.DESTRUCTION] = destroyed_on
        yield from _due((CLASS_OF[event], f"A{arm}", event.label), begun, on)


def _recoveries_due(viewer: Actor, on: date) -> Iterator[RecordDue]:
    rows = _last_stated(Recovery.objects.visible_to(viewer)).order_by("stated", "pk")
    for number, stated in rows.values_list("pk", "stated").iterator():
        begun = {CountedFrom.RECORD: stated.date()}
        facts = (RecordClass.RECOVERY, f"R{number}", RecordClass.RECOVERY.label)
        yield from _due(facts, begun, on)


def _last_stated(recoveries: QuerySet[Recovery]) -> QuerySet[Any]:
    """Give recoveries with the moment at which anything was last said of them."""
    paths = (
        "records__known_at",
        "part_records__known_at",
        "ammunition_records__known_at",
        "trace__known_at",
        "trace__decisions__known_at",
        "trace__findings__known_at",
    )
    last = (Coalesce(Max(path), F("known_at")) for path in paths)
    found: QuerySet[Any] = recoveries.annotate(stated=Greatest("known_at", *last))
    return found


def _due(
    facts: tuple[RecordClass, str, str], begun: Mapping[CountedFrom, date], on: date
) -> Iterator[RecordDue]:
    until = jurisdiction.profile().kept_until(facts[0], begun, on)
    if until is not None and until < on:
        yield RecordDue(*facts, begun[CountedFrom.RECORD], until)
