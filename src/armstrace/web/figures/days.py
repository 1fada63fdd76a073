"""The day whose knowledge counts, as pages ask for it."""

from datetime import UTC, datetime, time

from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext

from armstrace.vocabulary.errors import InvalidInput
from armstrace.web.access import Request


def end_of(request: HttpRequest) -> datetime | None:
    """Read the day that was asked for; its end belongs to it. None for now."""
    return _end(request.GET.get("as_of", ""))


def end_unless_today(text: str, now: datetime) -> datetime | None:
    """Read a day as it is known; of today, what is known by now."""
    end = _end(text)
    return None if end is not None and end.date() == now.date() else end


def end_of_passed(text: str, now: datetime) -> datetime | None:
    """Read a day as it is known; one that lies ahead is refused."""
    end = _end(text)
    if end is not None and end.date() > now.date():
        msg = gettext("That day is in the future. Choose a day in the past.")
        raise InvalidInput(msg, field="as_of")
    return end_unless_today(text, now)


def end_asked(request: Request) -> datetime | None:
    """Read the day that was asked for; one that lies ahead is refused."""
    return end_of_passed(request.GET.get("as_of", ""), request.at)


def _end(text: str) -> datetime | None:
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        msg = gettext("The day cannot be read; write it as 2026-11-24.")
        raise InvalidInput(msg, field="as_of")
    return datetime.combine(day, time.max, UTC)
