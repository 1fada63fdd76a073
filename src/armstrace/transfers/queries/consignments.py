"""Consignments: the list, the page of one, and what is due of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched

from django.db.models import F, Q
from django.utils import timezone

from armstrace.audit import consultations, declarations
from armstrace.records.lookups import among, counts_of, page_of
from armstrace.records.scope import is_visible
from armstrace.records.versions import KnownQuerySet
from armstrace.transfers import standing
from armstrace.transfers.models import (
    AuthorisationRecord,
    ConsignedItem,
    Consignment,
    ConsignmentStep,
)
from armstrace.transfers.watching import LEADS
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.transfers import Alarm, Direction, Step

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ConsignmentFilter:
    """What narrows the list.

    Args:
        text: A number such as J12 or G12, or the number of the waybill.
        step: The last step that was taken.
        alarm: What is due or wrong.
        is_due: Only what is due today or was due before.
        is_lead: Only what was diverted or off its route, and has no case.
    """

    text: str = ""
    step: Step | None = None
    alarm: Alarm | None = None
    is_due: bool = False
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class ConsignmentRow:
    """One consignment in a list.

    Args:
        sent: How many left.
        alarm: What is due next, or wrong already; None where nothing is.
        due_on: The day on which that is due.
        is_due: Whether the day has come.
        others: What else is due or wrong today.
    """

    consignment_id: int
    authorisation_id: int
    direction: Direction
    waybill: str
    import_country: str
    recipient: str
    sent: int
    departed_on: date
    step: Step
    alarm: Alarm | None
    due_on: date | None
    is_due: bool
    others: tuple[Alarm, ...]

    @property
    def reference(self) -> str:
        return f"J{self.consignment_id}"

    @property
    def is_lead(self) -> bool:
        """Tell whether a case may be opened on it."""
        return self.alarm in LEADS


@dataclass(frozen=True, slots=True)
class ConsignmentPage:
    """One consignment with its goods and its way."""

    row: ConsignmentRow
    # Each with the description of its line.
    items: tuple[tuple[str, ConsignedItem], ...]
    # All that was recorded, what was taken back among them.
    steps: tuple[ConsignmentStep, ...]
    # What may follow; empty where nothing may.
    follows: tuple[Step, ...]


def consignment_rows(
    where: ConsignmentFilter, *, viewer: Actor, at: datetime, page: PageRequest
) -> Page[ConsignmentRow]:
    """Give one page of consignments: what is due first, else the latest first."""
    today = timezone.localdate(at)
    asked = ("consignments", viewer.agencies("transfer.view"), where, today)
    found = page_of(_narrow(where, viewer, today), page, asked=asked)
    return found.showing(describe(found.rows, today))


def every_consignment(
    where: ConsignmentFilter, *, viewer: Actor, at: datetime
) -> Iterator[ConsignmentRow]:
    """Give every consignment of a list, for a file."""
    today = timezone.localdate(at)
    rows = _narrow(where, viewer, today).iterator(AT_ONCE)
    for some in batched(rows, AT_ONCE, strict=False):
        yield from describe(some, today)


def _narrow(
    where: ConsignmentFilter, viewer: Actor, today: date
) -> KnownQuerySet[Consignment]:
    rows = Consignment.objects.visible_to(viewer).select_related("authorisation")
    text = consultations.note_search(where.text)
    if text[:1] in {*"JjGg"} and text[1:].isdecimal() and len(text) < 20:
        column = "pk" if text[0] in "Jj" else "authorisation_id"
        rows = rows.filter(**{column: int(text[1:])})
    elif text:
        rows = rows.filter(waybill=text)
    told = {"step": where.step, "alarm": where.alarm}
    rows = rows.filter(**{name: each for name, each in told.items() if each})
    if where.is_lead:
        rows = rows.filter(alarm__in=LEADS)
    if where.is_due:
        late = rows.filter(~Q(alarm=""), due_on__lte=today)
        return late.order_by(F("due_on").asc(), "pk")
    return rows.order_by("-pk")


def describe(made: Sequence[Consignment], today: date) -> list[ConsignmentRow]:
    """Give rows of consignments with their authorisations, in two queries more."""
    consultations.show_all(Consignment, [each.pk for each in made])
    records = AuthorisationRecord.objects.current().filter(
        among("authorisation_id", {each.authorisation_id for each in made})
    )
    named = {each.authorisation_id: each for each in records}
    late = [each for each in made if each.due_on is not None and each.due_on <= today]
    ways = standing.ways_of([each.pk for each in late])
    wrong = {
        each.pk: tuple(
            due.alarm
            for due in standing.every_due(
                each, ways[each.pk], named[each.authorisation_id]
            )
            if due.on <= today and due.alarm != each.alarm
        )
        for each in late
    }
    return [
        fill(
            ConsignmentRow,
            each,
            consignment_id=each.pk,
            direction=Direction(each.authorisation.direction),
            import_country=named[each.authorisation_id].import_country,
            recipient=named[each.authorisation_id].recipient,
            is_due=each.pk in wrong,
            others=wrong.get(each.pk, ()),
        )
        for each in made
    ]


def consignment_page(
    consignment_id: int, *, viewer: Actor, at: datetime
) -> ConsignmentPage:
    """Give one consignment with its goods, its way and what is due."""
    made = Consignment.objects.get_visible(consignment_id, viewer)
    consultations.show_opened(Consignment, made.pk)
    (row,) = describe([made], timezone.localdate(at))
    rows = ConsignmentStep.objects.current().filter(consignment=made)
    steps = list(rows.order_by("place"))
    course = standing.course_of(made, (one for one in steps if not one.is_removed))
    is_moving = viewer.may("transfer.move")
    follows = standing.following(course) if is_moving else frozenset()
    lines = standing.lines_of([made.authorisation_id])[made.authorisation_id]
    said = {one.line: one.description or one.category or str(one.line) for one in lines}
    return ConsignmentPage(
        row=row,
        items=tuple(
            (said.get(one.line, ""), one) for one in made.items.order_by("line", "pk")
        ),
        steps=tuple(_for_eyes(each, viewer) for each in steps),
        follows=tuple(each for each in Step if each in follows - {Step.CASE}),
    )


def _for_eyes(step: ConsignmentStep, viewer: Actor) -> ConsignmentStep:
    """Give a step as a viewer may see it: a case that is sealed is not named."""
    named = declarations.identify(step.document) if step.kind == Step.CASE else None
    if named and not is_visible(
        named.app, named.number.model, named.key, viewer=viewer
    ):
        step.document = ""
    return step


def left_of(authorisation_id: int, *, viewer: Actor) -> dict[int, int]:
    """Count what is left of an authorisation, by line."""
    viewer.require("transfer.view")
    return standing.left_of(authorisation_id)


def due_counts(*, viewer: Actor, at: datetime) -> tuple[int, int]:
    """Count consignments with something due, and diversions without a case.

    Counts stop at ``COUNTED``.
    """
    today = timezone.localdate(at)
    asked = ("consignments", viewer.agencies("transfer.view"), today)
    rows = Consignment.objects.visible_to(viewer).exclude(alarm="")
    due, diverted = counts_of(
        asked,
        lambda: [rows.filter(due_on__lte=today), rows.filter(alarm__in=LEADS)],
    )
    return due, diverted
