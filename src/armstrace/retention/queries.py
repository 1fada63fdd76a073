"""What is kept until when and why, what is due, what holds it, what was erased."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from operator import and_, attrgetter, or_
from typing import Any

from django.db.models import Case, F, Q, Value, When

from armstrace.audit import consultations, ledgered
from armstrace.records.lookups import page_of
from armstrace.retention.inputs import KeptFilter
from armstrace.retention.models import ErasedRecord, Erasure, LegalHold
from armstrace.retention.periods import KINDS, Period, number_of, periods_of, rows_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.paging import COUNTED, Page, PageRequest
from armstrace.vocabulary.profiles.provisions import Retention
from armstrace.vocabulary.retention import ErasureState, KeptKind, KeptState

NO_MORE = Q()
DUE = Value(KeptState.DUE)
NO_RULE = message("The profile has no period for it, so it stays.")
WHY = {
    KeptState.ERASED: message(
        "Its content was erased; the fact that it was on record stays."
    ),
    KeptState.HELD: message(
        "A legal hold keeps it, or the arm or recovery that it is about."
    ),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """One rule that keeps a record: from which day, until which; None for not yet."""

    rule: Retention
    begun_on: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One record: where it stands and why."""

    kind: KeptKind
    record_id: int
    # As people write it; the key where they do not number it.
    number: str
    state: KeptState
    # The last day of the longest period; None where it has no end yet.
    until: date | None
    # What else keeps it, or that it is gone.
    why: Message | None
    # The rules that apply, the longest first.
    grounds: tuple[Ground, ...]
    begun_at: datetime


def kept_rows(
    where: KeptFilter, *, viewer: Actor, page: PageRequest, today: date
) -> Page[KeptRow]:
    """Give one page of the records of a kind, with what keeps each.

    Source:
        Firearms Protocol, art. 7; the jurisdiction profile.
    """
    on = where.as_of or today
    kind = KeptKind(where.kind)
    found = page_of(_rows(where, viewer, on), page)
    model = KINDS[kind].model
    if ledgered.is_ledgered(model):
        consultations.show_all(model, [row.pk for row in found.rows])
    periods = periods_of(kind, on)
    return found.showing([_row(kind, row, periods) for row in found.rows])


def every_kept(
    where: KeptFilter, *, viewer: Actor, today: date, most: int | None = None
) -> Iterator[KeptRow]:
    """Give all records of a kind that the filter leaves, for a file or an act.

    Source:
        Firearms Protocol, art. 7; the jurisdiction profile.
    """
    on = where.as_of or today
    kind = KeptKind(where.kind)
    is_noted = ledgered.is_ledgered(KINDS[kind].model)
    periods = periods_of(kind, on)
    for row in _rows(where, viewer, on)[:most].iterator(1000):
        if is_noted:
            consultations.show(KINDS[kind].model, row.pk)
        yield _row(kind, row, periods)


def counts_due(*, viewer: Actor, on: date) -> dict[KeptKind, int]:
    """Count what is due of each kind that the viewer may see, 10,000 at most."""
    viewer.require("retention.view")
    due = KeptState.DUE.value
    return {
        kind: _rows(KeptFilter(kind.value, due), viewer, on)[:COUNTED].count()
        for kind, one in KINDS.items()
        if viewer.may(one.grant)
    }


def rows_named(
    kind: KeptKind, keys: list[int], *, viewer: Actor, on: date
) -> list[KeptRow]:
    """Give the records of some keys as they stand on a day, for an act on them.

    What an open case that is sealed holds is in use, which no list tells.
    """
    unseen = KINDS[kind].unseen
    rows = _rows(KeptFilter(kind.value), viewer, on, unseen).filter(pk__in=keys)
    periods = periods_of(kind, on)
    return [_row(kind, row, periods) for row in rows]


def holds(*, viewer: Actor, page: PageRequest) -> Page[LegalHold]:
    """Give one page of legal holds: those in force first, then those lifted."""
    rows = LegalHold.objects.visible_to(viewer).order_by(
        F("superseded_at").desc(nulls_first=True), "review_on", "pk"
    )
    found = page_of(rows, page)
    consultations.show_all(LegalHold, [row.pk for row in found.rows])
    return found


def hold(hold_id: int, *, viewer: Actor) -> LegalHold:
    """Give one legal hold."""
    found = LegalHold.objects.get_queryset().get_visible(hold_id, viewer)
    consultations.show_opened(LegalHold, found.pk)
    return found


def count_to_review(*, viewer: Actor, today: date) -> int:
    """Count the holds in force whose day of review has come."""
    rows = LegalHold.objects.current().visible_to(viewer)
    return rows.filter(review_on__lte=today).count()


def count_undecided(*, viewer: Actor) -> int:
    """Count the proposals on which the viewer, as a second person, may decide."""
    rows = Erasure.objects.visible_to(viewer).filter(state=ErasureState.PROPOSED)
    return rows.exclude(proposed_by=viewer.name).count()


