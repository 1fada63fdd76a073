import io
import zipfile
from datetime import date

import pytest

from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.synthetic_marks import Firing, Tool, fire
from armstrace.analysis.ballistics.x3p import writer
from armstrace.analysis.ballistics.x3p.reader import Provenance
from armstrace.audit import verify
from armstrace.ballistics import lengths, queries
from armstrace.ballistics.actions import enrolling
from armstrace.ballistics.inputs import ClassInput, ReceivedScan, RescanInput
from armstrace.ballistics.models import BallisticMark, PreparedMark, Scan
from armstrace.evidence import queries as evidence
from armstrace.vocabulary.ballistics import (
    BreechFacePattern,
    ChecksumState,
    MarkedPart,
    MarkOrigin,
    RegionOrigin,
)
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from tests.analysis.ballistics.x3p import archives
from tests.ballistics.marks import content, enrolled, scan
from tests.builders import a_recovery, recovered, registered
from tests.cast import AUDITOR, EXAMINER, NOW, OFFICER, STATISTICIAN, STRANGER

pytestmark = pytest.mark.django_db

FIRST_PAGE = PageRequest(1, 50)
RING = Ring(1.8e-3, 1.8e-3, 1.7e-3, 0.85e-3)


def altered(whole: bytes) -> bytes:
    """Change points of a scan and leave their checksum as it was."""
    source, changed = zipfile.ZipFile(io.BytesIO(whole)), io.BytesIO()
    with zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            part = bytearray(source.read(name))
            if name.endswith("data.bin"):
                part[40000] ^= 1
            target.writestr(name, bytes(part))
    return changed.getvalue()


def test_a_scan_is_kept_as_it_came_with_its_hash_and_provenance(tmp_path):
    (recovery,) = recovered()

    mark = enrolled(tmp_path, recovery_id=recovery)

    page = queries.mark_page(mark.pk, viewer=EXAMINER)
    kept = evidence.path_of(page.scan.file.sha256, tmp_path)
    assert kept.read_bytes() == content(1, 1)
    assert page.scan.instrument == "Synthetic Microscope"
    assert page.scan.calibrated_on.isoformat() == "2026-09-15"
    assert page.scan.points_sum == ChecksumState.AGREES
    assert page.region.origin == RegionOrigin.PROPOSED
    assert page.row.part is MarkedPart.SLIDE_OR_BREECH
    assert page.row.agency == "VNP"
    assert PreparedMark.objects.filter(mark=mark).exists()


def test_a_test_fire_of_a_registered_arm_belongs_to_the_arm(tmp_path):
    (arm,) = registered()

    mark = enrolled(tmp_path, arm_id=arm, part_number_as_marked="SL-9")

    (row,) = queries.marks_of_arms([arm], viewer=EXAMINER)[arm]
    assert (row.mark_id, row.owner) == (mark.pk, f"A{arm}")
    assert row.part_number_as_marked == "SL-9"


def test_BL_01_a_mark_belongs_to_one_thing(tmp_path):
    (recovery,), (arm,) = recovered(), registered()

    for told in ({}, {"recovery_id": recovery, "arm_id": arm}):
        with pytest.raises(RuleBroken) as refused:
            enrolled(tmp_path, **told)
        assert refused.value.rule == "BL-01"
    assert not BallisticMark.objects.exists()


def test_BL_02_a_mark_of_a_registered_arm_is_a_test_fire(tmp_path):
    (arm,) = registered()

    with pytest.raises(RuleBroken) as refused:
        enrolled(tmp_path, arm_id=arm, origin=MarkOrigin.EXHIBIT)

    assert refused.value.rule == "BL-02"


def test_BL_03_altered_points_are_refused_and_leave_nothing(tmp_path):
    (recovery,) = recovered()
    received = ReceivedScan(altered(content()), "changed.x3p")

    with pytest.raises(RuleBroken, match=r"changed\.x3p differ") as refused:
        enrolled(tmp_path, received=received, recovery_id=recovery)

    assert refused.value.rule == "BL-03"
    assert not Scan.objects.exists()
    assert not list(tmp_path.iterdir())


def test_a_reason_for_altered_points_is_not_kept_where_the_points_agree(tmp_path):
    (recovery,) = recovered()

    mark = enrolled(tmp_path, recovery_id=recovery, accepted_because="To be sure.")

    page = queries.mark_page(mark.pk, viewer=EXAMINER)
    assert page.scan.points_sum == ChecksumState.AGREES
    assert page.scan.accepted_because == ""


