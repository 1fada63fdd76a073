from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.analysis.ballistics.erased import Standing
from armstrace.ballistics import queries
from armstrace.ballistics.actions import concluding, searching, sharing
from armstrace.ballistics.actions.sharing import StatedSharing
from armstrace.ballistics.inputs import SearchInput
from armstrace.jobs.running import JobContext
from armstrace.recoveries import queries as recoveries
from armstrace.vocabulary.ballistics import (
    MarkOrigin,
    SharingStanding,
    StepState,
    Verdict,
)
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted
from armstrace.vocabulary.recoveries import CriminalContext
from tests.ballistics.marks import compared, concluded, enrolled, identified
from tests.builders import a_recovery, an_arm, glock, recovered, registered
from tests.cast import ANALYST, EXAMINER, NOW, OFFICER, SECOND_EXAMINER, STRANGER

pytestmark = pytest.mark.django_db
ERASED = a_recovery(description=glock("erased"))
DAY = date(2026, 11, 24)


def path_of(recovery, viewer=ANALYST):
    record = recoveries.current_record(recovery, viewer=viewer)
    return queries.path_of_erased_serial(record, viewer=viewer)


def states(path):
    return [step.state for step in path.steps]


@pytest.fixture
def arms():
    return registered(
        *(an_arm(str(n), description=glock(f"ABC12{n}")) for n in range(3))
    )


def test_the_way_begins_with_what_can_still_be_done(arms):
    (recovery,) = recovered(ERASED)

    path = path_of(recovery)

    assert states(path) == [
        StepState.OPEN,
        StepState.DONE,
        StepState.OPEN,
        StepState.WAITS,
        StepState.WAITS,
    ]
    assert path.joined.absent > 0


def test_an_arm_whose_serial_was_read_needs_no_such_way(arms):
    (recovery,) = recovered(a_recovery())

    assert path_of(recovery) is None


def test_each_step_is_done_as_the_records_come(tmp_path, arms):
    (recovery,) = recovered(ERASED)
    mine = enrolled(tmp_path, 1, 1, recovery_id=recovery, origin=MarkOrigin.TEST_FIRE)
    theirs = enrolled(tmp_path, 1, 2, arm_id=arms[0])
    searched(tmp_path, mine)
    before = path_of(recovery)

    concluded(mine, theirs, Verdict.INCONCLUSIVE)

    assert states(before)[2:] == [StepState.DONE, StepState.DONE, StepState.OPEN]
    assert before.steps[4].told == "0 of 1"
    assert states(path_of(recovery))[4] is StepState.DONE


def searched(folder, mark):
    run = searching.begin_search(
        stated=SearchInput(mark.pk, reach_deg=30.0), by=EXAMINER, at=NOW
    )
    searching.run_search(
        run_id=run.pk, folder=folder, context=JobContext(), by=EXAMINER, at=NOW
    )
    return run


def test_a_search_of_an_exhibit_is_no_step_of_the_arm(tmp_path, arms):
    (recovery,) = recovered(ERASED)
    exhibit = enrolled(tmp_path, 1, 3, recovery_id=recovery)
    enrolled(tmp_path, 1, 2, arm_id=arms[0])
    searched(tmp_path, exhibit)
    before = states(path_of(recovery))[3:]
    mine = enrolled(tmp_path, 1, 1, recovery_id=recovery, origin=MarkOrigin.TEST_FIRE)
    fired = path_of(recovery)

    run = searched(tmp_path, mine)

    assert before == [StepState.WAITS, StepState.WAITS]
    assert states(fired)[3:] == [StepState.OPEN, StepState.WAITS]
    assert fired.steps[3].told == ""
    assert path_of(recovery).steps[3].told == run.reference


def test_arms_without_a_compared_test_fire_are_named(tmp_path, arms):
    (recovery,) = recovered(ERASED)
    mine = enrolled(tmp_path, 1, 1, recovery_id=recovery)

    compared(tmp_path, mine, enrolled(tmp_path, 1, 2, arm_id=arms[1]))

    assert sorted(path_of(recovery).joined.silent) == [arms[0], arms[2]]


def test_a_confirmed_identification_puts_its_arm_first(tmp_path, arms):
    (recovery,) = recovered(ERASED)
    mine = enrolled(tmp_path, 1, 1, recovery_id=recovery)
    theirs = enrolled(tmp_path, 1, 2, arm_id=arms[2])
    before = path_of(recovery)

    identified(tmp_path, mine, theirs)

    path = path_of(recovery)
    first = path.joined.arms[0]
    same = next(one for one in before.joined.arms if one.arm == arms[2])
    assert (first.arm, first.standing) == (arms[2], Standing.IDENTIFIED)
    assert first.probability == pytest.approx(same.probability)
    assert any("no reference set fits" in str(why) for why in first.why)
    assert [link.there.arm_id for link in path.links] == [arms[2]]


