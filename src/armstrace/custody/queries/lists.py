"""Lists of exhibits, and what of them waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count as Many
from django.db.models import F, Q, QuerySet

from armstrace.accounts import queries as accounts
from armstrace.audit import consultations
from armstrace.custody.models import Count, CustodyEvent, Exhibit, Store
from armstrace.custody.queries import numbers
from armstrace.custody.queries.items import Item, describe
from armstrace.records.lookups import among, counts_of, page_of
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.custody import WayOutState
from armstrace.vocabulary.paging import Page, PageRequest


class Shown(Code):
    """Which exhibits a list shows."""

    OFFERED = "OFFERED", "offered to your agency"
    WAITING = "WAITING", "offered by your agency and not accepted"
    HERE = "HERE", "held by your agency"
    UNPLACED = "UNPLACED", "without a location"
    OUT = "OUT", "handed over for good"
    OVERDUE = "OVERDUE", "due back"
    BROKEN = "BROKEN", "with a broken seal"
    NEEDED = "NEEDED", "needed by a court or case"
    PROPOSED = "PROPOSED", "disposal proposed"
    APPROVED = "APPROVED", "disposal approved"
    LEFT = "LEFT", "left custody"


WAITING = (Shown.OFFERED, Shown.UNPLACED, Shown.OVERDUE, Shown.BROKEN, Shown.PROPOSED)


@dataclass(frozen=True, slots=True)
class ExhibitFilter:
    """What narrows the list.

    Args:
        text: Any number of an exhibit.
        shown: Where it stands.
        store_id: In which store.
        place: Room, shelf or bin; what is deeper within it is shown too.
    """

    text: str = ""
    shown: Shown | None = None
    store_id: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class ExhibitRow:
    """One exhibit in a list."""

    exhibit_id: int
    reference: str
    item: Item
    now: CustodyEvent
    # Whether it is out past the day by which it was due back.
    is_late: bool


@dataclass(frozen=True, slots=True)
class StoreRow:
    """A store and how many exhibits are in it."""

    store_id: int
    name: str
    agency: str
    held: int


def exhibit_rows(
    where: ExhibitFilter, *, viewer: Actor, page: PageRequest, today: date
) -> Page[ExhibitRow]:
    """Give one page of exhibits, the latest first."""
    rows = _filter(where, viewer, today).order_by("-exhibit_id")
    whole = rows.select_related("exhibit", "store")
    found = page_of(whole, page, by="exhibit_id")
    items = describe(event.exhibit.recovery_id for event in found.rows)
    shown = [_row(event, items, today) for event in found.rows]
    return found.showing(shown)


def exhibit_ids(
    where: ExhibitFilter, *, viewer: Actor, today: date, most: int
) -> list[int]:
    """Give the numbers of exhibits that a list shows, the lowest first."""
    rows = _filter(where, viewer, today).order_by("exhibit_id")
    return list(rows.values_list("exhibit_id", flat=True)[:most])


def exhibits_among(
    exhibit_ids: Iterable[int], *, viewer: Actor, today: date
) -> list[ExhibitRow]:
    """Give the exhibits of some numbers that the viewer may see, lowest first."""
    rows = _current(viewer).filter(among("exhibit_id", exhibit_ids))
    found = list(rows.select_related("exhibit", "store").order_by("exhibit_id"))
    items = describe(event.exhibit.recovery_id for event in found)
    return [_row(event, items, today) for event in found]


def exhibits_of(
    recovery_ids: Iterable[int], *, viewer: Actor, today: date
) -> list[ExhibitRow]:
    """Give the exhibits of recovered items; unseen ones are left out."""
    found = Exhibit.objects.filter(among("recovery_id", recovery_ids))
    ids = list(found.values_list("pk", flat=True))
    return exhibits_among(ids, viewer=viewer, today=today)


def receivable(text: str, *, viewer: Actor) -> list[Item]:
    """Give recovered items that a number names and that are no exhibits yet."""
    wanted = text.strip()
    rows = Recovery.objects.visible_to(viewer).filter(exhibit=None)
    named = numbers.REFERENCE.fullmatch(wanted)
    condition = Q(source_number=wanted)
    if named:
        condition |= Q(pk=int(named[2]))
    for table in ("records", "ammunition_records", "part_records"):
        for column in ("case_number", "seal_number", "custody_number"):
            condition |= Q(
                **{f"{table}__{column}": wanted, f"{table}__superseded_at": None}
            )
    ids = rows.filter(condition).order_by("-pk").values_list("pk", flat=True)
    found = describe(ids.distinct()[: numbers.MOST]) if wanted else {}
    return [found[key] for key in sorted(found, reverse=True)]


def item_to_receive(recovery_id: int, *, viewer: Actor) -> Item:
    """Describe a recovered item that is to be received."""
    found = Recovery.objects.get_visible(recovery_id, viewer)
    consultations.show_opened(Recovery, found.pk)
    return describe([found.pk])[found.pk]


def stores(*, viewer: Actor) -> list[StoreRow]:
    """List stores with how many exhibits are in each."""
    held = Many("events", filter=Q(events__superseded_at=None))
    rows = Store.objects.visible_to(viewer).annotate(held=held)
    return [
        StoreRow(row.pk, row.name, row.agency, row.held)
        for row in rows.order_by("agency", "name")
    ]


def own_stores(*, viewer: Actor) -> list[StoreRow]:
    """List the stores of the viewer's own agency."""
    return [row for row in stores(viewer=viewer) if row.agency == viewer.agency]


