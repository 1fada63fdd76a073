"""What is granted: no earlier, no more and no longer than law and papers allow."""

from datetime import date
from typing import Any

import pytest

from armstrace.licensing import actions
from armstrace.licensing.checking import Extent
from armstrace.licensing.models import Application
from armstrace.vetting.models import VettingRequest
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.licensing import LicenceAct
from armstrace.vocabulary.vetting import VettingAnswer
from tests.cast import REGISTRAR
from tests.licensing import desk
from tests.licensing.desk import ASSESSOR, DAY, DECIDER, MONDAY
from tests.licensing.test_vetting_check import answered

pytestmark = pytest.mark.django_db
MORE = [{"quantity": 3}, {"categories": "A"}, {"categories": "B, C"}]


def refused(
    made: Application,
    act: LicenceAct,
    by: Actor = ASSESSOR,
    at: Any = MONDAY,
    **said: Any,
) -> RuleBroken:
    with pytest.raises(RuleBroken) as broken:
        desk.do(made, act, at, by, **said)
    return broken.value


def proposed_again(made: Application, **said: Any) -> None:
    desk.do(made, LicenceAct.PROPOSE, is_granted=True, reason="looked again", **said)


def test_RS_03_an_applicant_is_not_born_on_a_day_to_come() -> None:
    ahead = (MONDAY + DAY).date()
    made = desk.drafted()

    for act in (
        lambda: desk.drafted(born_on=ahead),
        lambda: actions.change_application(
            application_id=made.pk,
            given=desk.asked(born_on=ahead),
            by=REGISTRAR,
            at=MONDAY,
        ),
    ):
        with pytest.raises(RuleBroken) as broken:
            act()
        assert (broken.value.rule, broken.value.field) == ("RS-03", "born_on")
    assert Application.objects.get().pk == made.pk


@pytest.mark.parametrize(
    ("one", "other", "is_within"),
    [
        (Extent("B", 2), Extent("B, C", 2), True),
        (Extent("b4", 1), Extent("B", None), True),
        (Extent("B", 2), Extent("B4", 2), False),
        (Extent("", 2), Extent("B", 2), False),
        (Extent("A", 2), Extent("", 2), True),
        (Extent("B", None), Extent("B", 2), False),
    ],
)
def test_an_extent_is_within_another(
    one: Extent, other: Extent, is_within: bool
) -> None:
    assert one.is_within(other) is is_within


def test_LI_17_a_licence_does_not_begin_before_it_is_decided() -> None:
    made = desk.proposed()

    found = refused(made, LicenceAct.DECIDE, DECIDER, MONDAY + DAY, **desk.granted())

    assert found.rule == "LI-17"


@pytest.mark.parametrize("more", MORE)
def test_LI_18_no_more_is_proposed_than_was_applied_for(more: dict[str, Any]) -> None:
    made = desk.in_vetting()
    desk.heard(made)
    said = {"is_granted": True, "reason": "a good shot"} | more

    assert refused(made, LicenceAct.PROPOSE, **said).rule == "LI-18"


@pytest.mark.parametrize("more", MORE)
def test_LI_19_no_more_is_granted_than_was_proposed(more: dict[str, Any]) -> None:
    made = desk.proposed()

    found = refused(made, LicenceAct.DECIDE, DECIDER, **desk.granted(**more))

    assert found.rule == "LI-19"
    assert "categories: B; arms: 2" in str(found)


def test_LI_19_more_is_granted_only_once_it_is_proposed_anew() -> None:
    made = desk.proposed()
    proposed_again(made, quantity=1)
    assert refused(
        made, LicenceAct.DECIDE, DECIDER, **desk.granted(quantity=2)
    ).rule == ("LI-19")

    proposed_again(made, quantity=2)
    desk.do(made, LicenceAct.DECIDE, by=DECIDER, **desk.granted(quantity=2))

    assert desk.record_of(made).quantity == 2


def test_LI_19_a_refusal_widens_nothing_for_the_decision_after_an_appeal() -> None:
    made = desk.decided(desk.REFUSED | {"quantity": 90, "categories": "A"})

    record = desk.record_of(made)

    assert (record.categories, record.quantity) == ("B", 2)


@pytest.mark.parametrize("last", [None, date(2031, 3, 3)])
def test_LI_02_a_licence_lasts_no_longer_than_the_law_allows(
    settings: Any, last: date | None
) -> None:
    made = desk.proposed()
    settings.PROFILE = "eu"
    given = desk.granted(valid_until=last)

    found = refused(made, LicenceAct.DECIDE, DECIDER, **given)

    assert found.rule == "LI-02"
    assert "LC-TERM: The licence lasts too long" in str(found)


def test_LI_03_what_turned_up_since_the_decision_needs_a_reason_to_issue() -> None:
    made = desk.decided()
    asked = VettingRequest.objects.get()
    answered(asked, VettingAnswer.ADVERSE, at=MONDAY + DAY)
    later = MONDAY + 2 * DAY

    found = refused(made, LicenceAct.ISSUE, at=later)

    assert found.rule == "LI-03"
    assert "LC-VETTING" in str(found)
    done = desk.do(made, LicenceAct.ISSUE, later, reason="the ground is known")
    assert done.licence_number


def test_what_the_decision_knew_of_needs_no_second_reason() -> None:
    made = desk.decided()

    assert "LC-IDENTITY" in dict(desk.record_of(made).missing)
    assert desk.do(made, LicenceAct.ISSUE, MONDAY + DAY).licence_number
