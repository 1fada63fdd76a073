"""A stolen arm is found before destruction, however its marks were written."""

import pytest

from armstrace.analysis.marks.description import Description
from armstrace.disposal import queries
from armstrace.vocabulary.disposal import ConditionAnswer, ConditionKind
from armstrace.vocabulary.tracing import Judgement
from tests import builders, cast
from tests.custody import desk as custody
from tests.disposal import desk
from tests.disposal.desk import found_to_be

pytestmark = pytest.mark.django_db


def test_DX_02_DX_04_a_stolen_arm_is_found_though_its_make_was_not_written():
    arm = builders.stolen_pistol()
    exhibit = custody.receive(
        custody.recovered("N-9", description=Description("pistol", serial="ABC123"))
    )

    assert desk.check(exhibit).answer == ConditionAnswer.REPORTED
    desk.decide(exhibit, ConditionKind.CLAIMS, ConditionAnswer.NO_CLAIM)
    page = queries.item_page(
        exhibit.reference, viewer=desk.KEEPER, today=cast.NOW.date()
    )
    said = {each.kind: each.said for each in page.asked}
    assert "hear the owner" in str(said[ConditionKind.CLAIMS])
    found_to_be(exhibit, arm, Judgement.DIFFERENT)
    assert desk.check(exhibit).answer == ConditionAnswer.NOT_REPORTED