def test_BL_11_one_scan_is_not_of_two_exhibits_unless_a_reason_says_so(tmp_path):
    first, second = recovered(a_recovery("S-1"), a_recovery("S-2"))
    mark = enrolled(tmp_path, recovery_id=first)

    with pytest.raises(RuleBroken, match=mark.reference) as refused:
        enrolled(tmp_path, recovery_id=second)
    enrolled(tmp_path, recovery_id=first)
    again = enrolled(
        tmp_path, recovery_id=second, accepted_because="The exhibit was moved."
    )

    assert refused.value.rule == "BL-11"
    page = queries.mark_page(again.pk, viewer=EXAMINER)
    assert page.scan.reason == "The exhibit was moved."


def test_an_examiner_accepts_altered_points_with_a_reason_that_is_kept(tmp_path):
    (recovery,) = recovered()
    received = ReceivedScan(altered(content()), "changed.x3p")

    mark = enrolled(
        tmp_path,
        received=received,
        recovery_id=recovery,
        accepted_because="The maker confirms the export fault.",
    )

    page = queries.mark_page(mark.pk, viewer=EXAMINER)
    assert page.scan.points_sum == ChecksumState.DIFFERS
    assert page.scan.accepted_because == "The maker confirms the export fault."


def test_a_file_that_is_no_scan_is_refused(tmp_path):
    (recovery,) = recovered()

    with pytest.raises(InvalidInput, match="X3P"):
        enrolled(
            tmp_path, received=ReceivedScan(b"GIF89a", "x.gif"), recovery_id=recovery
        )


def test_a_name_with_a_path_is_only_a_name(tmp_path):
    (recovery,) = recovered()
    received = ReceivedScan(content(), "../../etc/..")

    mark = enrolled(tmp_path, received=received, recovery_id=recovery)

    page = queries.mark_page(mark.pk, viewer=EXAMINER)
    assert page.scan.file.name_as_given == "../../etc/.."


def test_only_examiners_enrol(tmp_path):
    (recovery,) = recovered()

    for stranger in (OFFICER, AUDITOR, STATISTICIAN):
        with pytest.raises(NotPermitted):
            enrolled(tmp_path, recovery_id=recovery, by=stranger)


def test_an_unknown_owner_is_refused(tmp_path):
    with pytest.raises(NotFound):
        enrolled(tmp_path, recovery_id=99)
    with pytest.raises(NotFound):
        enrolled(tmp_path, arm_id=99)


def test_a_region_that_a_person_sets_replaces_the_proposed_one(tmp_path):
    (recovery,) = recovered()
    mark = enrolled(tmp_path, recovery_id=recovery)
    before = bytes(PreparedMark.objects.get(mark=mark).cells)

    enrolling.set_region(
        mark_id=mark.pk,
        ring=Ring(1.8e-3, 1.8e-3, 1.2e-3, 0.85e-3),
        reason="",
        folder=tmp_path,
        by=EXAMINER,
        at=NOW,
    )

    page = queries.mark_page(mark.pk, viewer=EXAMINER)
    assert page.region.origin == RegionOrigin.SET
    assert [each.superseded_at for each in page.regions] == [None, NOW]
    assert bytes(PreparedMark.objects.get(mark=mark).cells) != before


def test_a_region_that_was_set_changes_with_a_reason_only(tmp_path):
    (recovery,) = recovered()
    mark = enrolled(tmp_path, recovery_id=recovery, region=RING)

    with pytest.raises(InvalidInput, match="reason"):
        enrolling.set_region(
            mark_id=mark.pk,
            ring=RING,
            reason=" ",
            folder=tmp_path,
            by=EXAMINER,
            at=NOW,
        )


@pytest.mark.parametrize(
    "stated",
    [
        Ring(1.8e-3, 1.8e-3, 1e96),
        Ring(9e-3, 1.8e-3, 1.7e-3),
        Ring(1.8e-3, float("nan"), 1.7e-3),
        Ring(1.8e-3, 1.8e-3, 1.7e-3, 0.0, ((0, 0), (1, 0), (1, 1))),
    ],
)
def test_a_region_lies_on_the_scan(tmp_path, stated):
    (recovery,) = recovered()

    with pytest.raises(InvalidInput, match="mm wide and") as refused:
        enrolled(tmp_path, recovery_id=recovery, region=stated)

    assert refused.value.field == "region"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"origin": MarkOrigin.TEST_FIRE, "fired_on": date(2099, 1, 1)}, "fired_on"),
        ({"origin": MarkOrigin.EXHIBIT, "fired_on": date(2026, 1, 1)}, "fired_on"),
        ({"calibrated_on": date(2099, 1, 1)}, "calibrated_on"),
    ],
)
def test_a_day_that_cannot_be_is_refused(tmp_path, told, field):
    (recovery,) = recovered()

    with pytest.raises(InvalidInput) as refused:
        enrolled(tmp_path, recovery_id=recovery, **told)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"label": "L" * 121}, "label"),
        ({"part_number_as_marked": "9" * 121}, "part_number_as_marked"),
        ({"accepted_because": "because " * 63}, "accepted_because"),
        ({"described": ClassInput(calibre="9" * 81)}, "calibre"),
    ],
)
def test_a_text_that_is_too_long_is_refused_by_name_and_length(tmp_path, told, field):
    (recovery,) = recovered()
    most = lengths.TEXTS[field].most

    with pytest.raises(InvalidInput, match=f"at most {most}") as refused:
        enrolled(tmp_path, recovery_id=recovery, **told)

    assert refused.value.field == field
    assert not BallisticMark.objects.exists()


