import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.analysis.ballistics.regions import Ring
from armstrace.ballistics import queries, searching
from armstrace.ballistics.actions import enrolling
from armstrace.ballistics.actions import searching as acts
from armstrace.ballistics.inputs import ClassInput, SearchInput
from armstrace.ballistics.models import PreparedMark, SearchRun
from armstrace.ballistics.queries import MarkFilter
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.ballistics import BreechFacePattern, Gallery
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.paging import PageRequest
from tests.ballistics.marks import enrolled
from tests.builders import a_recovery, an_arm, glock, recovered, registered
from tests.cast import ANALYST, EXAMINER, NOW, OFFICER, STRANGER

pytestmark = pytest.mark.django_db


@pytest.fixture
def gallery(tmp_path):
    """Seven marks: two of tool 1 in scenes, a test fire of it, four others."""
    scenes = recovered(*(a_recovery(f"S-{n}") for n in range(4)))
    arms = registered(*(an_arm(str(n), description=glock(f"S{n}")) for n in range(3)))
    parallel = ClassInput("9x19mm", breech_face_pattern=BreechFacePattern.PARALLEL)
    arched = ClassInput("9x19mm", breech_face_pattern=BreechFacePattern.ARCHED)
    return [
        enrolled(tmp_path, 1, 1, recovery_id=scenes[0]),
        enrolled(tmp_path, 1, 2, recovery_id=scenes[1], described=parallel),
        enrolled(tmp_path, 2, 1, recovery_id=scenes[2], described=arched),
        enrolled(tmp_path, 3, 1, recovery_id=scenes[3]),
        enrolled(tmp_path, 1, 3, arm_id=arms[0], described=arched),
        enrolled(tmp_path, 4, 1, arm_id=arms[1]),
        enrolled(tmp_path, 5, 1, arm_id=arms[2]),
    ]


def begun(probe, **told):
    stated = SearchInput(probe.pk, **({"reach_deg": 30.0, "compare_closer": 2} | told))
    return acts.begin_search(stated=stated, by=EXAMINER, at=NOW)


def run(folder, wanted, worker="one", processes=1, **told):
    return acts.run_search(
        run_id=wanted.pk,
        folder=folder,
        context=JobContext(worker, **told),
        processes=processes,
        by=EXAMINER,
        at=NOW,
    )


def test_marks_of_the_same_slide_stand_first(tmp_path, gallery):
    (
        probe,
        mate,
        *_,
    ) = gallery
    fired = gallery[4]
    told = []

    done = run(
        tmp_path,
        begun(probe),
        progress=lambda far: told.append((far.done, far.expected)),
    )

    page = queries.search_page(done.pk, viewer=EXAMINER)
    assert page.row.state is JobState.DONE
    assert {each.mark.mark_id for each in page.candidates[:2]} == {mate.pk, fired.pk}
    assert [each.rank for each in page.candidates] == list(range(1, 7))
    assert all(each.comparison for each in page.candidates[:2])
    cells = [(e.comparison or e).congruent_cells for e in page.candidates]
    assert cells == sorted(cells, reverse=True)
    assert not any(each.comparison for each in page.candidates[2:])
    assert sum(many for _, many in page.counts) == 6
    assert told == [(6, 6)]
    assert Job.objects.get().result == {}


def test_a_region_off_its_centre_does_not_hide_a_candidate(tmp_path, gallery):
    probe, mate, *_ = gallery
    enrolling.set_region(
        mark_id=probe.pk,
        ring=Ring(2.4e-3, 1.8e-3, 3e-3, 0.0),
        reason="",
        folder=tmp_path,
        by=EXAMINER,
        at=NOW,
    )

    wanted = begun(probe, gallery=Gallery.SCENES, compare_closer=3)
    done = run(tmp_path, wanted)

    first = queries.search_page(done.pk, viewer=EXAMINER).candidates[0]
    assert first.mark.mark_id == mate.pk
    assert first.congruent_cells < 6 <= first.comparison.congruent_cells
    again = queries.recompute(
        first.comparison.comparison_id, folder=tmp_path, viewer=EXAMINER
    )
    assert again.is_same


def test_a_search_may_be_narrowed_to_scenes_or_test_fires(tmp_path, gallery):
    scenes = run(tmp_path, begun(gallery[0], gallery=Gallery.SCENES))
    fires = run(tmp_path, begun(gallery[0], gallery=Gallery.TEST_FIRES))

    assert (scenes.entries, fires.entries) == (3, 3)
    assert (scenes.left_out, fires.left_out) == (3, 3)


def test_a_filter_leaves_out_another_class_and_keeps_what_is_not_known(
    tmp_path, gallery
):
    narrowed = begun(gallery[0], breech_face_pattern=BreechFacePattern.PARALLEL)

    done = run(tmp_path, narrowed)

    found = queries.search_page(done.pk, viewer=EXAMINER).candidates
    ids = {each.mark.mark_id for each in found}
    assert ids == {gallery[n].pk for n in (1, 3, 5, 6)}
    assert queries.search_row(done.pk, viewer=EXAMINER).filters == {
        "breech_face_pattern": "PARALLEL"
    }


