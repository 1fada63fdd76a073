"""Write what was done with arms and lots of a store; inside the entry of an act."""

from collections.abc import Sequence

from armstrace.analysis.marks.search_keys import search_key
from armstrace.audit import ledger
from armstrace.records import closing
from armstrace.stockpiles import comparison, reading, rules
from armstrace.stockpiles.models import Depot, Lot, LotEntry, StockedArm
from armstrace.stockpiles.standing import GOING, current, require_may_go, store_of
from armstrace.vocabulary.stockpiles import LotAct, StockAct
from armstrace.vocabulary.texts import trim

# Acts that stay the last one of an arm, whatever is done with it meanwhile.
LASTING = (StockAct.SURPLUS, StockAct.CONDEMNED)
PASSING = (
    *(StockAct.PLACED, StockAct.ISSUED, StockAct.RETURNED, StockAct.MOVED),
    *(StockAct.NEUTRALISED, StockAct.RESTORED),
)


def write(
    depot: Depot,
    arms: Sequence[int],
    changes: dict[str, object],
    entry: ledger.Entry,
    *,
    bearer: str | None,
) -> list[StockedArm]:
    """Write what was done with arms of a store; inside the entry of the act.

    Args:
        changes: Columns that read otherwise from now on.
        bearer: Who has them until now, empty for the store; None for arms that may
            come from outside.

    Raises:
        RuleBroken: ``SK-04``, one is not there; ``SK-18`` or ``SK-21``, one may
            not go; ``SK-31``, a count did not find one.
    """
    require_may_go(arms, changes["act"])
    if changes["act"] in {*GOING, StockAct.LEFT}:
        comparison.require_answered(depot, arms)
    now = current(arms)
    there = {
        key
        for key, one in now.items()
        if one.depot_id == depot.pk
        and one.bearer == (bearer or "")
        and one.act != StockAct.LEFT
    }
    if bearer is not None:
        away = [f"A{key}" for key in arms if key not in there]
        rules.IN_STORE.require(away)
    else:
        out = [f"A{key}" for key, one in now.items() if one.bearer]
        rules.IN_STORE.require(out)
    made = []
    for key in arms:
        was = now.get(key)
        told = was or StockedArm(arm_id=key, source=depot.agency)
        later = told.next_version(
            **{"depot": depot} | changes | _lasting(was, changes["act"])
        )
        made.append(closing.succeed(was, later, entry))
    return made


def _lasting(was: StockedArm | None, act: object) -> dict[str, object]:
    """Let an arm wait on for a decision, or for its end, wherever it is put."""
    if was is not None and was.act in LASTING and act in PASSING:
        return {"act": was.act}
    return {}


def let_go(arm_id: int, entry: ledger.Entry, *, reason: str) -> None:
    """Take an arm that was destroyed off the list of its store, if it is on one.

    Raises:
        RuleBroken: ``SK-04``, it is issued to somebody.
    """
    depot = store_of(arm_id)
    if depot is not None:
        changes: dict[str, object] = {"act": StockAct.LEFT, "paper": None}
        changes |= {"told_by": entry.by.name, "reason": reason}
        write(depot, [arm_id], changes, entry, bearer="")


def arms_named(text: str) -> list[int]:
    """Give the arms that lines of text name, each once.

    Raises:
        InvalidInput: There are too many lines.
        RuleBroken: ``SK-02``, none is named; ``SK-04``, a line names no arm.
    """
    rows = reading.rows_of(text)
    reading.require_readable(rows)
    lines = [each for each in reading.resolve(rows) if each.text]
    rules.IN_STORE.require([each.text for each in lines if each.arm_id is None])
    arms = list(dict.fromkeys(each.arm_id for each in lines if each.arm_id))
    rules.SOMETHING.require(len(arms))
    return arms


def lot_in(depot: Depot, told: Lot, entry: ledger.Entry) -> Lot:
    """Give the lot of a store that is the one told; kept where it is a new one."""
    rows = depot.lots.all()
    lot = next((each for each in rows if _key(each) == _key(told)), None)
    if lot is not None:
        return lot
    return closing.keep(
        Lot,
        entry,
        depot=depot,
        number=trim(told.number),
        maker=trim(told.maker),
        calibre=trim(told.calibre),
    )


def _key(lot: Lot) -> tuple[str, str]:
    """Give what two spellings of one lot share, so that a recall holds for both."""
    return search_key(lot.number), search_key(lot.maker)


def add_entry(
    lot: Lot, act: LotAct, quantity: int, entry: ledger.Entry, **more: object
) -> LotEntry:
    """Write an entry of a lot; inside the entry of the act."""
    told = {"lot": lot, "act": act, "quantity": quantity}
    return closing.keep(LotEntry, entry, noted=["act"], **told | more)
