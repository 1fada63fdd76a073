"""When decisions on traces are due, as the jurisdiction profile says."""

from datetime import date
from functools import lru_cache

from django.conf import settings

from armstrace.vocabulary import profiles


def decision_days(on: date) -> int | None:
    """Give the days from record to trace decision, None where no rule sets any."""
    return _profile(settings.PROFILE).deadline_days("TRACE_DECISION", on)


@lru_cache(maxsize=4)
def _profile(name: str) -> profiles.Profile:
    return profiles.find(name, settings.HOME / "profiles")
