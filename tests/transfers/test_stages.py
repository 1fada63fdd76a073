"""The table of stages: every act that it does not have is refused, by its rule."""

import pytest

from armstrace.transfers.actions.decisions import ENTRIES
from armstrace.transfers.stages import MOVES
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.transfers import TransferStage
from tests.transfers import desk, stages

pytestmark = pytest.mark.django_db


def test_there_is_an_authorisation_at_every_stage():
    assert set(stages.MADE) == set(TransferStage)


@pytest.mark.parametrize("stage", stages.MADE)
def test_TX_01_every_act_that_the_table_has_not_is_refused_and_leaves_nothing(
    stage, tmp_path
):
    made = stages.MADE[stage](tmp_path)
    before = desk.record_of(made)

    for act in ENTRIES:
        if stage in MOVES[act].sources:
            continue
        with pytest.raises(RuleBroken) as broken:
            desk.decide(made, act, **desk.REFUSED)
        assert broken.value.rule == "TX-01"
        assert act.label in str(broken.value)
        assert broken.value.source is not None
        assert desk.record_of(made) == before
