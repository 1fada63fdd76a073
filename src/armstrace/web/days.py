"""Days as forms give them, as moments."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict


def begin_of(day: date) -> datetime:
    """Give the first moment of a day."""
    return datetime.combine(day, time.min, UTC)


class Moments(TypedDict):
    """A period; None where it is open on that side."""

    since: datetime | None
    until: datetime | None


def moments_of(since: date | None, until: date | None) -> Moments:
    """Give a period from its first and last day: to the end of the last one."""
    return {
        "since": begin_of(since) if since else None,
        # Nothing comes after the last day that there is.
        "until": begin_of(until + timedelta(days=1))
        if until and until < date.max
        else None,
    }
