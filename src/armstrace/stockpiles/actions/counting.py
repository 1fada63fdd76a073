"""Count a store by two people, and answer for what differs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from armstrace.accounts import independence
from armstrace.audit import ledger
from armstrace.custody import counting as comparing
from armstrace.records import closing, lengths
from armstrace.registry import at_desk
from armstrace.registry.inputs import Happening
from armstrace.registry.losing import lose_arm
from armstrace.registry.loss_statements import LossRecorder
from armstrace.stockpiles import comparison, reading, rules
from armstrace.stockpiles.models import Depot, StockAnswer, StockCount
from armstrace.stockpiles.standing import (
    able_to_sign,
    require_other,
    require_vetted,
    take_depot,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import MISSING, LifeEventKind
from armstrace.vocabulary.custody import CountAnswer, CountFinding
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.stockpiles import CountKind
from armstrace.vocabulary.texts import trim

NUMBER = lengths.Limit("number", str, 120)
WHICH = message("Write the numbers, or tick that all of that kind are meant.")


class StockLossRecorder(LossRecorder):
    """Losses that counts of stores bring to light."""

    grant = "stock.sign"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountInput:
    """What somebody counted."""

    kind: CountKind
    # Sign-in name of who signs second.
    second: str
    # Lines of a scanner, or the pasted list.
    text: str
    # Rows of a file, beside them.
    rows: tuple[reading.Row, ...] = ()
    # Whether nobody sees what is expected until both have signed.
    is_blind: bool = True
    # Sign-in name of who keeps the store from the hand-over on.
    next_custodian: str = ""

    @property
    def listed(self) -> list[reading.Row]:
        """Give all rows, headings and notes among them."""
        return [*reading.rows_of(self.text), *self.rows]


def count_depot(
    *, depot_id: int, stated: CountInput, by: Actor, at: datetime
) -> StockCount:
    """Keep what one person counted in a store; it waits for the second one.

    Raises:
        InvalidInput: A line is too long for a number, or there are too many.
        RuleBroken: ``SK-01``; ``SK-02``, the list is empty; ``SK-05``, the second one
            may not sign; ``SK-09``, both keep stores; ``SK-17``, an unannounced count
            is not blind; ``SK-20``, who keeps stores notes one; ``SK-30``, a hand-over
            names no next custodian.

    Source:
        Programme of Action (2001), II.17; rule of this design (a count is a
        comparison of sets).
    """
    by.require("stock.sign", agency=by.agency)
    is_unannounced = stated.kind is CountKind.UNANNOUNCED
    rules.BLIND.require(stated.is_blind or not is_unannounced)
    rules.NOTED_APART.require((is_unannounced, by.may("stock.keep")))
    is_handover = stated.kind is CountKind.HANDOVER
    rules.HANDED_OVER.require(not is_handover or bool(stated.next_custodian.strip()))
    if not stated.is_blind:
        by.require("stock.list", agency=by.agency)
    require_vetted(by, at)
    # A long list is read before the store is locked, so that nobody waits for it.
    lines = _read(stated, Depot.objects.get_visible(depot_id, by))
    with ledger.entry("stockcount.counted", by=by, at=at) as entry:
        depot = take_depot(depot_id, by, at)
        require_other(stated.second, depot, by, "stock.sign")
        is_by_keeper = by.may("stock.keep")
        keeps_too = able_to_sign(depot, "stock.keep").filter(name=stated.second)
        rules.ONE_APART.require((is_by_keeper, keeps_too.exists()))
        return closing.keep(
            StockCount,
            entry,
            noted=["kind"],
            depot=depot,
            kind=stated.kind,
            is_blind=stated.is_blind,
            seen=[[each.text, each.arm_id, each.place] for each in lines],
            counted_by=by.name,
            second_by=stated.second,
            is_by_keeper=is_by_keeper,
            next_custodian=stated.next_custodian.strip(),
        )


def _read(stated: CountInput, depot: Depot) -> list[reading.Line]:
    rows = stated.listed
    reading.require_readable(rows)
    lines = comparison.read(depot, rows)
    rules.SOMETHING.require(len(lines))
    for each in lines:
        lengths.require_fits(each.text, NUMBER)
    return lines


def sign_count(*, count_id: int, by: Actor, at: datetime) -> StockCount:
    """Sign a count second; from now on its differences wait for an answer.

    Raises:
        RuleBroken: ``SK-01``; ``SK-09``, both keep stores; ``SK-10``, it is signed, or
            waits for somebody else; ``AC-09``.

    Source:
        Programme of Action (2001), II.17; rule of this design (two people count).
    """
    by.require("stock.sign", agency=by.agency)
    with ledger.entry("stockcount.signed", by=by, at=at) as entry:
        count = StockCount.objects.get_visible(count_id, by)
        depot = take_depot(count.depot_id, by, at)
        count.refresh_from_db()
        is_open = comparison.may_sign(count, by)
        rules.COUNT_OPEN.require((count.reference, is_open))
        rules.ONE_APART.require((count.is_by_keeper, by.may("stock.keep")))
        independence.require(count.counted_by, by.name, at)
        count.signed_at, count.signed_by = at, by.name
        if not comparison.compare_count(count).missing:
            count.settled_at = at
        count.save()
        entry.about(count)
        if count.kind == CountKind.HANDOVER and count.next_custodian:
            depot.custodian = count.next_custodian
            depot.save(update_fields=["custodian"])
            entry.about(depot)
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInput:
    """What is said of differences of one kind: some by their numbers, or all."""

    finding: CountFinding
    answer: CountAnswer
    explanation: str
    text: str = ""
    # Whether all of that kind are meant that are not answered; then no text.
    is_all: bool = False


def answer_count(
    *, count_id: int, stated: AnswerInput, by: Actor, at: datetime
) -> list[StockAnswer]:
    """Explain differences of a signed count, or report arms as lost.

    Raises:
        InvalidInput: Neither numbers nor all are named, or both.
        RuleBroken: ``SK-01``; ``SK-11``, the day of the count has passed; ``SK-13``,
            nothing is said; ``SK-16``, a custodian explains an arm that was not found;
            ``AC-09``; ``EX-23``, there is no such open difference.

    Source:
        Programme of Action (2001), II.17; MOSAIC 05.30 (records of losses).
    """
    by.require("stock.sign", agency=by.agency)
    lengths.require_reason(rules.REASONED, stated.explanation)
    wanted = list(dict.fromkeys(filter(None, map(trim, stated.text.splitlines()))))
    if bool(wanted) == stated.is_all:
        raise InvalidInput(WHICH, field="text")
    with ledger.entry("stockcount.answered", by=by, at=at) as entry:
        count = StockCount.objects.get_visible(count_id, by)
        take_depot(count.depot_id, by, at)
        comparing.IS_DIFFERENCE.require(count.signed_at is not None)
        if stated.answer is CountAnswer.EXPLAINED:
            comparison.require_may_explain(count, stated.finding, by, at)
        waiting = comparison.waiting_numbers(count, stated.finding)
        known = not set(wanted) - set(waiting)
        comparing.IS_DIFFERENCE.require(known and bool(waiting))
        return _answer(count, stated, wanted or waiting, entry)


def report_unexplained(*, by: Actor, at: datetime) -> int:
    """Report as lost what counts of earlier days did not find and nobody explained.

    Returns:
        How many arms were reported.

    Source:
        Programme of Action (2001), II.17; rule of this design (a difference becomes
        a loss unless it is explained the same day).
    """
    by.require("stock.sign")
    begin = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    late = StockCount.objects.filter(signed_at__lt=begin, settled_at=None)
    told = 0
    for key in list(late.values_list("pk", flat=True)):
        with ledger.entry("stockcount.answered", by=by, at=at) as entry:
            count = StockCount.objects.get_queryset().select_for_update().get(pk=key)
            said = AnswerInput(
                finding=CountFinding.MISSING,
                answer=CountAnswer.INCIDENT,
                explanation=str(message("not explained on the day of the count")),
                is_all=True,
            )
            waiting = comparison.waiting_numbers(count, CountFinding.MISSING)
            told += len(_answer(count, said, waiting, entry))
    return told


def _answer(
    count: StockCount,
    stated: AnswerInput,
    numbers: Collection[str],
    entry: ledger.Entry,
) -> list[StockAnswer]:
    made = []
    is_lost = stated.answer is CountAnswer.INCIDENT
    for number in numbers:
        one = closing.keep(
            StockAnswer,
            entry,
            noted=["answer"],
            count=count,
            number=number,
            finding=stated.finding,
            answer=stated.answer,
            explanation=stated.explanation.strip(),
        )
        if is_lost and stated.finding is CountFinding.MISSING:
            _lose(count, int(number[1:]), entry)
        made.append(one)
    if not comparison.waiting_numbers(count, CountFinding.MISSING):
        count.settled_at = entry.at
        count.save(update_fields=["settled_at"])
    entry.about(count)
    return made


def _lose(count: StockCount, arm_id: int, entry: ledger.Entry) -> None:
    """Report an arm as lost, unless the register knows already that it is missing."""
    taken = at_desk.take_arm(arm_id)
    if taken.now.state in MISSING:
        return
    told = Happening(
        LifeEventKind.LOST,
        timezone.localdate(count.signed_at),
        document=count.reference,
        notes=f"{count.reference} {count.depot.name}",
    )
    lose_arm(taken, told, entry, StockLossRecorder)
