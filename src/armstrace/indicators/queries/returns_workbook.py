"""What a workbook says beside the return itself."""

from datetime import datetime

from armstrace.analysis.statistics.indicator import Method
from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled
from armstrace.analysis.statistics.workbook.layout import Told
from armstrace.indicators.queries.figures import side_by_side
from armstrace.indicators.queries.returns import KeptReturn
from armstrace.indicators.queries.returns_revisions import revisions
from armstrace.vocabulary.actors import Actor

_MINUTE = "%d %b %Y %H:%M"


def told_beside(
    filled: ReturnFilled, *, viewer: Actor, card: KeptReturn | None = None, at: datetime
) -> Told:
    """Give the figures, who made it, and what changed since one was kept.

    Args:
        filled: The return, as counted now or as it was kept.
        card: How it was kept; None where it was not.
    """
    as_of = card.as_of if card else filled.as_of
    figures = side_by_side(
        viewer=viewer, year=filled.year, methods=tuple(Method), as_of=as_of
    )
    made, by = (card.kept_at, card.kept_by) if card else (at, viewer.name)
    told = Told(figures, f"{made:{_MINUTE}} UTC, {by}")
    if as_of is not None:
        return told
    found = revisions(year=filled.year, viewer=viewer)
    if found.since is None:
        return told
    since = f"{found.since.as_of:{_MINUTE}} UTC"
    return Told(figures, told.made, found.lines, since)
