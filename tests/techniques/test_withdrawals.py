"""What is withdrawn ends at that moment, and only what was given is withdrawn."""

import pytest

from armstrace.techniques import windows
from armstrace.techniques.actions import authorising
from armstrace.vocabulary.errors import InvalidInput
from tests.techniques import desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def country(settings):
    settings.HOME_COUNTRY = desk.HOME


def test_a_slow_clock_gives_no_consent_for_the_time_before_it():
    operation = desk.started(asked=desk.authority(states=(desk.HOME, "BR")))
    withdrawn = desk.NOW + 2 * desk.HOUR
    desk.consent(operation, "BR", withdrawn, is_given=False)

    desk.consent(operation, "BR", desk.NOW + desk.HOUR)

    before = withdrawn - desk.HOUR / 2
    given = [one for one in desk.standing(operation).consents if one.holds(before)]
    assert [one.until for one in given] == [withdrawn]


def test_a_withdrawn_authority_ends_the_run_at_that_moment():
    operation, later = desk.started(), desk.NOW + desk.HOUR
    authorising.withdraw_authority(
        operation_id=operation.pk, reason="risk to life", by=desk.PROSECUTOR, at=later
    )

    run = operation.runs.get()
    assert (run.ended_at, run.ending) == (later, "UNCOVERED")
    assert run.reason == "risk to life"


def test_TE_26_a_state_withdraws_no_consent_that_it_never_gave():
    operation = desk.started()
    desk.refuse("TE-26", lambda: desk.consent(operation, "PY", is_given=False))


def test_an_end_beyond_the_calendar_names_its_field():
    last = desk.NOW.replace(tzinfo=None, year=9999, month=12, day=31, hour=23)
    with pytest.raises(InvalidInput) as refused:
        windows.moment_of(last, "Pacific/Honolulu", field="ends")
    assert refused.value.field == "ends"
