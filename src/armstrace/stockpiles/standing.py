"""Who may act in a store, and where the arms of a stockpile are."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from armstrace.accounts.models import User
from armstrace.accounts.policy import roles_with
from armstrace.analysis.provenance.passing import PASSINGS
from armstrace.analysis.provenance.state import fold_state
from armstrace.records.lookups import among
from armstrace.registry import arm_state
from armstrace.registry.models import REPORTED_MISSING, Arm, LifeEvent
from armstrace.stockpiles import rules
from armstrace.stockpiles.models import Depot, Lot, LotEntry, StockedArm
from armstrace.vetting.standing import staff_vetting
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import MISSING, ArmState, LifeEventKind
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.rules import broken
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.stockpiles import LotAct, StockAct

SAID = Sentences(__package__)
GOING = (StockAct.ISSUED, StockAct.MOVED, StockAct.SURPLUS, StockAct.CONDEMNED)
STATE_HOLDS = (ArmState.HELD_STATE, ArmState.RETAINED_MARKED)


def bar_to_acts(viewer: Actor, at: datetime) -> RuleBroken | None:
    """Say why somebody does nothing in a store; None where their vetting holds."""
    named = User.objects.filter(name=viewer.name).values_list("full_name", flat=True)
    told = staff_vetting({viewer.name, *named}, at)
    return next(broken([rules.VETTED], told[:2]), None)


def require_vetted(by: Actor, at: datetime) -> None:
    """Refuse somebody whose vetting has expired or was answered against them.

    Raises:
        RuleBroken: ``SK-01``.
    """
    if bar := bar_to_acts(by, at):
        raise bar


def able_to_sign(depot: Depot, grant: str) -> QuerySet[User]:
    """Give the people of the agency of a store who may sign for it."""
    rows = User.objects.filter(is_active=True, agency__code=depot.agency)
    return rows.filter(role__in=roles_with(grant))


def require_other(name: str, depot: Depot, by: Actor, grant: str) -> None:
    """Refuse a second one who may not sign for a store, or is who signs first.

    Raises:
        RuleBroken: ``SK-05``.
    """
    able = able_to_sign(depot, grant).filter(name=name)
    rules.OTHER_SIGNS.require((name, name != by.name and able.exists()))


def lock_depots(*keys: int | None) -> None:
    """Lock stores in the order of their keys, so that no two wait for each other."""
    rows = Depot.objects.get_queryset().filter(pk__in=filter(None, keys))
    list(rows.order_by("pk").select_for_update())


def take_depot(depot_id: int, by: Actor, at: datetime) -> Depot:
    """Lock a store, so that of two who act in it at once one waits.

    Raises:
        RuleBroken: ``SK-01``.
    """
    rows = Depot.objects.get_queryset().select_for_update()
    depot = rows.get_visible(depot_id, by)
    by.require("stock.sign", agency=depot.agency)
    require_vetted(by, at)
    return depot


def current(arm_ids: Iterable[int]) -> dict[int, StockedArm]:
    """Give where arms of a stockpile are now, by the key of the arm."""
    rows = StockedArm.objects.current().filter(among("arm_id", arm_ids))
    return {each.arm_id: each for each in rows.select_related("depot")}


def store_of(arm_id: int) -> Depot | None:
    """Give the store on whose list an arm is; None where it is on none."""
    one = current([arm_id]).get(arm_id)
    return one.depot if one is not None and one.act != StockAct.LEFT else None


def in_store(depot: Depot, at: datetime | None = None) -> QuerySet[StockedArm]:
    """Give what is in a store, now or as it was known at a moment."""
    rows = StockedArm.objects.as_of(at).filter(depot=depot, bearer="")
    return rows.exclude(act=StockAct.LEFT)


def not_of_the_state(arm_ids: Iterable[int], depot: Depot) -> list[str]:
    """Give the arms that the State does not hold, or that another store has."""
    wanted = set(arm_ids)
    rows = Arm.objects.filter(among("pk", wanted), state__in=STATE_HOLDS)
    held = set(rows.values_list("pk", flat=True))
    others = Q(depot=depot) | Q(act=StockAct.LEFT)
    away = StockedArm.objects.current().filter(among("arm_id", wanted)).exclude(others)
    gone = wanted - held | set(away.values_list("arm_id", flat=True))
    return [f"A{key}" for key in sorted(gone)]


def missing_among(arm_ids: Iterable[int], at: datetime | None = None) -> set[int]:
    """Give the arms that are lost or stolen, now or as it was known at a moment."""
    return _missing(lambda column: among(column, arm_ids), at)


def missing_of(rows: QuerySet[Any], at: datetime | None = None) -> set[int]:
    """Give those of the arms in stores, however many these are."""
    return _missing(lambda column: Q(Exists(rows.filter(arm=OuterRef(column)))), at)


def _missing(are_meant: Callable[[str], Q], at: datetime | None) -> set[int]:
    if at is None:
        rows = Arm.objects.filter(are_meant("pk"), state__in=MISSING)
        return set(rows.values_list("pk", flat=True))
    told = LifeEvent.objects.as_of(at).filter(REPORTED_MISSING)
    ever = told.filter(are_meant("arm_id")).values_list("arm_id", flat=True)
    lives = arm_state.events_of(set(ever), as_of=at)
    return {key for key, life in lives.items() if fold_state(life).state in MISSING}


def require_may_go(arm_ids: Collection[int], act: object) -> None:
    """Refuse to let go arms that are missing, and to issue those to be destroyed.

    Raises:
        RuleBroken: ``SK-18`` or ``SK-21``.
    """
    if act in GOING:
        gone = sorted(missing_among(arm_ids))
        rules.NOT_MISSING.require([f"A{key}" for key in gone])
    if act == StockAct.ISSUED:
        kept = sorted(each.arm_id for each in decisions_to_destroy(arm_ids))
        rules.NOT_CONDEMNED.require([f"A{key}" for key in kept])


def keeps(arm_ids: Collection[int], kind: LifeEventKind) -> dict[int, Message]:
    """Say why arms of the State are not destroyed, and do not pass, at the desk."""
    listed = current(arm_ids)
    held = Arm.objects.filter(among("pk", arm_ids), state__in=STATE_HOLDS)
    of_state = set(held.values_list("pk", flat=True))
    told = {
        arm: _why_kept(f"A{arm}", kind, listed.get(arm), is_held=arm in of_state)
        for arm in {*listed, *of_state}
    }
    return {arm: said for arm, said in told.items() if said is not None}


def _why_kept(
    arm: str, kind: LifeEventKind, one: StockedArm | None, *, is_held: bool
) -> Message | None:
    leaves = kind in {*PASSINGS, LifeEventKind.EXPORTED}
    if leaves and one and one.act != StockAct.LEFT:
        return SAID.say("IN_STORE", arm=arm, store=one.depot.name)
    if not is_held:
        return None
    if kind is LifeEventKind.DESTROYED:
        return SAID.say("DESTROY_IN_LOT", arm=arm)
    is_loose = one is None or _came_back(one)
    if kind in PASSINGS - {LifeEventKind.ISSUED_TO_STATE} and is_loose:
        return SAID.say("DECLARE_SURPLUS", arm=arm)
    return None


def _came_back(one: StockedArm) -> bool:
    """Tell whether an arm came to the State again after it had left a store."""
    taken = LifeEvent.objects.current().filter(
        arm=one.arm_id, kind=LifeEventKind.ISSUED_TO_STATE, known_at__gt=one.known_at
    )
    return one.act == StockAct.LEFT and taken.exists()


def decisions_to_destroy(arm_ids: Iterable[int]) -> list[StockedArm]:
    """Give the decisions that surplus arms in stores are destroyed."""
    now = current(arm_ids)
    there = [
        key for key, one in now.items() if one.surplus_by and one.act != StockAct.LEFT
    ]
    said = StockedArm.objects.filter(
        among("arm_id", there),
        act__in=(StockAct.SURPLUS, StockAct.KEPT, StockAct.CONDEMNED),
    )
    rows = said.select_related("depot").order_by("known_at", "pk")
    last = {each.arm_id: each for each in rows}
    return [each for each in last.values() if each.act == StockAct.CONDEMNED]


def rounds_of(lots: Iterable[Lot]) -> dict[int, int]:
    rows = LotEntry.objects.filter(lot__in=list(lots)).values_list("lot_id")
    return dict(rows.annotate(rounds=Sum("quantity")))


def rounds_with(lot: Lot, name: str) -> int:
    """Give how many rounds of a lot were issued to somebody and not returned."""
    rows = _had_by(name).filter(lot=lot)
    return -(rows.aggregate(rounds=Sum("quantity"))["rounds"] or 0)


def under_recall_with(name: str) -> list[int]:
    """Give the recalled lots of which somebody has not returned all rounds."""
    had = _had_by(name).filter(lot__in=lots_recalled(ever_recalled()))
    left = had.values("lot_id").annotate(rounds=Sum("quantity"))
    return sorted(left.filter(rounds__lt=0).values_list("lot_id", flat=True))


def under_recall_out(lots: QuerySet[Lot]) -> list[int]:
    """Give the recalled lots of these of which rounds are out, by their keys."""
    moved = LotEntry.objects.filter(
        lot__in=lots_recalled(ever_recalled().filter(pk__in=lots)),
        act__in=(LotAct.ISSUED, LotAct.RETURNED),
    )
    out = moved.values("lot_id").annotate(rounds=Sum("quantity"))
    return sorted(out.filter(rounds__lt=0).values_list("lot_id", flat=True))


def ever_recalled() -> QuerySet[Lot]:
    """Give the lots that were recalled once, whatever was said of them since."""
    return Lot.objects.filter(entries__act=LotAct.RECALLED).distinct()


def _had_by(name: str) -> QuerySet[LotEntry]:
    issued = Q(act=LotAct.ISSUED, paper__second_by=name)
    back = Q(act=LotAct.RETURNED, paper__first_by=name)
    return LotEntry.objects.filter(issued | back)


def lots_recalled(lots: Iterable[Lot]) -> dict[int, str]:
    """Give the lots that are recalled now, each with why."""
    said = LotEntry.objects.filter(
        lot__in=list(lots), act__in=(LotAct.RECALLED, LotAct.RELEASED)
    )
    last = {each.lot_id: each for each in said.order_by("pk")}
    return {
        lot: each.reason for lot, each in last.items() if each.act == LotAct.RECALLED
    }
