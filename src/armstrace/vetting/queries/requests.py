"""Requests for vetting with their answers; what an answer rests on is not here."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from armstrace.audit import consultations, stamps
from armstrace.records.lookups import page_of
from armstrace.vetting.models import Answer, VettingRequest
from armstrace.vetting.standing import show_subjects, waiting
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.vetting import Capacity, VettingAnswer, VettingState


@dataclass(frozen=True, slots=True)
class VettingFilter:
    """What narrows a list of requests; empty means any.

    Args:
        text: A number such as V3 or H12, or part of a name.
        state: Whether it waits, holds or is over.
        capacity: As what somebody is vetted.
    """

    text: str = ""
    state: VettingState | None = None
    capacity: Capacity | None = None


@dataclass(frozen=True, slots=True)
class VettingRow:
    """One request with the answer that stands.

    Args:
        subject: Number of the record that the person stands in; empty for none.
        asked_by: Sign-in name of who asked.
        answer: None while there is none.
        valid_until: The last day on which the answer holds.
        answered_by: Sign-in name of who answered; empty while nobody did.
        seen: Key of the answer, to be sent with a new one; 0 while there is none.
    """

    request_id: int
    reference: str
    subject: str
    name: str
    born_on: date | None
    capacity: Capacity
    asked_by: str
    asked_at: datetime
    state: VettingState
    answer: VettingAnswer | None
    valid_until: date | None
    answered_by: str
    seen: int


def vetting_rows(
    where: VettingFilter, *, viewer: Actor, today: date, page: PageRequest
) -> Page[VettingRow]:
    """Give one page of requests, the latest first."""
    rows = _in_state(where.state, viewer, today)
    if where.capacity:
        rows = rows.filter(capacity=where.capacity)
    if text := consultations.note_search(where.text):
        number = text[1:] if text[:1] in "Vv" else ""
        exact = rows.filter(subject=text.upper())
        if number.isascii() and number.isdecimal() and len(number) < 19:
            exact = rows.filter(pk=int(number))
        rows = exact if exact.exists() else rows.filter(name__icontains=text)
    found = page_of(rows.order_by("-pk"), page)
    keys = [each.pk for each in found.rows]
    consultations.show_all(VettingRequest, keys)
    show_subjects({each.subject for each in found.rows})
    answers = {
        each.request_id: each
        for each in Answer.objects.current().filter(request_id__in=keys)
    }
    return found.showing([_row(e, answers.get(e.pk), today) for e in found.rows])


def count_in(state: VettingState, *, viewer: Actor, today: date) -> int:
    """Count the requests in a state."""
    asked = ("vetting", state, viewer.name, viewer.role, viewer.agency, today)
    return stamps.kept(asked, lambda: _in_state(state, viewer, today).count())


def vetting_page(
    request_id: int, *, viewer: Actor, today: date
) -> tuple[VettingRow, tuple[Answer, ...]]:
    """Give one request, and all answers to it, the latest first."""
    asked = VettingRequest.objects.get_visible(request_id, viewer)
    consultations.show_opened(VettingRequest, asked.pk)
    show_subjects([asked.subject])
    rows = Answer.objects.visible_to(viewer).filter(request=asked)
    answers = tuple(rows.order_by("-known_at", "-pk"))
    now = next((each for each in answers if each.superseded_at is None), None)
    return _row(asked, now, today), answers


def request_waiting(
    subject: str, capacity: str = "", *, viewer: Actor
) -> VettingRequest | None:
    """Give the request that waits for an answer, where a viewer may see it.

    Args:
        capacity: As what the person is vetted; empty where any counts.
    """
    return waiting(subject, capacity) if viewer.may("vetting.view") else None


def requests_about(subject: str, *, viewer: Actor) -> tuple[VettingRequest, ...]:
    """Give the requests about a subject, the latest first, where they may be seen.

    Args:
        subject: Number of the record, such as H12, or of a request without one.
    """
    if not viewer.may("vetting.view"):
        return ()
    own = {int(subject[1:])} if subject[:1] == VettingRequest.letter else ()
    rows = VettingRequest.objects.visible_to(viewer)
    found = rows.filter(Q(subject=subject) | Q(pk__in=own, subject=""))
    asked = tuple(found.order_by("-pk"))
    consultations.show_all(VettingRequest, [each.pk for each in asked])
    return asked


def row_of(request_id: int | None, *, viewer: Actor, today: date) -> VettingRow | None:
    """Give the row of one request, where there is one that a viewer may see."""
    if request_id is None or not viewer.may("vetting.view"):
        return None
    asked = VettingRequest.objects.get_visible(request_id, viewer)
    consultations.show(VettingRequest, asked.pk)
    return _row(asked, Answer.objects.current().filter(request=asked).first(), today)


def _in_state(
    state: VettingState | None, viewer: Actor, today: date
) -> QuerySet[VettingRequest]:
    rows = VettingRequest.objects.visible_to(viewer)
    answers = Answer.objects.current().filter(request=OuterRef("pk"))
    later = VettingRequest.objects.get_queryset().filter(
        pk__gt=OuterRef("pk"),
        subject=OuterRef("subject"),
        capacity=OuterRef("capacity"),
    )
    if state == VettingState.WAITING:
        return rows.filter(~Exists(answers))
    if state == VettingState.OVERDUE:
        is_renewed = Exists(later.exclude(subject=""))
        return rows.filter(Exists(answers.filter(valid_until__lt=today)), ~is_renewed)
    if state == VettingState.IN_FORCE:
        return rows.filter(Exists(answers.filter(valid_until__gte=today)))
    return rows


def _row(asked: VettingRequest, now: Answer | None, today: date) -> VettingRow:
    is_over = now is not None and now.valid_until < today
    standing = VettingState.OVERDUE if is_over else VettingState.IN_FORCE
    return fill(
        VettingRow,
        asked,
        now or Answer(),
        request_id=asked.pk,
        asked_at=asked.known_at,
        seen=now.pk if now else 0,
        state=standing if now else VettingState.WAITING,
    )
