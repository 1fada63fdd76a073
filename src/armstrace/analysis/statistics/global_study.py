"""Figures over countries, made as UNODC's Global Study on Firearms Trafficking."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from armstrace.analysis.statistics import wilson
from armstrace.analysis.statistics.release_checks import TYPES
from armstrace.analysis.statistics.release_rows import Line, counts_of

STUDY_YEARS = (2016, 2017)
COUNTED_TYPES = tuple(each for each in TYPES if each not in ("OTHER", "UNKNOWN"))
EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class RegionShares:
    """Shares of types in one region."""

    # Name as published; empty for all countries.
    region: str
    countries: int
    # Percent by type; None where no country has any of the types.
    shares: Mapping[str, Decimal | None]


def seizures_by_year(lines: Iterable[Line]) -> dict[int, tuple[int, int]]:
    """Sum the arms seized over countries.

    Returns:
        Arms seized and countries that filed them, by year. Seizures reflect
        enforcement and recording: a sum is a lower bound, never the size of
        a flow.
    """
    filed, _ = counts_of(lines)
    years: defaultdict[int, list[int]] = defaultdict(list)
    for (_, year), counts in filed.items():
        total = counts.value("A2.SEIZED.TOTAL")
        if total is not None:
            years[year].append(total)
    return {year: (sum(found), len(found)) for year, found in sorted(years.items())}


def type_shares(
    lines: Iterable[Line], years: Collection[int] = STUDY_YEARS
) -> tuple[RegionShares, ...]:
    """Average the countries' shares of types, each country counting once.

    Other weapons and types not known are left out of both sides.

    Source:
        UNODC, Global Study on Firearms Trafficking 2020, methodology;
        recovered from its figures.
    """
    found = list(lines)
    regions = {line.iso3: line.region for line in found}
    filed, _ = counts_of(line for line in found if line.year in years)
    sums: defaultdict[str, defaultdict[str, int]]
    sums = defaultdict(lambda: defaultdict(int))
    for (iso3, _), counts in filed.items():
        for each in COUNTED_TYPES:
            sums[iso3][each] += counts.value(f"B1.SEIZED.{each}") or 0
    named = sorted({regions[iso3] for iso3 in sums if regions[iso3]})
    return tuple(
        _region(
            region, [s for iso3, s in sums.items() if region in ("", regions[iso3])]
        )
        for region in (EVERYWHERE, *named)
    )


def _region(region: str, countries: list[defaultdict[str, int]]) -> RegionShares:
    known = [(each, sum(each.values())) for each in countries]
    used = [(each, total) for each, total in known if total]
    if not used:
        return RegionShares(region, 0, dict.fromkeys(COUNTED_TYPES))
    shares = {
        name: wilson.percent(
            sum((Fraction(each[name], total) for each, total in used), Fraction())
            / len(used)
        )
        for name in COUNTED_TYPES
    }
    return RegionShares(region, len(used), shares)
