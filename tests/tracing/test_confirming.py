"""A point of diversion is confirmed on a basis that the evidence bears."""

import pytest

from armstrace.recoveries.models import CandidateJudgement
from armstrace.registry.actions import losses
from armstrace.registry.inputs import LossInput
from armstrace.registry.models import Arm
from armstrace.tracing.actions import decisions
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.tracing import Establishment
from tests import builders
from tests.cast import ANALYST, NOW, SUPERVISOR
from tests.tracing.test_tracing import LATER, decided

pytestmark = pytest.mark.django_db


def test_a_confirmation_says_that_the_candidate_is_the_same_arm() -> None:
    arm_id = builders.stolen_pistol()
    (recovery_id,) = builders.recovered()

    stated = decided(recovery_id, arm_id=arm_id)
    decisions.decide_traces(stated=[stated], by=ANALYST, at=LATER)
    decisions.decide_traces(stated=[stated], by=ANALYST, at=LATER)

    said = CandidateJudgement.objects.get()
    assert (said.arm_id, said.judgement, said.reason) == (
        arm_id,
        "SAME",
        "theft report read",
    )


def test_TD_09_a_theft_report_is_no_record_of_the_national_register() -> None:
    builders.holders()
    report = LossInput("L1", builders.glock("A1"), LifeEventKind.STOLEN)
    losses.report_losses(
        source="POL", arm_source="REG", stated=[report], by=SUPERVISOR, at=NOW
    )
    (recovery_id,) = builders.recovered()
    arm_id = Arm.objects.get().pk

    with pytest.raises(RuleBroken) as refused:
        decisions.decide_traces(
            stated=[decided(recovery_id, arm_id=arm_id)], by=ANALYST, at=LATER
        )
    assert refused.value.rule == "TD-09"

    by_authority = decided(
        recovery_id, arm_id=arm_id, established=Establishment.AUTHORITY
    )
    decisions.decide_traces(stated=[by_authority], by=ANALYST, at=LATER)
