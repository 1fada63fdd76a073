"""Search one mark in many: cells on one grid, multiplied as matrices."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from armstrace.analysis.ballistics import cells as grid
from armstrace.analysis.ballistics import consensus
from armstrace.analysis.ballistics.comparison import Sweep
from armstrace.analysis.ballistics.consensus import Agreement, Sought, Tolerance
from armstrace.analysis.ballistics.preparation import Image, Mark, coarsen
from armstrace.analysis.ballistics.rotation import turn

COARSER = 2
BLOCK_ENTRIES = 256
LEAST_POINTS = 0.35

_TOLERANCE = Tolerance(distance_m=75e-6, angle_deg=6.0, least_score=0.6)


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How a search is made; the defaults are frozen."""

    # Angles; all orientations by default.
    sweep: Sweep = field(default_factory=lambda: Sweep(reach_deg=180.0))
    # When a cell counts at the search pixel.
    tolerance: Tolerance = _TOLERANCE


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """An entry of the gallery as the search sees it."""

    name: str
    # Its cells as found in the probe.
    agreement: Agreement

    @property
    def congruent_cells(self) -> int:
        """Count the cells that agree on one movement."""
        return self.agreement.count

    @property
    def cells(self) -> int:
        """Count the cells of the entry."""
        return len(self.agreement.score)

    @property
    def score(self) -> float:
        """Give the sum of correlations of the congruent cells."""
        return self.agreement.strength


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A mark as a gallery keeps it: cells at the search pixel, about 15 kB."""

    name: str
    cells: grid.Cells


def enrol(name: str, mark: Mark) -> Entry:
    """Cut a mark for a gallery.

    Raises:
        InvalidInput: It holds no cell with enough data, at either pixel.
    """
    grid.require(mark)
    return Entry(name, grid.require(coarsen(mark, COARSER)))


def search(
    probe: Mark,
    entries: Sequence[Entry],
    settings: SearchSettings | None = None,
    *,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Candidate]:
    """Rank the entries of a gallery by how well their cells lie in a probe.

    A search ranks; it does not conclude. What stands first is a candidate for
    ``comparison.compare`` and then for an examiner.

    Args:
        probe: The mark at the working pixel.
        settings: How; the frozen defaults where none.
        progress: Told the number of entries done, after each block.

    Returns:
        All entries, most congruent cells first; ties by the sum of correlations.
    """
    settings = settings or SearchSettings()
    coarse = coarsen(probe, COARSER)
    found: list[Candidate] = []
    for start in range(0, len(entries), BLOCK_ENTRIES):
        block = entries[start : start + BLOCK_ENTRIES]
        found.extend(_block(coarse, block, settings))
        progress(len(found))
    return sorted(found, key=lambda c: (-c.congruent_cells, -c.score, c.name))


@dataclass(slots=True, eq=False)
class _Best:
    """The best place of every cell of a block so far."""

    score: Image
    place: NDArray[np.int64]
    angle: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Stack(grid.Cells):
    """All cells of a block, flat and sorted by their place on the grid."""

    unit: Image
    owner: NDArray[np.int64]

    def groups(self) -> Iterator[tuple[NDArray[np.int64], slice]]:
        """Give each place with the run of its cells."""
        changes = np.any(np.diff(self.places, axis=0) != 0, axis=1)
        starts = [0, *(np.flatnonzero(changes) + 1).tolist(), len(self.places)]
        for low, high in itertools.pairwise(starts):
            yield self.places[low], slice(low, high)


def _block(
    probe: Mark, entries: Sequence[Entry], settings: SearchSettings
) -> Iterator[Candidate]:
    stack = _stack(entries)
    angles_deg = settings.sweep.angles()
    count = len(stack.owner)
    best = _Best(
        np.full(count, -1, np.float32),
        np.zeros(count, np.int64),
        np.zeros(count, np.int64),
    )
    if count:
        for number, angle_deg in enumerate(angles_deg):
            _sweep(probe, stack, best, (number, float(angle_deg)))
    score = _exact(probe, stack, best, angles_deg)
    shift = np.stack(np.divmod(best.place, 2 * stack.side + 1), axis=1) - stack.side
    for number, entry in enumerate(entries):
        own = np.flatnonzero(stack.owner == number)
        sought = Sought(
            (stack.places[own] + 0.5).astype(np.float64) * stack.side,
            shift[own],
            angles_deg[best.angle[own]],
            score[own],
        )
        agreement = consensus.settle(sought, settings.tolerance, probe.pixel_m)
        yield Candidate(entry.name, agreement)


def _stack(entries: Sequence[Entry]) -> _Stack:
    places = np.concatenate([e.cells.places for e in entries])
    order = np.lexsort((places[:, 1], places[:, 0]))
    heights = np.concatenate([e.cells.heights for e in entries])[order]
    weight = np.concatenate([e.cells.weight for e in entries])[order]
    owner = np.repeat(np.arange(len(entries)), [len(e.cells) for e in entries])[order]
    flat = heights.reshape(len(heights), -1)
    norm = np.sqrt((flat * flat).sum(axis=1, keepdims=True))
    unit = flat / np.maximum(norm, 1e-6)
    one = entries[0].cells
    flat_weight = weight.reshape(flat.shape)
    return _Stack(flat, flat_weight, one.pixel_m, places[order], one.side, unit, owner)


def _sweep(probe: Mark, stack: _Stack, best: _Best, angle: tuple[int, float]) -> None:
    """Correlate all cells with the probe under one angle; keep what is better.

    Windows of the probe are brought to zero mean and unit length over their own
    data, so that one product of matrices gives all correlations. Where holes of
    cell and window differ this is too low; ``_exact`` corrects the places found.
    """
    number, angle_deg = angle
    windows = _unit_windows(probe, stack, angle_deg)
    half = _half(stack) // stack.side - 1
    reach = 2 * stack.side + 1
    for place, run in stack.groups():
        row, column = (place + half) * stack.side
        some = windows[row : row + reach, column : column + reach]
        scores = stack.unit[run] @ some.reshape(reach * reach, -1).T
        places = scores.argmax(axis=1)
        top = scores[np.arange(len(places)), places]
        is_better = np.flatnonzero(top > best.score[run]) + run.start
        best.score[is_better] = top[is_better - run.start]
        best.place[is_better] = places[is_better - run.start]
        best.angle[is_better] = number


def _half(stack: _Stack) -> int:
    """Give the pixels from the centre to the edge of all search windows."""
    return (int(np.abs(stack.places + 0.5).max() + 0.5) + 1) * stack.side


def _unit_windows(probe: Mark, stack: _Stack, angle_deg: float) -> Image:
    """Give every window of the turned probe: (rows, columns, side * side)."""
    side = stack.side
    heights, weight = turn(probe, angle_deg, _half(stack))
    windows = sliding_window_view(heights, (side, side))
    shape = (*windows.shape[:2], side * side)
    values = windows.reshape(shape)
    masks = sliding_window_view(weight, (side, side)).reshape(shape)
    points = masks.sum(axis=2)
    mean = values.sum(axis=2) / np.maximum(points, 1)
    values -= mean[:, :, None] * masks
    norm = np.sqrt(np.einsum("ijk,ijk->ij", values, values))
    is_valid = (points >= LEAST_POINTS * side * side) & (norm > 1e-3)
    values *= (is_valid / np.maximum(norm, 1e-3))[:, :, None]
    return values


def _exact(
    probe: Mark, stack: _Stack, best: _Best, angles_deg: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the masked correlation of each cell at the place found for it."""
    score = np.zeros(len(stack.owner))
    half, side = _half(stack), stack.side
    corners = (stack.places - 1) * side + half
    corners = corners + np.stack(np.divmod(best.place, 2 * side + 1), axis=1)
    for number in np.unique(best.angle):
        own = np.flatnonzero(best.angle == number)
        images = turn(probe, float(angles_deg[number]), half)
        f, m = (
            sliding_window_view(i, (side, side))[corners[own, 0], corners[own, 1]]
            for i in images
        )
        common = m.reshape(len(own), -1) * stack.weight[own]
        score[own] = _correlations(f.reshape(len(own), -1), stack.heights[own], common)
    return score


def _correlations(f: Image, g: Image, common: Image) -> NDArray[np.float64]:
    points = np.maximum(common.sum(axis=1, keepdims=True), 1)
    one = (f - (f * common).sum(axis=1, keepdims=True) / points) * common
    two = (g - (g * common).sum(axis=1, keepdims=True) / points) * common
    spread = np.sqrt((one * one).sum(axis=1) * (two * two).sum(axis=1))
    correlations: NDArray[np.float64] = (one * two).sum(axis=1) / np.maximum(
        spread, 1e-6
    )
    return correlations
