"""A point of diversion is confirmed on a basis that the evidence bears."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from armstrace.recoveries.actions import judging
from armstrace.recoveries.models import CandidateJudgement
from armstrace.registry.actions import registering
from armstrace.registry.inputs import LossInput
from armstrace.registry.models import Arm
from armstrace.tracing.actions import decisions
from armstrace.tracing.inputs import DiversionInput
from armstrace.tracing.models import TraceDecision
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.errors import ArmstraceError, InvalidInput, RuleBroken
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.tracing import (
    DiversionKind,
    Establishment,
    Judgement,
    TraceOutcome,
)
from tests import builders
from tests.cast import ANALYST, NOW, SUPERVISOR
from tests.tracing.test_tracing import LATER, decided, trace

pytestmark = pytest.mark.django_db


def test_a_confirmation_says_that_the_candidate_is_the_same_arm() -> None:
    arm_id = builders.stolen_pistol()
    (recovery_id,) = builders.recovered()
    trace(recovery_id)

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
    registering.report_losses(
        source="POL", arm_source="REG", stated=[report], by=SUPERVISOR, at=NOW
    )
    (recovery_id,) = builders.recovered()
    arm_id = Arm.objects.get().pk
    said = judging.StatedJudgement(recovery_id, arm_id, Judgement.SAME, "marks agree")
    judging.judge_candidate(stated=said, by=ANALYST, at=NOW)

    with pytest.raises(RuleBroken) as refused:
        decisions.decide_traces(
            stated=[decided(recovery_id, arm_id=arm_id)], by=ANALYST, at=LATER
        )
    assert refused.value.rule == "TD-09"

    by_authority = decided(
        recovery_id, arm_id=arm_id, established=Establishment.AUTHORITY
    )
    decisions.decide_traces(stated=[by_authority], by=ANALYST, at=LATER)


def test_TD_14_a_last_lawful_holder_is_on_record_or_a_supervisor_decides() -> None:
    (recovery_id,) = builders.recovered()
    ended = replace(
        decided(recovery_id),
        outcome=TraceOutcome.LAST_LEGAL_HOLDER_IDENTIFIED,
        established=Establishment.NOT_ESTABLISHED,
        diversion=DiversionInput(),
    )

    with pytest.raises(RuleBroken) as refused:
        decisions.decide_traces(stated=[ended], by=ANALYST, at=LATER)
    assert refused.value.rule == "TD-14"

    (made,) = decisions.decide_traces(stated=[ended], by=SUPERVISOR, at=LATER)
    assert made.outcome == TraceOutcome.LAST_LEGAL_HOLDER_IDENTIFIED


def refusal_of(recovery_id: int, **changes: object) -> ArmstraceError:
    with pytest.raises(ArmstraceError) as refused:
        decisions.decide_traces(
            stated=[decided(recovery_id, **changes)], by=ANALYST, at=LATER
        )
    assert not TraceDecision.objects.exists()
    return refused.value


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("TD-11", {"on": date(2099, 1, 1)}),
        ("TD-11", {"on": date(1, 1, 1)}),
        ("TD-11", {"latest_on": date(9999, 12, 31)}),
        ("TD-11", {"on": date(2025, 6, 2)}),
        ("TD-12", {"earliest_on": date(2020, 2, 1), "latest_on": date(2020, 1, 1)}),
        ("TD-12", {"on": date(2020, 2, 1), "latest_on": date(2020, 1, 1)}),
    ],
)
def test_TD_11_and_12_a_point_of_diversion_lies_where_the_records_let_it(
    rule: str, days: dict[str, date]
) -> None:
    (recovery_id,) = builders.recovered()

    point = DiversionInput(DiversionKind.HOLDER_THEFT, **days)
    told = refusal_of(recovery_id, diversion=point)

    assert isinstance(told, RuleBroken)
    assert told.rule == rule
    if rule == "TD-11":
        assert f"“{words_of(next(iter(days)))}”" in str(told)


@pytest.mark.parametrize("day", [date(1900, 1, 1), LATER.date() + timedelta(days=1)])
def test_TD_11_nobody_decides_before_the_recovery_or_in_days_to_come(day: date) -> None:
    (recovery_id,) = builders.recovered()

    told = refusal_of(recovery_id, decided_on=day)

    assert isinstance(told, RuleBroken)
    assert (told.rule, "day of decision" in str(told)) == ("TD-11", True)


@pytest.mark.parametrize(
    ("field", "value"), [("country", "zz"), ("holder_number", "nobody")]
)
def test_what_is_not_on_record_is_refused_by_its_field(field: str, value: str) -> None:
    (recovery_id,) = builders.recovered()

    point = DiversionInput(
        DiversionKind.HOLDER_THEFT, date(2020, 7, 1), **{field: value}
    )
    told = refusal_of(recovery_id, diversion=point)

    assert isinstance(told, InvalidInput)
    assert (told.field, value in str(told)) == (field, True)


def test_TD_13_an_arm_that_the_recovery_was_not_found_to_be_is_refused() -> None:
    arm_id = builders.stolen_pistol()
    (recovery_id,) = builders.recovered(
        builders.a_recovery(description=builders.glock("Q77"))
    )
    trace(recovery_id)

    for wrong in (arm_id, 999):
        told = refusal_of(recovery_id, arm_id=wrong)
        assert isinstance(told, RuleBroken)
        assert told.rule == "TD-13"
