"""Steps are done by those whose turn it is, waived by a second person."""

import pytest

from armstrace.investigations.actions import membership
from armstrace.procedures import queries
from armstrace.procedures.actions import changing, steps
from armstrace.procedures.inputs import StepBack, StepDone
from armstrace.procedures.models import Step
from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import Changes
from armstrace.tracing.actions import assigning
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.procedures import StepStanding
from armstrace.vocabulary.recoveries import RecoveryKind
from tests import cast
from tests.procedures import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def grave():
    return desk.recovered(criminal_contexts=desk.DRUGS)


def refused(rule, act, *given, **named):
    count = Step.objects.count()
    with pytest.raises(RuleBroken) as broken:
        act(*given, **named)
    assert broken.value.rule == rule
    assert Step.objects.count() == count


def test_a_step_is_done_with_its_evidence_and_unlocks_the_next(grave):
    desk.do(grave, "interview", evidence="Record 12/26", note="says nothing")
    desk.do(grave, "identify", evidence="", note="no number left")
    desk.trace(grave)
    desk.follow(grave)

    done = desk.step(grave, "interview")
    assert (done.state, done.evidence) == (StepStanding.DONE, "Record 12/26")
    assert (done.reason, done.done_by) == ("says nothing", desk.INVESTIGATOR.name)
    assert desk.step(grave, "leads").state == StepStanding.OPEN


def test_PR_01_a_step_that_somebody_acted_on_since_is_not_done_again(grave):
    seen = desk.step(grave, "interview")
    desk.do(grave, "interview")

    with pytest.raises(RuleBroken) as broken:
        steps.do_step(
            step_id=seen.pk, said=StepDone("x"), by=desk.INVESTIGATOR, at=desk.NOW
        )

    assert broken.value.rule == "PR-01"


def test_PR_02_a_step_waits_for_those_before_it(grave):
    refused("PR-02", desk.do, grave, "leads")


def test_PR_03_a_step_is_done_once(grave):
    desk.do(grave, "interview")

    refused("PR-03", desk.do, grave, "interview")


def test_PR_04_another_role_does_it_not(grave):
    refused("PR-04", desk.do, grave, "interview", by=desk.OFFICER)


@pytest.mark.parametrize("code", ["parallel-case", "trace"])
def test_PR_05_a_record_does_what_only_a_record_can(grave, code):
    desk.do(grave, "identify")

    refused("PR-05", desk.do, grave, code)


def test_PR_06_something_shows_it(grave):
    for note in ("\u200b", ".", "-", "12"):
        refused("PR-06", desk.do, grave, "interview", evidence=" ", note=note)
    for evidence in (".", "-", "\u200b"):
        refused("PR-06", desk.do, grave, "interview", evidence=evidence, note="")


def test_PR_07_a_waiver_has_a_reason(grave):
    refused("PR-07", desk.ask, grave, "dna", reason=".")
    desk.ask(grave, "dna")
    refused("PR-07", desk.decide, grave, "dna", reason="")


def test_PR_08_a_waiver_is_asked_once(grave):
    desk.ask(grave, "dna")

    refused("PR-08", desk.ask, grave, "dna")


def test_PR_09_nobody_waives_unasked(grave):
    refused("PR-09", desk.decide, grave, "dna")


def test_PR_10_who_asked_does_not_decide(grave):
    desk.ask(grave, "dna", by=desk.SUPERVISOR)

    refused("PR-10", desk.decide, grave, "dna")
    assert desk.decide(grave, "dna", by=desk.SECOND_SUPERVISOR).state == "WAIVED"


def test_PR_10_nor_does_whose_work_the_recovery_is(grave, monkeypatch):
    people = {desk.SUPERVISOR.name: ""}
    monkeypatch.setattr(
        "armstrace.accounts.queries.people_who_may", lambda *_, **__: people
    )
    assigning.assign_recoveries(
        recovery_ids=[grave], to=desk.SUPERVISOR.name, by=desk.SUPERVISOR, at=desk.NOW
    )
    desk.ask(grave, "dna")

    refused("PR-10", desk.decide, grave, "dna")


def test_PR_11_what_nobody_may_waive_is_not_asked():
    values = desk.with_step(waived_by=[])
    version = desk.kept(values)
    from armstrace.procedures.actions import changing  # noqa: PLC0415

    changing.use_version(version_id=version.pk, by=desk.SUPERVISOR, at=desk.NOW)
    pk = desk.recovered()

    refused("PR-11", desk.ask, pk, "extra")


