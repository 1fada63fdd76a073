"""Issue arms and rounds, take them back, and move arms: two people sign."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from armstrace.accounts import independence
from armstrace.audit import ledger
from armstrace.custody.standing import require_due_later
from armstrace.records import closing, lengths
from armstrace.records.scope import no_such_record
from armstrace.stockpiles import comparison, rules
from armstrace.stockpiles.models import WAITS, Depot, Lot, Paper
from armstrace.stockpiles.standing import (
    GOING,
    lock_depots,
    lots_recalled,
    require_may_go,
    require_other,
    rounds_of,
    rounds_with,
    take_depot,
)
from armstrace.stockpiles.writing import add_entry, arms_named, lot_in, write
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.stockpiles import LotAct, StockAct

# Who signs first, and who second.
SIGNERS = {
    StockAct.ISSUED: ("stock.keep", "stock.sign"),
    StockAct.RETURNED: ("stock.sign", "stock.keep"),
    StockAct.MOVED: ("stock.keep", "stock.keep"),
}
PURPOSE = lengths.Limit("purpose", str, 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInput:
    """What is issued, returned or moved to another store, arms and rounds."""

    act: StockAct
    # Sign-in name of who signs second: who receives, or who takes back.
    other: str
    # Key of the store to which arms are moved.
    to_id: int | None = None
    # Numbers of arms, one a line.
    text: str = ""
    # A lot of ammunition and rounds of it; None where no rounds go.
    lot_id: int | None = None
    rounds: int = 0
    # Of a return: rounds of the lot that were used up, beside those brought back.
    used: int = 0
    due_back_on: date | None = None
    purpose: str = ""


def sign_paper(*, depot_id: int, stated: PaperInput, by: Actor, at: datetime) -> Paper:
    """Sign an issue, a return or a move first; it counts once the other has signed.

    Raises:
        InvalidInput: The purpose is too long, the day of return is over, or rounds are
            of no lot.
        RuleBroken: ``SK-01``; ``SK-02``, nothing is named; ``SK-04``, an arm is not
            where it should be; ``SK-05``, the other one may not sign; ``SK-07`` or
            ``SK-08``, of the lot; ``SK-15``, an arm waits on another paper; ``SK-18``,
            one is lost or stolen; ``SK-19``, more rounds come back than were issued;
            ``SK-21``, an arm is to be destroyed; ``SK-22``, a move names no other
            store; ``SK-31``, a count did not find it.

    Source:
        Programme of Action (2001), II.17 (accounting and control of transactions).
    """
    first, second = SIGNERS[stated.act]
    by.require(first, agency=by.agency)
    lengths.require_fits(stated.purpose, PURPOSE)
    require_due_later(stated.due_back_on, timezone.localdate(at))
    if (stated.rounds or stated.used) and stated.lot_id is None:
        raise InvalidInput(message("Choose the lot of the rounds."), field="lot_id")
    with ledger.entry("paper.signed", by=by, at=at) as entry:
        depot = take_depot(depot_id, by, at)
        to_store = _to_store(stated, depot)
        require_other(stated.other, depot, by, second)
        arms = arms_named(stated.text) if stated.text.strip() else []
        used = max(stated.used, 0) if stated.act is StockAct.RETURNED else 0
        many = max(stated.rounds, 0) + used
        rounds = {str(stated.lot_id): many} if many > 0 else {}
        rules.SOMETHING.require(len(arms) + len(rounds))
        others = list(Paper.objects.filter(WAITS, depot=depot))
        rules.ONE_PAPER.require(
            [each.reference for each in others if not set(arms).isdisjoint(each.arms)]
        )
        made = closing.keep(
            Paper,
            entry,
            noted=["act"],
            depot=depot,
            act=stated.act,
            arms=arms,
            rounds=rounds,
            used=used,
            to_store=to_store,
            first_by=by.name,
            second_by=stated.other,
            due_back_on=stated.due_back_on,
            purpose=stated.purpose.strip(),
        )
        require_may_go(arms, stated.act)
        if stated.act in GOING:
            comparison.require_answered(depot, arms)
        _lots(made, others)
    return made


def countersign_paper(*, paper_id: int, by: Actor, at: datetime) -> Paper:
    """Sign an issue, a return or a move second: from now on the arms are there.

    Raises:
        RuleBroken: ``SK-01``; ``SK-04``, an arm is not where the paper says;
            ``SK-06``, it is signed or waits for somebody else; ``SK-07`` or
            ``SK-08``, of the lot; ``SK-18``, an arm is lost or stolen; ``SK-19``, more
            rounds come back than were issued; ``AC-09``, one of the two set up the
            account of the other.

    Source:
        Programme of Action (2001), II.17 (accounting and control of transactions).
    """
    by.require("stock.sign", agency=by.agency)
    with ledger.entry("paper.countersigned", by=by, at=at) as entry:
        paper, depot = _take_paper(paper_id, by, at)
        is_theirs = paper.second_by == by.name
        rules.PAPER_WAITS.require((paper.reference, is_theirs))
        independence.require(paper.first_by, by.name, at)
        paper.signed_at = at
        paper.save(update_fields=["signed_at"])
        entry.about(paper)
        is_issue = paper.act == StockAct.ISSUED
        before = paper.first_by if paper.act == StockAct.RETURNED else ""
        changes = {"act": paper.act, "paper": paper, "reason": "", "told_by": by.name}
        changes |= {"bearer": by.name if is_issue else ""}
        if paper.to_store is not None:
            changes |= {"depot": paper.to_store, "place": ""}
        write(depot, paper.arms, changes, entry, bearer=before)
        for lot, many in _lots(paper):
            _write_rounds(paper, lot, many, entry)
    return paper


def _write_rounds(paper: Paper, lot: Lot, many: int, entry: ledger.Entry) -> None:
    """Write what a paper does to a lot; used rounds come back on paper and go."""
    goes = {StockAct.ISSUED: LotAct.ISSUED, StockAct.MOVED: LotAct.MOVED}
    if paper.act in goes:
        add_entry(lot, goes[StockAct(paper.act)], -many, entry, paper=paper)
    else:
        add_entry(lot, LotAct.RETURNED, many, entry, paper=paper)
    if paper.used:
        add_entry(lot, LotAct.USED, -paper.used, entry, paper=paper)
    if paper.to_store is not None:
        there = lot_in(paper.to_store, lot, entry)
        add_entry(there, LotAct.MOVED, many, entry, paper=paper)


def end_paper(*, paper_id: int, reason: str, by: Actor, at: datetime) -> Paper:
    """Withdraw a paper that one drew, or decline one that one should sign second.

    Raises:
        RuleBroken: ``SK-01``; ``SK-06``, it is signed or ended, or neither of the two
            ends it; ``SK-13``, there is no reason.

    Source:
        Programme of Action (2001), II.17 (accounting and control of transactions).
    """
    by.require("stock.sign", agency=by.agency)
    lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("paper.ended", by=by, at=at) as entry:
        paper, _ = _take_paper(paper_id, by, at)
        is_theirs = by.name in {paper.first_by, paper.second_by}
        rules.PAPER_WAITS.require((paper.reference, is_theirs))
        paper.ended_at, paper.ended_by, paper.ended_reason = at, by.name, reason.strip()
        paper.save(update_fields=["ended_at", "ended_by", "ended_reason"])
        entry.about(paper)
    return paper


def _take_paper(paper_id: int, by: Actor, at: datetime) -> tuple[Paper, Depot]:
    paper = Paper.objects.get_visible(paper_id, by)
    lock_depots(paper.depot_id, paper.to_store_id)
    depot = take_depot(paper.depot_id, by, at)
    paper.refresh_from_db()
    is_open = paper.signed_at is None and paper.ended_at is None
    rules.PAPER_WAITS.require((paper.reference, is_open))
    return paper, depot


def _lot(key: str, paper: Paper) -> Lot:
    """Give a lot of the agency; who is issued rounds of it first saw nothing of it."""
    rows = Lot.objects.filter(pk=int(key), depot__agency=paper.depot.agency)
    found = rows.first()
    if found is None:
        raise NotFound(no_such_record(key))
    return found


def _to_store(stated: PaperInput, depot: Depot) -> Depot | None:
    """Give the store to which arms are moved; None where they are not."""
    if stated.act is not StockAct.MOVED:
        return None
    others = Depot.objects.filter(agency=depot.agency).exclude(pk=depot.pk)
    found = others.filter(pk=stated.to_id or 0).first()
    rules.OTHER_STORE.require(found is not None)
    return found


def _lots(paper: Paper, others: Iterable[Paper] = ()) -> list[tuple[Lot, int]]:
    """Give the lots of a paper with their rounds; refuse more than there are.

    Args:
        others: Papers that wait; what they issue, move or return is left to them.
    """
    leaves = paper.act != StockAct.RETURNED
    waiting = [
        each.rounds
        for each in others
        if (each.act != StockAct.RETURNED) == leaves
        and (leaves or each.first_by == paper.first_by)
    ]
    found = []
    for key, many in paper.rounds.items():
        lot = _lot(key, paper)
        promised = sum(each.get(key, 0) for each in waiting)
        if leaves:
            rules.NOT_RECALLED.require((lot.number, lot.pk not in lots_recalled([lot])))
            left = rounds_of([lot]).get(lot.pk, 0) - promised
            is_here = lot.depot_id == paper.depot_id and many <= left
            rules.ENOUGH.require((lot.number, left, is_here))
        else:
            left = rounds_with(lot, paper.first_by) - promised
            is_theirs = lot.depot_id == paper.depot_id and many <= left
            rules.BORNE.require((paper.first_by, left, lot.number, is_theirs))
        found.append((lot, many))
    return found
