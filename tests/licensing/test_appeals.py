"""What a refusal says of an appeal: to whom, and until when."""

from dataclasses import replace
from datetime import date

import pytest

from armstrace.licensing import queries
from armstrace.records import jurisdiction
from armstrace.vocabulary import profiles
from tests.licensing import desk
from tests.licensing.desk import ASSESSOR, DAY, MONDAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("is_working", "until"), [(False, date(2026, 4, 1)), (True, date(2026, 4, 13))]
)
def test_a_refusal_says_to_whom_and_until_when_an_appeal_is_made(
    monkeypatch: pytest.MonkeyPatch, *, is_working: bool, until: date
) -> None:
    appeal = profiles.provisions.Appeal(
        body="Court of Casamar", days=30, is_working=is_working, source="Act, s. 9"
    )
    law = replace(profiles.load("protocol"), appeals=(appeal,))
    monkeypatch.setattr(jurisdiction, "profile", lambda: law)
    made = desk.refused()

    found = queries.application_page(made.pk, viewer=ASSESSOR, at=MONDAY + 9 * DAY)

    assert (found.appeal.body, found.appeal.until) == ("Court of Casamar", until)
    assert str(found.appeal.words) == (
        f"The applicant may appeal to Court of Casamar until {until} (Act, s. 9)."
    )


def test_a_refusal_under_a_silent_profile_leaves_the_appeal_to_the_law() -> None:
    made = desk.refused()

    found = queries.application_page(made.pk, viewer=ASSESSOR, at=MONDAY)

    assert found.appeal.until is None
    assert str(found.appeal.words).startswith("The law of this State sets to whom")
