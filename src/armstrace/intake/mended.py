"""Rows that a person has decided, and that a file brings again as they were."""

from collections.abc import Iterable

from django.db.models import Q

from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import LOOKED_FOR, HeldRow
from armstrace.intake.outcomes import HeldState, Outcome, Reason
from armstrace.intake.planning import PlannedRow
from armstrace.records.lookups import among


def pass_over(planned: Iterable[PlannedRow], *, source: str, kind: IntakeKind) -> None:
    """Skip held rows that were mended or dismissed once and say the same again.

    Where the row itself was erased since, nothing of it is kept again. What is wrong
    otherwise than when it was dismissed waits, and so does what contradicts a
    correction: the records know which word of a source was settled.
    """
    held: dict[str, list[PlannedRow]] = {}
    for row in planned:
        if row.outcome is Outcome.HELD and row.identity:
            held.setdefault(row.identity[:LOOKED_FOR], []).append(row)
    if not held:
        return
    # A file that mended it says so; a person's mending needs no reason.
    decided = HeldRow.objects.filter(
        Q(state=HeldState.MENDED, decided_why="")
        | Q(state=HeldState.DISMISSED) & ~Q(reason=Reason.CONFLICT)
        | Q(cells=[], values={}),
        among("identity", held),
        batch__source=source,
        batch__kind=kind,
    )
    for was in decided:
        for row in held[was.identity]:
            if (outcome := _fate(row, was)) is not None:
                row.outcome, row.troubles = outcome, []


def _fate(row: PlannedRow, was: HeldRow) -> Outcome | None:
    if not was.cells and not was.values:
        return Outcome.ERASED
    if not _says_the_same(row, was):
        return None
    if was.state == HeldState.MENDED:
        return Outcome.UNCHANGED
    is_same = bool(row.troubles) and row.troubles[0].reason == was.reason
    return Outcome.DISMISSED if is_same else None


def _says_the_same(row: PlannedRow, was: HeldRow) -> bool:
    if row.mapped is None:
        return False
    if was.cells and was.cells == list(row.mapped.cells):
        return True
    return bool(was.values == row.mapped.values)
