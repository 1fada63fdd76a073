"""Keep a figure as it was said."""

import hashlib
import json
from datetime import datetime

from armstrace.analysis.statistics.indicator import (
    METHOD_VERSION,
    IndicatorValue,
    Method,
    indicator_16_4_2,
    years_needed,
    years_of_window,
)
from armstrace.audit import ledger
from armstrace.indicators import rules
from armstrace.indicators.models import Figure
from armstrace.indicators.queries import counting
from armstrace.indicators.queries.counted import CountScope
from armstrace.vocabulary.actors import Actor

INDICATOR = "16.4.2"


def keep_figure(
    *,
    year: int,
    method: Method,
    as_of: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Figure:
    """Keep a figure with a hash of every record that it counts.

    Keeping the same figure of the same state of knowledge again changes
    nothing and gives the one that stands.

    Args:
        as_of: As known at that moment; ``at`` where None.

    Raises:
        RuleBroken: ``FG-01`` the state of knowledge lies ahead.

    Source:
        Metadata of SDG indicator 16.4.2 (2018), data compilation: figures of
        earlier cycles are reviewed.
    """
    by.require("indicator.keep")
    known = as_of or at
    rules.FIGURE_KNOWN.require(rules.Knowledge(known, at))
    reach = CountScope.of(by, "indicator.view", years_needed(method, year), known)
    register = counting.tables_listed(reach)
    figure = indicator_16_4_2(register, year, method)
    made = _figure(figure, known, _digest(figure, register))
    return _standing(made) or _kept(made, by, at)


def _standing(made: Figure) -> Figure | None:
    return Figure.objects.filter(
        indicator=made.indicator,
        method=made.method,
        method_version=made.method_version,
        year=made.year,
        as_of=made.as_of,
        content_hash=made.content_hash,
    ).first()


def _kept(made: Figure, by: Actor, at: datetime) -> Figure:
    with ledger.entry("figure.kept", by=by, at=at) as entry:
        made.known_at = at
        made.kept_by = by.name
        made.save(force_insert=True)
        entry.about(made, year=made.year, method=made.method.upper())
    return made


def _figure(figure: IndicatorValue, as_of: datetime, content_hash: str) -> Figure:
    interval = figure.interval
    return Figure(
        indicator=INDICATOR,
        method=figure.method.value,
        method_version=METHOD_VERSION,
        year=figure.year,
        as_of=as_of,
        window=figure.window,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        interval_low=interval.low if interval else None,
        interval_high=interval.high if interval else None,
        excluded=[[each.code, each.rule, each.count] for each in figure.excluded],
        parts=[[each.name, each.numerator, each.denominator] for each in figure.parts],
        reason=figure.reason.to_json() if figure.reason else "",
        content_hash=content_hash,
    )


def _digest(figure: IndicatorValue, register: counting.Register) -> str:
    """Commit to the numbers and to the cell of every record of the window."""
    cells = {
        str(year): {name: sorted(each) for name, each in register[year].items.items()}
        for year in years_of_window(figure)
        if year in register
    }
    content = [
        INDICATOR,
        figure.method.value,
        METHOD_VERSION,
        figure.year,
        figure.window,
        str(figure.value),
        cells,
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
