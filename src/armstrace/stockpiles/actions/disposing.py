"""Let surplus leave a store; no arm of the State reaches a civilian unmarked."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from armstrace.audit import ledger
from armstrace.records import lengths
from armstrace.registry.actions import marks, passing
from armstrace.registry.actions.marks import NewMark
from armstrace.registry.actions.passing import Handover
from armstrace.stockpiles import rules
from armstrace.stockpiles.models import Depot, StockedArm
from armstrace.stockpiles.standing import current, require_vetted
from armstrace.stockpiles.writing import write
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import Passing
from armstrace.vocabulary.marks import MarkKind
from armstrace.vocabulary.stockpiles import StockAct, SurplusWay

ACTS = {
    SurplusWay.DESTRUCTION: StockAct.CONDEMNED,
    SurplusWay.PASSED_ON: StockAct.LEFT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalInput:
    """How a surplus arm leaves."""

    way: SurplusWay
    # The decision that lets it go.
    reason: str
    # Of an arm that is passed on: the mark of the State, as stamped, and the number of
    # the holder to whom it passes.
    mark: str = ""
    taker: str = ""


def dispose_surplus(
    *, depot_id: int, arm_id: int, stated: DisposalInput, by: Actor, at: datetime
) -> StockedArm:
    """Decide how an arm goes that somebody else declared surplus.

    One that is passed on is marked with the State that gives it, which is put on
    record, and passes by the rules of the register; one to be destroyed stays in the
    store until the lot has ended in which it is destroyed.

    Raises:
        RuleBroken: ``SK-01``; ``SK-12``, it is not declared surplus by another;
            ``SK-13``, there is no decision; ``SK-14``, the mark does not name the
            State; ``SK-18``, it is lost or stolen; ``SK-31``, a count did not find
            it; or what the register refuses:
            ``MK-01``, ``RG-01`` to ``RG-05``.

    Source:
        Programme of Action (2001), II.18; Firearms Protocol, art. 8, para. 1 (c).
    """
    by.require("stock.dispose")
    lengths.require_reason(rules.REASONED, stated.reason)
    with transaction.atomic():
        depot = Depot.objects.get_visible(depot_id, by)
        require_vetted(by, at)
        one = current([arm_id]).get(arm_id)
        declared = one.surplus_by if one and one.depot_id == depot.pk else ""
        is_others = bool(declared) and declared != by.name
        rules.DECLARED.require((f"A{arm_id}", is_others))
        with ledger.entry("stock.disposed", by=by, at=at) as entry:
            changes: dict[str, object] = {"act": ACTS[stated.way], "paper": None}
            changes |= {"told_by": by.name, "reason": stated.reason.strip()}
            (left,) = write(depot, [arm_id], changes, entry, bearer="")
        if stated.way is SurplusWay.PASSED_ON:
            _pass_on(arm_id, stated, by, at)
    return left


def _pass_on(arm_id: int, stated: DisposalInput, by: Actor, at: datetime) -> None:
    """Mark the arm with the State that gives it, then pass it on."""
    country, today = settings.HOME_COUNTRY, timezone.localdate(at)
    is_named = bool(country) and country in stated.mark.upper().split()
    rules.STATE_MARKED.require((stated.mark.strip() or "—", country, is_named))
    decision = stated.reason.strip()
    mark = NewMark(MarkKind.OTHER, stated.mark.strip(), today, document=decision)
    marks.mark_arm(arm_id=arm_id, mark=mark, by=by, at=at)
    handover = Handover(
        Passing.SALE, stated.taker, today, document=decision, reason=stated.reason
    )
    passing.pass_arm(arm_id=arm_id, handover=handover, by=by, at=at)
