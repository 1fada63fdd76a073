"""Run a search of one mark among the prepared marks, block by block."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from django.db.models import Q, QuerySet

from armstrace.analysis.ballistics import sweeping
from armstrace.analysis.ballistics.comparison import Sweep
from armstrace.analysis.ballistics.consensus import Tolerance
from armstrace.analysis.ballistics.gallery import SearchSettings
from armstrace.analysis.ballistics.sweeping import Block, Ranked
from armstrace.ballistics import calibres, prepared_marks
from armstrace.ballistics.inputs import SearchInput
from armstrace.ballistics.models import PreparedMark, SearchRun
from armstrace.jobs.models import Job
from armstrace.vocabulary.ballistics import (
    BreechFacePattern,
    FiringPinShape,
    Gallery,
    MarkOrigin,
    RiflingTwist,
)

KEPT_CANDIDATES = 100
# Up to here one process is done before others have started.
FEW_ENTRIES = 4 * sweeping.BLOCK_ENTRIES


@dataclass(slots=True)
class Found:
    """What a search has found so far."""

    best: list[Ranked] = field(default_factory=list)
    # How many entries have how many congruent cells.
    counts: Counter[str] = field(default_factory=Counter)
    # The last mark that was searched.
    cursor: int = 0
    done: int = 0

    @classmethod
    def of(cls, job: Job) -> Self:
        best = [Ranked(*each) for each in job.result.get("best", ())]
        counts = Counter(job.result.get("counts", {}))
        return cls(best, counts, job.cursor, job.done)

    def kept(self) -> dict[str, Any]:
        """Give what the next attempt needs, as JSON keeps it."""
        best = [
            (one.number, one.congruent_cells, one.cells, one.score, one.turn_deg)
            for one in self.best
        ]
        return {"best": best, "counts": dict(self.counts)}

    def add(self, block: list[Ranked]) -> None:
        self.best = sweeping.best_of((self.best, block), KEPT_CANDIDATES)
        self.counts.update(str(one.congruent_cells) for one in block)
        self.cursor = max([self.cursor, *(one.number for one in block)])
        self.done += len(block)


def filters_of(stated: SearchInput) -> dict[str, str]:
    """Give the class characteristics that narrow a search; none where all is let in."""
    wanted = {
        "calibre": (stated.calibre, ""),
        "breech_face_pattern": (stated.breech_face_pattern, BreechFacePattern.UNKNOWN),
        "firing_pin_shape": (stated.firing_pin_shape, FiringPinShape.UNKNOWN),
        "rifling_twist": (stated.rifling_twist, RiflingTwist.UNKNOWN),
    }
    return {name: str(told) for name, (told, any_) in wanted.items() if told != any_}


def gallery_rows(run: SearchRun) -> QuerySet[PreparedMark]:
    """Give the prepared marks among which a run searches."""
    rows = PreparedMark.objects.filter(
        mark__mark_type=run.probe.mark_type, method=prepared_marks.METHOD
    ).exclude(mark_id=run.probe_id)
    if run.gallery == Gallery.SCENES:
        rows = rows.filter(mark__origin=MarkOrigin.EXHIBIT.value)
    elif run.gallery == Gallery.TEST_FIRES:
        rows = rows.filter(mark__origin=MarkOrigin.TEST_FIRE.value)
    return rows.filter(_class(run.filters)) if run.filters else rows


def sweep(
    run: SearchRun, found: Found, probe: bytes, processes: int
) -> Iterator[list[Ranked]]:
    """Search the marks after those that were searched, block by block.

    Args:
        found: What an earlier attempt found; a block is to be added before the
            next is asked for.
        processes: How many search at once.
    """
    left = run.entries - found.done
    several = 1 if left <= FEW_ENTRIES else processes
    blocks = _blocks(gallery_rows(run), found.cursor)
    return sweeping.sweep(probe, blocks, settings_of(run), processes=several)


def settings_of(run: SearchRun) -> SearchSettings:
    """Read the settings of a search as the run keeps them."""
    told: dict[str, Any] = run.parameters["search"]
    return SearchSettings(Sweep(**told["sweep"]), Tolerance(**told["tolerance"]))


def _class(filters: dict[str, str]) -> Q:
    """Keep marks that agree with each characteristic or do not tell it."""
    wanted = Q(mark__characteristics__superseded_at=None)
    for name, value in filters.items():
        column = f"mark__characteristics__{name}"
        alike = calibres.spellings(value) if name == "calibre" else [value]
        wanted &= Q(**{f"{column}__in": [*alike, "", "UNKNOWN"]})
    return wanted


def _blocks(rows: QuerySet[PreparedMark], cursor: int) -> Iterator[Block]:
    """Fetch blocks in the order of the marks, each by a query of its own."""
    while True:
        block = [
            (key, bytes(cells))
            for key, cells in rows.filter(mark_id__gt=cursor)
            .order_by("mark_id")
            .values_list("mark_id", "cells")[: sweeping.BLOCK_ENTRIES]
        ]
        if not block:
            return
        yield block
        cursor = block[-1][0]
