"""A recovery that was entered twice is withdrawn, and can be brought back."""

from datetime import timedelta

import pytest

from armstrace.audit.models import LedgerEntry
from armstrace.investigations.models import CaseRecovery
from armstrace.procedures.actions import following, withdrawing
from armstrace.procedures.models import Step
from armstrace.recoveries import queries
from armstrace.recoveries.actions import (
    correcting,
    judging,
    recording,
    repeat_recoveries,
)
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.models import PairJudgement, RecoveryRecord, Resighting
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import NotFound, RuleBroken
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.tracing import Judgement, RepeatKind, TraceStanding
from tests import builders
from tests.cast import ANALYST, NOW, OFFICER, STRANGER, SUPERVISOR
from tests.procedures import desk

pytestmark = pytest.mark.django_db
LATER, LAST = NOW + timedelta(days=1), NOW + timedelta(days=2)


def twice(**changes):
    """Give a recovery and the double of it that is to go."""
    stated = (builders.a_recovery(number, **changes) for number in ("S-1", "S-2"))
    stands, double = builders.recovered(*stated)
    return stands, double


def withdraw(double, stands, by=OFFICER, at=LATER, reason="the patrol sent it twice"):
    return withdrawing.withdraw_recovery(
        recovery_id=double, same_as=stands, reason=reason, by=by, at=at
    )


def listed(as_of=None):
    rows = queries.records(queries.RecoveryFilter(), viewer=ANALYST, as_of=as_of)
    return {row.recovery_id for row in rows}


def test_a_withdrawn_recovery_leaves_lists_and_stays_readable():
    stands, double = twice()

    withdraw(double, stands)

    assert listed() == {stands}
    found = queries.withdrawal_of(double, viewer=OFFICER)
    assert (found.same_as_id, found.reason) == (stands, "the patrol sent it twice")
    kept = queries.arm_detail(double, viewer=OFFICER, even_withdrawn=True)
    assert kept.record.serial_as_marked == "ABC123"
    assert queries.doubles_of(stands, viewer=OFFICER) == (double,)
    assert LedgerEntry.objects.latest("seq").act == "recovery.withdrawn"


def test_a_list_of_a_past_day_keeps_what_was_withdrawn_since():
    stands, double = twice()

    withdraw(double, stands)

    assert listed(as_of=NOW) == {stands, double}


def test_its_steps_judgements_and_place_in_the_queue_end_and_come_back():
    stands, double = twice()
    following.follow_procedure(recoveries=[stands, double], by=OFFICER, at=NOW)
    said = judging.StatedPairJudgement(
        double, stands, Judgement.SAME, "one exhibit", RepeatKind.ENTERED_TWICE
    )
    judging.judge_pair(stated=said, by=ANALYST, at=NOW)
    before = Step.objects.current().filter(recovery_id=double).count()

    withdraw(double, stands)

    assert before
    assert not Step.objects.current().filter(recovery_id=double).exists()
    assert not PairJudgement.objects.current().exists()

    withdrawing.reinstate_recovery(
        recovery_id=double, reason="two pistols after all", by=OFFICER, at=LAST
    )

    assert listed() == {stands, double}
    assert Step.objects.current().filter(recovery_id=double).count() == before
    assert PairJudgement.objects.current().count() == 1
    record = RecoveryRecord.objects.current().get(recovery_id=double)
    assert record.reason == "two pistols after all"
    assert queries.withdrawal_of(double, viewer=OFFICER) is None
    assert not following.follow_procedure(recoveries=[stands], by=OFFICER, at=LAST)


def test_a_step_that_was_answered_in_between_comes_back_once():
    stands, double = twice()
    following.follow_procedure(recoveries=[stands, double], by=OFFICER, at=NOW)
    arm = builders.stolen_pistol()
    said = judging.StatedJudgement(double, arm, Judgement.SAME, "every mark agrees")
    judging.judge_candidate(stated=said, by=ANALYST, at=NOW)

    withdraw(double, stands)
    withdrawing.reinstate_recovery(
        recovery_id=double, reason="two pistols", by=OFFICER, at=LAST
    )

    assert desk.states(double)["identify"] == "DONE"


