import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.ballistics import queries
from armstrace.ballistics.actions import concluding
from armstrace.ballistics.models import Conclusion, Link
from armstrace.ballistics.queries import LinkSide, Removal
from armstrace.recoveries.actions import recording
from armstrace.vocabulary.ballistics import (
    ConclusionStanding,
    LinkStanding,
    MarkedPart,
    MarkLinkKind,
    Verdict,
)
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from tests.ballistics.marks import compared, concluded, enrolled, identified
from tests.builders import POLICE, a_recovery, recovered, registered
from tests.cast import (
    ANALYST,
    EXAMINER,
    NOW,
    OFFICER,
    SECOND_EXAMINER,
    STRANGER,
    SUPERVISOR,
    SYSTEM,
)

pytestmark = pytest.mark.django_db
FIRST_PAGE = PageRequest(1, 50)


def reviewed(said, verdict, *, by=SECOND_EXAMINER):
    return concluding.review_conclusion(
        conclusion_id=said.pk, verdict=verdict, reason="Seen again.", by=by, at=NOW
    )


@pytest.fixture
def scenes(tmp_path):
    """Two recoveries with a mark each, of one slide."""
    ids = recovered(a_recovery("S-1"), a_recovery("S-2"))
    return ids, [
        enrolled(tmp_path, 1, number, recovery_id=key)
        for number, key in enumerate(ids, start=1)
    ]


def test_a_confirmed_identification_links_two_scenes_by_the_part(tmp_path, scenes):
    (first, second), marks = scenes

    identified(tmp_path, *marks)

    found = queries.links_of_recoveries([first, second], viewer=ANALYST)
    (link,) = found[first]
    assert link.kind is MarkLinkKind.SCENE_TO_SCENE
    assert link.part is MarkedPart.SLIDE_OR_BREECH
    assert link.there.owner == f"R{second}"
    assert found[second][0].there.owner == f"R{first}"
    assert (link.examiner, link.reviewer) == (EXAMINER.name, SECOND_EXAMINER.name)


def test_a_scene_is_linked_to_the_arm_that_was_test_fired(tmp_path, scenes):
    (first, _), (mark, _) = scenes
    (arm,) = registered()
    fired = enrolled(tmp_path, 1, 3, arm_id=arm)

    identified(tmp_path, mark, fired)

    (of_arm,) = queries.links_ever(arm_id=arm, viewer=ANALYST)
    assert of_arm.kind is MarkLinkKind.SCENE_TO_ARM
    assert (of_arm.here.owner, of_arm.there.owner) == (f"A{arm}", f"R{first}")


def test_nothing_is_linked_before_a_second_examiner_agrees(tmp_path, scenes):
    (first, _), marks = scenes
    found = compared(tmp_path, *marks)

    said = concluded(*marks, Verdict.IDENTIFICATION, found)

    assert queries.links_of_recoveries([first], viewer=ANALYST) == {}
    rows = queries.conclusion_rows(
        viewer=EXAMINER, page=FIRST_PAGE, standing=ConclusionStanding.AWAITED
    )
    assert [row.conclusion_id for row in rows.rows] == [said.pk]


def test_examiners_who_differ_leave_a_dispute_and_no_link(tmp_path, scenes):
    _, marks = scenes
    said = concluded(*marks, Verdict.IDENTIFICATION, compared(tmp_path, *marks))

    reviewed(said, Verdict.INCONCLUSIVE)

    page = queries.conclusion_rows(
        viewer=EXAMINER, page=FIRST_PAGE, standing=ConclusionStanding.DISPUTED
    )
    confirmed = queries.conclusion_rows(
        viewer=EXAMINER, page=FIRST_PAGE, standing=ConclusionStanding.CONFIRMED
    )
    assert page.rows[0].standing is ConclusionStanding.DISPUTED
    assert not confirmed.rows
    assert not Link.objects.exists()


def test_a_confirmed_elimination_links_nothing(scenes):
    _, marks = scenes
    said = concluded(*marks, Verdict.ELIMINATION)

    reviewed(said, Verdict.ELIMINATION)

    assert not Link.objects.exists()


