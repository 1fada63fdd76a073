"""What the indicator loses to each reason, and the records behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from armstrace.analysis.statistics import arm_codes, cells, scope, shortfall
from armstrace.analysis.statistics.cells import Answer
from armstrace.analysis.statistics.indicator import IndicatorValue, Method, years_needed
from armstrace.analysis.statistics.shortfall import Cost, Untraced
from armstrace.audit import stamps
from armstrace.indicators.queries import counted, counting, drilling, figures
from armstrace.indicators.queries.counted import CountScope
from armstrace.indicators.queries.rows import CountedRecord
from armstrace.indicators.queries.signatures import Axes, Axis
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.recoveries import ACQUISITION_OF, RecoveryKind
from armstrace.vocabulary.tracing import TraceException, TraceOutcome


@dataclass(frozen=True, slots=True)
class ShortfallPage:
    """What a figure loses to each reason."""

    figure: IndicatorValue
    # The reasons, the dearest first; none where there is no figure.
    costs: tuple[Cost, ...]


def shortfall_page(
    *, viewer: Actor, year: int, method: Method, as_of: datetime | None = None
) -> ShortfallPage:
    """Give a figure with the points that each reason costs it."""
    figure = figures.indicator(viewer=viewer, year=year, method=method, as_of=as_of)
    reach = _scope(viewer, year, method, as_of)
    groups = (each for _, each in _groups(reach))
    return ShortfallPage(figure, shortfall.costs_of(groups, figure))


def shortfall_records(
    *,
    viewer: Actor,
    year: int,
    method: Method,
    reason: str,
    page: PageRequest,
    as_of: datetime | None = None,
) -> Page[CountedRecord]:
    """Give the records that a figure loses for one reason.

    Args:
        reason: Code of the reason, as ``shortfall_page`` gives it.
    """
    figure = figures.indicator(viewer=viewer, year=year, method=method, as_of=as_of)
    reach = _scope(viewer, year, method, as_of)
    behind = [
        (signature, each.count)
        for signature, each in _groups(reach)
        if shortfall.is_lost(each, figure) and each.reason.value == reason
    ]
    total = sum(count for _, count in behind)
    page = page.within(total)
    rows, _ = _sign(reach)
    found = rows.filter(signature__in=[signature for signature, _ in behind])
    newest = found.order_by("-recovered_on", "-recovery_id")
    newest = newest[page.start : page.start + page.size]
    shown = [drilling.record_of(ItemKind.ARM, row) for row in newest]
    return Page(shown, page.number, page.size, total)


def _scope(
    viewer: Actor, year: int, method: Method, as_of: datetime | None
) -> CountScope:
    years = years_needed(method, year)
    return CountScope.of(viewer, "indicator.view", years, as_of)


def _groups(reach: CountScope) -> tuple[tuple[int, Untraced], ...]:
    return stamps.kept(("arms untraced", reach), lambda: tuple(_count(reach)))


def _count(reach: CountScope) -> Iterator[tuple[int, Untraced]]:
    rows, axes = _sign(reach)
    for signature, count in counting.count_signatures(rows):
        group = _group(axes.decode(signature), count)
        if group is not None:
            yield signature, group


def _sign(reach: CountScope) -> tuple[Any, Axes]:
    """Sign the arms as figures do, with each outcome and exception apart."""
    arms = counted.with_decision(reach, reach.known(RecoveryRecord))
    alike = [each for each in counting.arm_axes(reach) if each.name != "outcome"]
    apart = (
        _axis("outcome", "decision__outcome", TraceOutcome),
        _axis("exception", "decision__exception", TraceException),
    )
    year = counting.year_axis(reach.years)
    return counting.sign(arms, Axes((year, *alike, *apart)))


def _axis(
    name: str, column: str, codes: type[TraceOutcome] | type[TraceException]
) -> Axis:
    return Axis(name, tuple((code.value, Q(**{column: code.value})) for code in codes))


def _group(values: dict[str, Any], count: int) -> Untraced | None:
    year, exception = values.pop("year"), values.pop("exception")
    stored = arm_codes.Columns(**values)
    kind = ACQUISITION_OF.get(RecoveryKind[stored.kind]) if stored.kind else None
    if kind is None or scope.exclusion_of(arm_codes.scope_of(stored)) is not None:
        return None
    facts = arm_codes.facts_of(stored)
    return Untraced(
        year,
        kind,
        cells.tracing_cell(facts),
        facts.established is Answer.YES,
        SerialStatus[stored.serial_status],
        exception or "",
        stored.outcome or "",
        count,
    )