def test_what_comes_back_is_compared_with_what_was_recorded_meanwhile():
    stands, double = twice()
    withdraw(double, stands)
    (later,) = builders.recovered(builders.a_recovery("S-3"))

    withdrawing.reinstate_recovery(
        recovery_id=double, reason="two pistols", by=OFFICER, at=LAST
    )

    met = Resighting.objects.current().values_list("recovery_id", "earlier_id")
    assert {double, later} in map(set, met)
    assert Step.objects.current().filter(recovery_id=double).exists()


def test_parts_and_ammunition_are_withdrawn_too():
    stands, double = twice(item_kind=ItemKind.AMMUNITION, quantity=20)

    withdraw(double, stands)

    page = queries.ammunition_rows(
        queries.RecoveryFilter(), viewer=OFFICER, page=PageRequest()
    )
    assert [row.recovery_id for row in page.rows] == [stands]
    kept = queries.item_detail(double, viewer=OFFICER, even_withdrawn=True)
    assert kept.record.quantity == 20


def test_RC_11_a_recovery_is_withdrawn_and_brought_back_with_a_reason():
    stands, double = twice()

    with pytest.raises(RuleBroken, match="reason") as refused:
        withdraw(double, stands, reason=" ")

    assert refused.value.rule == "RC-11"
    assert listed() == {stands, double}


@pytest.mark.parametrize("other", ["itself", "nothing", "withdrawn", "another kind"])
def test_PR_25_the_record_that_stands_is_another_one_on_record(other):
    stands, double = twice()
    (third,) = builders.recovered(
        builders.a_recovery("S-3", item_kind=ItemKind.PART, quantity=1)
    )
    (fourth,) = builders.recovered(builders.a_recovery("S-4"))
    withdraw(fourth, stands)
    named = {
        "itself": double,
        "nothing": 999_999,
        "withdrawn": fourth,
        "another kind": third,
    }

    with pytest.raises(RuleBroken) as refused:
        withdraw(double, named[other], at=LAST)

    assert refused.value.rule == "PR-25"


@pytest.mark.parametrize(
    ("changes", "is_refused"),
    [
        ({"make": "Beretta"}, True),
        ({"serial": "QQ7712"}, True),
        ({"serial": "ABC128"}, False),
        ({"serial": "BC12"}, False),
        ({"make": "", "serial": ""}, False),
    ],
)
def test_PR_29_what_is_plainly_another_arm_is_no_double(changes, is_refused):
    stands, double = builders.recovered(
        builders.a_recovery("S-1"),
        builders.a_recovery("S-2", description=builders.glock(**changes)),
    )

    if is_refused:
        with pytest.raises(RuleBroken, match=f"R{stands} says GLOCK") as refused:
            withdraw(double, stands)
        assert refused.value.rule == "PR-29"
    else:
        with pytest.raises(RuleBroken) as unsure:
            withdraw(double, stands)
        assert unsure.value.rule == "PR-33"
        withdraw(double, stands, by=SUPERVISOR)
    assert (double in listed()) is is_refused


@pytest.mark.parametrize("corrected", [0, 1])
@pytest.mark.parametrize("by", [OFFICER, SUPERVISOR])
def test_PR_33_no_correction_makes_one_arm_the_double_of_another(corrected, by):
    serials = ("ABC123", "QQ7712")
    both = builders.recovered(
        *(
            builders.a_recovery(f"S-{n}", description=builders.glock(serial))
            for n, serial in enumerate(serials)
        )
    )
    correcting.correct_recovery(
        recovery_id=both[corrected],
        changes=Changes(description={"serial": serials[1 - corrected]}),
        reason="misread",
        by=by,
        at=NOW,
    )

    with pytest.raises(RuleBroken) as refused:
        withdraw(both[1], both[0], by=by)

    assert refused.value.rule == "PR-33"