def test_BL_04_marks_of_the_same_number_are_not_concluded_about(scenes):
    _, (mark, _) = scenes

    with pytest.raises(RuleBroken) as refused:
        concluded(mark, mark, Verdict.INCONCLUSIVE)

    assert refused.value.rule == "BL-04"


def test_BL_05_a_conclusion_needs_its_reason(scenes):
    _, marks = scenes
    stated = concluding.ConclusionInput(
        (marks[0].pk, marks[1].pk), Verdict.INCONCLUSIVE, "  "
    )

    with pytest.raises(RuleBroken) as refused:
        concluding.conclude(stated=stated, by=EXAMINER, at=NOW)

    assert refused.value.rule == "BL-05"


def test_BL_06_an_identification_rests_on_a_comparison(scenes):
    _, marks = scenes

    with pytest.raises(RuleBroken) as refused:
        concluded(*marks, Verdict.IDENTIFICATION)

    assert refused.value.rule == "BL-06"


def test_a_comparison_of_other_marks_is_no_ground(tmp_path, scenes):
    _, marks = scenes
    other = enrolled(tmp_path, 2, 1, recovery_id=scenes[0][0])
    found = compared(tmp_path, marks[0], other)

    with pytest.raises(NotFound):
        concluded(*marks, Verdict.IDENTIFICATION, found)


def test_BL_07_the_second_examiner_is_another_person(tmp_path, scenes):
    _, marks = scenes
    said = concluded(*marks, Verdict.IDENTIFICATION, compared(tmp_path, *marks))

    with pytest.raises(RuleBroken) as refused:
        reviewed(said, Verdict.IDENTIFICATION, by=EXAMINER)

    assert refused.value.rule == "BL-07"
    assert not Link.objects.exists()


def test_BL_08_a_link_is_removed_with_a_reason_by_a_new_record(tmp_path, scenes):
    (first, _), marks = scenes
    identified(tmp_path, *marks)
    (link,) = queries.links_of_recoveries([first], viewer=ANALYST)[first]

    with pytest.raises(RuleBroken) as refused:
        concluding.remove_link(link_id=link.link_id, reason="", by=SUPERVISOR, at=NOW)
    concluding.remove_link(
        link_id=link.link_id, reason="The slide was swapped.", by=SUPERVISOR, at=NOW
    )

    assert refused.value.rule == "BL-08"
    assert queries.links_of_recoveries([first], viewer=ANALYST) == {}
    told = queries.links_of_mark(marks[0].pk, viewer=ANALYST)
    assert [each.standing for each in told] == [
        LinkStanding.REMOVED,
        LinkStanding.STANDS,
    ]
    assert told[0].reason == "The slide was swapped."
    assert told[1].superseded_at == NOW
    assert told[1].removal is None
    (said,) = queries.conclusion_rows(viewer=ANALYST, page=FIRST_PAGE).rows
    for shown in (told[0], said):
        assert shown.removal == Removal(SUPERVISOR.name, NOW, "The slide was swapped.")


def test_a_long_reason_of_a_dispute_stands_whole_on_the_removed_link(tmp_path, scenes):
    _, marks = scenes
    said = identified(tmp_path, *marks)
    reason = "The lines differ. " * 100

    concluding.review_conclusion(
        conclusion_id=said.pk,
        verdict=Verdict.INCONCLUSIVE,
        reason=reason,
        by=SECOND_EXAMINER,
        at=NOW,
    )

    assert Link.objects.current().get().reason == reason
    with pytest.raises(InvalidInput, match="2001 characters"):
        concluding.review_conclusion(
            conclusion_id=said.pk,
            verdict=Verdict.INCONCLUSIVE,
            reason=("a b " * 501)[:2001],
            by=SECOND_EXAMINER,
            at=NOW,
        )


def test_a_new_conclusion_removes_the_link_that_rested_on_the_old(tmp_path, scenes):
    (first, _), marks = scenes
    identified(tmp_path, *marks)

    concluded(*marks, Verdict.INCONCLUSIVE)

    assert queries.links_of_recoveries([first], viewer=ANALYST) == {}
    assert Conclusion.objects.count() == 2
    assert Conclusion.objects.current().get().verdict == Verdict.INCONCLUSIVE
    (found,) = queries.comparisons_of(marks[0].pk, viewer=ANALYST)
    page = queries.comparison_page(found.comparison_id, viewer=ANALYST)
    assert [each.verdict for each in page.conclusions] == [
        Verdict.INCONCLUSIVE,
        Verdict.IDENTIFICATION,
    ]
    assert page.conclusion == page.conclusions[0]
    assert page.conclusions[1].removal.reason == concluding.REVISED


