"""What changed in a return since it was kept, cell by cell and record by record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import batched
from typing import Any

from django.db.models import Q

from armstrace.analysis.statistics.indicator import SIDE_BY_SIDE, IndicatorValue
from armstrace.analysis.statistics.questionnaire import keeping
from armstrace.analysis.statistics.questionnaire.declared import (
    Questionnaire,
    questionnaire,
)
from armstrace.analysis.statistics.questionnaire.filled import (
    Cell,
    ReturnFilled,
    cell_key,
    said,
    split_key,
)
from armstrace.analysis.statistics.workbook.about import Revised, Said
from armstrace.indicators.models import Return
from armstrace.indicators.queries import counted, figures, returns, returns_moves
from armstrace.indicators.queries import returns_columns as columns
from armstrace.indicators.queries.counted import CountScope, one_year
from armstrace.indicators.queries.returns_drilling import RECORDED
from armstrace.recoveries.models import CandidateJudgement, Recovery
from armstrace.recoveries.queries.repeats import known_repeats
from armstrace.registry.models import LifeEvent
from armstrace.tracing.models import TraceDecision
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.messages import join as joined
from armstrace.vocabulary.tracing import TraceOutcome, TraceStanding

CHUNK = 2_000
LISTED = 1_000


@dataclass(frozen=True, slots=True)
class RecordMove:
    """One record that stands in other cells than before."""

    # Number of the recovery; 0 where a registered arm moved.
    recovery_id: int
    table: str
    # Keys of its cells then, joined by a comma; empty where none.
    before: str
    # Keys of its cells now.
    after: str
    why: Message
    # The year of its recovery as known now; None where unknown.
    year_now: int | None = None
    # Number of the registered arm; None for a recovery.
    arm_id: int | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What changed in the return of a year since one was kept."""

    year: int
    # The return it is held against; None where none was kept.
    since: returns.KeptReturn | None
    # Key, what stood there, what stands there now.
    cells: tuple[Revised, ...] = ()
    # The records that moved, the first ``LISTED`` of them.
    records: tuple[RecordMove, ...] = ()
    total: int = 0
    # Indicator 16.4.2 as then known and now, by each definition by which it moved.
    figures: tuple[tuple[IndicatorValue, IndicatorValue], ...] = ()

    @property
    def lines(self) -> tuple[Revised, ...]:
        """The indicator where it moved, then the cells."""
        moved = [
            (f"16.4.2 {now.method.value}", then, now) for then, now in self.figures
        ]
        shown = [
            (name, figure_words(one), figure_words(two)) for name, one, two in moved
        ]
        return (*shown, *self.cells)


def revisions(*, year: int, since: int | None = None, viewer: Actor) -> Revision:
    """List which records changed which cell since a return was kept.

    Args:
        since: Number of the kept return; where None the one that the checks
            hold the year against, and the last one where all say the same.

    Raises:
        NotFound: No return of that year has that number.
    """
    scope = CountScope.of(viewer, "return.view", one_year(year))
    rows = Return.objects.filter(year=year).order_by("-known_at", "-pk")
    now = returns.return_of(year=year, viewer=viewer)
    kept = rows.filter(pk=since).first() if since else returns.last_different(now)
    kept = kept or (None if since else rows.first())
    if kept is None and since is not None:
        msg = message(
            "No return of %(year)s has the number %(number)s; choose one from the "
            "list.",
            year=year,
            number=since,
        )
        raise NotFound(msg)
    if kept is None:
        return Revision(year, None)
    then = keeping.read_return(kept.content, kept.as_of)
    moves = sorted(
        moves_since(scope, questionnaire(), kept.as_of),
        key=lambda move: (move.recovery_id, move.arm_id or 0, move.table),
    )
    listed = moves[:LISTED]
    years = _years({move.recovery_id for move in listed})
    return Revision(
        year,
        returns.kept_card(kept),
        tuple(cells_changed(then, now)),
        tuple(replace(m, year_now=years.get(m.recovery_id)) for m in listed),
        len(moves),
        tuple(_figures_moved(year, kept.as_of, viewer)),
    )


