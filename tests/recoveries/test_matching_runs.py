"""Many recoveries are matched in one pass that survives being cut off."""

from datetime import date, timedelta

import pytest

from armstrace.audit.models import LedgerEntry
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.recoveries import queries
from armstrace.recoveries.actions import judging, matching_runs
from armstrace.recoveries.models import MatchingResult, MatchingRun, PairJudgement
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.matching import MatchAgainst, MatchQuestion
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.tracing import Judgement
from tests import builders
from tests.cast import ANALYST, NOW, OFFICER, STRANGER

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def matched(against=MatchAgainst.ALL, year=None, **watch):
    run = matching_runs.begin_run(against=against, year=year, by=ANALYST, at=NOW)
    return matching_runs.run_matching(
        run=run, by=ANALYST, at=NOW, context=JobContext(**watch)
    )


def results(run, question):
    rows = queries.found_rows(
        run.pk,
        queries.ResultFilter(question=question),
        viewer=ANALYST,
        page=PageRequest(),
    ).rows
    return {row.recovery.recovery_id: row for row in rows}


def recovered(*serials, **changes):
    return builders.recovered(
        *[
            builders.a_recovery(
                f"S-{place}",
                description=builders.glock(serial),
                recovered_on=date(2025, 1, 1) + timedelta(days=place),
                **changes,
            )
            for place, serial in enumerate(serials)
        ]
    )


def test_a_recovered_arm_is_found_in_the_register_and_said_to_be_stolen():
    arm_id = builders.stolen_pistol()
    (recovery_id,) = recovered("ABC1Z3")

    run = matched(MatchAgainst.REGISTRY)

    row = results(run, MatchQuestion.REGISTRY)[recovery_id]
    assert row.arm is not None
    assert row.arm.arm_id == arm_id
    assert row.is_reported
    assert 0 < row.probability <= 1
    assert row.probability_absent is not None
    assert row.why
    assert (run.job.state, run.done, run.compared) == (JobState.DONE, 1, 1)


def test_an_erased_arm_is_found_by_the_number_of_its_import_mark():
    arm_id = builders.stolen_pistol()
    erased = builders.glock("raspado", import_mark="BE 21 ABC123")
    (recovery_id,) = builders.recovered(builders.a_recovery(description=erased))

    run = matched()

    row = results(run, MatchQuestion.REGISTRY)[recovery_id]
    assert row.arm.arm_id == arm_id
    assert str(row.why).startswith("number of the import mark taken for the serial")
    assert results(run, MatchQuestion.RECOVERIES)[recovery_id].earlier is None


def test_against_losses_an_arm_that_nobody_reported_is_not_listed():
    builders.registered()
    (recovery_id,) = recovered("ABC123")

    run = matched(MatchAgainst.LOSSES)

    row = results(run, MatchQuestion.REGISTRY)[recovery_id]
    assert (row.arm, row.probability) == (None, 0.0)


def test_an_arm_recovered_twice_is_found_and_its_sibling_is_told_apart():
    first, sibling, again = recovered("KXB70411", "KXB70412", "KXB70411")

    run = matched(MatchAgainst.RECOVERIES)

    found = results(run, MatchQuestion.RECOVERIES)
    assert found[again].earlier.recovery_id == first
    assert found[again].probability > 0.5
    assert found[sibling].probability < 0.05
    assert found[sibling].probability_sibling > found[sibling].probability
    assert found[first].earlier is None


def test_where_no_serial_was_read_nothing_is_stated():
    (recovery_id,) = recovered("raspado")

    run = matched(MatchAgainst.RECOVERIES)

    row = results(run, MatchQuestion.RECOVERIES)[recovery_id]
    assert row.probability_absent is None
    assert "No serial number" in str(row.note)
    assert run.compared == 0


def test_a_year_is_matched_alone():
    builders.recovered(
        builders.a_recovery("A", recovered_on=date(2024, 12, 31)),
        builders.a_recovery("B", recovered_on=date(2025, 1, 1)),
    )

    run = matched(MatchAgainst.RECOVERIES, year=2025)

    assert (run.recoveries, run.done) == (1, 1)
    (row,) = results(run, MatchQuestion.RECOVERIES).values()
    assert row.earlier is not None  # of the year before


class Killed(Exception):
    """The process ends here."""


