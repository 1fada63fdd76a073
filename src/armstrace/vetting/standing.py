"""How far vetting is, which is all that licensing asks, and who is screened."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from armstrace.records.lookups import among
from armstrace.vetting.inputs import Screened
from armstrace.vetting.models import Answer, VettingRequest
from armstrace.vocabulary.vetting import Capacity, VettingAnswer, VettingState


class Vetting(NamedTuple):
    """How far vetting of a subject is; None where nobody asked, or no answer holds."""

    state: VettingState | None = None
    answer: VettingAnswer | None = None


def vetting_of(subjects: Sequence[str], at: datetime) -> dict[str, Vetting]:
    """Give how far vetting of each subject is; the latest answer counts while it holds.

    Args:
        subjects: Numbers of their records, such as H12.
        at: The moment that is asked about; later answers do not count.

    Source:
        Background paper (2018), para. 33.
    """
    asked = VettingRequest.objects.get_queryset().filter(among("subject", subjects))
    rows = asked.filter(known_at__lte=at).order_by("pk")
    newest = dict(rows.values_list("subject", "pk"))
    given = Answer.objects.as_of(at).filter(among("request__subject", subjects))
    answers = list(given.select_related("request").order_by("known_at", "pk"))
    answered = {each.request_id for each in answers}
    found = dict.fromkeys(subjects, Vetting())
    for subject, request_id in newest.items():
        is_over = request_id in answered
        state = VettingState.OVERDUE if is_over else VettingState.WAITING
        found[subject] = Vetting(state)
    for subject, last in {each.request.subject: each for each in answers}.items():
        if timezone.localdate(at) <= last.valid_until:
            answer = VettingAnswer(last.answer)
            found[subject] = Vetting(VettingState.IN_FORCE, answer)
    return found


def waiting(subject: str, capacity: str = "") -> VettingRequest | None:
    """Give the request of a subject that nobody has answered yet.

    Args:
        capacity: As what the person is vetted; empty where any counts.
    """
    asked = VettingRequest.objects.get_queryset().exclude(subject="")
    rows = asked.filter(subject=subject, answers=None).order_by("pk")
    return (rows.filter(capacity=capacity) if capacity else rows).first()


def staff_vetting(names: Collection[str], at: datetime) -> Vetting:
    """Give how far vetting of a member of staff is, who stands in no record.

    Args:
        names: Any of which is theirs, in whatever letter case.

    Source:
        Background paper (2018), para. 38.
    """
    folded = {each.casefold() for each in names if each.strip()}
    asked = VettingRequest.objects.get_queryset().filter(
        capacity=Capacity.STAFF, known_at__lte=at
    )
    own = [
        key
        for key, name in asked.values_list("pk", "name")
        if name.strip().casefold() in folded
    ]
    last = Answer.objects.as_of(at).filter(request__in=own).order_by("pk").last()
    if last is None:
        return Vetting(VettingState.WAITING if own else None)
    is_over = timezone.localdate(at) > last.valid_until
    state = VettingState.OVERDUE if is_over else VettingState.IN_FORCE
    return Vetting(state, VettingAnswer(last.answer))


def subjects(after: int, most: int, since: datetime | None) -> list[Screened]:
    """Give people who are vetted and stand in no record of their own, in order."""
    rows = VettingRequest.objects.get_queryset().filter(pk__gt=after, subject="")
    if since is not None:
        rows = rows.filter(known_at__gte=since)
    return [
        Screened(
            each.pk,
            each.reference,
            each.name,
            "Person",
            (each.born_on.isoformat(),) if each.born_on else (),
        )
        for each in rows.order_by("pk")[:most]
    ]
