"""Days of steps are those of the country."""

from datetime import UTC, date, datetime

from armstrace.procedures import standing


def test_a_step_has_its_days_from_the_day_of_this_country(settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    late_on_tuesday = datetime(2026, 11, 24, 20, tzinfo=UTC)

    assert standing.due_on(late_on_tuesday, 1) == date(2026, 11, 26)