def test_a_run_that_is_cut_off_goes_on_where_it_stood(monkeypatch):
    monkeypatch.setattr(matching_runs, "CHUNK", 2)
    builders.registered()
    recovered(*[f"ABC1{place:02d}" for place in range(5)])

    def stop(run):
        if run.done == 4:
            raise Killed

    with pytest.raises(Killed):
        matched(progress=stop)
    kept = set(MatchingResult.objects.values_list("pk", flat=True))
    run = matched()

    assert MatchingRun.objects.count() == 1
    assert (run.done, run.job.state) == (5, JobState.DONE)
    assert kept < set(MatchingResult.objects.values_list("pk", flat=True))
    assert MatchingResult.objects.count() == 10


@pytest.mark.unledgered
def test_RC_04_a_process_that_was_overtaken_writes_no_more(monkeypatch):
    monkeypatch.setattr(matching_runs, "CHUNK", 1)
    recovered("ABC101", "ABC102", "ABC103")

    def overtaken(run):
        Job.objects.update(worker="another")

    with pytest.raises(RuleBroken) as refused:
        matched(progress=overtaken)

    assert refused.value.rule == "RC-04"
    assert MatchingRun.objects.get().done == 1


def test_a_finished_run_is_not_run_again():
    recovered("ABC101")
    run = matched()
    entries = LedgerEntry.objects.count()

    again = matching_runs.run_matching(
        run=run, by=ANALYST, at=LATER, context=JobContext()
    )

    assert again == run
    assert LedgerEntry.objects.count() == entries


def test_a_result_whose_marks_were_corrected_since_is_called_stale():
    (recovery_id,) = recovered("ABC101")
    run = matched(MatchAgainst.REGISTRY)
    assert not results(run, MatchQuestion.REGISTRY)[recovery_id].is_stale

    builders.recovered(
        builders.a_recovery("S-0", description=builders.glock("ABC109")),
        at=LATER,
        reason="photograph shows 109",
    )

    assert results(run, MatchQuestion.REGISTRY)[recovery_id].is_stale


def test_an_officer_neither_runs_nor_sees_it():
    with pytest.raises(NotPermitted):
        matching_runs.begin_run(against=MatchAgainst.ALL, year=None, by=OFFICER, at=NOW)
    with pytest.raises(NotPermitted):
        queries.matching_runs(viewer=STRANGER, page=PageRequest())


def test_RC_03_a_recovery_is_not_compared_with_itself():
    (recovery_id,) = recovered("ABC101")

    with pytest.raises(RuleBroken) as refused:
        judge(recovery_id, recovery_id)

    assert refused.value.rule == "RC-03"


def judge(one, other, judgement=Judgement.SAME, by=ANALYST, reason="photographs"):
    return judging.judge_pair(
        stated=judging.StatedPairJudgement(one, other, judgement, reason),
        by=by,
        at=LATER,
    )


def test_RC_02_a_pair_is_judged_with_a_reason():
    first, second = recovered("ABC101", "ABC101")

    with pytest.raises(RuleBroken) as refused:
        judge(second, first, reason=" ")

    assert refused.value.rule == "RC-02"
    assert not PairJudgement.objects.exists()


def test_a_judgement_of_a_pair_is_undone_by_a_later_one():
    first, second = recovered("ABC101", "ABC101")
    judge(first, second)

    judge(second, first, Judgement.UNSURE, reason="")

    page = queries.pair(first, second, viewer=ANALYST)
    said = [each.judgement for each in page.said]
    assert said == [Judgement.UNSURE, Judgement.SAME]
    current = PairJudgement.objects.current().get()
    assert (current.recovery_id, current.earlier_id) == (second, first)


def test_a_stranger_neither_sees_nor_judges_a_pair():
    first, second = recovered("ABC101", "ABC101")

    with pytest.raises(NotFound):
        queries.pair(first, second, viewer=STRANGER)
    with pytest.raises(NotPermitted):
        judge(second, first, by=STRANGER)


def test_what_a_person_said_stands_beside_what_was_found():
    first, again = recovered("KXB70411", "KXB70411")
    builders.registered(builders.an_arm(description=builders.glock("KXB70411")))
    run = matched()
    judge(again, first)
    arm = results(run, MatchQuestion.REGISTRY)[first].arm
    judging.judge_candidate(
        stated=judging.StatedJudgement(
            first, arm.arm_id, Judgement.DIFFERENT, "other grip"
        ),
        by=ANALYST,
        at=LATER,
    )

    pairs_found = results(run, MatchQuestion.RECOVERIES)
    arms_found = results(run, MatchQuestion.REGISTRY)

    assert pairs_found[again].said.judgement is Judgement.SAME
    assert arms_found[first].said.judgement is Judgement.DIFFERENT
    where = queries.ResultFilter(undecided=True)
    left = queries.every_found_row(run.pk, where, viewer=ANALYST)
    assert {row.recovery.recovery_id for row in left} == {again}
