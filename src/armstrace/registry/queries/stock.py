"""The stock book of a holder: arms that came and went, by day, from the events."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import batched

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from armstrace.analysis.provenance.passing import PASSINGS
from armstrace.audit import consultations, stamps
from armstrace.records.lookups import among, page_of
from armstrace.registry.models import Arm, ArmRecord, LifeEvent, Reporting
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import COMES_BACK, ArmBasis, LifeEventKind
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill

Kind = LifeEventKind
CAME = {*PASSINGS, Kind.MANUFACTURED, Kind.IMPORTED, Kind.ENTERED_TRADE}
WENT = {*PASSINGS, Kind.EXPORTED, Kind.LOST, Kind.STOLEN, Kind.DESTROYED}
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class StockFilter:
    """Which days of the stock book are asked for, both included; None for all."""

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.since and self.until:
            DateSpan(self.since, self.until)


@dataclass(frozen=True, slots=True)
class StockRow:
    """One arm that came or went; the other side is named by number alone."""

    on: date | None
    is_in: bool
    arm_id: int
    reference: str
    source_number: str
    make: str
    model: str
    calibre: str
    serial: str
    kind: LifeEventKind
    # Number of who gave it, or received it; empty where nobody is on record.
    other: str
    document: str


@dataclass(frozen=True, slots=True)
class StockCount:
    """How many arms there were at the beginning, came, and went."""

    before: int
    came: int
    went: int
    # Of those at the beginning, the arms that went and never came on record.
    without_arrival: int = 0

    @property
    def after(self) -> int:
        """Give how many there were at the end."""
        return self.before + self.came - self.went


def stock_rows(
    holder_id: int, where: StockFilter, *, viewer: Actor, page: PageRequest
) -> Page[StockRow]:
    """Give one page of a holder's stock book, the latest day first.

    Raises:
        NotPermitted: The viewer may not see the register, or who holds an arm.

    Source:
        Directive (EU) 2021/555, art. 4 (register of dealers); Firearms Protocol,
        art. 7.
    """
    rows = _between(_moves(holder_id, viewer), where)
    latest = rows.order_by(F("happened_on").desc(nulls_last=True), "-pk")
    found = page_of(latest, page, asked=("stock of", holder_id, where), by="pk")
    return found.showing(_told(found.rows, holder_id))


def every_stock_row(
    holder_id: int, where: StockFilter, *, viewer: Actor
) -> Iterator[StockRow]:
    """Give all rows of a holder's stock book in the order of days, as for a file."""
    rows = _between(_moves(holder_id, viewer), where)
    in_order = rows.order_by(F("happened_on").asc(nulls_first=True), "pk")
    for some in batched(in_order.iterator(BATCH), BATCH, strict=False):
        yield from _told(some, holder_id)


def stock_count(holder_id: int, where: StockFilter, *, viewer: Actor) -> StockCount:
    """Count what a holder had, what came and what went, until an act changes it."""
    rows, asked = _moves(holder_id, viewer), ("stock count", holder_id, where)
    return stamps.kept(asked, lambda: _count(rows, holder_id, where))


def _count(rows: QuerySet[LifeEvent], holder_id: int, where: StockFilter) -> StockCount:
    is_in, within = _is_in(holder_id), _within(where)
    earlier = Q(pk__in=[])
    if where.since:
        earlier = Q(happened_on=None) | Q(happened_on__lt=where.since)
    counted = rows.aggregate(
        came_before=Count("pk", filter=earlier & is_in),
        went_before=Count("pk", filter=earlier & ~is_in),
        came=Count("pk", filter=within & is_in),
        went=Count("pk", filter=within & ~is_in),
    )
    before = counted["came_before"] - counted["went_before"]
    bare = rows.filter(~is_in, ~Exists(_arrivals(holder_id))).values("arm").count()
    return StockCount(before + bare, counted["came"], counted["went"], bare)


def _arrivals(holder_id: int) -> QuerySet[LifeEvent]:
    """Give when an arm came; one that went without it was there before all records."""
    return LifeEvent.objects.current().filter(_is_in(holder_id), arm=OuterRef("arm"))


def _is_in(holder_id: int) -> Q:
    is_side = Q(holder_from=holder_id) | Q(holder_to=holder_id)
    came = Q(holder_to=holder_id, kind__in=CAME)
    return came | (is_side & Q(kind__in=COMES_BACK))


def _moves(holder_id: int, viewer: Actor) -> QuerySet[LifeEvent]:
    _require_book(holder_id, viewer)
    went = Q(holder_from=holder_id, kind__in=WENT)
    rows = LifeEvent.objects.current().filter(_is_in(holder_id) | went)
    sides = rows.select_related("arm", "holder_from", "holder_to")
    # The few that were withdrawn are read once, and not the arm of every event.
    withdrawn = Arm.objects.filter(basis=ArmBasis.WITHDRAWN)
    return sides.exclude(arm__in=withdrawn.values("pk"))


def _require_book(holder_id: int, viewer: Actor) -> None:
    """Let the trade read the book of its own business, and no other one."""
    if viewer.may("trade.view"):
        own = Reporting.objects.visible_to(viewer).current()
        if own.filter(holder_id=holder_id).exists():
            return
    viewer.require("registry.view")
    viewer.require("holder.view")


def _within(where: StockFilter) -> Q:
    within = Q(happened_on__gte=where.since) if where.since else Q()
    return within & Q(happened_on__lte=where.until) if where.until else within


def _between(rows: QuerySet[LifeEvent], where: StockFilter) -> QuerySet[LifeEvent]:
    return rows.filter(_within(where))


def _told(events: Iterable[LifeEvent], holder_id: int) -> list[StockRow]:
    rows = list(events)
    known = records_of({each.arm_id for each in rows})
    return [_row(each, known[each.arm_id], holder_id) for each in rows]


def records_of(arm_ids: Collection[int]) -> dict[int, ArmRecord]:
    """Give what is known of the marks of arms; an empty record where nothing is."""
    records = ArmRecord.objects.current().filter(among("arm_id", arm_ids))
    empty = dict.fromkeys(arm_ids, ArmRecord())
    return empty | {each.arm_id: each for each in records}


def _row(event: LifeEvent, record: ArmRecord, holder_id: int) -> StockRow:
    consultations.show(Arm, event.arm_id)
    kind = LifeEventKind(event.kind)
    is_in = kind in COMES_BACK or (kind in CAME and event.holder_to_id == holder_id)
    other = event.holder_from if is_in else event.holder_to
    return fill(
        StockRow,
        event.arm,
        event,
        record,
        on=event.happened_on,
        is_in=is_in,
        serial=record.serial_as_marked,
        other=other.number if other and other.pk != holder_id else "",
    )
