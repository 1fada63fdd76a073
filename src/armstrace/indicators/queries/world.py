"""What other States filed, beside what is recorded here."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache

from armstrace.analysis.statistics import contradictions, global_study
from armstrace.analysis.statistics import world as filed
from armstrace.analysis.statistics.contradictions import Comparison, Tally
from armstrace.analysis.statistics.global_study import RegionShares
from armstrace.analysis.statistics.indicator import Method, indicator_16_4_2
from armstrace.analysis.statistics.questionnaire import crosswalk
from armstrace.analysis.statistics.release_checks import TYPES
from armstrace.analysis.statistics.release_rows import Line
from armstrace.analysis.statistics.world import Series
from armstrace.indicators.models import PublishedLine, PublishedRelease
from armstrace.indicators.queries import counting
from armstrace.indicators.queries.counted import CountScope
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class ReleaseCard:
    """A release in the list of those that were loaded."""

    release_id: int
    name: str
    content_hash: str
    released_on: date | None
    rows_read: int
    remark_count: int
    loaded_at: datetime
    loaded_by: str


@dataclass(frozen=True, slots=True)
class CountryCard:
    """One country of a release."""

    iso3: str
    name: str
    region: str
    first: int
    last: int
    failed: tuple[Comparison, ...]

    @property
    def years_failed(self) -> list[int]:
        """The years in which a check fails."""
        return sorted({each.year for each in self.failed})


@dataclass(frozen=True, slots=True)
class WorldPage:
    """A release as a whole."""

    card: ReleaseCard
    countries: tuple[CountryCard, ...]
    tallies: tuple[Tally, ...]
    # Shares of types by region, 2016 and 2017 together.
    shares: tuple[RegionShares, ...]
    # Arms seized and countries that filed them, by year.
    seized: Mapping[int, tuple[int, int]]
    # Row, column and what was not plain.
    remarks: tuple[tuple[int, str, Message], ...]


@dataclass(frozen=True, slots=True)
class CountryPage:
    """One country of a release, beside the own records."""

    card: ReleaseCard
    country: CountryCard
    series: Series
    # The same of what is recorded here.
    own: Series


def releases(*, viewer: Actor) -> list[ReleaseCard]:
    """Give the releases that were loaded, the newest first."""
    viewer.require("indicator.view")
    rows = PublishedRelease.objects.order_by("-released_on", "-known_at", "-pk")
    return [_card(row) for row in rows[:200]]


def world_page(release_id: int, *, viewer: Actor) -> WorldPage:
    """Give a release with the countries whose tables contradict themselves."""
    viewer.require("indicator.view")
    row = _release(release_id)
    return _read(row.pk, row.content_hash)


def country_page(release_id: int, iso3: str, *, viewer: Actor) -> CountryPage:
    """Give one country's series beside the own one, by every method.

    Raises:
        NotFound: There is no such release, or it has no such country.
    """
    viewer.require("indicator.view")
    row = _release(release_id)
    lines = _lines(row.pk, iso3)
    if not lines:
        msg = message(
            "%(release)s has no row of %(country)s; choose a country from its list.",
            release=row.name,
            country=iso3,
        )
        raise NotFound(msg)
    failed = [c for c in contradictions.of_lines(lines) if c.fails]
    return CountryPage(
        _card(row), _country(lines, tuple(failed)), filed.series_of(lines), _own(viewer)
    )


def _own(viewer: Actor) -> Series:
    years = counting.years_counted(viewer, None)
    scope = CountScope.of(viewer, "indicator.view", years, None)
    register = counting.tables_counted(scope)
    totals = {
        kind: {
            year: tables.table(kind).total
            for year, tables in register.items()
            if kind in tables.tables
        }
        for kind in Acquisition
    }
    figures = {
        method: tuple(
            figure
            for year in years
            if (figure := indicator_16_4_2(register, year, method)).value is not None
        )
        for method in Method
    }
    return Series(tuple(years), totals, _own_types(scope), figures)


def _own_types(scope: CountScope) -> Mapping[int, Mapping[str, int]]:
    """Count the arms seized and recorded here by the rows of table B1."""
    decide = crosswalk.deciders()["type"].rows_of
    codes = [each.value for each in ArmType]
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for code, by_year in counting.arms_counted_by(scope, "arm_type", codes).items():
        (row,) = decide({"arm_type": code})
        for year, tables in by_year.items():
            if Acquisition.SEIZED in tables.tables:
                found[year][row] += tables.table(Acquisition.SEIZED).total
    return {year: {row: counts[row] for row in TYPES} for year, counts in found.items()}


@lru_cache(maxsize=4)
def _read(release_id: int, content_hash: str) -> WorldPage:
    """Read a whole release; kept, as a release never changes."""
    del content_hash
    row, lines = _release(release_id), _lines(release_id, "")
    by_country: dict[str, list[Line]] = {}
    for line in lines:
        by_country.setdefault(line.iso3, []).append(line)
    made = contradictions.of_lines(lines)
    failed = contradictions.by_country(made)
    cards = [_country(rows, failed.get(c, ())) for c, rows in by_country.items()]
    return WorldPage(
        _card(row),
        tuple(sorted(cards, key=lambda card: (card.name, card.iso3))),
        contradictions.tallies(made),
        global_study.type_shares(lines),
        global_study.seizures_by_year(lines),
        tuple((at, name, Message.read(said)) for at, name, said in row.remarks),
    )


def _lines(release_id: int, iso3: str) -> list[Line]:
    rows = PublishedLine.objects.filter(release=release_id)
    rows = rows.filter(iso3=iso3) if iso3 else rows
    names = [each.name for each in fields(Line)]
    return [Line(*each) for each in rows.order_by("row").values_list(*names).iterator()]


def _release(release_id: int) -> PublishedRelease:
    found = PublishedRelease.objects.filter(pk=release_id).first()
    if found is None:
        msg = message("There is no such release; choose one from the list.")
        raise NotFound(msg)
    return found


def _country(lines: list[Line], failed: tuple[Comparison, ...]) -> CountryCard:
    first = lines[0]
    years = [line.year for line in lines]
    return CountryCard(
        first.iso3, first.country, first.region, min(years), max(years), failed
    )


def _card(row: PublishedRelease) -> ReleaseCard:
    return fill(ReleaseCard, row, release_id=row.pk, loaded_at=row.known_at)
