"""Ballistic marks of the synthetic country: scenes, test fires, links, a search."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from django.conf import settings

from armstrace.analysis.ballistics import comparison, synthetic_marks
from armstrace.analysis.ballistics.references import Pair, Population, build
from armstrace.analysis.ballistics.synthetic_marks import Kind, Tool
from armstrace.analysis.ballistics.x3p import writer
from armstrace.analysis.ballistics.x3p.reader import Provenance
from armstrace.ballistics.actions import (
    comparing,
    concluding,
    enrolling,
    references,
    searching,
)
from armstrace.ballistics.actions.references import StatedSet
from armstrace.ballistics.inputs import (
    ClassInput,
    ConclusionInput,
    MarkInput,
    ReceivedScan,
    SearchInput,
)
from armstrace.cli.demonstrating_decisions import person
from armstrace.jobs.running import JobContext
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.ballistics import (
    BreechFacePattern,
    FiringPinShape,
    MarkOrigin,
    MarkType,
    Verdict,
)
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.paging import PageRequest

MOST_MARKS, FEWEST_MARKS = 40, 8
ARMS_A_MARK = 1000
ROWS = 500
REFERENCE_SET = "Pistols of Varnia (synthetic)"
SOURCES, CELLS, REFERENCE_SEED = 10, 40, 3
# Shares of congruent cells as beta distributions: one source, two sources.
SAME, OTHER = (3.0, 4.0), (2.0, 38.0)
INSTRUMENT = Provenance(
    creator="Forensic Laboratory of Varnia (synthetic)",
    manufacturer="Synthetic",
    model="Microscope",
    measured_at="2026-10-01T09:00:00",
    calibrated_at="2026-09-15",
)
type _Row = recoveries.RecoveryRow | registry.ArmRow
AGREE = "The lines of the breech face agree over most of the ring (synthetic)."


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose mark it is, and which slide left it."""

    tool: int
    row: _Row
    origin: MarkOrigin


