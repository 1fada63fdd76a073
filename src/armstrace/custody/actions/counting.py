"""Open a store, count it, and say what each difference is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from armstrace.audit import ledger
from armstrace.custody import counting as comparing
from armstrace.custody import rules
from armstrace.custody.models import Count, CountDifference, CountedNumber, Store
from armstrace.custody.queries import counts, numbers
from armstrace.custody.standing import place_path
from armstrace.records import bulk, closing, lengths
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.custody import CountAnswer, CountFinding

STORE_NAME = lengths.Limit("name", str, 120)
NUMBER = lengths.Limit("number", str, 120)
PLACE = lengths.Limit("place", str, 200)


def open_store(*, name: str, by: Actor, at: datetime) -> Store:
    """Open a store of the actor's agency.

    Args:
        name: What it is called, once in an agency.

    Raises:
        InvalidInput: The name is too long.
        RuleBroken: ``EX-24``, it has no name; ``EX-25``, there is one of that name.

    Source:
        Programme of Action (2001), II.17 (security of stores).
    """
    by.require("exhibit.count", agency=by.agency)
    comparing.NAMED_STORE.require(name)
    lengths.require_fits(name, STORE_NAME)
    with ledger.entry("store.opened", by=by, at=at) as entry:
        store, is_new = Store.objects.get_or_create(
            agency=by.agency, name=name.strip(), defaults={"known_at": at}
        )
        comparing.NEW_STORE.require(is_new)
        entry.about(store)
    return store


def open_count(
    *, store_id: int, place: str = "", is_blind: bool = True, by: Actor, at: datetime
) -> Count:
    """Begin to count a store, or the part of it whose place begins so.

    Args:
        place: Room, shelf or bin; empty for the whole store.
        is_blind: Whether what is expected is kept from the counter until the close.

    Raises:
        InvalidInput: The place is too long.
        RuleBroken: ``EX-22``, a count of it, of a part of it or of all of it is open.

    Source:
        Rule of this design: a count is blind unless somebody says otherwise.
    """
    by.require("exhibit.count", agency=by.agency)
    store = Store.objects.get_visible(store_id, by)
    lengths.require_fits(place, PLACE)
    with ledger.entry("count.opened", by=by, at=at) as entry:
        _require_uncounted(store, place)
        return closing.keep(
            Count,
            entry,
            store=store,
            place=place_path(place),
            is_blind=is_blind,
            opened_by=by.name,
        )


def _require_uncounted(store: Store, place: str) -> None:
    """Refuse a place of which a count is open; of two at once the second waits."""
    list(Store.objects.select_for_update(no_key=True).filter(pk=store.pk))
    standing = Count.objects.filter(store=store, closed_at=None).order_by("pk")
    counted = (
        each.reference for each in standing if comparing.do_overlap(each.place, place)
    )
    comparing.ONE_COUNT.require(next(counted, ""))


def add_numbers(
    *, count_id: int, texts: Iterable[str], by: Actor, at: datetime
) -> tuple[str, ...]:
    """Note what was scanned or pasted, as often as it was.

    Args:
        texts: Numbers of exhibits, recoveries, seals or custody; blanks are passed
            over.

    Returns:
        Those of them that name no exhibit of the agency, or more than one.

    Raises:
        InvalidInput: One of them is too long for a number.
        RuleBroken: ``EX-21``, the count is closed.

    Source:
        Rule of this design: a count is a comparison of sets.
    """
    by.require("exhibit.count", agency=by.agency)
    scanned = [text.strip() for text in texts if text.strip()]
    for text in scanned:
        lengths.require_fits(text, NUMBER)
    with ledger.entry("count.scanned", by=by, at=at) as entry:
        count = _open_count(count_id, by)
        known = numbers.exhibits_by_scan(scanned, agency=count.store.agency)
        rows = [
            {
                "count_id": count.pk,
                "as_scanned": text,
                "exhibit_id": known.get(text),
                "counted_by": by.name,
                "known_at": at,
            }
            for text in scanned
        ]
        entry.beside(Count, [count.pk])
        entry.about_keys(CountedNumber, bulk.insert(CountedNumber, rows))
    return tuple(dict.fromkeys(text for text in scanned if text not in known))


def strike_numbers(
    *, count_id: int, texts: Iterable[str], by: Actor, at: datetime
) -> None:
    """Strike out numbers that were noted in error, each once.

    Raises:
        RuleBroken: ``EX-21``, the count is closed; ``EX-40``, one was not noted.

    Source:
        Rule of this design: what was noted stays, and who struck it out.
    """
    by.require("exhibit.count", agency=by.agency)
    with ledger.entry("count.struck_out", by=by, at=at) as entry:
        count = _open_count(count_id, by)
        entry.about_all([])
        for text in filter(None, map(str.strip, texts)):
            noted = CountedNumber.objects.filter(count=count, struck_at=None)
            row = noted.filter(as_scanned=text).order_by("-pk").first()
            if row is None:
                raise comparing.NOTED.broken((text, False))
            row.struck_at, row.struck_by = at, by.name
            row.save(update_fields=["struck_at", "struck_by"])
            entry.about(row)


def close_count(*, count_id: int, by: Actor, at: datetime) -> Count:
    """End a count; its comparison is that of this moment.

    Raises:
        RuleBroken: ``EX-21``, it is closed.

    Source:
        Rule of this design: a count corrects nothing by itself.
    """
    by.require("exhibit.count", agency=by.agency)
    with ledger.entry("count.closed", by=by, at=at) as entry:
        count = _open_count(count_id, by)
        count.closed_at, count.closed_by = at, by.name
        count.save(update_fields=["closed_at", "closed_by"])
        entry.about(count)
    return count


@dataclass(frozen=True, slots=True)
class StatedDifference:
    """What is said of one difference.

    Args:
        number: As the comparison names it.
        finding: In which list it stands.
        answer: Explained, or reported as an incident.
        explanation: In words.
    """

    number: str
    finding: CountFinding
    answer: CountAnswer
    explanation: str


def answer_differences(
    *, count_id: int, stated: Sequence[StatedDifference], by: Actor, at: datetime
) -> list[CountDifference]:
    """Explain differences of a closed count, or report them as incidents.

    Raises:
        InvalidInput: An explanation is too long.
        RuleBroken: ``EX-03``, nothing is said; ``EX-23``, there is no such
            difference, or somebody has answered it: then none is kept.

    Source:
        Programme of Action (2001), II.17; MOSAIC 05.30 (records of losses).
    """
    by.require("exhibit.count", agency=by.agency)
    count = Count.objects.get_visible(count_id, by)
    compared = counts.comparison(count) if count.closed_at else comparing.Compared()
    answers = list(CountDifference.objects.filter(count=count))
    with ledger.entry("count.difference_answered", by=by, at=at) as entry:
        answered = []
        for each in stated:
            lengths.require_reason(rules.REASONED, each.explanation)
            waiting = compared.waiting(each.finding, answers)
            comparing.IS_DIFFERENCE.require(each.number in waiting)
            answered.append(_answer(count, each, by, at))
            entry.about(answered[-1], answer=each.answer.value)
    return answered


def _answer(
    count: Count, stated: StatedDifference, by: Actor, at: datetime
) -> CountDifference:
    answered, is_new = CountDifference.objects.get_or_create(
        count=count,
        number=stated.number,
        finding=stated.finding.value,
        defaults={
            "answer": stated.answer.value,
            "explanation": stated.explanation,
            "told_by": by.name,
            "known_at": at,
        },
    )
    comparing.IS_DIFFERENCE.require(is_new)
    return answered


def _open_count(count_id: int, by: Actor) -> Count:
    """Give an open count, held until the act is done: nobody closes it meanwhile."""
    Count.objects.get_visible(count_id, by)
    # The store is joined and not locked: other acts go on in it.
    locked = Count.objects.select_for_update(of=("self",)).select_related("store")
    count = locked.get(pk=count_id)
    comparing.COUNT_OPEN.require(count.closed_at is None)
    return count
