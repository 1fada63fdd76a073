"""What was suspended or revoked stays so, and who applies anew is known for it."""

import pytest

from armstrace.licensing import actions, queries, standing
from armstrace.licensing.models import Licence, LicenceTerms
from armstrace.licensing.queries.held import LicenceFilter, LicencesShown
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.licensing import (
    ApplicationKind,
    GroundClass,
    LicenceAct,
    LicenceStage,
    Restriction,
)
from armstrace.vocabulary.paging import PageRequest
from tests.licensing import desk
from tests.licensing.desk import ASSESSOR, DAY, DECIDER, MONDAY

pytestmark = pytest.mark.django_db


def stop(number: str, act: Restriction) -> None:
    told = {"ground": GroundClass.BREACH, "reason": "inspection 4"}
    actions.restrict_licence(number=number, act=act, by=DECIDER, at=MONDAY, **told)


def test_LI_01_a_licence_that_ended_while_suspended_is_not_renewed() -> None:
    number = desk.issued()
    held = Licence.objects.current().get()
    stop(number, Restriction.SUSPEND)
    over = MONDAY + (held.valid_until - MONDAY.date()) + 3 * DAY
    terms = LicenceTerms.objects.current().get()

    assert standing.stage_of(held, terms, over.date()) is LicenceStage.SUSPENDED
    how = {"viewer": ASSESSOR, "today": over.date(), "page": PageRequest()}
    for shown, found in ((LicencesShown.SUSPENDED, 1), (LicencesShown.EXPIRED, 0)):
        rows = queries.licence_rows(LicenceFilter(shown=shown), **how).rows
        assert len(rows) == found
    with pytest.raises(RuleBroken) as broken:
        desk.drafted(kind=ApplicationKind.RENEW, of_licence=number, at=over)
    assert broken.value.rule == "LI-01"


def test_a_refusal_that_was_avoided_by_withdrawing_is_known() -> None:
    made = desk.proposed(is_granted=False)
    desk.do(made, LicenceAct.WITHDRAW, reason="the applicant asked for it")
    other = desk.drafted()

    page = queries.application_page(other.pk, viewer=ASSESSOR, at=MONDAY)

    assert "LC-REFUSED" in [each.code for each in page.missing]


@pytest.mark.parametrize("act", [Restriction.SUSPEND, Restriction.REVOKE])
def test_who_lost_a_licence_is_known_for_it_when_they_apply_anew(act) -> None:
    number = desk.issued()
    stop(number, act)
    made = desk.drafted(purpose="hunting")

    page = queries.application_page(made.pk, viewer=ASSESSOR, at=MONDAY)

    (found,) = [each for each in page.missing if each.code == "LC-REFUSED"]
    assert number in str(found.said)
