"""Other States' series as their pages show them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from armstrace.analysis.statistics import contradictions
from armstrace.analysis.statistics.contradictions import Comparison
from armstrace.analysis.statistics.indicator import IndicatorValue, Method
from armstrace.analysis.statistics.questionnaire.declared import questionnaire
from armstrace.analysis.statistics.release_checks import TYPES
from armstrace.analysis.statistics.world import Series
from armstrace.indicators import queries
from armstrace.translation import translate
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.web.drawing import trend
from armstrace.web.figures.presenters import point
from armstrace.web.templatetags import formatting


@dataclass(frozen=True, slots=True)
class Failed:
    """A check that filed tables do not keep, in words."""

    year: int
    words: str
    left: str
    left_count: int
    right: str
    right_count: int
    gap: str


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country in the list: its checks, the most telling ones first."""

    card: queries.CountryCard
    failed: tuple[Failed, ...]
    years: str


@dataclass(frozen=True, slots=True)
class TotalRow:
    """Arms of one year, theirs and those recorded here."""

    year: int
    theirs: tuple[int | None, ...]
    own: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class TypesRow:
    """Arms seized in one year by type: filed by the country, or recorded here."""

    year: int
    is_own: bool
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The indicator of one year: theirs by each method, then the own by one.

    ``remarks`` says by method why theirs has none, or what else to know of it.
    """

    year: int
    theirs: tuple[IndicatorValue | None, ...]
    own: IndicatorValue | None
    remarks: tuple[tuple[str, str], ...] = ()


def failures(found: Iterable[Comparison]) -> tuple[Failed, ...]:
    return tuple(
        Failed(
            each.year,
            gettext(contradictions.words_of(each.check)),
            gettext(each.left[0]),
            each.left[1],
            gettext(each.right[0]),
            each.right[1],
            f"{each.gap:+,d}".replace("-", "\u2212").replace(",", formatting.THIN),
        )
        for each in found
    )


def countries(page: queries.WorldPage) -> tuple[CountryRow, ...]:
    return tuple(
        CountryRow(card, failures(card.failed), _years(card))
        for card in page.countries
        if card.failed
    )


def totals(page: queries.CountryPage) -> tuple[TotalRow, ...]:
    years = {*page.series.years}
    years |= {year for by_year in page.own.totals.values() for year in by_year}
    return tuple(
        TotalRow(
            year,
            tuple(page.series.totals[kind].get(year) for kind in Acquisition),
            tuple(page.own.totals[kind].get(year) for kind in Acquisition),
        )
        for year in sorted(years)
    )


def types(page: queries.CountryPage) -> tuple[list[str], tuple[TypesRow, ...]]:
    """Lay arms seized by type beside each other: names of the types, and the rows.

    A year has a row for each of the two that counted types in it.
    """
    by_type = next(t for t in questionnaire().tables if t.table_id == "B1")
    labels = {row.code: row.label for row in by_type.leaves}
    rows = tuple(
        TypesRow(year, is_own, tuple(map(counted[year].get, TYPES)))
        for year in sorted({*page.series.types, *page.own.types})
        for is_own, counted in ((False, page.series.types), (True, page.own.types))
        if year in counted
    )
    return [gettext(labels[each]) for each in TYPES], rows


def figures(page: queries.CountryPage, method: Method) -> tuple[FigureRow, ...]:
    theirs = [
        {figure.year: figure for figure in page.series.figures[each]} for each in Method
    ]
    own = {figure.year: figure for figure in page.own.figures[method]}
    without = {year for lacks in page.series.lacking.values() for year in lacks}
    filed = {*own, *(year for one in theirs for year in one)}
    years = sorted(filed | (without & {*page.series.years}))
    return tuple(
        FigureRow(
            year,
            tuple(one.get(year) for one in theirs),
            own.get(year),
            _remarks(page.series, year),
        )
        for year in years
    )


def _remarks(series: Series, year: int) -> tuple[tuple[str, str], ...]:
    """Say each remark once, with the methods that it is about."""
    methods_of = defaultdict(list)
    for method in Method:
        found = [f for f in series.figures[method] if f.year == year]
        told = [words for f in found for words in (*f.notes, f.warning) if words]
        told += [why] if (why := series.lacking[method].get(year)) else []
        for words in told:
            methods_of[words].append(gettext(method.label))
    return tuple(
        (", ".join(methods), translate(words)) for words, methods in methods_of.items()
    )


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


def _years(card: queries.CountryCard) -> str:
    found = sorted({each.year for each in card.failed})
    return ", ".join(str(year) for year in found)
