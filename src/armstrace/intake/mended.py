"""Rows that a person has mended, and that a file brings again as they were."""

from collections.abc import Iterable

from django.db.models import Q

from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import LOOKED_FOR, HeldRow
from armstrace.intake.outcomes import HeldState, Outcome
from armstrace.intake.planning import PlannedRow
from armstrace.records.lookups import among


def pass_over(planned: Iterable[PlannedRow], *, source: str, kind: IntakeKind) -> None:
    """Take held rows for unchanged that were mended once and say the same again.

    Where the row itself was erased since, nothing of it is kept again.
    """
    held = {
        row.identity[:LOOKED_FOR]: row
        for row in planned
        if row.outcome is Outcome.HELD and row.identity
    }
    if not held:
        return
    # A file that mended it says so; a person's mending needs no reason.
    mended = HeldRow.objects.filter(
        Q(state=HeldState.MENDED, decided_why="") | Q(cells=[], values={}),
        among("identity", held),
        batch__source=source,
        batch__kind=kind,
    )
    for was in mended:
        row = held[was.identity]
        if not was.cells and not was.values:
            row.outcome, row.troubles = Outcome.ERASED, []
        elif _says_the_same(row, was):
            row.outcome, row.troubles = Outcome.UNCHANGED, []


def _says_the_same(row: PlannedRow, was: HeldRow) -> bool:
    if row.mapped is None:
        return False
    if was.cells and was.cells == list(row.mapped.cells):
        return True
    return bool(was.values == row.mapped.values)
