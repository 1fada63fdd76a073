"""Whether somebody is vetted, which is all that licensing asks, and who is screened."""

from datetime import datetime

from django.utils import timezone

from armstrace.vetting.inputs import Screened
from armstrace.vetting.models import Answer, VettingRequest
from armstrace.vocabulary.vetting import VettingAnswer


def is_clear(subject: str, at: datetime) -> bool:
    """Tell whether the latest answer on a subject is clear and still holds.

    Args:
        subject: Number of its record, such as H12.
        at: The moment that is asked about; later answers do not count.

    Source:
        Background paper (2018), para. 33.
    """
    answers = Answer.objects.as_of(at).filter(request__subject=subject)
    last = answers.order_by("-known_at", "-pk").first()
    return (
        last is not None
        and last.answer == VettingAnswer.CLEAR
        and timezone.localdate(at) <= last.valid_until
    )


def screened(after: int, most: int, since: datetime | None) -> list[Screened]:
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