def test_PR_12_only_named_roles_waive(grave):
    from dataclasses import replace  # noqa: PLC0415

    desk.ask(grave, "dna", by=desk.INVESTIGATOR)
    grants = dict(desk.SUPERVISOR.grants)
    odd = replace(desk.ANALYST, grants=grants)

    refused("PR-12", desk.decide, grave, "dna", by=odd)


def test_PR_22_what_a_record_did_no_person_takes_back(grave):
    desk.open_case(grave)
    desk.follow(grave)

    refused(
        "PR-22",
        steps.take_back,
        step_id=desk.step(grave, "parallel-case").pk,
        said=StepBack("x"),
        by=desk.INVESTIGATOR,
        at=desk.NOW,
    )


def test_a_step_is_taken_back_with_a_reason_and_locks_what_followed():
    pk = desk.recovered()
    desk.do(pk, "identify")
    seen = desk.step(pk, "identify")

    steps.take_back(
        step_id=seen.pk, said=StepBack("the wrong arm"), by=desk.ANALYST, at=desk.NOW
    )

    assert desk.states(pk)["identify"] == StepStanding.OPEN
    assert desk.states(pk)["trace"] == StepStanding.LOCKED
    assert Step.objects.filter(pk=seen.pk, state="DONE").exists()


def test_a_waiver_that_is_refused_leaves_the_step_open(grave):
    desk.ask(grave, "dna")

    left = desk.decide(grave, "dna", granted=False, reason="the laboratory is free")

    assert (left.state, left.asked_by, left.ground) == ("OPEN", "", "")
    assert left.reason == "the laboratory is free"
    page = queries.panel(grave, viewer=desk.ANALYST, today=desk.TODAY)
    (kept,) = (one for each in page.steps for one in each.ungranted)
    assert (kept.asked_by, kept.ended_by) == (desk.ANALYST.name, desk.SUPERVISOR.name)
    assert kept.reason == "the laboratory is free"


def test_a_waived_step_unlocks_the_next():
    pk = desk.recovered()

    desk.waive(pk, "identify")

    assert desk.states(pk)["trace"] == StepStanding.OPEN


def test_a_step_that_waits_for_another_is_waived_before_its_turn(grave):
    desk.waive(grave, "leads")

    assert desk.step(grave, "leads").state == StepStanding.WAIVED
    assert desk.step(grave, "leads").reason == "agreed"


def test_an_analyst_waives_nothing_and_a_stranger_sees_nothing(grave):
    desk.ask(grave, "dna")

    with pytest.raises(NotPermitted):
        desk.decide(grave, "dna", by=desk.ANALYST)
    with pytest.raises(NotFound):
        desk.ask(grave, "interview", by=cast.STRANGER)
    with pytest.raises(NotFound):
        queries.panel(grave, viewer=cast.STRANGER, today=desk.TODAY)


def test_the_panel_says_what_may_be_done_and_what_a_step_waits_for(grave):
    page = queries.panel(grave, viewer=desk.INVESTIGATOR, today=desk.TODAY)
    by_code = {each.code: each for each in page.steps}

    assert by_code["interview"].may_do
    assert not by_code["parallel-case"].may_do
    assert not by_code["dna"].may_do
    assert by_code["dna"].may_ask
    assert len(by_code["leads"].waits_for) == 2
    assert not page.may_close or page.open_steps


def test_closing_needs_every_step_done_or_waived_PR_13_PR_14_PR_15(grave):
    refused("PR-13", desk.close, grave)
    refused("PR-15", desk.reopen, grave)
    desk.open_case(grave)
    desk.trace(grave)
    desk.follow(grave)
    desk.waive_all(grave)

    desk.close(grave)

    assert desk.is_closed(grave)
    refused("PR-14", desk.close, grave)
    assert desk.follow(grave) == 0


def test_PR_07_opening_again_needs_a_reason_and_adds_steps_to_the_old_ones():
    pk = desk.recovered()
    desk.waive_all(pk)
    desk.close(pk)
    kept = set(Step.objects.current().values_list("pk", flat=True))
    refused("PR-07", desk.reopen, pk, reason="")

    desk.reopen(pk)

    now = Step.objects.current()
    assert kept < set(now.values_list("pk", flat=True))
    assert len(desk.undone(pk)) == 4
    assert {each.round for each in desk.undone(pk)} == {2}
    assert not desk.is_closed(pk)
    refused("PR-13", desk.close, pk)


