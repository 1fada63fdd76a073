"""What indicators were worth, and how often they hit."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from armstrace.analysis.risk import scoring
from armstrace.analysis.risk.backtest import Backtest, Outcome, backtest
from armstrace.analysis.risk.catalogue import Indicator, parameters
from armstrace.records import jurisdiction
from armstrace.records.lookups import among
from armstrace.risk.models import DeclarationRecord, Examination, Hit, ListedDeclaration
from armstrace.risk.queries.lists import late
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.risk import Find, Lane

FIRST = (10, 25, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Worths:
    """The back-test of all that was examined, and of each year, the latest first."""

    whole: Backtest
    by_year: tuple[tuple[int, Backtest], ...]
    # What lists named and nobody examined in time: neither found nor found empty.
    late: int


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator of the catalogue, with how it fares."""

    indicator: Indicator
    # Names and values of the settings that it counts by.
    settings: tuple[tuple[str, str], ...]
    weight: float | None
    # Of this year; None where it is not counted on declarations.
    hits: int | None


def back_test(*, viewer: Actor, year: int | None = None) -> Worths:
    """Judge the scores by what examinations found."""
    outcomes = _outcomes(viewer, year)
    codes = list(scoring.CUSTOMS)
    by_year: dict[int, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        by_year[each.year].append(each)
    return Worths(
        backtest(outcomes, codes=codes, first=FIRST),
        tuple(
            (each, backtest(by_year[each], codes=codes, first=FIRST))
            for each in sorted(by_year, reverse=True)
        ),
        late(viewer).count(),
    )


def _outcomes(viewer: Actor, year: int | None) -> list[Outcome]:
    """Read what was examined: few of all that is declared."""
    rows = Examination.objects.visible_to(viewer).current()
    if year is not None:
        rows = rows.filter(examined_on__year=year)
    columns = ("declaration_id", "find", "lane", "examined_on")
    examined = list(rows.values_list(*columns))
    keys = [key for key, *_ in examined]
    records = DeclarationRecord.objects.current().filter(among("declaration_id", keys))
    told = {
        key: (score, frozenset(code for code, *_ in points))
        for key, score, points in records.values_list(
            "declaration_id", "score", "points"
        )
    }
    listed = ListedDeclaration.objects.filter(among("declaration_id", keys))
    as_drawn = dict(listed.values_list("declaration_id", "score"))
    return [
        Outcome(
            score=as_drawn.get(key, told[key][0]),
            codes=told[key][1],
            is_found=Find(find).is_arms,
            lane=Lane(lane) if lane else None,
            year=day.year,
        )
        for key, find, lane, day in examined
    ]


def indicator_rows(*, viewer: Actor, today: date) -> list[IndicatorRow]:
    """Give the catalogue, with the hits of this year that a viewer may see."""
    rows = Hit.objects.visible_to(viewer).filter(
        record__superseded_at=None, record__declared_on__year=today.year
    )
    hits = dict(rows.values_list("code").annotate(Count("pk")))
    settings = parameters(jurisdiction.profile().risk, today)
    weights = scoring.default_weights().of
    return [
        IndicatorRow(
            indicator=each,
            settings=tuple((name, settings.told(name)) for name in each.parameters),
            weight=weights.get(each.code),
            hits=hits.get(each.code, 0),
        )
        for each in scoring.CUSTOMS.values()
    ]
