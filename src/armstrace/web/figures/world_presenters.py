"""Other States' series as their pages show them."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import IndicatorValue, Method
from armstrace.analysis.statistics.release_checks import TYPES
from armstrace.analysis.statistics.world import Series
from armstrace.indicators import queries
from armstrace.translation import translate, write_list
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.web.drawing import trend
from armstrace.web.figures.presenters import point

type Totals = tuple[int | None, ...]
type Remark = tuple[str, str]


def totals(page: queries.CountryPage) -> list[tuple[int, Totals, Totals]]:
    """Lay both series of totals beside each other, theirs first, year by year."""
    years = {*page.series.years}
    years |= {year for by_year in page.own.totals.values() for year in by_year}
    theirs, own = page.series.totals, page.own.totals
    return [
        (
            year,
            tuple(theirs[kind].get(year) for kind in Acquisition),
            tuple(own[kind].get(year) for kind in Acquisition),
        )
        for year in sorted(years)
    ]


def types(page: queries.CountryPage) -> list[tuple[int, bool, Totals]]:
    """Lay arms seized by type beside each other, year by year.

    A year has a row for each of the two that counted types in it: whether it is of
    what is recorded here, and the counts.
    """
    return [
        (year, is_own, tuple(map(counted[year].get, TYPES)))
        for year in sorted({*page.series.types, *page.own.types})
        for is_own, counted in ((False, page.series.types), (True, page.own.types))
        if year in counted
    ]


def figures(
    page: queries.CountryPage, method: Method
) -> list[tuple[int, list[IndicatorValue | None], list[Remark]]]:
    """Lay the indicator of both beside each other, year by year.

    Theirs by every method, then the own by one. Remarks say by method why theirs has
    none, or what else to know of it.
    """
    theirs = [
        {figure.year: figure for figure in page.series.figures[each]} for each in Method
    ]
    own = {figure.year: figure for figure in page.own.figures[method]}
    without = {year for lacks in page.series.lacking.values() for year in lacks}
    filed = {*own, *(year for one in theirs for year in one)}
    years = sorted(filed | (without & {*page.series.years}))
    return [
        (
            year,
            [one.get(year) for one in (*theirs, own)],
            _remarks(page.series, year),
        )
        for year in years
    ]


def _remarks(series: Series, year: int) -> list[Remark]:
    """Say each remark once, with the methods that it is about."""
    methods_of = defaultdict(list)
    for method in Method:
        found = [f for f in series.figures[method] if f.year == year]
        told = [words for f in found for words in (*f.notes, f.warning) if words]
        told += [why] if (why := series.lacking[method].get(year)) else []
        for words in told:
            methods_of[words].append(gettext(method.label))
    return [
        (write_list(methods), translate(words)) for words, methods in methods_of.items()
    ]


def chart(page: queries.CountryPage, method: Method) -> trend.Chart:
    both = (
        (page.country.name, page.series.figures[method]),
        (gettext("recorded here"), page.own.figures[method]),
    )
    lines = [trend.Series(name, _points(found)) for name, found in both if found]
    return trend.draw(lines, unit="%")


def _points(figures: Sequence[IndicatorValue]) -> tuple[trend.Point, ...]:
    """Place figures by year; a year without one leaves the line open."""
    by_year = {figure.year: figure for figure in figures}
    return tuple(
        point(by_year[year]) if year in by_year else trend.Point(year, None)
        for year in range(min(by_year), max(by_year) + 1)
    )
