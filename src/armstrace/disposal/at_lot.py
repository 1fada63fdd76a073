"""A lot that somebody acts on: locked, and held to what it needs."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import chain

from django.utils import timezone

from armstrace.accounts.models import Agency, User
from armstrace.disposal import conditions, rules
from armstrace.disposal.conditions import Item
from armstrace.disposal.inputs import LotInput
from armstrace.disposal.models import Lot, LotItem, LotPhotograph, LotRecord, LotWitness
from armstrace.disposal.rules import LotFacts
from armstrace.records import lengths
from armstrace.recoveries.models import RecoveryRecord
from armstrace.stockpiles import comparison, standing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.custody import WayOut
from armstrace.vocabulary.disposal import DestructionMethod
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.look_alikes import is_one_person, skeleton
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import require_all
from armstrace.vocabulary.stockpiles import StockAct
from armstrace.vocabulary.texts import is_visible, shorten

# Of the name on a certificate, which its signed code holds.
LONGEST_NAME = 80
LOT_TEXTS = lengths.limits(LotRecord, ("works", "place"), of=LotInput)


def require_named(given: LotInput) -> None:
    """Refuse a lot of which nobody says who destroys it and where.

    Raises:
        InvalidInput: Works or place is missing or too long.
    """
    lengths.require_fits(given, *LOT_TEXTS)
    for name in ("works", "place"):
        if not is_visible(getattr(given, name)):
            msg = message("State which works destroys the lot, and where.")
            raise InvalidInput(msg, field=name)


def require_free(items: Collection[Item], at: datetime) -> None:
    """Refuse arms that may not be destroyed; the first rule that one breaks speaks.

    Raises:
        RuleBroken: ``DX-01`` to ``DX-04``, ``DX-07``, ``DX-21`` or ``DX-26``; or
            ``SK-31``, a count of its store did not find one.
    """
    for one in standing.current(each.arm_id for each in items if each.arm_id).values():
        if one.act != StockAct.LEFT:
            comparison.require_answered(one.depot, [one.arm_id])
    today = timezone.localdate(at)
    kinds = conditions.kinds_before(WayOut.DESTROY, today)
    for facts in conditions.facts_of(items, today).values():
        require_all(rules.of_each(kinds), facts)


def require_at_hand(lot: Lot, items: Collection[Item]) -> None:
    """Refuse exhibits that another agency holds, or that are offered to one.

    Raises:
        RuleBroken: ``EX-05`` or ``EX-06``.
    """
    for refusals in conditions.bars_in_custody(items, lot.agency).values():
        for refusal in refusals:
            raise refusal


def require_fits_method(lot: Lot, method: str, items: Collection[Item]) -> None:
    """Refuse arms in a lot that is burned.

    Raises:
        RuleBroken: ``DX-41``.
    """
    keys = [each.exhibit_id for each in items if each.exhibit_id]
    rows = RecoveryRecord.objects.current().filter(recovery__exhibit__in=keys)
    arms = set(rows.values_list("recovery__exhibit", flat=True))
    for each in items:
        is_arm = each.exhibit_id is None or each.exhibit_id in arms
        fits = method != DestructionMethod.BURNED or not is_arm
        rules.BURNS_NO_ARMS.require((lot.reference, each.reference, fits))


def lock_lot(lot_id: int, by: Actor) -> Lot:
    """Give a lot that nobody else changes until the transaction ends."""
    by.require("disposal.destroy")
    lot = Lot.objects.get_queryset().select_for_update().get_visible(lot_id, by)
    by.require("disposal.destroy", agency=lot.agency)
    return lot


def lock_open(lot_id: int, by: Actor) -> tuple[Lot, LotRecord]:
    """Give a lot that is not destroyed and that nobody else changes meanwhile.

    Raises:
        RuleBroken: ``DX-09``.
    """
    lot = lock_lot(lot_id, by)
    record = LotRecord.objects.current().get(lot=lot)
    rules.OPEN.require((lot.reference, record.destroyed_on is None))
    return lot, record


def facts_of(lot: Lot, many: int, witnesses: Iterable[str], by: Actor) -> LotFacts:
    """Gather what a lot is held to before it is destroyed.

    Args:
        many: Arms that are in it.
        witnesses: Names of those who are there.
    """
    own = User.objects.filter(name=by.name).values_list("full_name", flat=True)
    taken = LotPhotograph.objects.filter(lot=lot).values_list("moment", flat=True)
    return LotFacts(
        lot.reference,
        many,
        frozenset(witnesses),
        frozenset((by.name, *own)),
        frozenset(taken),
    )


def witnesses_of(lot: Lot) -> list[str]:
    """Give the names of those who see a lot destroyed, the first named first."""
    there = LotWitness.objects.current().filter(lot=lot, was_there=True)
    return list(there.order_by("pk").values_list("name", flat=True))


def is_of_agency(name: str, body: str, code: str) -> bool:
    """Tell whether a person or the body that sends them is of an agency."""
    called = Agency.objects.filter(code=code).values_list("name", flat=True)
    if skeleton(body) in {*map(skeleton, (code, *called))}:
        return True
    people = User.objects.filter(agency__code=code).values_list("name", "full_name")
    return any(is_one_person(name, each) for each in chain.from_iterable(people))


def items_of(lot: Lot) -> list[Item]:
    """Give what is in a lot now, in the order in which it is locked."""
    rows = LotItem.objects.current().filter(lot=lot, is_in=True)
    keys = rows.order_by("exhibit", "arm").values_list("exhibit_id", "arm_id")
    return [Item(exhibit_id, arm_id) for exhibit_id, arm_id in keys]


def count_and_bodies(count: int | None, bodies: list[str]) -> str:
    """Name the observing bodies on the certificate; say how many do not fit on it."""
    for shown in range(len(bodies), 0, -1):
        more = [f"+{len(bodies) - shown}"] if shown < len(bodies) else []
        said = "; ".join([str(count), *bodies[:shown], *more])
        if len(said) <= LONGEST_NAME:
            return said
    return shorten("; ".join([str(count), *bodies]), LONGEST_NAME)
