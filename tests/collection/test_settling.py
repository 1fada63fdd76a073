"""What becomes of an arm handed in that was held or set aside."""

from dataclasses import replace

import pytest

from armstrace.collection import actions, queries
from armstrace.recoveries.actions import judging
from armstrace.vocabulary.collection import HandInState
from armstrace.vocabulary.errors import NotFound, NotPermitted
from armstrace.vocabulary.tracing import Judgement
from tests import builders, cast
from tests.collection.test_hand_in import opened, refused, taken
from tests.custody.desk import KEEPER, OTHER_KEEPER

pytestmark = pytest.mark.django_db

COLLEAGUE = replace(KEEPER, name="second.keeper")


def settle(kept, outcome, reason="both lie here", by=COLLEAGUE):
    return actions.settle_held(
        hand_in_id=kept.pk, outcome=outcome, reason=reason, by=by, at=cast.NOW
    )


def test_CL_16_a_missing_arm_is_another_one_only_once_its_recovery_says_so(tmp_path):
    stolen = builders.stolen_pistol()
    marks = {"make": "Glock", "serial": "ABC123", "calibre": "9x19"}
    campaign = opened()
    first, second = (taken(campaign, tmp_path, **marks) for _ in range(2))
    refused("CL-16", lambda: settle(first, HandInState.TAKEN))
    other = judging.StatedJudgement(
        recovery_id=first.recovery_id,
        arm_id=stolen,
        judgement=Judgement.DIFFERENT,
        reason="other proof marks",
    )
    judging.judge_candidate(stated=other, by=cast.ANALYST, at=cast.NOW)
    paid, kept = settle(first, HandInState.TAKEN), settle(second, HandInState.KEPT)

    assert (paid.state, paid.amount) == ("TAKEN", 100)
    assert (kept.state, kept.amount) == ("KEPT", None)


def test_CL_09_CL_11_a_person_settles_a_possible_double_once_with_a_reason(tmp_path):
    campaign = opened()
    marks = {"make": "Glock", "serial": "A12"}
    taken(campaign, tmp_path, **marks)
    second, third = (
        taken(campaign, tmp_path, **marks),
        taken(campaign, tmp_path, **marks),
    )
    assert {second.state, third.state} == {"DOUBLE"}
    page = queries.hand_in_page(second.pk, viewer=KEEPER)
    assert [each.state for each in page.others] == ["TAKEN", "DOUBLE"]

    refused("CL-08", lambda: settle(second, HandInState.SAME, reason=" "))
    with pytest.raises(NotPermitted):
        settle(second, HandInState.SAME, by=cast.OFFICER)
    for said in (HandInState.TAKEN, HandInState.SAME):
        refused("CL-11", lambda said=said: settle(second, said, by=KEEPER))
    one = settle(second, HandInState.TAKEN)
    assert (one.state, one.amount, one.settled_by) == ("TAKEN", 100, COLLEAGUE.name)
    assert settle(third, HandInState.SAME).state == "SAME"
    refused("CL-09", lambda: settle(third, HandInState.TAKEN))
    with pytest.raises(NotFound):
        settle(third, HandInState.TAKEN, by=OTHER_KEEPER)