def test_PR_26_a_recovery_with_an_open_trace_stays():
    stands, double = twice()
    desk.trace(double, TraceStanding.OPEN)

    with pytest.raises(RuleBroken, match=r"T[0-9]+") as refused:
        withdraw(double, stands)

    assert refused.value.rule == "PR-26"
    withdraw(stands, double)
    assert listed() == {double}


def test_RC_12_a_file_that_states_it_again_is_refused():
    stands, double = twice()
    withdraw(double, stands)

    (told,) = recording.record_recoveries(
        source=builders.POLICE,
        stated=[builders.a_recovery("S-2")],
        by=OFFICER,
        at=LAST,
    )

    assert told.fate is RowOutcome.REFUSED
    assert told.rule == "RC-12"


def test_PR_27_what_is_not_withdrawn_is_not_brought_back():
    stands, _ = twice()

    with pytest.raises(RuleBroken) as refused:
        withdrawing.reinstate_recovery(
            recovery_id=stands, reason="looked again", by=OFFICER, at=LATER
        )

    assert refused.value.rule == "PR-27"


def test_a_stranger_neither_withdraws_nor_learns_of_it():
    stands, double = twice()

    with pytest.raises(NotFound):
        withdraw(double, stands, by=STRANGER)
    withdraw(double, stands)
    for asked in (queries.withdrawal_of, queries.last_record):
        with pytest.raises(NotFound):
            asked(double, viewer=STRANGER)
    with pytest.raises(NotFound):
        withdrawing.reinstate_recovery(
            recovery_id=double, reason="not mine", by=STRANGER, at=LAST
        )


def test_the_cases_of_a_double_hold_the_record_that_stands():
    stands, double = twice()
    case = desk.open_case(double)

    withdraw(double, stands)

    held = CaseRecovery.objects.current().filter(case=case)
    assert list(held.values_list("recovery_id", flat=True)) == [stands]


def test_PR_31_a_grave_recovery_does_not_vanish_as_the_double_of_a_lesser_one():
    told = {"description": builders.glock("")}
    lesser = desk.recovered("S-1", **told)
    grave = desk.recovered("S-2", criminal_contexts=desk.DRUGS, **told)
    how = {"reason": "the patrol sent it twice", "by": OFFICER, "at": LATER}

    with pytest.raises(RuleBroken) as refused:
        withdrawing.withdraw_recovery(recovery_id=grave, same_as=lesser, **how)

    assert refused.value.rule == "PR-31"
    assert "Open a parallel investigation" in str(refused.value)
    assert desk.states(grave)["parallel-case"] == "OPEN"
    withdraw(lesser, grave, by=SUPERVISOR)


def test_PR_31_a_correction_does_not_let_a_grave_recovery_vanish():
    told = {"description": builders.glock("")}
    lesser = desk.recovered("S-1", **told)
    grave = desk.recovered("S-2", criminal_contexts=desk.DRUGS, **told)
    changes = Changes({"criminal_contexts": ()})
    how = {"reason": "the patrol read it wrongly", "by": OFFICER, "at": LATER}
    correcting.correct_recovery(recovery_id=grave, changes=changes, **how)

    with pytest.raises(RuleBroken) as refused:
        withdraw(grave, lesser)

    assert refused.value.rule == "PR-31"
    assert desk.states(grave)["parallel-case"] == "OPEN"


def test_what_is_asked_of_a_repeat_alone_ends_with_the_duplicate():
    stands = desk.recovered("S-1")
    (double,) = builders.recovered(builders.a_recovery("S-2"))
    repeat_recoveries.note_resightings(recovery_ids=[double], by=OFFICER, at=LATER)
    desk.follow(double, at=LATER)
    assert set(desk.states(double)) > set(desk.states(stands))

    withdraw(double, stands)

    assert desk.states(double) == {}
