"""A chain as its picture and as the table below it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext, ngettext

from armstrace.analysis.provenance import chain, gaps, points, stops
from armstrace.analysis.provenance.events import Event
from armstrace.translation import say_day, translate, write_list
from armstrace.vocabulary.arms import HolderKind, LifeEventKind
from armstrace.web.drawing import life_line

DAYS_IN_YEAR = 365.25
TRADE = frozenset(
    {
        HolderKind.DEALER,
        HolderKind.MANUFACTURER,
        HolderKind.IMPORTER,
        HolderKind.FOREIGN,
    }
)
ALARMS = frozenset(
    {LifeEventKind.LOST, LifeEventKind.STOLEN, LifeEventKind.LICENCE_LAPSED}
)


@dataclass(frozen=True, slots=True)
class Ending:
    """The recovery, as the last stop of the picture."""

    # Such as "seized".
    title: str
    on: date
    # Where, empty where not known.
    place: str = ""
    # Address of the recovery, empty for none.
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; a gap has words only."""

    what: str
    when: str = ""
    giver: str = ""
    taker: str = ""
    where: str = ""
    source: str = ""
    flag: str = ""
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """What surrounds a chain: names, the ending, the highlighted point."""

    # The recovery; None draws the life alone.
    ending: Ending | None = None
    # Words for each holder key; the key itself where absent.
    holders: Mapping[str, str] = field(default_factory=dict)
    highlight: points.Diversion | None = None
    flag: str = ""

    def holder(self, key: str) -> str:
        return self.holders.get(key, key)


@dataclass(frozen=True, slots=True)
class ChainShown:
    picture: life_line.Picture
    rows: tuple[Row, ...]
    confidence: float | None = None


def shown(told: chain.Chain, telling: Telling) -> ChainShown:
    """Draw a chain and write it as a table.

    Args:
        telling: Names, ending and highlight.
    """
    flagged = _key_to_flag(told.stops, telling.highlight)
    life = life_line.LifeLine(
        stops=_stops(told.stops, telling, flagged),
        spans=_spans(told, telling),
        gaps=_gaps(told),
        borders=_borders(told),
    )
    highlight = telling.highlight
    return ChainShown(
        picture=life_line.draw(life),
        rows=_rows(told, telling, flagged),
        confidence=None if highlight is None else highlight.confidence,
    )


def length(days: int | None) -> str:
    """Write a length of time as years and months, or days when short."""
    if days is None:
        return gettext("length not known")
    if days < 60:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    years, rest = divmod(days, DAYS_IN_YEAR)
    parts = []
    if years:
        parts.append(ngettext("%(n)d year", "%(n)d years", int(years)) % {"n": years})
    months = int(rest * 12 / DAYS_IN_YEAR)
    if months:
        parts.append(ngettext("%(n)d month", "%(n)d months", months) % {"n": months})
    return " ".join(parts)


def when(day: date | None) -> str:
    """Write a date, or that it is not known."""
    return say_day(day) if day else gettext("date not known")


def where(place: str, region: str, country: str) -> str:
    """Write a place with its region and country, without repeating itself."""
    parts = dict.fromkeys(part for part in (place, region, country) if part)
    return write_list(parts)


def _key_to_flag(
    told: Iterable[Event], highlight: points.Diversion | None
) -> int | None:
    if highlight is None:
        return None
    evidence = [stop for stop in told if stop.key in highlight.evidence]
    on_the_day = [
        stop for stop in evidence if highlight.on and stop.happened_on == highlight.on
    ]
    chosen = on_the_day or evidence
    return chosen[-1].key if chosen else None


def _stops(
    told: tuple[Event, ...], telling: Telling, flagged: int | None
) -> tuple[life_line.Stop, ...]:
    drawn = [
        life_line.Stop(
            on=stop.happened_on,
            title=gettext(stop.kind.label),
            when=when(stop.happened_on),
            place=where(stop.place, "", stop.country),
            mood=life_line.Mood.ALARM if stop.kind in ALARMS else life_line.Mood.PLAIN,
            flag=telling.flag if stop.key == flagged else "",
        )
        for stop in told
    ]
    if telling.ending is not None:
        end = telling.ending
        drawn.append(
            life_line.Stop(
                end.on, end.title, when(end.on), end.place, end.href, life_line.Mood.END
            )
        )
    return tuple(drawn)


def _spans(told: chain.Chain, telling: Telling) -> tuple[life_line.Span, ...]:
    places = {stop.key: i for i, stop in enumerate(told.stops)}
    last = len(told.stops) - (0 if telling.ending else 1)
    return tuple(
        life_line.Span(
            name=telling.holder(span.holder) or gettext("not known"),
            first=places[span.begun_by],
            last=last if span.ended_by is None else places[span.ended_by],
            kind=_span_kind(span),
        )
        for span in told.spans
    )


def _span_kind(span: stops.Span) -> str:
    if not span.holder:
        return "unknown"
    return "trade" if span.kind in TRADE else ""


def _gaps(told: chain.Chain) -> tuple[life_line.Gap, ...]:
    places = {stop.key: i for i, stop in enumerate(told.stops)}
    return tuple(
        life_line.Gap(places[gap.after_key], length(gap.days))
        for gap in told.gaps
        if gap.after_key is not None and gap.after_key in places
    )


def _borders(told: chain.Chain) -> tuple[life_line.Border, ...]:
    places = {stop.key: i for i, stop in enumerate(told.stops)}
    return tuple(
        life_line.Border(places[c.key], f"{c.country_from} → {c.country_to}")
        for c in told.crossings
    )


def _rows(told: chain.Chain, telling: Telling, flagged: int | None) -> tuple[Row, ...]:
    after: dict[int | None, list[gaps.Gap]] = {}
    for gap in told.gaps:
        after.setdefault(gap.after_key, []).append(gap)
    rows = [_gap_row(gap) for gap in after.get(None, [])]
    for stop in told.stops:
        rows.append(_stop_row(stop, telling, stop.key == flagged))
        rows += [_gap_row(gap) for gap in after.get(stop.key, [])]
    if telling.ending is not None:
        end = telling.ending
        rows.append(Row(what=end.title, when=when(end.on), where=end.place))
    return tuple(rows)


def _gap_row(gap: gaps.Gap) -> Row:
    words = translate(gap.sentence)
    lasted = f" ({length(gap.days)})" if gap.days is not None else ""
    return Row(what=f"{words}{lasted}", is_gap=True)


def _stop_row(stop: Event, telling: Telling, is_flagged: object) -> Row:
    return Row(
        what=gettext(stop.kind.label),
        when=when(stop.happened_on),
        giver=telling.holder(stop.holder_from),
        taker=telling.holder(stop.holder_to),
        where=where(stop.place, stop.region, stop.country),
        source=stop.document or stop.source,
        flag=telling.flag if is_flagged else "",
    )
