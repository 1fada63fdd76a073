"""Synthetic scans on record: builders for tests of ballistics."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from armstrace.analysis.ballistics.synthetic_marks import Firing, Tool, fire
from armstrace.analysis.ballistics.x3p import writer
from armstrace.analysis.ballistics.x3p.reader import Provenance
from armstrace.ballistics.actions import comparing, concluding, enrolling
from armstrace.ballistics.inputs import ConclusionInput, MarkInput, ReceivedScan
from armstrace.vocabulary.ballistics import MarkOrigin, Verdict
from tests.cast import EXAMINER, NOW, SECOND_EXAMINER

LENS = Provenance(
    creator="Synthetic laboratory",
    manufacturer="Synthetic",
    model="Microscope",
    serial="7",
    measured_at="2026-10-01T10:00:00",
    calibrated_at="2026-09-15",
)


@cache
def content(tool: int = 1, firing: int = 1, **how: float) -> bytes:
    """Give the bytes of a scan of a tool's firing."""
    surface = fire(Tool(tool), Firing(firing, **how))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scan.x3p"
        writer.write(path, surface, LENS)
        return path.read_bytes()


def scan(tool: int = 1, firing: int = 1, **how: float) -> ReceivedScan:
    return ReceivedScan(content(tool, firing, **how), f"T{tool}-{firing}.x3p")


def enrolled(folder, tool=1, firing=1, *, received=None, by=EXAMINER, at=NOW, **told):
    """Enrol the mark of a tool's firing; an exhibit of a recovery by default."""
    if "arm_id" in told:
        told = {"origin": MarkOrigin.TEST_FIRE} | told
    return enrolling.enrol_mark(
        stated=MarkInput(**told),
        scan=received or scan(tool, firing),
        folder=folder,
        by=by,
        at=at,
    )


def compared(folder, first, second, *, by=EXAMINER, at=NOW):
    return comparing.compare_marks(
        first_id=first.pk, second_id=second.pk, folder=folder, by=by, at=at
    )


def concluded(first, second, verdict, comparison=None, *, by=EXAMINER, at=NOW):
    stated = ConclusionInput(
        (first.pk, second.pk),
        verdict,
        "Lines of the breech face agree throughout.",
        comparison.pk if comparison else None,
    )
    return concluding.conclude(stated=stated, by=by, at=at)


def identified(folder, first, second, *, at=NOW):
    """Have two examiners identify two marks."""
    found = compared(folder, first, second, at=at)
    said = concluded(first, second, Verdict.IDENTIFICATION, found, at=at)
    concluding.review_conclusion(
        conclusion_id=said.pk,
        verdict=Verdict.IDENTIFICATION,
        reason="Seen again without knowing the first result.",
        by=SECOND_EXAMINER,
        at=at,
    )
    return said
