"""Lists of recovered arms with where their traces stand, and what waits in them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import batched
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from armstrace.audit import declarations, stamps
from armstrace.records import jurisdiction
from armstrace.records.lookups import among, counts_of, page_of
from armstrace.recoveries import queries as recoveries
from armstrace.recoveries.models import Recovery, RecoveryRecord, Resighting
from armstrace.tracing.models import TraceDecision, TraceFinding
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.tracing import FirstHop, TraceOutcome, TraceStanding

# What changes a row: the recovery, and what is found and decided of its trace.
CHANGES = (
    "known_at",
    "recovery__trace__decisions__known_at",
    "recovery__trace__findings__known_at",
)


# The order in which recoveries wait for a decision.
OLDEST = ("recovery__known_at", "recovery_id")


class Standing(Code):
    """What a list of recoveries may be narrowed to."""

    UNDECIDED = "UNDECIDED", "no decision yet"
    OVERDUE = "OVERDUE", "decision overdue"
    OPEN = "OPEN", "trace open"
    PROPOSED = "PROPOSED", "point of diversion proposed"
    CLOSED = "CLOSED", "trace closed"
    EXCEPTED = "EXCEPTED", "not traced, with a reason"
    SEEN_BEFORE = "SEEN_BEFORE", "seen before"


@dataclass(frozen=True, slots=True)
class TracedRow:
    """One recovered arm in a list, with where its trace stands."""

    recovery: recoveries.RecoveryRow
    # None where no decision was made.
    standing: TraceStanding | None
    outcome: TraceOutcome | None
    first_hop: FirstHop | None
    confidence: float
    is_proposed: bool
    is_seen_before: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for someone; counts stop at ``COUNTED``."""

    undecided: int
    overdue: int
    open_traces: int
    proposed: int
    seen_before: int
    # Days within which the profile wants a trace decision, None where it sets no
    # deadline.
    due_days: int | None


def trace_rows(
    where: recoveries.RecoveryFilter,
    *,
    standing: Standing | None = None,
    viewer: Actor,
    page: PageRequest,
    today: date,
    as_of: datetime | None = None,
) -> Page[TracedRow]:
    """Give one page of recovered arms with where their traces stand."""
    rows = recoveries.records(where, viewer=viewer, as_of=as_of)
    narrowed = ("traced", viewer.agencies("recovery.view"), where, standing)
    asked = (*narrowed, as_of, today if standing is Standing.OVERDUE else None)

    def made() -> Page[TracedRow]:
        shown = standing_so(rows, standing, today)
        found = page_of(shown, page, asked=asked, changes=CHANGES)
        return found.showing(with_standing(found.rows))

    return stamps.kept((*asked, page), made)


def every_traced(
    where: recoveries.RecoveryFilter,
    *,
    standing: Standing | None = None,
    viewer: Actor,
    today: date,
    chunk: int = 2_000,
) -> Iterator[TracedRow]:
    """Give all rows of the list that ``traced_rows`` pages, for a file."""
    rows = standing_so(recoveries.records(where, viewer=viewer), standing, today)
    found = rows.iterator(chunk_size=chunk)
    return (row for some in batched(found, chunk) for row in with_standing(some))


def with_standing(records: Iterable[RecoveryRecord]) -> list[TracedRow]:
    """Add where the traces of records stand, in three queries for all."""
    records = list(records)
    ids = [record.recovery_id for record in records]
    decisions = {
        recovery_id: (standing, outcome)
        for recovery_id, standing, outcome in TraceDecision.objects.current()
        .filter(trace__recovery_id__in=ids)
        .values_list("trace__recovery_id", "standing", "outcome")
    }
    findings = {
        recovery_id: (hop, kind, confidence)
        for recovery_id, hop, kind, confidence in TraceFinding.objects.current()
        .filter(trace__recovery_id__in=ids)
        .values_list("trace__recovery_id", "first_hop", "diversion_kind", "confidence")
    }
    seen = set(
        Resighting.objects.current()
        .filter(recovery_id__in=ids)
        .values_list("recovery_id", flat=True)
    )
    rows = []
    for record in records:
        standing, outcome = decisions.get(record.recovery_id, ("", ""))
        hop, kind, confidence = findings.get(record.recovery_id, ("", "", 0.0))
        rows.append(
            TracedRow(
                recovery=recoveries.recovery_row(record),
                standing=TraceStanding(standing) if standing else None,
                outcome=TraceOutcome(outcome) if outcome else None,
                first_hop=FirstHop(hop) if hop else None,
                confidence=confidence,
                is_proposed=bool(kind),
                is_seen_before=record.recovery_id in seen,
            )
        )
    return rows


def standings(recovery_ids: Iterable[int], *, viewer: Actor) -> dict[int, TracedRow]:
    """Tell where the traces of some recovered arms stand; other items have none."""
    viewer.require("trace.view")
    rows = RecoveryRecord.objects.current().visible_to(viewer)
    wanted = rows.filter(recovery_id__in=set(recovery_ids)).select_related("recovery")
    return {row.recovery.recovery_id: row for row in with_standing(wanted)}


def standing_so(
    rows: QuerySet[RecoveryRecord], standing: Standing | None, today: date
) -> QuerySet[RecoveryRecord]:
    """Keep the recoveries that stand so; all of them where it is None."""
    if standing is None:
        return rows
    if narrow := _NARROWED.get(standing):
        return narrow(rows, today)
    return rows.filter(Exists(decisions_of_row().filter(standing=standing.value)))


def decisions_of_row() -> QuerySet[TraceDecision]:
    """Give what stands decided of the recovery that an outer row is about."""
    return TraceDecision.objects.current().filter(
        trace__recovery_id=OuterRef("recovery_id")
    )