def enrol_marks(size: int, left_out: Collection[int] = ()) -> None:
    """Enrol marks of pistols, link two pairs and search once, as two examiners would.

    Args:
        size: Registered arms of the country; a mark for each thousand.
    """
    first, second = (
        person(name, Purpose.INVESTIGATION) for name in ("examiner", "examiner2")
    )
    wanted = min(max(size // ARMS_A_MARK, FEWEST_MARKS), MOST_MARKS)
    folder = Path(settings.MEDIA_ROOT)
    pairs, alone = _owners(wanted, first, left_out)
    if pairs:
        _load_reference_set(pairs[0][0].row, first)
    owners = [*(owner for pair in pairs for owner in pair), *alone]
    marks = [
        _enrol(owner, number, first, folder, is_plain=number < 2 * len(pairs))
        for number, owner in enumerate(owners)
    ]
    for start in range(0, 2 * min(len(pairs), 2), 2):
        _identify((marks[start], marks[start + 1]), first, second, folder)
    if not marks:
        return
    run = searching.begin_search(
        stated=SearchInput(marks[2 * max(len(pairs) - 1, 0)], compare_closer=3),
        by=first,
        at=datetime.now(UTC),
    )
    searching.run_search(
        run_id=run.pk,
        folder=folder,
        context=JobContext("demo"),
        by=first,
        at=datetime.now(UTC),
    )


def _owners(
    wanted: int, by: Actor, left_out: Collection[int]
) -> tuple[list[tuple[_Owner, _Owner]], Iterator[_Owner]]:
    """Give owners: up to three pairs of one slide each, then a slide for each mark.

    All are pistols: only an arm with a slide or breech block of its own kind and
    calibre can have left both marks of a pair. The first is the test fire of a
    recovered pistol whose serial number was erased.
    """
    erased = _recoveries_of(by, SerialStatus.OBLITERATED)
    scenes = [row for row in _recoveries_of(by, "") if row.recovery_id not in left_out]
    where = registry.ArmFilter(arm_type=ArmType.PISTOL)
    page = PageRequest(1, ROWS)
    arms = list(registry.arm_rows(where, viewer=by, page=page).rows)
    used: set[str] = set()
    pairs = []
    sides: tuple[tuple[Sequence[_Row], Sequence[_Row]], ...] = (
        (erased, scenes),
        (scenes, arms),
        (scenes, arms),
    )
    for tool, (ones, others) in enumerate(sides, start=1):
        found = _alike(ones, others, used)
        if found:
            one, other = found
            origin = MarkOrigin.TEST_FIRE if ones is erased else MarkOrigin.EXHIBIT
            pairs.append((_Owner(tool, one, origin), _Owner(tool, other, _from(other))))
    every: list[_Row] = [*scenes, *arms]
    left = [row for row in every if row.reference not in used]
    step = max(len(left) // max(wanted - 2 * len(pairs), 1), 1)
    alone = (
        _Owner(len(sides) + number, row, _from(row))
        for number, row in enumerate(left[::step][: wanted - 2 * len(pairs)], start=1)
    )
    return pairs, alone


def _recoveries_of(by: Actor, status: str) -> list[recoveries.RecoveryRow]:
    where = recoveries.RecoveryFilter(
        arm_type=ArmType.PISTOL.value, serial_status=status
    )
    page = PageRequest(1, ROWS)
    return list(recoveries.recovery_rows(where, viewer=by, page=page).rows)


def _alike(
    ones: Sequence[_Row], others: Sequence[_Row], used: set[str]
) -> tuple[_Row, _Row] | None:
    """Give the first two of one make and calibre, and mark both as used."""
    for one in ones:
        for other in others:
            is_free = one.reference != other.reference and not used & {
                one.reference,
                other.reference,
            }
            if is_free and _kin(one) is not None and _kin(one) == _kin(other):
                used |= {one.reference, other.reference}
                return one, other
    return None


def _kin(row: _Row) -> tuple[str, str] | None:
    kin = (row.make.casefold(), row.calibre.casefold())
    return kin if all(kin) else None


def _from(row: _Row) -> MarkOrigin:
    is_arm = isinstance(row, registry.ArmRow)
    return MarkOrigin.TEST_FIRE if is_arm else MarkOrigin.EXHIBIT


def _enrol(
    owner: _Owner, number: int, by: Actor, folder: Path, *, is_plain: bool
) -> int:
    row = owner.row
    mark = enrolling.enrol_mark(
        stated=MarkInput(
            origin=owner.origin,
            recovery_id=None if isinstance(row, registry.ArmRow) else row.recovery_id,
            arm_id=row.arm_id if isinstance(row, registry.ArmRow) else None,
            described=_class(row.calibre, row.make, owner.tool),
        ),
        scan=_scan(owner.tool, number, is_plain=is_plain),
        folder=folder,
        by=by,
        at=datetime.now(UTC),
    )
    return mark.pk


def _load_reference_set(row: _Row, by: Actor) -> None:
    """Load a set for pistols of one make and calibre; its counts are drawn."""
    rng = np.random.default_rng(REFERENCE_SEED)
    pairs = [
        Pair(f"S{one}", f"S{other}", _drawn(rng, is_same=one == other), CELLS)
        for one, other in [
            *combinations(range(1, SOURCES + 1), 2),
            *((source, source) for source in range(1, SOURCES + 1) for _ in range(3)),
        ]
    ]
    population = Population(
        MarkType.BREECH_FACE.label,
        row.make,
        row.calibre,
        f"{INSTRUMENT.manufacturer} {INSTRUMENT.model}",
        comparison.METHOD,
    )
    references.load_reference_set(
        stated=StatedSet(build(REFERENCE_SET, population, pairs)),
        by=by,
        at=datetime.now(UTC),
    )


def _drawn(rng: np.random.Generator, *, is_same: bool) -> int:
    return int(rng.binomial(CELLS, rng.beta(*(SAME if is_same else OTHER))))


def _class(calibre: str, maker: str, tool: int) -> ClassInput:
    patterns = [one for one in BreechFacePattern if one is not one.UNKNOWN]
    shapes = [one for one in FiringPinShape if one is not one.UNKNOWN]
    return ClassInput(
        calibre,
        maker,
        breech_face_pattern=patterns[tool % len(patterns)],
        firing_pin_shape=shapes[tool % len(shapes)],
    )


def _scan(tool: int, number: int, *, is_plain: bool) -> ReceivedScan:
    rng = np.random.default_rng([tool, number])
    kind = Kind.PLAIN if is_plain else synthetic_marks.drawn_kind(rng)
    firing = synthetic_marks.of_kind(kind, number, rng=rng)
    surface = synthetic_marks.fire(Tool(tool, tool), firing)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scan.x3p"
        writer.write(path, surface, INSTRUMENT)
        return ReceivedScan(path.read_bytes(), f"varnia-{number + 1:02}.x3p")


def _identify(pair: tuple[int, int], first: Actor, second: Actor, folder: Path) -> None:
    now = datetime.now(UTC)
    kept = comparing.compare_marks(
        first_id=pair[0], second_id=pair[1], folder=folder, by=first, at=now
    )
    stated = ConclusionInput(pair, Verdict.IDENTIFICATION, AGREE, kept.pk)
    said = concluding.conclude(stated=stated, by=first, at=now)
    concluding.review_conclusion(
        conclusion_id=said.pk,
        verdict=Verdict.IDENTIFICATION,
        reason=AGREE,
        by=second,
        at=datetime.now(UTC),
    )