def receivers(*, viewer: Actor) -> list[tuple[str, str]]:
    """List agencies in which somebody can accept an exhibit: code and name."""
    viewer.require("exhibit.offer")
    return list(accounts.agencies_that_may("exhibit.accept", viewer=viewer).items())


def waiting(*, viewer: Actor, today: date) -> dict[Shown, int]:
    """Count the exhibits that wait for a person; counts stop at ``COUNTED``."""
    asked = ("custody", viewer.agencies("exhibit.view"), today)
    rows = _current(viewer)
    counted = counts_of(
        asked,
        lambda: [rows.filter(_standing_so(each, viewer, today)) for each in WAITING],
    )
    return dict(zip(WAITING, counted, strict=True))


def open_counts(*, viewer: Actor) -> int:
    """Count the counts of stores that are open."""
    return Count.objects.visible_to(viewer).filter(closed_at=None).count()


def _current(viewer: Actor) -> QuerySet[CustodyEvent]:
    return CustodyEvent.objects.current().visible_to(viewer)


def _filter(where: ExhibitFilter, viewer: Actor, today: date) -> QuerySet[CustodyEvent]:
    rows = _current(viewer)
    if text := consultations.note_search(where.text):
        named = Exhibit.objects.filter(numbers.bears(text))
        rows = rows.filter(exhibit__in=named.values("pk"))
    if where.shown is not None:
        rows = rows.filter(_standing_so(where.shown, viewer, today))
    if where.store_id is not None:
        rows = rows.filter(store_id=where.store_id)
    if where.place:
        rows = rows.filter(numbers.within(where.place))
    return rows


def held_by(person: str, *, viewer: Actor) -> int:
    """Count the exhibits that a person holds outside a store, before the role ends."""
    viewer.require("account.manage")
    kept = CustodyEvent.objects.current().filter(holder=person, store=None)
    return kept.exclude(way_out_state=WayOutState.CARRIED_OUT).count()


def _standing_so(shown: Shown, viewer: Actor, today: date) -> Q:
    """Give the condition of a standing; “us” is everybody's agency for the hub."""
    agencies = viewer.agencies("exhibit.view")
    home = F("exhibit__agency")
    at_home = Q(holder_agency=home)
    ours = at_home if agencies.are_all else Q(holder_agency=agencies.own)
    kept = Q() if agencies.are_all else Q(exhibit__agency=agencies.own)
    offered = ~Q(offered_to="")
    left = Q(way_out_state=WayOutState.CARRIED_OUT)
    to_us = Q() if agencies.are_all else Q(offered_to=agencies.own)
    return {
        Shown.OFFERED: offered & to_us,
        Shown.WAITING: offered & ours,
        Shown.HERE: ours,
        Shown.UNPLACED: kept & at_home & Q(store=None, offered_to=""),
        Shown.OUT: kept & ~at_home & ~left,
        Shown.OVERDUE: kept & ~at_home & Q(due_back_on__lt=today),
        Shown.BROKEN: kept & Q(seal_state="BROKEN"),
        Shown.NEEDED: kept & ~Q(needed_by=""),
        Shown.PROPOSED: kept & Q(way_out_state=WayOutState.PROPOSED),
        Shown.APPROVED: kept & Q(way_out_state=WayOutState.APPROVED),
        Shown.LEFT: kept & left,
    }[shown]


def _row(event: CustodyEvent, items: dict[int, Item], today: date) -> ExhibitRow:
    consultations.show(Exhibit, event.exhibit_id)
    due, standing = event.due_back_on, event.standing
    return ExhibitRow(
        exhibit_id=event.exhibit_id,
        reference=event.exhibit.reference,
        item=items[event.exhibit.recovery_id],
        now=event,
        is_late=due is not None and due < today and not standing.is_at_home,
    )