def test_one_calibre_in_two_spellings_is_one_calibre(gallery):
    described = {1: "9 mm Luger", 2: ".45 ACP", 4: "9x19mm"}
    for number, calibre in described.items():
        enrolling.describe_class(
            mark_id=gallery[number].pk,
            stated=ClassInput(calibre),
            reason="Read from the head.",
            by=EXAMINER,
            at=NOW,
        )

    wanted = begun(gallery[0], calibre="9x19 mm")

    listed = queries.mark_rows(
        MarkFilter(calibre="9mm Parabellum"), viewer=EXAMINER, page=PageRequest(1, 50)
    )
    assert (wanted.entries, wanted.left_out) == (5, 1)
    assert {row.described.calibre for row in listed.rows} == {"9 mm Luger", "9x19mm"}


def test_a_corrected_class_counts_and_not_the_one_before(tmp_path, gallery):
    enrolling.describe_class(
        mark_id=gallery[2].pk,
        stated=ClassInput("9x19mm", breech_face_pattern=BreechFacePattern.PARALLEL),
        reason="Seen by light.",
        by=EXAMINER,
        at=NOW,
    )

    wanted = begun(gallery[0], breech_face_pattern=BreechFacePattern.PARALLEL)

    assert wanted.entries == 5


def test_a_search_that_was_cut_off_goes_on_where_it_stood(
    tmp_path, gallery, monkeypatch
):
    monkeypatch.setattr(searching.sweeping, "BLOCK_ENTRIES", 2)
    whole = run(tmp_path, begun(gallery[0]))
    wanted = begun(gallery[0])

    def cut(far):
        if far.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, wanted, progress=cut)
    half = queries.search_row(wanted.pk, viewer=EXAMINER)
    told = []
    done = run(tmp_path, wanted, "two", progress=lambda far: told.append(far.done))

    assert (half.state, half.done) == (JobState.RUNNING, 4)
    assert told == [6]
    assert done.counts == whole.counts
    ranks = [
        [(c.mark.mark_id, c.congruent_cells) for c in page.candidates]
        for page in (
            queries.search_page(each.pk, viewer=EXAMINER) for each in (whole, done)
        )
    ]
    assert ranks[0] == ranks[1]


def test_BL_09_an_earlier_run_stops_when_another_took_over(
    tmp_path, gallery, monkeypatch
):
    monkeypatch.setattr(searching.sweeping, "BLOCK_ENTRIES", 2)
    wanted = begun(gallery[0])

    def taken(far):
        Job.objects.filter(pk=wanted.job_id).update(worker="another")

    with pytest.raises(RuleBroken) as refused:
        run(tmp_path, wanted, progress=taken)

    assert refused.value.rule == "BL-09"


def test_a_stopped_search_does_not_go_on(tmp_path, gallery):
    wanted = begun(gallery[0])

    acts.stop_search(run_id=wanted.pk, by=EXAMINER, at=NOW)
    done = run(tmp_path, wanted)

    assert done.job.state == JobState.CANCELLED
    assert not queries.search_page(wanted.pk, viewer=EXAMINER).candidates


def test_several_processes_find_what_one_finds(tmp_path, gallery, monkeypatch):
    monkeypatch.setattr(searching.sweeping, "BLOCK_ENTRIES", 2)
    monkeypatch.setattr(searching, "FEW_ENTRIES", 0)

    one = run(tmp_path, begun(gallery[0]), processes=1)
    two = run(tmp_path, begun(gallery[0]), processes=2)

    pages = [queries.search_page(each.pk, viewer=EXAMINER) for each in (one, two)]
    ranks = [[(c.mark.mark_id, c.score) for c in p.candidates] for p in pages]
    assert ranks[0] == ranks[1]


def test_marks_that_another_method_prepared_are_prepared_anew(tmp_path, gallery):
    PreparedMark.objects.filter(mark=gallery[1]).update(method="of old")
    before = begun(gallery[0])

    done = acts.prepare_marks(folder=tmp_path, by=EXAMINER, at=NOW)

    assert (before.entries, before.left_out) == (5, 1)
    assert done == 1
    assert begun(gallery[0]).entries == 6


def test_a_search_of_an_unknown_mark_is_refused(gallery):
    with pytest.raises(NotFound):
        acts.begin_search(stated=SearchInput(999), by=EXAMINER, at=NOW)
    with pytest.raises(NotPermitted):
        acts.begin_search(stated=SearchInput(gallery[0].pk), by=OFFICER, at=NOW)
    assert not SearchRun.objects.exists()


def test_a_stranger_sees_no_search(tmp_path, gallery):
    done = run(tmp_path, begun(gallery[0]))

    assert not queries.search_rows(viewer=STRANGER, page=PageRequest(1, 9)).rows
    with pytest.raises(NotFound):
        queries.search_page(done.pk, viewer=STRANGER)
    assert queries.search_rows(viewer=ANALYST, page=PageRequest(1, 9)).rows


def test_a_page_of_candidates_asks_as_often_for_six_as_for_three(tmp_path, gallery):
    few = run(tmp_path, begun(gallery[0], gallery=Gallery.SCENES))
    many = run(tmp_path, begun(gallery[0]))

    def cost(wanted):
        with CaptureQueriesContext(connection) as asked:
            queries.search_page(wanted.pk, viewer=ANALYST)
        return len(asked)

    assert cost(few) == cost(many)
