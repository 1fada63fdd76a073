"""One country's filed tables over years, ready for the indicator's methods."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from armstrace.analysis.statistics.drill import kinds_counted
from armstrace.analysis.statistics.indicator import (
    IndicatorValue,
    Method,
    indicator_16_4_2,
    years_of_window,
)
from armstrace.analysis.statistics.release_checks import TRACING, TYPES, CountryYear
from armstrace.analysis.statistics.release_rows import (
    SHARED_TOTAL,
    Counts,
    Line,
    counts_of,
)
from armstrace.analysis.statistics.tables import LEAVES, CellTable, YearTables
from armstrace.vocabulary.messages import NOTHING, Message, counted, message
from armstrace.vocabulary.recoveries import Acquisition

TITLE_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Series:
    """What one country filed, year by year."""

    # Years with any count, ascending.
    years: tuple[int, ...]
    # Arms by way of recovery and year; a blank year is absent.
    totals: Mapping[Acquisition, Mapping[int, int]]
    # Arms seized by year and type; a blank type is absent.
    types: Mapping[int, Mapping[str, int]]
    # The indicator by method, each by ascending label, computed from the filed tables;
    # labels without a figure are left out.
    figures: Mapping[Method, tuple[IndicatorValue, ...]]
    # Labels without a figure by method, each with its reason.
    lacking: Mapping[Method, Mapping[int, Message]] = field(default_factory=dict)


def series_of(lines: Iterable[Line]) -> Series:
    """Lay out what one country filed, and compute the indicator from it."""
    filed, _ = counts_of(lines)
    by_year = {year: counts for (_, year), counts in sorted(filed.items())}
    register = year_tables(by_year)
    totals = {
        kind: {
            year: total
            for year, counts in by_year.items()
            if (total := counts.value(f"A2.{kind.value}.TOTAL")) is not None
        }
        for kind in Acquisition
    }
    made = {method: _figures(register, method) for method in Method}
    return Series(
        tuple(by_year),
        totals,
        {year: found for year, c in by_year.items() if (found := _types(c))},
        {
            method: tuple(
                replace(each, notes=(*each.notes, *_coverage(each, register, totals)))
                for each in found
                if each.value is not None
            )
            for method, found in made.items()
        },
        {
            method: {each.year: each.reason for each in found if each.value is None}
            for method, found in made.items()
        },
    )


def registers_of(lines: Iterable[Line]) -> dict[str, dict[int, YearTables]]:
    """Give the tracing tables of every country by its code and year."""
    filed, _ = counts_of(lines)
    registers: defaultdict[str, dict[int, YearTables]] = defaultdict(dict)
    for (iso3, year), counts in sorted(filed.items()):
        made = year_tables({year: counts}).get(year)
        tables = dict(made.tables) if made else {}
        total = _lone_total(counts)
        if total is not None:
            tables.setdefault(Acquisition.SEIZED, CellTable({}, total_filed=total))
        if tables:
            registers[iso3][year] = YearTables(year, tables)
    return dict(registers)


def year_tables(by_year: Mapping[int, Counts]) -> dict[int, YearTables]:
    """Give the tracing tables of one country from its counts."""
    register: dict[int, YearTables] = {}
    for year, counts in by_year.items():
        filed = CountryYear("", year, counts)
        made = {kind: _table(filed, kind) for kind in Acquisition}
        tables = {kind: table for kind, table in made.items() if table is not None}
        if tables:
            register[year] = YearTables(year, tables)
    return register


def day_of_release(titles: Sequence[str]) -> date | None:
    """Read the day of a release from the cells above its header.

    Args:
        titles: Such as ``UNODC`` and ``17/06/2022``, day first; or an ISO day.

    Returns:
        The day; None where none stands there.
    """
    for text in titles:
        iso, written = ISO_DAY.search(text), TITLE_DAY.search(text)
        parts = iso.groups() if iso else written.groups()[::-1] if written else None
        if parts is None:
            continue
        try:
            return date(*(int(part) for part in parts))
        except ValueError:
            continue
    return None


def _types(counts: Counts) -> dict[str, int]:
    found = {each: counts.value(f"B1.SEIZED.{each}") for each in TYPES}
    return {each: count for each, count in found.items() if count is not None}


def _table(filed: CountryYear, kind: Acquisition) -> CellTable | None:
    number = TRACING[kind.value]
    values = {cell: filed.value(f"{number}.{cell.value}") for cell in LEAVES}
    leaves = {cell: value for cell, value in values.items() if value is not None}
    unique, others = filed.value(f"{number}.U"), filed.value(f"{number}.N")
    total = filed.value(f"{number}.TOTAL")
    disputed = sorted(
        key for key in filed.counts.disputed if key.startswith(f"{number}.")
    )
    if not leaves and not disputed and unique is None and others is None:
        return None if total is None else CellTable({}, total_filed=total)
    problem = NOTHING
    if disputed:
        problem = message(
            "Rows of %(cells)s give different counts. The table is left out.",
            cells=disputed,
        )
    return CellTable(leaves, unique, others, total, problem=problem)


def _lone_total(counts: Counts) -> int | None:
    """Give a total of arms seized beside which no row on place stands."""
    totals = set(counts.values.get(SHARED_TOTAL, ()))
    has_places = any(key.startswith("C1.") for key in counts.values)
    return totals.pop() if len(totals) == 1 and not has_places else None


def _figures(
    register: Mapping[int, YearTables], method: Method
) -> list[IndicatorValue]:
    labels = set(register)
    if method is Method.UNODC_POOLED:
        labels |= {year + 1 for year in register}
    return [indicator_16_4_2(register, year, method) for year in sorted(labels)]


def _coverage(
    figure: IndicatorValue,
    register: Mapping[int, YearTables],
    totals: Mapping[Acquisition, Mapping[int, int]],
) -> Iterator[Message]:
    """Say of how many of the arms filed the tracing tables of a figure tell."""
    for year in years_of_window(figure):
        tables = register[year].tables if year in register else {}
        for kind in kinds_counted(figure.method):
            filed, traced = totals[kind].get(year), tables.get(kind)
            told = traced.total if traced is not None and traced.has_leaves else 0
            if filed and told != filed:
                yield counted(
                    "For %(year)s, %(n)s arm %(kind)s is filed; table %(table)s tells "
                    "of %(told)s.",
                    "For %(year)s, %(n)s arms %(kind)s are filed; table %(table)s "
                    "tells of %(told)s.",
                    year=year,
                    n=filed,
                    kind=kind,
                    table=TRACING[kind.value],
                    told=told,
                )
