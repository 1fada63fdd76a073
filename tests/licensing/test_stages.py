"""The table of stages: every act that it does not have is refused, by its rule."""

from typing import Any

import pytest

from armstrace.licensing import actions, queries
from armstrace.licensing.actions.steps import ENTRIES
from armstrace.licensing.models import Application
from armstrace.licensing.stages import MOVES
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.licensing import (
    ApplicationKind,
    Department,
    GroundClass,
    LicenceAct,
    LicenceStage,
    Restriction,
)
from armstrace.vocabulary.paging import PageRequest
from tests.licensing import desk
from tests.licensing.desk import ASSESSOR, DAY, DECIDER, MONDAY, THIRD

pytestmark = pytest.mark.django_db

SAID = {"reason": "known", "words": "why?", "department": Department.POLICE}
WHO = {
    LicenceAct.DECIDE: DECIDER,
    LicenceAct.UPHOLD: THIRD,
    LicenceAct.OVERTURN: THIRD,
}


def appealed() -> Application:
    made = desk.refused()
    desk.do(made, LicenceAct.APPEAL, reason="wrong")
    return made


def withdrawn() -> Application:
    made = desk.sent()
    desk.do(made, LicenceAct.WITHDRAW, reason="wrong")
    return made


MADE = {
    LicenceStage.DRAFT: desk.drafted,
    LicenceStage.RECEIVED: desk.sent,
    LicenceStage.COMPLETE: desk.accepted,
    LicenceStage.IN_VETTING: desk.in_vetting,
    LicenceStage.ADVISED: desk.proposed,
    LicenceStage.DECIDED: desk.decided,
    LicenceStage.REFUSED: desk.refused,
    LicenceStage.APPEALED: appealed,
    LicenceStage.WITHDRAWN: withdrawn,
}


@pytest.mark.parametrize("stage", MADE)
def test_LI_01_every_act_that_the_table_has_not_is_refused_and_leaves_nothing(
    stage: LicenceStage,
) -> None:
    made = MADE[stage]()
    before = desk.record_of(made)

    for act in ENTRIES:
        if stage in MOVES[act].sources:
            continue
        if act is LicenceAct.SEND and before.act == LicenceAct.SEND:
            continue  # sent twice is sent once
        with pytest.raises(RuleBroken) as broken:
            desk.do(made, act, by=WHO.get(act, ASSESSOR), **SAID)
        assert broken.value.rule == "LI-01"
        assert act.label in str(broken.value)
        assert broken.value.source is not None
        assert desk.record_of(made) == before


def restrict(number: str, act: Restriction, **told: Any) -> None:
    ground = None if act is Restriction.REINSTATE else GroundClass.BREACH
    given = {"ground": ground, "reason": "unsafe storage", "by": DECIDER, "at": MONDAY}
    actions.restrict_licence(number=number, act=act, **given | told)


def valid(number: str) -> bool:
    return not queries.standing_of(number, viewer=ASSESSOR, at=MONDAY).blocks


def test_LI_20_a_suspension_holds_until_somebody_else_lifts_it() -> None:
    number = desk.issued()

    assert valid(number)
    restrict(number, Restriction.SUSPEND)
    assert not valid(number)
    page = queries.holder_rows(
        queries.HolderFilter("H-1"), viewer=ASSESSOR, at=MONDAY, page=PageRequest()
    )
    assert not page.rows[0].is_licensed
    with pytest.raises(RuleBroken, match="suspended"):
        desk.drafted(**desk.again(number))
    with pytest.raises(RuleBroken) as broken:
        restrict(number, Restriction.REINSTATE)
    assert broken.value.rule == "LI-20"
    restrict(number, Restriction.REINSTATE, by=THIRD)
    assert valid(number)
    restrict(number, Restriction.REVOKE)
    assert not valid(number)


def test_LI_01_a_licence_is_restricted_only_as_its_status_allows() -> None:
    number = desk.issued()
    for act in (Restriction.REINSTATE, Restriction.REVOKE, Restriction.SUSPEND):
        if act is Restriction.REVOKE:
            restrict(number, act)
            continue
        with pytest.raises(RuleBroken) as broken:
            restrict(number, act)
        assert broken.value.rule == "LI-01"


def test_a_licence_expires_after_its_last_day_and_is_renewed_but_not_varied() -> None:
    number = desk.issued()
    ends = MONDAY.replace(year=2031, month=3, day=1, hour=12)

    assert not queries.standing_of(number, viewer=ASSESSOR, at=ends).blocks
    after = queries.standing_of(number, viewer=ASSESSOR, at=ends + DAY)
    assert (after.blocks, after.stage) == (True, LicenceStage.EXPIRED)
    (why,) = after.missing
    assert (why.code, "expired on 2031-03-01" in str(why.said)) == ("LI-16", True)
    desk.drafted(at=ends + DAY, **desk.again(number))
    with pytest.raises(RuleBroken):
        desk.drafted(at=ends + DAY, **desk.again(number, ApplicationKind.VARY))


def test_LI_23_an_application_that_says_nothing_is_not_sent() -> None:
    nothing = {"purpose": "", "categories": "", "storage": ""}
    made = desk.drafted(**nothing, quantity=None, born_on=None)

    with pytest.raises(RuleBroken) as broken:
        desk.do(made, LicenceAct.SEND, by=desk.REGISTRAR)

    assert broken.value.rule == "LI-23"
    assert desk.record_of(made).stage == "DRAFT"


def test_who_has_a_licence_already_is_told_which() -> None:
    number = desk.issued()

    page = queries.application_page(desk.sent().pk, viewer=ASSESSOR, at=MONDAY)

    assert f"valid licence {number} (possess)" in " ".join(map(str, page.ahead))
