"""Raise early warnings in a demo, week by week up to the end of its records."""

from datetime import UTC, date, datetime, time, timedelta

from armstrace.accounts import actors
from armstrace.risk.actions import warnings
from armstrace.vocabulary.actors import Purpose

WEEKS = 8


def raise_weekly(ends_on: date) -> None:
    """Raise what a hub would have been warned of in the last weeks.

    Args:
        ends_on: The last day of the country's records.
    """
    by = actors.system_actor(Purpose.TRACING)
    for week in reversed(range(WEEKS)):
        day = ends_on - timedelta(weeks=week)
        warnings.raise_warnings(by=by, at=datetime.combine(day, time(12), UTC))