def has_ended() -> Exists:
    """Tell of an outer row whether the trace of its recovery is no longer open."""
    return Exists(decisions_of_row().exclude(standing=TraceStanding.OPEN))


def _without_decision(
    rows: QuerySet[RecoveryRecord], _today: date | None = None
) -> QuerySet[RecoveryRecord]:
    return without_closed(rows.filter(~Exists(decisions_of_row())))


def without_closed[M: Model](rows: QuerySet[M]) -> QuerySet[M]:
    """Leave out closed recoveries: a trace was decided on, or waived by two people."""
    for closed in declarations.functions(lambda app: app.settled):
        rows = rows.filter(~Exists(closed()))
    return rows


def _overdue(rows: QuerySet[RecoveryRecord], today: date) -> QuerySet[RecoveryRecord]:
    since = first_in_time(today)
    if since is None:
        return rows.none()
    return _without_decision(rows.filter(recovery__known_at__lt=since))


def _seen_before(
    rows: QuerySet[RecoveryRecord], _today: date | None = None
) -> QuerySet[RecoveryRecord]:
    return rows.filter(
        recovery_id__in=Resighting.objects.current().values("recovery_id")
    )


def _with_proposal(
    rows: QuerySet[RecoveryRecord], _today: date
) -> QuerySet[RecoveryRecord]:
    proposed = TraceFinding.objects.current().filter(
        trace__recovery_id=OuterRef("recovery_id"), diversion_kind__gt=""
    )
    return rows.filter(Exists(proposed), ~has_ended())


type _Narrow = Callable[[QuerySet[RecoveryRecord], date], QuerySet[RecoveryRecord]]

_NARROWED: Mapping[Standing, _Narrow] = {
    Standing.UNDECIDED: _without_decision,
    Standing.OVERDUE: _overdue,
    Standing.SEEN_BEFORE: _seen_before,
    Standing.PROPOSED: _with_proposal,
}


def waiting(*, viewer: Actor, today: date) -> Waiting:
    """Count what waits: no decision, open traces, proposals, arms seen before."""
    due = decision_days(today)
    asked = ("waiting", viewer.agencies("recovery.view"), today, due)
    undecided, overdue, is_open, proposed, seen = counts_of(
        asked, lambda: _waiting(viewer, today)
    )
    return Waiting(undecided, overdue, is_open, proposed, seen, due)


def _waiting(viewer: Actor, today: date) -> tuple[QuerySet[RecoveryRecord], ...]:
    rows = recoveries.records(recoveries.RecoveryFilter(), viewer=viewer).order_by()

    # A count reads the decisions once; a page asks for each recovery instead.
    is_open = TraceDecision.objects.current().filter(standing=TraceStanding.OPEN)
    ended = TraceDecision.objects.current().exclude(standing=TraceStanding.OPEN)
    proposed = TraceFinding.objects.current().filter(diversion_kind__gt="")
    is_proposed = proposed.exclude(trace__in=ended.values("trace"))

    def of(found: QuerySet[Any]) -> QuerySet[RecoveryRecord]:
        return rows.filter(recovery_id__in=found.values("trace__recovery_id"))

    return (
        _without_decision(rows),
        _overdue(rows, today),
        of(is_open),
        of(is_proposed),
        _seen_before(rows),
    )


def first_of(
    standing: Standing, *, viewer: Actor, limit: int, today: date
) -> list[recoveries.RecoveryRow]:
    """Give the first recoveries that stand so, without counting the others.

    What waits for a decision comes oldest first, everything else newest first.
    """
    rows = recoveries.records(recoveries.RecoveryFilter(), viewer=viewer)
    found = standing_so(rows, standing, today).select_related("recovery")
    if standing in {Standing.UNDECIDED, Standing.OVERDUE}:
        # The identities are walked by their age, so that no record is sorted.
        waits = Exists(found.order_by().filter(recovery=OuterRef("pk")))
        oldest = Recovery.objects.filter(waits).order_by("known_at", "pk")
        keys = list(oldest.values_list("pk", flat=True)[:limit])
        found = found.filter(among("recovery_id", keys)).order_by(*OLDEST)
    return [recoveries.recovery_row(each) for each in found[:limit]]


def traceable_ids(*, viewer: Actor) -> list[int]:
    """Give the identities of all recovered arms, oldest first."""
    rows = recoveries.records(recoveries.RecoveryFilter(), viewer=viewer)
    return list(rows.order_by("recovery_id").values_list("recovery_id", flat=True))


def decision_days(on: date) -> int | None:
    """Give the days from record to trace decision, None where no rule sets any."""
    return jurisdiction.profile().deadline_days("TRACE_DECISION", on)


def first_in_time(today: date) -> datetime | None:
    """Give the moment before which what waits is overdue, None for no deadline."""
    days = decision_days(today)
    if days is None:
        return None
    return datetime.combine(today - timedelta(days), time.min, UTC)


def without_decision(recovery_ids: Collection[int]) -> Iterator[tuple[int, Message]]:
    """Say which traces of recovered arms are not decided; other items have none.

    Source:
        Background paper (2018), paras 66-72.
    """
    ended = TraceDecision.objects.current().exclude(standing=TraceStanding.OPEN)
    decided = ended.filter(among("trace__recovery_id", recovery_ids))
    arms = RecoveryRecord.objects.current().filter(among("recovery_id", recovery_ids))
    left = set(arms.values_list("recovery_id", flat=True))
    left -= set(decided.values_list("trace__recovery_id", flat=True))
    for recovery_id in sorted(left):
        yield (
            recovery_id,
            message(
                "The trace of R%(number)s has no decision; decide it first.",
                number=recovery_id,
            ),
        )
