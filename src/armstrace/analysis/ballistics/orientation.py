"""Compare marks whose orientation on the stage is not known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from armstrace.analysis.ballistics import comparison, gallery, placing
from armstrace.analysis.ballistics.comparison import Comparison, Settings, Sweep
from armstrace.analysis.ballistics.gallery import Candidate, Entry
from armstrace.analysis.ballistics.preparation import Mark

ENOUGH_CELLS = 6
PLACES = 2
NEAR_DEG = 9.0


@dataclass(frozen=True, slots=True, eq=False)
class Closer:
    """A candidate of a search, and its comparison where one was made."""

    # As the search ranked it.
    candidate: Candidate
    # Both directions at the working pixel, or None where the candidate stands too low
    # in the ranking.
    comparison: Comparison | None

    @property
    def found(self) -> Comparison | Candidate:
        """Give the better founded of the two results."""
        return self.comparison or self.candidate


def compare_and_tell(
    first: Mark, second: Mark, settings: Settings
) -> tuple[Comparison, Settings]:
    """Compare as placed on the stage; where that fails, at all orientations.

    Where that fails too, the marks are laid over each other as a whole, so that a
    region drawn off the centre does not hide what agrees.

    Args:
        settings: How, with the sweep of marks that are placed alike.

    Returns:
        The comparison with more congruent cells, and the settings that gave it.
    """
    placed = comparison.compare(first, second, settings)
    if placed.congruent_cells >= ENOUGH_CELLS:
        return placed, settings
    entry = gallery.enrol("", first)
    turn_deg = gallery.search(second, [entry])[0].agreement.turn_deg
    around = replace(settings, sweep=replace(settings.sweep, centre_deg=turn_deg))
    tried = [(placed, settings), (comparison.compare(first, second, around), around)]
    if tried[-1][0].congruent_cells < ENOUGH_CELLS:
        tried.append(compare_elsewhere(first, second, settings))
    return max(tried, key=_rank)


def compare_elsewhere(
    first: Mark, second: Mark, settings: Settings
) -> tuple[Comparison, Settings]:
    """Compare where the marks as a whole are alike; regions may be off centre.

    Returns:
        The better of the likeliest places, and the settings that gave it.
    """
    return max(_elsewhere(first, second, settings), key=_rank)


def _rank(told: tuple[Comparison, Settings]) -> tuple[int, float]:
    return (told[0].congruent_cells, told[0].score)


def _elsewhere(
    first: Mark, second: Mark, settings: Settings
) -> Iterator[tuple[Comparison, Settings]]:
    for place in placing.likely_places(first, second, most=PLACES):
        near = replace(
            settings,
            sweep=Sweep(place.turn_deg, NEAR_DEG, settings.sweep.step_deg),
            offset_m=place.offset_m,
        )
        yield comparison.compare(first, second, near), near


def search_closer(
    probe: Mark,
    gallery_marks: Sequence[tuple[Entry, Mark]],
    *,
    closer: int,
    settings: Settings | None = None,
) -> list[Closer]:
    """Search at all orientations and compare what stands first in full.

    Returns:
        Compared candidates first, most congruent cells first; then the others.
    """
    settings = settings or Settings()
    marks = {entry.name: mark for entry, mark in gallery_marks}
    ranked = gallery.search(probe, [entry for entry, _ in gallery_marks])
    near = [
        Closer(c, _compare(probe, marks[c.name], c, settings)) for c in ranked[:closer]
    ]
    near.sort(key=lambda c: (-c.found.congruent_cells, -c.found.score))
    return near + [Closer(c, None) for c in ranked[closer:]]


def _compare(
    probe: Mark, mark: Mark, candidate: Candidate, settings: Settings
) -> Comparison:
    """Compare around the orientation that the search found."""
    around = Sweep(candidate.agreement.turn_deg, settings.sweep.reach_deg)
    return comparison.compare(mark, probe, replace(settings, sweep=around))