def test_a_confirmed_elimination_puts_its_arm_last(tmp_path, arms):
    (recovery,) = recovered(ERASED)
    mine = enrolled(tmp_path, 1, 1, recovery_id=recovery)
    theirs = enrolled(tmp_path, 2, 1, arm_id=arms[0])
    found = compared(tmp_path, mine, theirs)
    said = concluded(mine, theirs, Verdict.ELIMINATION, found)

    concluding.review_conclusion(
        conclusion_id=said.pk,
        verdict=Verdict.ELIMINATION,
        reason="Lines differ.",
        by=SECOND_EXAMINER,
        at=NOW,
    )

    last = path_of(recovery).joined.arms[-1]
    assert (last.arm, last.standing) == (arms[0], Standing.ELIMINATED)
    assert last.probability > 0


def test_an_arm_of_another_model_is_named_by_its_shot(tmp_path, arms):
    (recovery,) = recovered(
        a_recovery(description=glock("erased", make="Beretta", model="92"))
    )
    mine = enrolled(tmp_path, 1, 1, recovery_id=recovery)
    theirs = enrolled(tmp_path, 1, 2, arm_id=arms[1])

    compared(tmp_path, mine, theirs)

    named = {one.arm: one for one in path_of(recovery).joined.arms}
    assert arms[1] in named
    assert any("breech face B" in str(why) for why in named[arms[1]].why)


def test_a_stranger_sees_no_way(arms):
    (recovery,) = recovered(ERASED)

    with pytest.raises(NotFound):
        path_of(recovery, STRANGER)
    assert path_of(recovery, OFFICER) is not None


def test_the_way_costs_no_more_queries_with_more_shots(tmp_path, arms):
    (recovery,) = recovered(ERASED)
    mine = enrolled(tmp_path, 1, 1, recovery_id=recovery)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            path_of(recovery)
        return len(asked)

    identified(tmp_path, mine, enrolled(tmp_path, 1, 2, arm_id=arms[0]))
    one = cost()
    identified(tmp_path, mine, enrolled(tmp_path, 1, 3, arm_id=arms[1]))

    assert cost() <= one


def test_sharing_is_proposed_by_the_published_criteria(tmp_path):
    plain, drugs = recovered(
        a_recovery("S-1"),
        a_recovery("S-2", criminal_contexts=(CriminalContext.DRUG_TRAFFICKING,)),
    )
    marks = [
        enrolled(tmp_path, 1, n, recovery_id=key)
        for n, key in enumerate((plain, drugs))
    ]

    found = [
        queries.sharing_of_mark(mark.pk, viewer=EXAMINER, on=DAY) for mark in marks
    ]

    assert [each.proposal.is_proposed for each in found] == [False, True]
    assert [one.key for one in found[1].proposal.met] == ["TRAFFICKERS"]
    assert not found[1].proposal.edition.is_verified


def test_three_arms_of_one_case_are_a_group(tmp_path):
    ids = recovered(*(a_recovery(f"S-{n}", case_number="C-9") for n in range(3)))
    mark = enrolled(tmp_path, recovery_id=ids[0])

    found = queries.sharing_of_mark(mark.pk, viewer=EXAMINER, on=DAY)

    assert [one.key for one in found.proposal.met] == ["GROUP"]


def test_a_decision_on_sharing_is_a_record_with_a_reason(tmp_path):
    (recovery,) = recovered()
    mark = enrolled(tmp_path, recovery_id=recovery)

    def decide(standing, reason, by=EXAMINER):
        stated = StatedSharing(mark.pk, standing, reason, ("GROUP",), "edition")
        return sharing.decide_sharing(stated=stated, by=by, at=NOW)

    with pytest.raises(InvalidInput):
        decide(SharingStanding.TO_SHARE, "")
    with pytest.raises(NotPermitted):
        decide(SharingStanding.TO_SHARE, "Border case.", ANALYST)
    decide(SharingStanding.TO_SHARE, "Border case.")
    decide(SharingStanding.NOT_SHARED, "The court forbids it.")

    found = queries.sharing_of_mark(mark.pk, viewer=EXAMINER, on=DAY)
    assert found.standing is SharingStanding.NOT_SHARED
    assert found.decision.reason == "The court forbids it."
