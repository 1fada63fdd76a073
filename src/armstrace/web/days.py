"""Days as forms give them, as moments."""

from datetime import UTC, date, datetime, time


def begin_of(day: date) -> datetime:
    """Give the first moment of a day."""
    return datetime.combine(day, time.min, UTC)
