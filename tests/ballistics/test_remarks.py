import numpy as np
import pytest

from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.analysis.ballistics.x3p import writer
from armstrace.ballistics import likelihood_ratio, queries
from armstrace.ballistics.actions import enrolling
from armstrace.ballistics.inputs import ClassInput, ReceivedScan
from tests.ballistics.marks import LENS, compared, enrolled
from tests.builders import a_recovery, glock, recovered
from tests.cast import EXAMINER, NOW

pytestmark = pytest.mark.django_db


def remarks_of(kept):
    return [*map(str, queries.comparison_page(kept.pk, viewer=EXAMINER).remarks)]


def test_a_mark_of_another_calibre_than_its_arm_is_remarked_on(tmp_path):
    (recovery,) = recovered()
    same = enrolled(tmp_path, recovery_id=recovery, described=ClassInput("9 mm Luger"))
    other = enrolled(
        tmp_path, 1, 2, recovery_id=recovery, described=ClassInput(".45 ACP")
    )

    assert queries.mark_page(same.pk, viewer=EXAMINER).remarks == ()
    (said,) = map(str, queries.mark_page(other.pk, viewer=EXAMINER).remarks)
    assert f"{other.reference} is said to be of calibre .45 ACP" in said
    told = remarks_of(compared(tmp_path, same, other))
    assert said in told
    assert "The marks are of two calibres: 9 mm Luger and .45 ACP." in told


def test_a_slide_mark_of_a_revolver_is_remarked_on(tmp_path):
    revolver = glock(
        "Z1", type="revolver", make="Colt", model="Python", calibre=".357 Magnum"
    )
    (recovery,) = recovered(a_recovery(description=revolver))

    mark = enrolled(tmp_path, recovery_id=recovery)

    (said,) = map(str, queries.mark_page(mark.pk, viewer=EXAMINER).remarks)
    assert said.startswith(f"R{recovery} is a revolver")


def test_unchecked_regions_and_other_settings_are_remarked_on(tmp_path):
    (recovery,) = recovered()
    pair = [enrolled(tmp_path, 1, n, recovery_id=recovery) for n in (1, 2)]
    before = compared(tmp_path, *pair)
    unchecked = f"The region of {pair[0].reference} was proposed"
    assert any(said.startswith(unchecked) for said in remarks_of(before))

    for mark in pair:
        enrolling.set_region(
            mark_id=mark.pk,
            ring=Ring(1.8e-3, 1.8e-3, 1.1e-3, 0.85e-3),
            reason="",
            folder=tmp_path,
            by=EXAMINER,
            at=NOW,
        )
    (said,) = remarks_of(compared(tmp_path, *pair))

    assert said.startswith(f"{before.reference} found {before.congruent_cells} of")
    assert said.endswith("region.")


def test_one_scan_on_two_marks_is_remarked_on(tmp_path):
    (recovery,) = recovered()
    pair = [enrolled(tmp_path, recovery_id=recovery) for _ in range(2)]

    assert remarks_of(compared(tmp_path, *pair))[0] == str(likelihood_ratio.ONE_SCAN)


def test_a_scan_too_narrow_for_a_breech_face_is_remarked_on(tmp_path):
    (recovery,) = recovered()
    land = Surface(np.random.default_rng(1).normal(0, 1e-6, (60, 200)), 12e-6, 12e-6)
    writer.write(tmp_path / "land.x3p", land, LENS)
    file = ReceivedScan((tmp_path / "land.x3p").read_bytes(), "land.x3p")

    mark = enrolled(tmp_path, received=file, recovery_id=recovery)

    (said,) = map(str, queries.mark_page(mark.pk, viewer=EXAMINER).remarks)
    assert said.startswith(f"The scan of {mark.reference} is 2.4 by 0.7 mm")
