"""Figures as their page shows them: fractions, intervals, charts, what is left out."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.statistics.drill import Beside
from armstrace.analysis.statistics.indicator import (
    SIDE_BY_SIDE,
    IndicatorValue,
    Method,
)
from armstrace.analysis.statistics.ratios import TRACED, Part
from armstrace.indicators import queries
from armstrace.translation import translate
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.web.drawing import trend

HALF_A_PAGE = trend.Size(480.0, 230.0)


@dataclass(frozen=True, slots=True)
class LeftOut:
    words: str
    rule: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class PartShown:
    """A fraction that a figure is made of, with the records below its line."""

    name: str
    numerator: int
    denominator: int
    address: str


@dataclass(frozen=True, slots=True)
class YearValue:
    """A year's value by one method, with the records of its fraction."""

    value: object
    numerator: int | None
    denominator: int | None
    numerator_address: str
    denominator_address: str


@dataclass(frozen=True, slots=True)
class FigureShown:
    """One figure with everything that is needed to check it."""

    figure: IndicatorValue
    name: str
    numerator_address: str
    denominator_address: str
    left_out: tuple[LeftOut, ...]
    parts: tuple[PartShown, ...]
    is_main: bool
    shortfall_address: str


@dataclass(frozen=True, slots=True)
class Cell:
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class CellRow:
    code: str
    name: str
    cells: tuple[Cell | None, ...]
    total: int
    address: str


@dataclass(frozen=True, slots=True)
class Established:
    """Arms whose point of diversion was found by tracing, and otherwise."""

    traced: int
    otherwise: int
    whole: int


def figures(page: queries.FiguresPage) -> tuple[FigureShown, ...]:
    """Give the figures of the year, the two main definitions first."""
    ranked = sorted(page.figures, key=lambda one: one.method not in SIDE_BY_SIDE)
    return tuple(_figure(one, page.as_of) for one in ranked)


def _figure(one: IndicatorValue, as_of: datetime | None) -> FigureShown:
    return FigureShown(
        figure=one,
        name=gettext(one.method.label),
        numerator_address=address(one.year, one.method, "NUMERATOR", as_of),
        denominator_address=address(one.year, one.method, "DENOMINATOR", as_of),
        left_out=tuple(
            LeftOut(
                translate(each.words),
                each.rule,
                each.count,
                address(one.year, one.method, each.code, as_of) if each.count else "",
            )
            for each in one.excluded
        ),
        parts=tuple(_part(each, one, as_of) for each in one.parts),
        is_main=one.method in SIDE_BY_SIDE,
        shortfall_address=shortfall_address(one.year, one.method, as_of),
    )


def _part(part: Part, one: IndicatorValue, as_of: datetime | None) -> PartShown:
    """Open the arms of a way of recovery; a year's fraction stays plain text."""
    opens = part.name in Acquisition.__members__
    there = address(one.year, one.method, part.name, as_of) if opens else ""
    counted = one.method is Method.METADATA
    return PartShown(
        part.name, part.numerator, part.denominator, there if counted else ""
    )


def address(year: int, method: Method, part: str, as_of: datetime | None) -> str:
    """Give the address of the records behind a part of a figure."""
    return address_on(reverse("figure-records", args=[year, method.value, part]), as_of)


@dataclass(frozen=True, slots=True)
class BesideShown:
    """How many arms are said beside the figures of a year, with their records."""

    maybe_twice: Cell
    again: Cell
    between_years: Cell
    held: int


def beside(
    found: queries.RepeatsCounted, as_of: datetime | None, *, held: int
) -> BesideShown:
    """Give what is said beside the figures of a year, each count with its records."""

    def cell(part: Beside, count: int) -> Cell:
        return Cell(count, address(found.year, Method.METADATA, part.value, as_of))

    return BesideShown(
        cell(Beside.MAYBE_ENTERED_TWICE, found.maybe_entered_twice),
        cell(Beside.RECOVERED_AGAIN, found.recovered_again),
        cell(Beside.BETWEEN_YEARS, found.between_years),
        held,
    )


def shortfall_address(year: int, method: Method, as_of: datetime | None) -> str:
    """Give the address of what each reason costs a figure."""
    return address_on(reverse("shortfall", args=[year, method.value]), as_of)


def year_address(year: int) -> str:
    return reverse("figures-year", args=[year])


def address_on(path: str, as_of: datetime | None) -> str:
    """Give an address as known on a day; as it is for what is known now."""
    return f"{path}?as_of={as_of.date()}" if as_of else path


def chart(page: queries.FiguresPage) -> trend.Chart:
    series = [
        trend.Series(
            gettext(method.label),
            tuple(map(point, figures)),
        )
        for method, figures in page.trends.items()
    ]
    return trend.draw(series, unit="%", size=HALF_A_PAGE)


def point(figure: IndicatorValue) -> trend.Point:
    """Place a figure in a chart; one without a value leaves the line open."""
    if figure.value is None or figure.interval is None:
        return trend.Point(figure.year, None)
    low, high = float(figure.interval.low), float(figure.interval.high)
    return trend.Point(figure.year, float(figure.value), low, high)


def years(
    page: queries.FiguresPage,
) -> tuple[tuple[int, tuple[YearValue | None, ...]], ...]:
    """Give the table beside the chart: each year's value by each method."""
    return tuple(
        (year, tuple(_year(figure, page.as_of) for figure in both))
        for year, both in zip(
            page.years, zip(*page.trends.values(), strict=True), strict=True
        )
    )


def _year(figure: IndicatorValue, as_of: datetime | None) -> YearValue | None:
    if figure.value is None:
        return None
    return YearValue(
        figure.value,
        figure.numerator,
        figure.denominator,
        address(figure.year, figure.method, "NUMERATOR", as_of),
        address(figure.year, figure.method, "DENOMINATOR", as_of),
    )


def establishment(page: queries.FiguresPage) -> Established | None:
    """Tell how the points of diversion counted by the metadata were found."""
    one = next((f for f in page.figures if f.method is Method.METADATA), None)
    both = one.numerator_and_denominator if one else None
    if both is None:
        return None
    traced = sum(row.total for row in page.rows if row.cell in TRACED)
    return Established(traced, both[0] - traced, both[1])


def is_unfinished(page: queries.FiguresPage) -> bool:
    """Tell whether the year shown is the latest, whose traces still run."""
    return bool(page.years) and page.year == max(page.years)


def rows(page: queries.FiguresPage) -> tuple[CellRow, ...]:
    return tuple(
        CellRow(
            row.cell.value,
            gettext(row.cell.label),
            tuple(_cell(row, kind, page) for kind in Acquisition),
            row.total,
            address(page.year, Method.METADATA, row.cell.value, page.as_of),
        )
        for row in page.rows
    )


def _cell(
    row: queries.TracingRow, kind: Acquisition, page: queries.FiguresPage
) -> Cell | None:
    if kind not in row.counts:
        return None
    part = f"{kind.value}.{row.cell.value}"
    return Cell(row.counts[kind], address(page.year, Method.METADATA, part, page.as_of))
