"""What can be asked about stores, papers and lots."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, Count, Max, Q
from django.db.models.expressions import RawSQL

from armstrace.audit import consultations
from armstrace.records.lookups import among, page_of
from armstrace.records.versions import VersionQuerySet
from armstrace.registry.models import Arm, ArmRecord
from armstrace.stockpiles import comparison, standing
from armstrace.stockpiles.models import (
    WAITS,
    Depot,
    Lot,
    LotEntry,
    Paper,
    StockCount,
    StockedArm,
    no_such_store,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import MISSING
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.stockpiles import LotAct, StockAct

# As the indexes say it: SQLite would look at each row again for a value that is sent
# apart from the statement.
HERE, OUT = (
    RawSQL(f"{bearer} AND NOT act = 'LEFT'", (), BooleanField())  # noqa: S611 - no values
    for bearer in ("bearer = ''", "NOT bearer = ''")
)


@dataclass(frozen=True, slots=True)
class DepotRow:
    """One store in a list.

    Args:
        custodian: Sign-in name of who keeps it.
        arms: How many arms are in it now, without those lost or stolen; None to who
            may not see what is in it.
        issued: How many are issued to somebody.
        missing: How many on its list are lost or stolen, and issued to nobody.
        counted_on: When it was counted last; None where never.
    """

    depot_id: int
    name: str
    agency: str
    custodian: str
    arms: int | None
    issued: int | None
    missing: int | None
    counted_on: datetime | None


@dataclass(frozen=True, slots=True)
class StockedRow:
    """One arm of a store.

    Args:
        arm: Number of the arm.
        bearer: Sign-in name of whom it is issued to; empty in the store.
        due_back_on: When it is to be back; None where nobody said.
        is_neutralised: Whether it was made unusable for a time.
        is_surplus: Whether it is declared surplus.
        is_missing: Whether the register has it as lost or stolen.
    """

    arm_id: int
    arm: str
    make: str
    serial: str
    act: StockAct
    place: str
    bearer: str
    due_back_on: date | None
    is_neutralised: bool
    is_surplus: bool
    is_missing: bool


@dataclass(frozen=True, slots=True)
class LotRow:
    """One lot of ammunition in a store."""

    lot: Lot
    # None to who may not see what is in the store.
    rounds: int | None
    is_recalled: bool
    # Why it is recalled.
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LotBearer:
    """Who had rounds of a lot, with each issue and return."""

    name: str
    entries: tuple[LotEntry, ...]

    @property
    def issued(self) -> int:
        return -sum(each.quantity for each in self.entries if each.quantity < 0)

    @property
    def returned(self) -> int:
        return sum(each.quantity for each in self.entries if each.quantity > 0)

    @property
    def left(self) -> int:
        return self.issued - self.returned


@dataclass(frozen=True, slots=True)
class LotPage:
    """A lot of ammunition, and who had rounds of it."""

    row: LotRow
    bearers: Sequence[LotBearer]


@dataclass(frozen=True, slots=True)
class PaperPage:
    """An issue or a return, with what it names."""

    paper: Paper
    # The key of each arm, with its marks.
    arms: tuple[tuple[int, str], ...]
    rounds: tuple[tuple[Lot, int], ...]


def depot_rows(*, viewer: Actor, page: PageRequest) -> Page[DepotRow]:
    """Give one page of stores by name."""
    rows = Depot.objects.visible_to(viewer).order_by("agency", "name")
    found = page_of(rows, page)
    keys = [each.pk for each in found.rows]
    consultations.show_all(Depot, keys)
    many: dict[int, Sequence[int | None]] = dict.fromkeys(keys, (None,) * 3)
    many |= _counts([each.pk for each in found.rows if _lists(each, viewer)])
    signed = StockCount.objects.filter(depot__in=keys, signed_at__isnull=False)
    last = dict(signed.values_list("depot_id").annotate(Max("signed_at")))
    return found.showing(
        [
            fill(
                DepotRow,
                each,
                depot_id=each.pk,
                **dict(zip(("arms", "issued", "missing"), many[each.pk], strict=True)),
                counted_on=last.get(each.pk),
            )
            for each in found.rows
        ]
    )


def _counts(depots: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """Count what is in stores, what is issued, and what is missing from them."""
    held = StockedArm.objects.current()
    # Asked apart, and of all stores: few arms are missing, and each is looked up.
    lost = Arm.objects.filter(state__in=MISSING).values("pk")
    away = held.exclude(act=StockAct.LEFT).filter(bearer="", arm__in=lost)
    wanted = among("depot_id", depots)
    here, out = (_by_depot(held.filter(wanted, each)) for each in (HERE, OUT))
    gone = _by_depot(away)
    return {key: (here[key] - gone[key], out[key], gone[key]) for key in depots}


def _by_depot(rows: VersionQuerySet[StockedArm]) -> Counter[int]:
    counted = rows.order_by().values_list("depot_id").annotate(many=Count("*"))
    return Counter(dict(counted))


def depot(depot_id: int, *, viewer: Actor) -> Depot:
    """Give one store."""
    found = Depot.objects.get_visible(depot_id, viewer)
    consultations.show_opened(Depot, found.pk)
    return found


def depot_called(name: str, *, viewer: Actor) -> Depot:
    """Give the store of a name, or of its key."""
    name = name.strip()
    seen = Depot.objects.visible_to(viewer).order_by("pk")
    found = list(seen.filter(name=name)) or list(seen.filter(name__iexact=name))
    if not found and name.isascii() and name.isdecimal() and len(name) < 19:
        return depot(int(name), viewer=viewer)
    if not found:
        raise NotFound(no_such_store(name))
    if len(found) > 1:
        msg = message(
            "Several stores are called %(name)s: %(stores)s; write the number of one.",
            name=name,
            stores=[f"{each.pk} ({each.agency})" for each in found],
        )
        raise InvalidInput(msg)
    return found[0]


def stock_rows(depot_id: int, *, viewer: Actor, page: PageRequest) -> Page[StockedRow]:
    """Give one page of the arms of a store, issued ones too.

    Who may be asked to count it sees only what is issued to them.
    """
    one = depot(depot_id, viewer=viewer)
    rows = StockedArm.objects.current().filter(depot=one).exclude(act=StockAct.LEFT)
    if not _lists(one, viewer):
        rows = rows.filter(bearer=viewer.name).exclude(bearer="")
    found = page_of(rows.select_related("paper").order_by("arm_id"), page)
    keys = [each.arm_id for each in found.rows]
    consultations.show_all(Arm, keys)
    records = ArmRecord.objects.current().filter(among("arm_id", keys))
    marks = {each.arm_id: each for each in records}
    gone = standing.missing_among(keys)
    return found.showing(
        [
            _row(one, marks.get(one.arm_id), is_missing=one.arm_id in gone)
            for one in found.rows
        ]
    )


def _lists(one: Depot, viewer: Actor) -> bool:
    return viewer.may_for("stock.list", one.agency)


def _row(one: StockedArm, marks: ArmRecord | None, *, is_missing: bool) -> StockedRow:
    return fill(
        StockedRow,
        one,
        arm=f"A{one.arm_id}",
        make=f"{marks.make} {marks.model}".strip() if marks else "",
        serial=marks.serial_as_marked if marks else "",
        due_back_on=one.paper.due_back_on if one.paper and one.bearer else None,
        is_surplus=bool(one.surplus_by),
        is_missing=is_missing,
    )


def lot_rows(depot_id: int, *, viewer: Actor) -> Sequence[LotRow]:
    """Give the lots of a store by number.

    Who may be asked to count it sees only those of which they had rounds.
    """
    lots = Lot.objects.visible_to(viewer).filter(depot_id=depot_id)
    found = _lot_rows(list(lots.select_related("depot")), viewer)
    return sorted(found, key=lambda row: row.lot.number)


def _lot_rows(lots: Sequence[Lot], viewer: Actor) -> list[LotRow]:
    rounds, gone = standing.rounds_of(lots), standing.lots_recalled(lots)
    return [
        LotRow(
            each,
            rounds.get(each.pk, 0) if _lists(each.depot, viewer) else None,
            each.pk in gone,
            gone.get(each.pk, ""),
        )
        for each in lots
    ]


def lot_page(lot_id: int, *, viewer: Actor) -> LotPage:
    """Give a lot with what was issued of it, to whom, and what came back.

    Who may be asked to count a store sees only what they had themselves.
    """
    lot = Lot.objects.get_visible(lot_id, viewer)
    consultations.show_opened(Depot, lot.depot_id)
    acts = {"act__in": (LotAct.ISSUED, LotAct.RETURNED), "paper__isnull": False}
    rows = LotEntry.objects.filter(lot=lot, **acts).select_related("paper")
    found: dict[str, list[LotEntry]] = defaultdict(list)
    for each in rows.order_by("pk"):
        assert each.paper is not None  # noqa: S101 - as it is asked for
        is_issue = each.act == LotAct.ISSUED
        name = each.paper.second_by if is_issue else each.paper.first_by
        if name == viewer.name or _lists(lot.depot, viewer):
            found[name].append(each)
    (row,) = _lot_rows([lot], viewer)
    return LotPage(row, [LotBearer(name, tuple(had)) for name, had in found.items()])


def paper(paper_id: int, *, viewer: Actor) -> PaperPage:
    """Give one issue or return."""
    found = Paper.objects.get_visible(paper_id, viewer)
    consultations.show_opened(Paper, found.pk)
    marks = comparison.marks_of(found.arms)
    lots = {str(lot.pk): lot for lot in Lot.objects.filter(pk__in=found.rounds)}
    return PaperPage(
        paper=found,
        arms=tuple((key, marks.get(f"A{key}", "")) for key in found.arms),
        rounds=tuple((lots[key], many) for key, many in found.rounds.items()),
    )


def papers_of(depot_id: int, *, viewer: Actor) -> Sequence[Paper]:
    """Give the papers of a store that wait for a signature, the latest first."""
    of_store = Q(depot_id=depot_id) | Q(to_store_id=depot_id)
    rows = Paper.objects.visible_to(viewer).filter(WAITS, of_store)
    return list(rows.order_by("-pk")[:50])


def papers_waiting(*, viewer: Actor) -> Sequence[int]:
    """Give the papers that wait for the viewer's signature."""
    rows = Paper.objects.visible_to(viewer).filter(WAITS, second_by=viewer.name)
    return list(rows.values_list("pk", flat=True))


