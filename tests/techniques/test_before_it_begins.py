"""Between the decision on an authority and its begin: read, agreed to, not begun."""

import pytest

from armstrace.techniques.actions import authorising
from armstrace.vocabulary.techniques import OperationStep
from tests.techniques import desk
from tests.techniques.desk import HOME, HOUR, LEAD, NOW, PROSECUTOR

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def country(settings):
    settings.HOME_COUNTRY = HOME


def test_who_is_named_records_consents_before_the_authority_begins():
    begins = NOW + 5 * HOUR
    operation = desk.ask(asked=desk.authority(begins, states=(HOME, "BR")))
    desk.decide(operation)

    desk.consent(operation, "BR", NOW + HOUR)

    assert desk.page(operation, LEAD, NOW + HOUR).step is OperationStep.AHEAD
    desk.refuse("TE-07", lambda: desk.start(operation, NOW + HOUR))
    desk.refuse(
        "TE-09", lambda: desk.hand_over(operation, desk.leg("BR", "BR"), NOW + HOUR)
    )
    desk.start(operation, begins)
    assert desk.standing(operation).running(begins) == {HOME, "BR"}


def test_an_authority_withdrawn_before_it_begins_opens_nothing():
    operation = desk.ask(asked=desk.authority(NOW + 5 * HOUR))
    desk.decide(operation)
    how = {"operation_id": operation.pk, "reason": "risk to life", "by": PROSECUTOR}
    authorising.withdraw_authority(**how, at=NOW + HOUR)

    assert not desk.is_readable(operation, LEAD, NOW + HOUR)
    assert not desk.is_readable(operation, LEAD, NOW + 6 * HOUR)