def figure_words(figure: IndicatorValue) -> str | None:
    """Write a figure with its fraction: ``62.71 % (37 of 59)``; None where none."""
    if figure.value is None:
        return None
    return f"{figure.value} % ({figure.numerator} of {figure.denominator})"


def _figures_moved(
    year: int, then: datetime, viewer: Actor
) -> Iterator[tuple[IndicatorValue, IndicatorValue]]:
    if not viewer.may("indicator.view"):
        return
    before, after = (
        figures.side_by_side(
            viewer=viewer, year=year, methods=SIDE_BY_SIDE, as_of=as_of
        )
        for as_of in (then, None)
    )
    for was, now in zip(before, after, strict=True):
        if figure_words(was) != figure_words(now):
            yield was, now


def _years(numbers: Iterable[int]) -> dict[int, int]:
    """Give the year in which each item was recovered, as known now."""
    wanted = list(numbers)
    return {
        number: day.year
        for table in counted.TABLES
        for number, day in table.objects.current()
        .filter(recovery__in=wanted)
        .values_list("recovery_id", "recovered_on")
    }


def cells_changed(then: ReturnFilled, now: ReturnFilled) -> Iterator[Revised]:
    """Give each cell that says another thing, with what it said and says."""
    before = {cell.key: cell for table in then.tables for cell in table.cells()}
    for table in now.tables:
        for cell in table.cells():
            was = before.get(cell.key)
            if was is None or said(was) != said(cell):
                yield cell.key, _shown(was), _shown(cell)


def _shown(cell: Cell | None) -> Said:
    if cell is None:
        return None
    return cell.value if cell.value is not None else cell.text or cell.why_blank


def moves_since(
    scope: CountScope, asked: Questionnaire, since: datetime
) -> Iterator[RecordMove]:
    """Give the records that stand in other cells than at a moment.

    Only records of which something became known since are looked at.
    """
    then = replace(scope, as_of=since)
    touched = _recoveries_touched(since)
    moved = [
        *_arms_moved(then, scope, asked, touched),
        *returns_moves.items_moved(then, scope, asked, touched),
    ]
    for part in batched(moved, CHUNK, strict=False):
        why = _why({number for number, *_ in part}, since)
        for number, table, before, after in part:
            yield RecordMove(number, table, before, after, why[number])
    fates = list(returns_moves.fates_moved(then, scope, asked, since))
    ends = _ends({arm for arm, *_ in fates}, since)
    for arm, table, before, after in fates:
        yield RecordMove(0, table, before, after, ends[arm], arm_id=arm)


def _arms_moved(
    then: CountScope, now: CountScope, asked: Questionnaire, touched: Iterable[int]
) -> Iterator[returns_moves.Step]:
    places = _placing(asked)
    for chunk in batched(sorted(touched), CHUNK, strict=False):
        before, after = _codes(then, chunk), _codes(now, chunk)
        for number in sorted({*before, *after}):
            was = places(before.get(number, ""))
            is_now = places(after.get(number, ""))
            for name in {**was, **is_now}:
                old, new = was.get(name, ""), is_now.get(name, "")
                if old != new:
                    table = split_key((new or old).split(", ")[0])[0]
                    yield number, table, old, new


def _recoveries_touched(since: datetime) -> set[int]:
    """Give the recoveries of which something became known in between."""
    versions: tuple[tuple[Any, str], ...] = (
        *((table, "recovery_id") for table in counted.TABLES),
        (TraceDecision, "trace__recovery_id"),
        (CandidateJudgement, "recovery_id"),
    )
    newer = Q(known_at__gt=since) | Q(superseded_at__gt=since)
    found: set[int] = set()
    for table, path in versions:
        found |= set(table.objects.filter(newer).values_list(path, flat=True))
    return found | _entries_moved(since)


def _entries_moved(since: datetime) -> set[int]:
    """Give the recoveries that became a second entry since, or are none any more."""
    then, now = known_repeats(since), known_repeats(None)
    return set(then.entered_twice.keys() ^ now.entered_twice.keys())