def erasures(*, viewer: Actor, page: PageRequest) -> Page[Erasure]:
    """Give one page of erasures, the latest first."""
    found = page_of(Erasure.objects.visible_to(viewer).order_by("-pk"), page)
    consultations.show_all(Erasure, [row.pk for row in found.rows])
    return found


def erasure(erasure_id: int, *, viewer: Actor) -> Erasure:
    """Give one erasure."""
    found = Erasure.objects.get_visible(erasure_id, viewer)
    consultations.show_opened(Erasure, found.pk)
    return found


def records_of_erasure(
    erasure_id: int, *, viewer: Actor, page: PageRequest
) -> Page[ErasedRecord]:
    """Give one page of the records that an erasure names."""
    rows = ErasedRecord.objects.visible_to(viewer).filter(erasure=erasure_id)
    return page_of(rows.order_by("record_id"), page)


def every_erased(*, viewer: Actor) -> Iterator[ErasedRecord]:
    """Give every tombstone, for the list that is kept beside the backups."""
    rows = ErasedRecord.objects.visible_to(viewer).filter(erased_at__isnull=False)
    yield from rows.select_related("erasure").order_by("erased_at", "pk").iterator()


def _rows(where: KeptFilter, viewer: Actor, on: date, unseen: Q = NO_MORE) -> Any:  # noqa: ANN401 - rows of any kind
    viewer.require("retention.view")
    kind = KeptKind(where.kind)
    one = KINDS[kind]
    viewer.require(one.grant)
    rows = rows_of(kind, on).annotate(stands=_stands(kind, on, unseen)).order_by("pk")
    if hasattr(one.model, "scope"):
        seen = one.model._default_manager.visible_to(viewer)  # type: ignore[attr-defined]  # noqa: SLF001 -- documented API
        rows = rows.filter(pk__in=seen.values("pk"))
    if where.number:
        text = where.number.strip().upper().removeprefix(one.letter)
        rows = rows.filter(pk=int(text)) if text.isdecimal() else rows.none()
    if where.state == KeptState.DUE and one.begun == "known_at":
        rows = rows.filter(*_begun_early(kind, on))  # cheap, and leaves out nearly all
    return rows.filter(stands=where.state) if where.state else rows


def _begun_early(kind: KeptKind, on: date) -> Iterator[Q]:
    """Give what a record that is due has: it began before what it was last stated."""
    for each in periods_of(kind, on):
        if each.column == each.begins == "stated_at":
            yield _has_ended("known_at", each.rule, on)


def _stands(kind: KeptKind, on: date, unseen: Q) -> Case:
    """Give where a row stands: the first that holds; without a rule it is kept."""
    none, periods = Q(pk__in=[]), periods_of(kind, on)
    applies = [Q(**{f"{each.column}__isnull": False}) for each in periods]
    ended = [_has_ended(each.begins, each.rule, on) for each in periods]
    rules = [~one | over for one, over in zip(applies, ended, strict=True)]
    return Case(
        When(erased_at__isnull=False, then=Value(KeptState.ERASED)),
        When(is_held=True, then=Value(KeptState.HELD)),
        When(Q(is_used=True) | unseen, then=Value(KeptState.IN_USE)),
        When(reduce(and_, rules, reduce(or_, applies, none)), then=DUE),
        default=Value(KeptState.KEPT),
    )


def _has_ended(column: str, rule: Retention, on: date) -> Q:
    """Give the condition that a period is over; none is that never begins or ends."""
    if not column or rule.years is None:
        return Q(pk__in=[])
    before: date = rule.first_begin(on)
    if column.endswith("_at"):
        before = datetime(before.year, before.month, before.day, tzinfo=UTC)
    return Q(**{f"{column}__lt": before})


def _row(kind: KeptKind, row: Any, periods: tuple[Period, ...]) -> KeptRow:  # noqa: ANN401 - a row of any kind
    grounds = sorted(
        (
            _ground(row, each)
            for each in periods
            if getattr(row, each.column) is not None
        ),
        key=lambda each: each.until or date.max,
        reverse=True,
    )
    state = KeptState(row.stands)
    why = KINDS[kind].used if state is KeptState.IN_USE else WHY.get(state)
    return KeptRow(
        kind=kind,
        record_id=row.pk,
        number=number_of(kind, row.pk),
        state=state,
        until=grounds[0].until if grounds else None,
        why=why if grounds else why or NO_RULE,
        grounds=tuple(grounds),
        begun_at=attrgetter(KINDS[kind].begun)(row),
    )


def _ground(row: Any, period: Period) -> Ground:  # noqa: ANN401 - a row of any kind
    begun = getattr(row, period.begins, None)
    if isinstance(begun, datetime):
        begun = begun.astimezone(UTC).date()
    return Ground(period.rule, begun, period.rule.until(begun) if begun else None)