def test_what_the_file_says_of_itself_is_kept_whole(tmp_path):
    (recovery,) = recovered()
    maker = "Instruments of Varnia " * 40
    path = tmp_path / "scan.x3p"
    writer.write(path, fire(Tool(1), Firing(1)), Provenance(manufacturer=maker))
    received = ReceivedScan(path.read_bytes(), "scan.x3p")

    mark = enrolled(tmp_path, recovery_id=recovery, received=received)

    page = queries.mark_page(mark.pk, viewer=EXAMINER)
    assert page.scan.instrument == maker.strip()


def test_a_scan_of_a_few_points_has_no_mark(tmp_path):
    (recovery,) = recovered()
    path = archives.sound_file(tmp_path)
    few = ReceivedScan(path.read_bytes(), "pyramid.x3p")

    with pytest.raises(InvalidInput, match="holds 53 measured points"):
        enrolled(tmp_path, recovery_id=recovery, received=few)


def test_an_outline_leaves_out_what_lies_beside_it(tmp_path):
    (recovery,) = recovered()
    half = ((0.0, 0.0), (1.8e-3, 0.0), (1.8e-3, 3.6e-3), (0.0, 3.6e-3))
    outlined = Ring(1.8e-3, 1.8e-3, 1.7e-3, 0.85e-3, half)

    whole = enrolled(tmp_path, recovery_id=recovery, region=RING)
    left = enrolled(tmp_path, 1, 2, recovery_id=recovery, region=outlined)

    found = {
        mark.pk: queries.prepare_mark(mark.pk, folder=tmp_path, viewer=EXAMINER)
        for mark in (whole, left)
    }
    kept = found[left.pk].weight
    middle = kept.shape[1] // 2
    assert kept[:, : middle - 1].sum() > 1000
    assert kept[:, middle + 1 :].sum() == 0
    assert found[whole.pk].weight[:, middle + 1 :].sum() > 1000


def test_class_characteristics_are_corrected_by_a_new_record(tmp_path):
    (recovery,) = recovered()
    mark = enrolled(
        tmp_path, recovery_id=recovery, described=ClassInput(calibre="9x19mm")
    )
    stated = ClassInput(
        calibre="9x19mm", breech_face_pattern=BreechFacePattern.PARALLEL
    )

    enrolling.describe_class(
        mark_id=mark.pk, stated=stated, reason="Seen by light.", by=EXAMINER, at=NOW
    )

    page = queries.mark_page(mark.pk, viewer=EXAMINER)
    assert page.row.described.breech_face_pattern is BreechFacePattern.PARALLEL
    assert [told.reason for told in page.classes] == ["Seen by light.", ""]


def test_a_new_scan_supersedes_the_one_before(tmp_path):
    (recovery,) = recovered()
    mark = enrolled(tmp_path, recovery_id=recovery)

    enrolling.replace_scan(
        stated=RescanInput(mark.pk, scan(1, 2), "Measured with a stronger lens."),
        folder=tmp_path,
        by=EXAMINER,
        at=NOW,
    )

    page = queries.mark_page(mark.pk, viewer=EXAMINER)
    assert [each.superseded_at for each in page.scans] == [None, NOW]
    assert page.region.scan_id == page.scan.pk


def test_a_viewer_of_another_agency_sees_no_mark(tmp_path):
    (recovery,) = recovered(a_recovery())
    mark = enrolled(tmp_path, recovery_id=recovery)
    where = queries.MarkFilter()

    seen = queries.mark_rows(where, viewer=OFFICER, page=FIRST_PAGE)
    hidden = queries.mark_rows(where, viewer=STRANGER, page=FIRST_PAGE)

    assert [row.mark_id for row in seen.rows] == [mark.pk]
    assert not hidden.rows
    with pytest.raises(NotFound):
        queries.mark_page(mark.pk, viewer=STRANGER)
    with pytest.raises(NotPermitted):
        queries.mark_page(mark.pk, viewer=STATISTICIAN)


@pytest.mark.unledgered
def test_the_ledger_vouches_for_marks_and_not_for_what_is_prepared(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)
    (recovery,) = recovered()
    mark = enrolled(tmp_path, recovery_id=recovery)
    PreparedMark.objects.filter(mark=mark).update(method="of old")

    assert verify.verify().is_sound

    BallisticMark.objects.filter(pk=mark.pk).update(label="another")
    assert not verify.verify().is_sound
