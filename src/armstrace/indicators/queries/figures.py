"""Figures from records, one by one, side by side, and over years."""

from collections.abc import Callable, Sequence
from datetime import datetime

from armstrace.analysis.statistics.grounds import Grounds, say_grounds
from armstrace.analysis.statistics.indicator import (
    SIDE_BY_SIDE,
    IndicatorValue,
    Method,
    indicator_16_4_2,
    years_needed,
)
from armstrace.analysis.statistics.tables import LEAVES, YearTables
from armstrace.audit import stamps
from armstrace.indicators.models import Figure
from armstrace.indicators.queries import counting
from armstrace.indicators.queries.counted import CountScope
from armstrace.indicators.queries.rows import (
    FiguresPage,
    KeptFigure,
    TracingRow,
    TypeFigures,
)
from armstrace.records.lookups import page_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.tracing import TracingCell


def indicator(
    *, viewer: Actor, year: int, method: Method, as_of: datetime | None = None
) -> IndicatorValue:
    """Compute indicator 16.4.2 for one year by one method.

    Args:
        method: How to compute it; there is no default on purpose.
    """
    years = years_needed(method, year)
    figure_of = _figures_within(CountScope.of(viewer, "indicator.view", years, as_of))
    return figure_of(year, method)


def side_by_side(
    *,
    viewer: Actor,
    year: int,
    methods: Sequence[Method] = SIDE_BY_SIDE,
    as_of: datetime | None = None,
) -> tuple[IndicatorValue, ...]:
    """Compute one year by several methods, from one pass over the records."""
    needed = [years_needed(method, year) for method in methods]
    years = range(min(map(min, needed)), max(map(max, needed)) + 1)
    figure_of = _figures_within(CountScope.of(viewer, "indicator.view", years, as_of))
    return tuple(figure_of(year, method) for method in methods)


def indicator_series(
    *,
    viewer: Actor,
    years: Sequence[int],
    method: Method,
    as_of: datetime | None = None,
) -> tuple[IndicatorValue, ...]:
    """Compute several years by one method, from one pass over the records."""
    span = range(min(years, default=1) - 1, max(years, default=-2) + 2)
    figure_of = _figures_within(CountScope.of(viewer, "indicator.view", span, as_of))
    return tuple(figure_of(year, method) for year in years)


def indicator_by_type(
    *, viewer: Actor, year: int, as_of: datetime | None = None
) -> tuple[TypeFigures, ...]:
    """Compute a year apart for each type of arm, by the two main definitions."""
    scope = CountScope.of(
        viewer, "indicator.view", range(max(year, 1), year + 1), as_of
    )
    grounds = counting.grounds_of(scope.agencies, as_of)
    asked = ("figures by type", scope, grounds)
    return stamps.kept(asked, lambda: _by_type(scope, year, grounds))


def _by_type(scope: CountScope, year: int, grounds: Grounds) -> tuple[TypeFigures, ...]:
    codes = [each.value for each in ArmType]
    apart = counting.arms_counted_by(scope, "arm_type", codes)
    return tuple(
        TypeFigures(
            arm_type,
            tuple(
                say_grounds(
                    indicator_16_4_2(apart[arm_type.value], year, method), grounds
                )
                for method in SIDE_BY_SIDE
            ),
        )
        for arm_type in ArmType
        if arm_type.value in apart
    )


def years_of_recoveries(
    *, viewer: Actor, as_of: datetime | None = None
) -> tuple[int, ...]:
    """Give the years from the first recovery on record to the last."""
    return tuple(counting.years_counted(viewer, as_of))


def arms_by_year(*, viewer: Actor) -> dict[int, int]:
    """Count the arms of each year from the first recovery on record to the last."""
    years = counting.years_counted(viewer, None)
    register = counting.tables_counted(
        CountScope.of(viewer, "indicator.view", years, None)
    )
    return {
        year: sum(each.total for each in register[year].tables.values())
        if year in register
        else 0
        for year in years
    }


def figures_page(
    *, viewer: Actor, year: int | None = None, as_of: datetime | None = None
) -> FiguresPage:
    """Give all that the page of one year shows, from one pass.

    Where nothing is on record there are no years, figures and rows.

    Args:
        year: The year shown; the last one with recoveries where None.
    """
    years = counting.years_counted(viewer, as_of)
    scope = CountScope.of(viewer, "indicator.view", years, as_of)
    shown = year if year is not None else max(years, default=0)
    grounds = counting.grounds_of(scope.agencies, as_of)
    asked = ("figures page", scope, shown, grounds)
    return stamps.kept(asked, lambda: _page(scope, shown, grounds))


def _page(scope: CountScope, shown: int, grounds: Grounds) -> FiguresPage:
    register = counting.tables_counted(scope)
    figure_of = _figures_of(register, grounds)
    years = scope.years
    return FiguresPage(
        year=shown,
        years=tuple(years),
        as_of=scope.as_of,
        figures=tuple(figure_of(shown, method) for method in Method if years),
        trends={
            method: tuple(figure_of(year, method) for year in years)
            for method in SIDE_BY_SIDE
        },
        rows=_rows(register.get(shown)),
    )


def kept_figures(
    *, viewer: Actor, page: PageRequest, year: int | None = None
) -> Page[KeptFigure]:
    """Give one page of the figures that were kept, the newest first."""
    viewer.require("indicator.view")
    rows = Figure.objects.all() if year is None else Figure.objects.filter(year=year)
    found = page_of(rows.order_by("-known_at", "-pk"), page)
    return found.showing([_shown(row) for row in found.rows])


def _shown(row: Figure) -> KeptFigure:
    return fill(KeptFigure, row, figure_id=row.pk, kept_at=row.known_at)


type _FigureOf = Callable[[int, Method], IndicatorValue]


def _figures_within(scope: CountScope) -> _FigureOf:
    """Give the function from a year and a method to the figure within scope."""
    grounds = counting.grounds_of(scope.agencies, scope.as_of)
    return _figures_of(counting.tables_counted(scope), grounds)


def _figures_of(register: counting.Register, grounds: Grounds) -> _FigureOf:
    def figure_of(year: int, method: Method) -> IndicatorValue:
        return say_grounds(indicator_16_4_2(register, year, method), grounds)

    return figure_of


def _rows(tables: YearTables | None) -> tuple[TracingRow, ...]:
    if tables is None:
        return ()
    return tuple(_row(cell, tables) for cell in LEAVES)


def _row(cell: TracingCell, tables: YearTables) -> TracingRow:
    kinds = [kind for kind in Acquisition if kind in tables.tables]
    counts = {kind: tables.table(kind).count(cell) for kind in kinds}
    return TracingRow(cell, counts, sum(counts.values()))
