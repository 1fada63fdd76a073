"""Compare marks whose orientation on the stage is not known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from armstrace.analysis.ballistics import comparison, gallery
from armstrace.analysis.ballistics.comparison import Comparison, Settings, Sweep
from armstrace.analysis.ballistics.gallery import Candidate, Entry
from armstrace.analysis.ballistics.preparation import Mark

ENOUGH_CELLS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Closer:
    """A candidate of a search, and its comparison where one was made.

    Args:
        candidate: As the search ranked it.
        comparison: Both directions at the working pixel, or None where the
            candidate stands too low in the ranking.
    """

    candidate: Candidate
    comparison: Comparison | None

    @property
    def found(self) -> Comparison | Candidate:
        """Give the better founded of the two results."""
        return self.comparison or self.candidate


def compare_at_any(first: Mark, second: Mark, settings: Settings) -> Comparison:
    """Compare as placed on the stage; where that fails, at all orientations.

    Args:
        first: A mark.
        second: A mark at the same pixel.
        settings: How, with the sweep of marks that are placed alike.

    Returns:
        The comparison with more congruent cells.
    """
    return compare_and_tell(first, second, settings)[0]


def compare_and_tell(
    first: Mark, second: Mark, settings: Settings
) -> tuple[Comparison, Settings]:
    """Compare as ``compare_at_any`` does; tell the settings that gave the result.

    Args:
        first: A mark.
        second: A mark at the same pixel.
        settings: How, with the sweep of marks that are placed alike.
    """
    placed = comparison.compare(first, second, settings)
    if placed.congruent_cells >= ENOUGH_CELLS:
        return placed, settings
    entry = gallery.enrol("", first)
    turn_deg = gallery.search(second, [entry])[0].agreement.turn_deg
    around = replace(settings, sweep=replace(settings.sweep, centre_deg=turn_deg))
    turned = comparison.compare(first, second, around)
    both = ((placed, settings), (turned, around))
    return max(both, key=lambda told: (told[0].congruent_cells, told[0].score))


def search_closer(
    probe: Mark,
    gallery_marks: Sequence[tuple[Entry, Mark]],
    *,
    closer: int,
    settings: Settings | None = None,
) -> list[Closer]:
    """Search at all orientations and compare what stands first in full.

    Args:
        probe: The mark.
        gallery_marks: Entries with their marks.
        closer: How many candidates to compare in both directions.
        settings: How to compare.

    Returns:
        Compared candidates first, most congruent cells first; then the others.
    """
    settings = settings or Settings()
    marks = {entry.name: mark for entry, mark in gallery_marks}
    ranked = gallery.search(probe, [entry for entry, _ in gallery_marks])
    near = [
        Closer(c, _compared(probe, marks[c.name], c, settings)) for c in ranked[:closer]
    ]
    near.sort(key=lambda c: (-c.found.congruent_cells, -c.found.score))
    return near + [Closer(c, None) for c in ranked[closer:]]


def _compared(
    probe: Mark, mark: Mark, candidate: Candidate, settings: Settings
) -> Comparison:
    """Compare around the orientation that the search found."""
    around = Sweep(candidate.agreement.turn_deg, settings.sweep.reach_deg)
    return comparison.compare(mark, probe, replace(settings, sweep=around))
