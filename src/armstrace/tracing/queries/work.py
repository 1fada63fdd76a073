"""The work queue: recovered arms that wait, oldest first, and whose work they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from armstrace.records.lookups import counts_of, page_of
from armstrace.recoveries import queries as recoveries
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry import queries as registry
from armstrace.registry.arms_by_marks import arms_meant
from armstrace.tracing.models import Assignment, SavedFilter
from armstrace.tracing.queries.lists import (
    OLDEST,
    Standing,
    TracedRow,
    decision_days,
    has_ended,
    standing_so,
    with_standing,
    without_closed,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import MISSING, ArmState
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.tracing import Judgement

# The person of a recovery that nobody has.
NOBODY = ""
MARKS = ("make", "serial_search", "serial_status", "calibre")


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What narrows the work queue."""

    where: recoveries.RecoveryFilter
    # Only those that stand so; any that waits where None.
    standing: Standing | None = None
    # Only this person's; ``NOBODY`` for what nobody has, None for all.
    person: str | None = None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One recovered arm that waits."""

    traced: TracedRow
    # Days since it was recorded.
    days: int
    # Whether the decision is overdue.
    is_late: bool
    # Whose work it is; None where nobody has it.
    assigned: Assignment | None
    # How the arm that bears its marks is missing; None where it is not.
    missing: ArmState | None


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """How much waits; counts stop at ``COUNTED``."""

    own: int
    free: int


def work_rows(
    asked: WorkFilter, *, viewer: Actor, page: PageRequest, today: date
) -> Page[WorkRow]:
    """Give one page of what waits, oldest first."""
    viewer.require("trace.assign")
    rows = _filter(asked, viewer, today)
    found = page_of(rows.select_related("recovery"), page)
    return found.showing(_shown(found.rows, viewer, today))


def own_work(*, viewer: Actor, limit: int, today: date) -> list[recoveries.RecoveryRow]:
    """Give the first of a person's own queue, oldest first."""
    viewer.require("trace.assign")
    own = WorkFilter(recoveries.RecoveryFilter(), person=viewer.name)
    rows = _filter(own, viewer, today).select_related("recovery")
    return [recoveries.recovery_row(each) for each in rows[:limit]]


def next_work(*, viewer: Actor, after: int, today: date) -> int:
    """Give the next recovery of a person's own queue, 0 where there is none."""
    viewer.require("trace.assign")
    own = WorkFilter(recoveries.RecoveryFilter(), person=viewer.name)
    rows = list(_filter(own, viewer, today).values_list("recovery_id", flat=True))
    later = rows[rows.index(after) + 1 :] if after in rows else rows
    return next(iter(later or [pk for pk in rows if pk != after]), 0)


def work_counts(*, viewer: Actor) -> WorkCounts:
    """Count what waits for a person, and what nobody has."""
    viewer.require("trace.assign")
    asked = ("work", viewer.name, viewer.agencies("recovery.view"))
    return WorkCounts(*counts_of(asked, lambda: _counts(viewer)))


def assignment_of(recovery_id: int, *, viewer: Actor) -> Assignment | None:
    """Tell whose work a recovery is; None where nobody has it."""
    viewer.require("trace.view")
    return Assignment.objects.current().filter(recovery_id=recovery_id).first()


def saved_filters(*, viewer: Actor) -> dict[str, str]:
    """Give what a person kept: the query of each filter, by its name."""
    rows = SavedFilter.objects.current().visible_to(viewer).filter(person=viewer.name)
    return dict(rows.order_by("name").values_list("name", "asked"))


def _filter(asked: WorkFilter, viewer: Actor, today: date) -> QuerySet[RecoveryRecord]:
    rows = _waiting(recoveries.records(asked.where, viewer=viewer))
    rows = standing_so(rows, asked.standing, today).order_by(*OLDEST)
    return rows if asked.person is None else _held_by(asked.person, rows)


def _held_by(person: str, rows: QuerySet[RecoveryRecord]) -> QuerySet[RecoveryRecord]:
    """Keep what a person has, or what nobody has."""
    now = Assignment.objects.current()
    if person == NOBODY:
        return rows.filter(~Exists(now.filter(recovery_id=OuterRef("recovery_id"))))
    own = now.filter(person=person)
    return rows.filter(recovery_id__in=own.values("recovery_id"))


def _waiting(rows: QuerySet[RecoveryRecord]) -> QuerySet[RecoveryRecord]:
    """Keep what is not closed and has no decision, or whose trace is still open."""
    return without_closed(rows.filter(~has_ended()))


def _counts(viewer: Actor) -> tuple[QuerySet[RecoveryRecord], ...]:
    rows = _waiting(
        recoveries.records(recoveries.RecoveryFilter(), viewer=viewer).order_by()
    )
    return _held_by(viewer.name, rows), _held_by(NOBODY, rows)


def _shown(
    records: Sequence[RecoveryRecord], viewer: Actor, today: date
) -> list[WorkRow]:
    ids = [each.recovery_id for each in records]
    now = Assignment.objects.current().filter(recovery_id__in=ids)
    assigned = {each.recovery_id: each for each in now}
    missing = _missing(records, viewer) if viewer.may("registry.view") else {}
    due = decision_days(today)
    shown = []
    for record, traced in zip(records, with_standing(records), strict=True):
        days = (today - timezone.localdate(record.recovery.known_at)).days
        is_late = due is not None and traced.standing is None and days > due
        whose = assigned.get(record.recovery_id)
        row = WorkRow(
            traced, max(days, 0), is_late, whose, missing.get(record.recovery_id)
        )
        shown.append(row)
    return shown


def _missing(records: Sequence[RecoveryRecord], viewer: Actor) -> dict[int, ArmState]:
    """Tell of which records the arm that bears their marks is stolen or lost."""
    columns = {
        str(each.recovery_id): {name: getattr(each, name) for name in MARKS}
        for each in records
    }
    meant = {int(name): arm for name, arm in arms_meant(columns).items()}
    judged = recoveries.judgements_of(meant)
    arms = registry.arms_by_id(meant.values(), viewer=viewer)
    return {
        recovery: arms[arm].state
        for recovery, arm in meant.items()
        if arms[arm].state in MISSING
        and not any(
            one.arm_id == arm and one.judgement is Judgement.DIFFERENT
            for one in judged.get(recovery, ())
        )
    }
