import pytest

from armstrace.ballistics import queries
from armstrace.ballistics.actions import concluding
from armstrace.ballistics.actions import searching as acts
from armstrace.ballistics.inputs import SearchInput
from armstrace.jobs.running import JobContext
from armstrace.recoveries.actions import recording
from armstrace.vocabulary.ballistics import Blinded, Verdict
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.paging import PageRequest
from tests.ballistics.marks import compared, concluded, enrolled
from tests.builders import POLICE, a_recovery, recovered
from tests.cast import ANALYST, EXAMINER, NOW, OFFICER, SECOND_EXAMINER, STRANGER

pytestmark = pytest.mark.django_db
FIRST_PAGE = PageRequest(1, 50)


@pytest.fixture
def marks(tmp_path):
    """Two marks of the officer's agency and one of the stranger's."""
    (other,) = recording.record_recoveries(
        source=POLICE, stated=[a_recovery("S-3", agency="VCG")], by=STRANGER, at=NOW
    )
    ids = [*recovered(a_recovery("S-1"), a_recovery("S-2")), other.record_id]
    return [
        enrolled(tmp_path, 1, number, recovery_id=key)
        for number, key in enumerate(ids, start=1)
    ]


def test_a_comparison_is_for_those_who_may_see_both_marks(tmp_path, marks):
    own = compared(tmp_path, marks[0], marks[1])
    mixed = compared(tmp_path, marks[0], marks[2])
    concluded(marks[0], marks[1], Verdict.INCONCLUSIVE)
    concluded(marks[0], marks[2], Verdict.INCONCLUSIVE)

    def seen(viewer):
        rows = queries.comparison_rows(viewer=viewer, page=FIRST_PAGE).rows
        said = queries.conclusion_rows(viewer=viewer, page=FIRST_PAGE).rows
        return {row.comparison_id for row in rows}, len(said)

    assert seen(OFFICER) == ({own.pk}, 1)
    assert seen(STRANGER) == (set(), 0)
    assert seen(ANALYST) == ({own.pk, mixed.pk}, 2)
    for viewer in (OFFICER, STRANGER):
        with pytest.raises(NotFound):
            queries.comparison_page(mixed.pk, viewer=viewer)
    of_mark = queries.mark_page(marks[0].pk, viewer=OFFICER)
    assert [row.comparison_id for row in of_mark.comparisons] == [own.pk]
    assert [row.second_id for row in of_mark.conclusions] == [marks[1].pk]


def test_a_search_lists_only_marks_that_the_viewer_may_see(tmp_path, marks):
    begun = acts.begin_search(
        stated=SearchInput(marks[0].pk, reach_deg=30.0), by=EXAMINER, at=NOW
    )
    acts.run_search(
        run_id=begun.pk, folder=tmp_path, context=JobContext(), by=EXAMINER, at=NOW
    )

    def found(viewer):
        page = queries.search_page(begun.pk, viewer=viewer)
        return {each.mark.mark_id for each in page.candidates}

    assert found(OFFICER) == {marks[1].pk}
    assert found(ANALYST) == {marks[1].pk, marks[2].pk}
    with pytest.raises(NotFound):
        queries.search_page(begun.pk, viewer=STRANGER)


def test_the_second_examiner_concludes_without_knowing_the_first(tmp_path, marks):
    pair = marks[:2]
    found = compared(tmp_path, *pair)
    said = concluded(*pair, Verdict.IDENTIFICATION, found)

    def told(viewer):
        shown = queries.comparison_page(found.pk, viewer=viewer).conclusion
        (listed,) = queries.conclusion_rows(viewer=viewer, page=FIRST_PAGE).rows
        (of_mark,) = queries.conclusions_of_mark(pair[0].pk, viewer=viewer)
        assert shown == listed == of_mark
        return shown.verdict, shown.reason

    assert told(SECOND_EXAMINER) == (Blinded.FIRST_CONCLUDED, "")
    for viewer in (EXAMINER, ANALYST, OFFICER):
        assert told(viewer) == (Verdict.IDENTIFICATION, said.reason)
    concluding.review_conclusion(
        conclusion_id=said.pk,
        verdict=Verdict.INCONCLUSIVE,
        reason="Too few lines.",
        by=SECOND_EXAMINER,
        at=NOW,
    )
    assert told(SECOND_EXAMINER) == (Verdict.IDENTIFICATION, said.reason)