def lots_under_recall(*, viewer: Actor) -> Sequence[int]:
    """Give the recalled lots of which the viewer still has rounds."""
    mine = standing.under_recall_with(viewer.name)
    rows = Lot.objects.visible_to(viewer).filter(pk__in=mine)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def lots_under_recall_out(*, viewer: Actor) -> Sequence[int]:
    """Give the recalled lots of the viewer's stores of which others have rounds."""
    if not viewer.may("stock.keep"):
        return []
    return standing.under_recall_out(Lot.objects.visible_to(viewer))


def surplus_waiting(*, viewer: Actor) -> int:
    """Count the arms that others declared surplus and nobody has decided on."""
    rows = StockedArm.objects.current().visible_to(viewer).filter(act=StockAct.SURPLUS)
    return rows.exclude(surplus_by=viewer.name).count()


def signers(depot_id: int, grant: str, *, viewer: Actor) -> dict[str, str]:
    """Give the colleagues who may sign, by sign-in name."""
    able = standing.able_to_sign(depot(depot_id, viewer=viewer), grant)
    named = able.exclude(name=viewer.name).order_by("name")
    return dict(named.values_list("name", "full_name"))


def stores_beside(depot_id: int, *, viewer: Actor) -> dict[int, str]:
    """Give the other stores of the agency of a store, to which arms are moved."""
    one = depot(depot_id, viewer=viewer)
    rows = Depot.objects.visible_to(viewer).filter(agency=one.agency)
    return dict(rows.exclude(pk=one.pk).order_by("name").values_list("pk", "name"))
