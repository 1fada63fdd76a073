"""Ballistic marks of the synthetic country: scenes, test fires, links, a search."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from django.conf import settings

from armstrace.accounts import actors
from armstrace.accounts import queries as accounts
from armstrace.analysis.ballistics import synthetic_marks
from armstrace.analysis.ballistics.synthetic_marks import Kind, Tool
from armstrace.analysis.ballistics.x3p import writer
from armstrace.analysis.ballistics.x3p.reader import Provenance
from armstrace.ballistics.actions import comparing, concluding, enrolling, searching
from armstrace.ballistics.searching import SearchWatch
from armstrace.ballistics.stated import (
    ReceivedScan,
    StatedClass,
    StatedConclusion,
    StatedMark,
    StatedSearch,
)
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.ballistics import (
    BreechFacePattern,
    FiringPinShape,
    MarkOrigin,
    Verdict,
)
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.paging import PageRequest

MOST_MARKS, FEWEST_MARKS = 40, 8
ARMS_A_MARK = 1000
INSTRUMENT = Provenance(
    creator="Forensic Laboratory of Varnia (synthetic)",
    manufacturer="Synthetic",
    model="Microscope",
    measured_at="2026-10-01T09:00:00",
    calibrated_at="2026-09-15",
)
AGREE = "The lines of the breech face agree over most of the ring (synthetic)."


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose mark it is, and which slide left it."""

    tool: int
    recovery_id: int | None
    arm_id: int | None
    origin: MarkOrigin
    described: StatedClass


def enrol_marks(size: int) -> None:
    """Enrol marks, link two pairs and search once, as two examiners would.

    Args:
        size: Registered arms of the country; a mark for each thousand.
    """
    first, second = _examiner("examiner"), _examiner("examiner2")
    wanted = min(max(size // ARMS_A_MARK, FEWEST_MARKS), MOST_MARKS)
    folder = Path(settings.MEDIA_ROOT)
    marks = []
    for number, owner in enumerate(_owners(wanted, first)):
        mark = enrolling.enrol_mark(
            stated=StatedMark(
                origin=owner.origin,
                recovery_id=owner.recovery_id,
                arm_id=owner.arm_id,
                described=owner.described,
            ),
            scan=_scan(owner.tool, number),
            folder=folder,
            by=first,
            at=datetime.now(UTC),
        )
        marks.append(mark.pk)
    for pair in ((marks[0], marks[1]), (marks[2], marks[3])):
        _identify(pair, first, second, folder)
    run = searching.begin_search(
        stated=StatedSearch(marks[4], compare_closer=3),
        by=first,
        at=datetime.now(UTC),
    )
    searching.run_search(
        run_id=run.pk,
        folder=folder,
        watch=SearchWatch("demo"),
        by=first,
        at=datetime.now(UTC),
    )


def _examiner(name: str) -> Actor:
    user = accounts.user_named(name, viewer=actors.system_actor())
    return actors.actor_for(user, Purpose.INVESTIGATION)


def _owners(wanted: int, by: Actor) -> Iterator[_Owner]:
    """Give owners: three pairs of one slide each, then a slide for each mark.

    The first is the test fire of a recovered arm whose serial number was erased.
    """
    erased = _recoveries(by, 1, SerialStatus.OBLITERATED)
    scenes = [*erased, *_recoveries(by, wanted, "")]
    page = PageRequest(1, wanted)
    arms = registry.arm_rows(registry.ArmFilter(), viewer=by, page=page).rows
    for number in range(wanted):
        tool = number // 2 + 1 if number < 6 else number
        is_arm = number in {3, 5} or (number > 6 and number % 3 == 0)
        row = arms[number % len(arms)] if is_arm else scenes[number % len(scenes)]
        is_fired = is_arm or number == 0
        yield _Owner(
            tool,
            None if is_arm else row.recovery_id,  # type: ignore[union-attr]  # told apart by is_arm
            row.arm_id if is_arm else None,  # type: ignore[union-attr]  # likewise
            MarkOrigin.TEST_FIRE if is_fired else MarkOrigin.EXHIBIT,
            _class(row.calibre, row.make, tool),
        )


def _recoveries(by: Actor, wanted: int, status: str) -> list[recoveries.RecoveryRow]:
    where = recoveries.RecoveryFilter(serial_status=status)
    page = PageRequest(1, wanted)
    return list(recoveries.recovery_rows(where, viewer=by, page=page).rows)


def _class(calibre: str, maker: str, tool: int) -> StatedClass:
    patterns = [one for one in BreechFacePattern if one is not one.UNKNOWN]
    shapes = [one for one in FiringPinShape if one is not one.UNKNOWN]
    return StatedClass(
        calibre,
        maker,
        breech_face_pattern=patterns[tool % len(patterns)],
        firing_pin_shape=shapes[tool % len(shapes)],
    )


def _scan(tool: int, number: int) -> ReceivedScan:
    rng = np.random.default_rng([tool, number])
    is_paired = number < 6
    kind = Kind.PLAIN if is_paired else synthetic_marks.drawn_kind(rng)
    firing = synthetic_marks.of_kind(kind, number, rng=rng)
    surface = synthetic_marks.fired(Tool(tool, tool), firing)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scan.x3p"
        writer.write(path, surface, INSTRUMENT)
        return ReceivedScan(path.read_bytes(), f"varnia-{number + 1:02}.x3p")


def _identify(pair: tuple[int, int], first: Actor, second: Actor, folder: Path) -> None:
    now = datetime.now(UTC)
    kept = comparing.compare_marks(
        first_id=pair[0], second_id=pair[1], folder=folder, by=first, at=now
    )
    stated = StatedConclusion(pair, Verdict.IDENTIFICATION, AGREE, kept.pk)
    said = concluding.conclude(stated=stated, by=first, at=now)
    concluding.review_conclusion(
        conclusion_id=said.pk,
        verdict=Verdict.IDENTIFICATION,
        reason=AGREE,
        by=second,
        at=datetime.now(UTC),
    )
