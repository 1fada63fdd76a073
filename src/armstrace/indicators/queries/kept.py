"""Figures that were kept."""

from armstrace.analysis.statistics.indicator import Method
from armstrace.indicators.models import Figure
from armstrace.indicators.queries.rows import KeptFigure
from armstrace.vocabulary.actors import Actor


def kept_figures(*, viewer: Actor, year: int | None = None) -> list[KeptFigure]:
    """Give the figures that were kept, the newest first.

    Args:
        year: Only figures so labelled; all where None.
    """
    viewer.require("indicator.view")
    rows = Figure.objects.all() if year is None else Figure.objects.filter(year=year)
    return [_shown(row) for row in rows.order_by("-known_at", "-pk")[:500]]


def _shown(row: Figure) -> KeptFigure:
    return KeptFigure(
        figure_id=row.pk,
        method=next(method for method in Method if method.value == row.method),
        method_version=row.method_version,
        year=row.year,
        as_of=row.as_of,
        window=row.window,
        numerator=row.numerator,
        denominator=row.denominator,
        value=row.value,
        content_hash=row.content_hash,
        kept_at=row.known_at,
        kept_by=row.kept_by,
    )
