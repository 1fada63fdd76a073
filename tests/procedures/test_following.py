"""Recoveries gain the steps of the procedure; records answer some of them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from armstrace.jobs.models import Job
from armstrace.procedures import waiting
from armstrace.procedures.actions import cases, changing, following
from armstrace.procedures.models import Followed, ProcedureUse, ProcedureVersion, Step
from armstrace.recoveries.actions import correcting, judging, repeat_recoveries
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.queries import RecoveryFilter
from armstrace.tracing import queries
from armstrace.tracing.actions import decisions
from armstrace.tracing.inputs import DecisionInput
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.procedures import StepStanding
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.tracing import Judgement, TraceOutcome, TraceStanding
from tests import builders, cast
from tests.ledger_guard import written_directly
from tests.procedures import desk

pytestmark = pytest.mark.django_db

BASE = ["identify", "ballistics", "trace", "origin"]


def test_every_recovered_arm_gains_the_base_steps_in_their_order():
    pk = desk.recovered()

    assert list(desk.states(pk)) == ["identify", "ballistics", "trace", "origin"]
    assert desk.states(pk)["identify"] == StepStanding.OPEN
    assert desk.states(pk)["trace"] == StepStanding.LOCKED
    assert desk.step(pk, "identify").due_on == date(2026, 12, 1)  # five working days
    assert Followed.objects.get().open_steps == 4


def test_a_grave_context_opens_a_case_and_the_recovery_protocol():
    pk = desk.recovered(criminal_contexts=desk.DRUGS)

    assert {"parallel-case", "interview", "fingerprints", "dna"} <= set(desk.states(pk))
    assert desk.step(pk, "parallel-case").state == StepStanding.OPEN


def test_the_shipped_procedure_is_in_use_until_another_one_is():
    desk.recovered()

    use = ProcedureUse.objects.current().get()
    assert use.version == ProcedureVersion.objects.get()
    assert use.version.code == "recovered-arms"


def test_following_again_changes_nothing():
    pk = desk.recovered()
    before = list(Step.objects.values())

    assert desk.follow(pk) == 0

    assert list(Step.objects.values()) == before


def test_parts_and_ammunition_have_no_steps():
    (pk,) = builders.recovered(builders.a_recovery(item_kind=ItemKind.AMMUNITION))

    assert desk.follow(pk) == 0


def test_who_may_not_see_recoveries_follows_none():
    with pytest.raises(NotPermitted):
        desk.follow(1, by=cast.actor(cast.Role.ADMINISTRATOR, "HUB"))


def test_a_correction_opens_what_it_asks_and_loses_nothing():
    pk = desk.recovered()
    correcting.correct_recovery(
        recovery_id=pk,
        changes=Changes({"criminal_contexts": desk.DRUGS}),
        reason="found in the file",
        by=cast.OFFICER,
        at=desk.NOW,
    )
    assert waiting.to_follow() == [pk]

    desk.follow(pk)

    assert waiting.to_follow() == []
    assert {*BASE, "parallel-case"} <= set(desk.states(pk))


def stated_as(kind, pk):
    correcting.correct_recovery(
        recovery_id=pk,
        changes=Changes({"recovery_kind": kind}),
        reason="found in the file",
        by=cast.OFFICER,
        at=desk.NOW,
    )
    desk.follow(pk)


@pytest.mark.parametrize("is_back", [True, False])
def test_a_closed_arm_that_needed_no_decision_is_open_again_once_it_does(is_back):
    desk.recovered("S-1")
    change = changing.use_version(
        version_id=desk.without("BALLISTICS", "ORIGIN").pk,
        by=desk.SUPERVISOR,
        at=desk.NOW,
    )
    pk = desk.recovered("S-2")
    desk.waive_all(pk)
    stated_as(RecoveryKind.OWNERS_ARM, pk)
    desk.close(pk, by=desk.SUPERVISOR)
    if is_back:
        changing.revert_change(
            change_id=change.pk, reason="early", by=desk.SUPERVISOR, at=desk.NOW
        )

    stated_as(RecoveryKind.SEIZED, pk)

    assert not desk.is_closed(pk)
    assert ("ballistics" in desk.states(pk)) is is_back


def test_a_closed_arm_waits_in_no_queue_until_it_is_open_again():
    pk = desk.recovered()
    desk.waive_all(pk)

    def waiting_now():
        counts = queries.work_counts(viewer=desk.ANALYST)
        found = queries.waiting(viewer=desk.ANALYST, today=desk.TODAY)
        asked = queries.WorkFilter(RecoveryFilter())
        given = {"viewer": desk.ANALYST, "page": PageRequest(), "today": desk.TODAY}
        return counts.free, found.undecided, queries.work_rows(asked, **given).total

    assert waiting_now() == (1, 1, 1)
    desk.close(pk)
    assert waiting_now() == (0, 0, 0)
    desk.reopen(pk)
    assert waiting_now() == (1, 1, 1)


def test_a_judgement_answers_identification_and_unlocks_the_trace():
    (arm,) = builders.registered()
    pk = desk.recovered()
    judging.judge_candidate(
        stated=judging.StatedJudgement(pk, arm, Judgement.SAME, "same marks"),
        by=cast.ANALYST,
        at=desk.NOW + timedelta(days=2),
    )
    assert waiting.to_follow() == [pk]

    desk.follow(pk, at=desk.NOW + timedelta(days=3))

    done = desk.step(pk, "identify")
    assert (done.state, done.done_by) == (StepStanding.DONE, cast.ANALYST.name)
    assert done.record.startswith("recoveries.candidatejudgement:")
    assert done.ended_at == desk.NOW + timedelta(days=2)
    unlocked = desk.step(pk, "trace")
    assert unlocked.state == StepStanding.OPEN
    assert unlocked.unlocked_at == done.ended_at
    assert waiting.to_follow() == []


def test_a_repeat_that_is_noted_later_is_followed():
    first, again = desk.recovered("S-1"), desk.recovered("S-2")
    assert waiting.to_follow() == []
    noted = {"recovery_ids": [first, again], "by": cast.OFFICER, "at": desk.NOW}
    repeat_recoveries.note_resightings(**noted)
    assert waiting.to_follow() == [again]

    following.follow_waiting(by=desk.ANALYST, at=desk.NOW)

    assert set(desk.states(again)) > set(desk.states(first))
    assert waiting.to_follow() == []


def test_a_decision_answers_the_trace_and_once_it_ends_the_origin_too():
    pk = desk.recovered()
    desk.trace(pk, TraceStanding.OPEN)
    desk.follow(pk)
    assert desk.states(pk)["trace"] == StepStanding.DONE
    assert desk.states(pk)["origin"] == StepStanding.OPEN

    desk.trace(pk)
    desk.follow(pk)

    assert desk.states(pk)["origin"] == StepStanding.DONE


def test_a_decision_that_names_the_arm_answers_identification():
    (arm,) = builders.registered()
    pk = desk.recovered()
    earlier = DecisionInput(
        recovery_id=pk,
        standing=TraceStanding.CLOSED,
        decided_on=desk.TODAY,
        outcome=TraceOutcome.NO_DIVERSION,
        reason="it was with its owner",
        arm_id=arm,
        known_at=desk.NOW,
    )
    decisions.decide_traces(stated=[earlier], by=desk.SUPERVISOR, at=desk.NOW)

    desk.follow(pk)

    done = desk.step(pk, "identify")
    assert (done.state, done.done_by) == (StepStanding.DONE, desk.SUPERVISOR.name)
    assert desk.states(pk)["origin"] == StepStanding.DONE


def test_a_step_whose_record_is_gone_is_open_again():
    pk = desk.recovered()
    desk.trace(pk)
    desk.follow(pk)

    desk.trace(pk, TraceStanding.OPEN)
    desk.follow(pk)

    assert desk.states(pk)["origin"] == StepStanding.OPEN
    assert desk.states(pk)["trace"] == StepStanding.DONE
    assert Step.objects.filter(code="origin", state=StepStanding.DONE).count() == 1


def test_an_open_case_answers_the_step_and_is_not_named():
    pk = desk.recovered(criminal_contexts=desk.DRUGS)
    desk.open_case(pk)

    assert waiting.to_follow() == [pk]
    desk.follow(pk)

    done = desk.step(pk, "parallel-case")
    assert (done.state, done.record) == (StepStanding.DONE, "investigations.case")


def test_a_sealed_case_does_no_step_until_it_is_unsealed():
    pk = desk.recovered(criminal_contexts=desk.DRUGS)
    case = desk.open_case(pk)
    desk.follow(pk)
    for is_sealed, then in ((True, StepStanding.OPEN), (False, StepStanding.DONE)):
        cases.seal_case(
            case_id=case.pk,
            is_sealed=is_sealed,
            reason="the source is at risk",
            by=desk.INVESTIGATOR,
            at=desk.NOW,
        )

        assert desk.step(pk, "parallel-case").state == then


def test_arms_taken_together_count():
    ids = builders.recovered(
        *(builders.a_recovery(f"S-{n}", case_number="7/26") for n in range(5))
    )

    desk.follow(*ids)

    assert all("parallel-case" in desk.states(pk) for pk in ids)


def test_the_fifth_arm_of_a_case_asks_a_parallel_case_of_the_four_before_it():
    ids = [desk.recovered(f"S-{n}", case_number="77/26") for n in range(5)]

    assert all("parallel-case" in desk.states(pk) for pk in ids)


def test_what_became_known_later_has_no_steps_of_an_earlier_day():
    first = desk.recovered(case_number="77/26")
    later = desk.NOW + timedelta(days=300)
    stated = builders.a_recovery("S-2", case_number="77/26")
    (second,) = builders.recovered(stated, at=later)

    desk.follow(first)

    assert not desk.states(second)
    desk.follow(second, at=later)
    assert desk.step(second, "identify").opened_at == later


def test_an_arm_that_is_taken_out_of_its_case_has_an_open_step_at_once():
    pk = desk.recovered(criminal_contexts=desk.DRUGS)
    case = desk.open_case(pk)
    desk.follow(pk)
    desk.waive_all(pk)
    desk.close(pk)

    cases.remove_item(
        case_id=case.pk,
        recovery_id=pk,
        reason="of another case",
        by=desk.INVESTIGATOR,
        at=desk.NOW,
    )

    assert desk.step(pk, "parallel-case").state == StepStanding.OPEN
    assert not desk.is_closed(pk)


def test_many_are_followed_in_a_fixed_number_of_queries():
    desk.recovered("S-0")  # the shipped procedure is put into use once
    few = builders.recovered(*(builders.a_recovery(f"A-{n}") for n in range(3)))
    many = builders.recovered(*(builders.a_recovery(f"B-{n}") for n in range(30)))

    with CaptureQueriesContext(connection) as of_few:
        desk.follow(*few)
    with CaptureQueriesContext(connection) as of_many:
        desk.follow(*many)

    assert len(of_many) == len(of_few)
    assert Followed.objects.count() == 34


def test_a_job_follows_what_nobody_followed():
    ids = builders.recovered(*(builders.a_recovery(f"A-{n}") for n in range(3)))
    job = following.begin_following(by=cast.SYSTEM, at=desk.NOW)
    context = following.JobContext()

    following.run_following(job=job, by=cast.SYSTEM, at=desk.NOW, context=context)

    assert [*Followed.objects.values_list("recovery_id", flat=True)] == ids
    assert following.begin_following(by=cast.SYSTEM, at=desk.NOW) is None


def test_the_database_refuses_to_close_one_with_an_open_step():
    pk = desk.recovered()

    with written_directly(), pytest.raises(IntegrityError), transaction.atomic():
        Followed.objects.filter(recovery_id=pk).update(is_closed=True)


@pytest.mark.parametrize(
    "forged",
    [
        {"state": "WAIVED", "ground": "OTHER", "reason": "wrong", "ended_at": desk.NOW},
        {
            "state": "WAIVED",
            "ground": "OTHER",
            "reason": "wrong",
            "ended_at": desk.NOW,
            "asked_by": "eve",
            "done_by": "eve",
        },
        {"state": "DONE", "ended_at": desk.NOW},
    ],
)
def test_the_database_refuses_a_waiver_by_one_and_a_step_done_by_nobody(forged):
    pk = desk.recovered()

    with written_directly(), pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(recovery_id=pk, code="identify").update(**forged)


def test_PR_21_of_two_runs_of_one_job_the_later_one_goes_on(monkeypatch):
    monkeypatch.setattr(following, "CHUNK", 1)
    builders.recovered(*(builders.a_recovery(f"A-{n}") for n in range(3)))
    job = following.begin_following(by=cast.SYSTEM, at=desk.NOW)

    def taken_over(_progress):
        Job.objects.update(worker="another")

    context = following.JobContext(progress=taken_over)
    with pytest.raises(RuleBroken) as broken:
        following.run_following(job=job, by=cast.SYSTEM, at=desk.NOW, context=context)

    assert broken.value.rule == "PR-21"
    assert Followed.objects.count() == 1
