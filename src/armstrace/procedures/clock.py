"""Working days of the State whose records these are."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from armstrace.analysis.procedures import working_days


def home_country() -> str:
    """Give the country of the State, as the settings say."""
    return str(settings.HOME_COUNTRY)


def due_on(begun_at: datetime, days: int) -> date:
    """Give the last day in time of a step that can be begun at a moment."""
    return working_days.due_on(timezone.localdate(begun_at), days, home_country())