def _codes(scope: CountScope, numbers: Sequence[int]) -> dict[int, str]:
    read = columns.expressions(scope)
    rows = counted.arms(scope).filter(recovery__in=numbers)
    joined = rows.annotate(joined=columns.Joined(*read.values()))
    return dict(joined.values_list("recovery_id", "joined"))


def _placing(asked: Questionnaire) -> Any:  # noqa: ANN401 - a cached function
    """Give the function from the joined codes of an arm to its cells."""
    deciders = columns.deciders()
    names = columns.STORED

    @cache
    def places(joined: str) -> Mapping[str, str]:
        if not joined:
            return {}
        codes = dict(zip(names, joined.split("|", len(names) - 1), strict=True))
        codes["contexts"] = columns.contexts_read(codes["contexts"])
        excluded = deciders["exclusion"].rows_of(codes) != ("",)
        found: defaultdict[str, list[str]] = defaultdict(list)
        for spec in asked.tables:
            if spec.population.items == "FATE" and not excluded:
                key = cell_key(spec.table_id, RECORDED, spec.columns[0])
                found[spec.dimension].append(key)
            is_here = spec.population.items == "ARM" and (
                spec.population.is_counted is not excluded
            )
            if not is_here or codes["recovery_kind"] not in spec.columns:
                continue
            total = spec.leaves[0].code
            decider = deciders.get(spec.dimension)
            rows = decider.rows_of(codes) if decider else (total,)
            for row in filter(None, rows):
                key = cell_key(spec.table_id, row, codes["recovery_kind"])
                found[spec.dimension].append(key)
        return {name: ", ".join(keys) for name, keys in found.items()}

    return places


def _why(numbers: Iterable[int], since: datetime) -> defaultdict[int, Message]:
    """Say for each record what became known of it since."""
    wanted = list(numbers)
    said_of: defaultdict[int, list[Message]] = defaultdict(list)
    new = Recovery.objects.filter(pk__in=wanted, known_at__gt=since)
    fresh = set(new.values_list("pk", flat=True))
    for number in fresh:
        said_of[number].append(message("recorded since"))
    for table in counted.TABLES:
        records = table.objects.current().filter(
            recovery__in=wanted, known_at__gt=since
        )
        for number, reason in records.values_list("recovery_id", "reason"):
            if number not in fresh:
                said_of[number].append(_say_corrected(reason))
    decisions = TraceDecision.objects.current().filter(
        trace__recovery__in=wanted, known_at__gt=since
    )
    for number, standing, outcome in decisions.values_list(
        "trace__recovery_id", "standing", "outcome"
    ):
        kind = TraceOutcome[outcome] if outcome else TraceStanding[standing]
        said_of[number].append(message("trace decided: %(kind)s", kind=kind))
    judged = CandidateJudgement.objects.filter(recovery__in=wanted).filter(
        Q(known_at__gt=since) | Q(superseded_at__gt=since)
    )
    for number in judged.values_list("recovery_id", flat=True).distinct():
        said_of[number].append(message("judged against a registered arm"))
    for number in _entries_moved(since) & set(wanted):
        said_of[number].append(message("judged whether it is on file already"))
    return defaultdict(
        lambda: NOTHING,
        {number: joined(words, "; ") for number, words in said_of.items()},
    )


def _ends(arms: Iterable[int], since: datetime) -> defaultdict[int, Message]:
    """Say for each registered arm which of its events became known since."""
    events = LifeEvent.objects.current().filter(
        arm__in=list(arms), kind__in=returns_moves.MOVING, known_at__gt=since
    )
    said_of: defaultdict[int, list[Message]] = defaultdict(list)
    rows = events.order_by("pk").values_list("arm_id", "kind", "reason")
    for arm, kind, reason in rows:
        known = message("%(kind)s, recorded since", kind=LifeEventKind[kind])
        if reason:
            known = message(
                "%(kind)s, corrected: %(reason)s",
                kind=LifeEventKind[kind],
                reason=reason,
            )
        said_of[arm].append(known)
    return defaultdict(
        lambda: message("event corrected"),
        {arm: joined(words, "; ") for arm, words in said_of.items()},
    )


def _say_corrected(reason: str) -> Message:
    if not reason:
        return message("corrected")
    return message("corrected: %(reason)s", reason=reason)
