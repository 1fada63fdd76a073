"""Claims that were upheld, and lots that are burned."""

import pytest

from armstrace.disposal.actions import ending, lots
from armstrace.disposal.inputs import LotInput
from armstrace.vocabulary.disposal import DestructionMethod
from tests import cast
from tests.custody import desk as custody
from tests.disposal import desk
from tests.disposal.desk import refused
from tests.disposal.test_lots import ANSWER, KIND

pytestmark = pytest.mark.django_db


def test_DX_40_an_upheld_claim_is_ended_by_another_person_and_document():
    exhibit = desk.approved()
    desk.decide(exhibit, KIND.CLAIMS, ANSWER.CLAIM_UPHELD, reason="the court says so")
    ended = {"answer": ANSWER.CLAIM_ENDED, "reason": "the appeal was lost"}

    refused(
        "DX-40", lambda: desk.decide(exhibit, KIND.CLAIMS, document="13/26", **ended)
    )
    ended["by"] = custody.SECOND_KEEPER
    refused(
        "DX-40", lambda: desk.decide(exhibit, KIND.CLAIMS, document="12-26", **ended)
    )
    desk.decide(exhibit, KIND.CLAIMS, document="13/26", **ended)


def test_DX_41_a_lot_that_is_burned_holds_no_arms():
    exhibit, lot = desk.approved(), desk.opened()
    burned = LotInput(DestructionMethod.BURNED, "Range", "Hill")
    pyre = lots.open_lot(given=burned, by=desk.KEEPER, at=cast.NOW)

    refused("DX-41", lambda: desk.put(pyre, exhibit))
    desk.put(lot, exhibit)
    told = {"given": burned, "destroyed_on": None, "reason": "x is written wrong"}
    refused(
        "DX-41",
        lambda: ending.correct_lot(lot_id=lot.pk, **told, by=desk.KEEPER, at=cast.NOW),
    )