def test_PR_14_nothing_is_done_with_a_step_of_a_closed_recovery():
    pk = desk.recovered()
    desk.do(pk, "identify")
    desk.waive_all(pk)
    desk.close(pk)

    refused(
        "PR-14",
        steps.take_back,
        step_id=desk.step(pk, "identify").pk,
        said=StepBack("x"),
        by=desk.ANALYST,
        at=desk.NOW,
    )


def test_PR_23_no_procedure_lets_an_arm_go_without_the_four_decisions():
    asked = desk.with_step()
    asked = asked | {"step": asked["step"][-1:]}
    changing.use_version(
        version_id=desk.kept(asked).pk, by=desk.SUPERVISOR, at=desk.NOW
    )
    pk = desk.recovered()
    desk.do(pk, "extra")

    refused("PR-23", desk.close, pk)
    lawful = desk.recovered("S-2", recovery_kind=RecoveryKind.STATE_ARM)
    refused("PR-30", desk.close, lawful)
    desk.close(lawful, by=desk.SUPERVISOR)
    assert desk.is_closed(lawful)


def test_PR_20_what_is_no_arm_is_not_closed():
    from armstrace.vocabulary.arms import ItemKind  # noqa: PLC0415
    from tests import builders  # noqa: PLC0415

    (pk,) = builders.recovered(builders.a_recovery(item_kind=ItemKind.PART))

    refused("PR-20", desk.close, pk)


def test_an_officer_closes_those_of_the_own_agency_alone():
    pk = desk.recovered()
    desk.waive_all(pk)

    with pytest.raises(NotFound):
        desk.close(pk, by=cast.STRANGER)
    desk.close(pk, by=desk.OFFICER)


def test_a_closed_recovery_of_which_more_is_asked_since_is_open_again():
    pk = desk.recovered()
    desk.waive_all(pk)
    desk.close(pk)
    correcting.correct_recovery(
        recovery_id=pk,
        changes=Changes({"criminal_contexts": desk.DRUGS}),
        reason="found in the file",
        by=cast.OFFICER,
        at=desk.NOW,
    )

    desk.follow(pk)

    assert not desk.is_closed(pk)
    assert desk.states(pk)["parallel-case"] == StepStanding.OPEN
    page = queries.panel(pk, viewer=desk.ANALYST, today=desk.TODAY)
    assert "asks for more steps" in page.closings[0].reason


def test_PR_24_what_was_asked_before_a_recovery_was_opened_again_stays_as_it_is():
    pk = desk.recovered()
    desk.do(pk, "identify")
    desk.waive_all(pk)
    desk.close(pk)
    desk.reopen(pk)
    first = Step.objects.current().get(recovery_id=pk, round=1, code="identify")

    refused(
        "PR-24",
        steps.take_back,
        step_id=first.pk,
        said=StepBack("the wrong arm"),
        by=desk.ANALYST,
        at=desk.NOW,
    )
    page = queries.panel(pk, viewer=desk.ANALYST, today=desk.TODAY)
    assert {each.state for each in page.steps} <= {"OPEN", "LOCKED"}
    assert {each.state for each in page.earlier} == {"DONE", "WAIVED"}
    assert not any(each.may_take_back for each in page.earlier)


def test_a_record_that_goes_opens_the_step_asked_now_and_no_earlier_one():
    pk = desk.recovered(criminal_contexts=desk.DRUGS)
    case = desk.open_case(pk)
    desk.follow(pk)
    desk.do(pk, "identify")
    desk.waive_all(pk)
    desk.close(pk)
    desk.reopen(pk)
    desk.follow(pk)
    taking = {"case_id": case.pk, "recovery_id": pk, "reason": "another arm"}
    membership.remove_item(**taking, by=desk.INVESTIGATOR, at=desk.NOW)

    desk.follow(pk)

    states = {
        each.round: each.state
        for each in Step.objects.current().filter(code="parallel-case")
    }
    assert states == {1: "DONE", 2: "OPEN"}


def test_who_asked_for_a_waiver_takes_it_back_and_nobody_else_does(grave):
    desk.ask(grave, "dna", by=desk.SUPERVISOR)
    key = desk.step(grave, "dna").pk
    how = {"step_id": key, "said": StepBack("the swab came"), "at": desk.NOW}

    with pytest.raises(RuleBroken):
        steps.take_back(by=desk.SECOND_SUPERVISOR, **how)
    back = steps.take_back(by=desk.SUPERVISOR, **how)

    assert (back.asked_by, back.ground, back.reason) == ("", "", "the swab came")