def test_a_link_stands_again_after_a_new_confirmation(tmp_path, scenes):
    (first, _), marks = scenes
    identified(tmp_path, *marks)
    concluded(*marks, Verdict.INCONCLUSIVE)

    identified(tmp_path, *marks)

    assert len(queries.links_of_recoveries([first], viewer=ANALYST)[first]) == 1
    assert Link.objects.current().count() == 1


def test_marks_of_one_recovery_tie_nothing_together(tmp_path, scenes):
    (first, _), (mark, _) = scenes
    other = enrolled(tmp_path, 1, 5, recovery_id=first)

    identified(tmp_path, mark, other)

    assert not Link.objects.exists()


def test_only_examiners_conclude(scenes):
    _, marks = scenes

    for by in (ANALYST, OFFICER, SUPERVISOR, SYSTEM):
        with pytest.raises(NotPermitted):
            concluded(*marks, Verdict.INCONCLUSIVE, by=by)


def test_a_stranger_sees_neither_conclusion_nor_link(tmp_path, scenes):
    (first, _), marks = scenes
    identified(tmp_path, *marks)

    assert queries.links_of_recoveries([first], viewer=STRANGER) == {}
    assert not queries.link_rows(viewer=STRANGER, page=FIRST_PAGE).rows
    assert not queries.conclusion_rows(viewer=STRANGER, page=FIRST_PAGE).rows
    assert queries.links_of_recoveries([first], viewer=OFFICER)


def test_of_another_agencys_mark_a_link_tells_only_whose_it_is(tmp_path, scenes):
    (first, _), marks = scenes
    (far,) = recording.record_recoveries(
        source=POLICE, stated=[a_recovery("S-3", agency="VCG")], by=STRANGER, at=NOW
    )
    identified(tmp_path, marks[0], enrolled(tmp_path, 1, 8, recovery_id=far.record_id))

    def told(viewer):
        (link,) = queries.links_of_recoveries([first], viewer=viewer)[first]
        (listed,) = queries.link_rows(viewer=viewer, page=FIRST_PAGE).rows
        assert (listed.here, listed.there) == (link.here, link.there)
        (of_mark,) = queries.links_of_mark(marks[0].pk, viewer=viewer)
        assert of_mark == link
        return link

    link = told(OFFICER)
    assert link.there == LinkSide(None, "", "", None, None, "VCG")
    assert (link.here.owner, link.reason) == (f"R{first}", "")
    whole = told(ANALYST)
    assert whole.there.owner == f"R{far.record_id}"
    assert whole.reason


def test_a_registered_arm_is_named_in_a_link_and_its_mark_is_not(tmp_path, scenes):
    (first, _), marks = scenes
    arm = registered()[0]
    fired = enrolled(tmp_path, 1, 9, arm_id=arm)
    identified(tmp_path, marks[0], fired)

    (link,) = queries.links_of_recoveries([first], viewer=OFFICER)[first]
    (of_arm,) = queries.links_ever(arm_id=arm, viewer=OFFICER)

    there = (link.there.owner, link.there.arm_id, link.there.mark_id)
    assert there == (f"A{arm}", arm, None)
    assert of_arm.there.owner == f"R{first}"


def test_links_of_many_cost_no_more_queries_than_of_one(tmp_path, scenes):
    ids, marks = scenes
    third = recovered(a_recovery("S-3"))[0]
    identified(tmp_path, *marks)
    identified(tmp_path, marks[0], enrolled(tmp_path, 1, 7, recovery_id=third))

    def cost(wanted):
        with CaptureQueriesContext(connection) as asked:
            queries.links_of_recoveries(wanted, viewer=ANALYST)
        return len(asked)

    assert cost([*ids, third]) == cost([ids[1]])
