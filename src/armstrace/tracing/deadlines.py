"""When decisions on traces are due, as the jurisdiction profile says."""

from datetime import UTC, date, datetime, time, timedelta

from armstrace.records import jurisdiction


def decision_days(on: date) -> int | None:
    """Give the days from record to trace decision, None where no rule sets any."""
    return jurisdiction.profile().deadline_days("TRACE_DECISION", on)


def first_in_time(today: date) -> datetime | None:
    """Give the moment before which what waits is overdue, None for no deadline."""
    days = decision_days(today)
    if days is None:
        return None
    return datetime.combine(today - timedelta(days), time.min, UTC)
