"""Figures that were kept."""

from armstrace.analysis.statistics.indicator import Method
from armstrace.indicators.models import Figure
from armstrace.indicators.queries.rows import KeptFigure
from armstrace.records.lookups import page_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import Page, PageRequest


def kept_figures(
    *, viewer: Actor, page: PageRequest, year: int | None = None
) -> Page[KeptFigure]:
    """Give one page of the figures that were kept, the newest first."""
    viewer.require("indicator.view")
    rows = Figure.objects.all() if year is None else Figure.objects.filter(year=year)
    found = page_of(rows.order_by("-known_at", "-pk"), page)
    return found.showing([_shown(row) for row in found.rows])


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
