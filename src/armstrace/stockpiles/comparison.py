"""Set what a store should hold beside what was seen, by the comparison of custody."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from armstrace.accounts import independence
from armstrace.analysis.marks.folding import fold
from armstrace.analysis.marks.search_keys import search_key
from armstrace.audit import consultations
from armstrace.custody import counting as comparing
from armstrace.records.lookups import among
from armstrace.registry.models import Arm, ArmRecord
from armstrace.stockpiles import reading, rules, standing
from armstrace.stockpiles.codes import numbers_in
from armstrace.stockpiles.models import Depot, StockAnswer, StockCount
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmState
from armstrace.vocabulary.custody import CountAnswer, CountFinding
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.stockpiles import StockAct

SAID = Sentences(__package__)


@dataclass(frozen=True, slots=True)
class Compared(comparing.Compared):
    """A comparison, and the arms of the store that were missing before it."""

    lost: tuple[str, ...] = ()


def compare_count(count: StockCount) -> Compared:
    """Compare what should have been in the store when it was counted with what was.

    What comes or goes before the second one signs adds no difference and hides none.
    """
    answers = StockAnswer.objects.filter(count=count)
    own = {*answers.values_list("number", flat=True)}
    return compare(count.depot, lines_of(count), at=count.known_at, own=own)


def compare(
    depot: Depot,
    lines: Sequence[reading.Line],
    *,
    at: datetime | None = None,
    own: Collection[str] = (),
) -> Compared:
    """Compare a store with a list that was read; nothing is recorded.

    An arm that is lost or stolen on record is expected no more, unless it was seen.

    Args:
        own: Numbers that the count itself found missing.
    """
    seen = [each.name for each in lines if each.text]
    known = {each.name for each in lines if each.arm_id}
    rows = standing.in_store(depot, at).values_list("arm_id", flat=True)
    expected = {f"A{key}": key for key in rows.order_by("arm_id")}
    gone = {f"A{key}": key for key in sorted(standing.missing_of(rows, at))}
    lost = dict.fromkeys(gone.keys() - {*own, *known})
    found = comparing.compare([x for x in expected if x not in lost], seen, known)
    return fill(Compared, found, lost=tuple(x for x in gone if x in lost))


def read(depot: Depot, rows: Sequence[reading.Row]) -> list[reading.Line]:
    """Say which arms a list of what was seen in a store names."""
    own = standing.in_store(depot).values_list("arm_id", flat=True)
    return reading.resolve(rows, own=frozenset(own))


def may_sign(count: StockCount, by: Actor) -> bool:
    """Tell whether a count waits for a person, as the second one."""
    is_theirs = count.second_by in {"", by.name} and count.counted_by != by.name
    return count.signed_at is None and is_theirs


def require_may_explain(
    count: StockCount, finding: CountFinding, by: Actor, at: datetime
) -> None:
    """Refuse an explanation of another day, or of missing arms by who keeps them."""
    rules.SAME_DAY.require(
        (timezone.localdate(count.signed_at), timezone.localdate(at))
    )
    if finding is CountFinding.MISSING:
        keeper = count.depot.custodian
        is_keeper = by.may("stock.keep") or by.name == keeper
        rules.OTHER_EXPLAINS.require((True, is_keeper))
        independence.require(keeper, by.name, at)


def answers_open(
    count: StockCount, waiting: Collection[CountFinding], by: Actor, at: datetime
) -> tuple[list[tuple[CountFinding, CountAnswer]], Message | None]:
    """Give what a person may say of differences that wait, and why no more."""
    offered, why = [], None
    for finding in (each for each in CountFinding if each in waiting):
        try:
            require_may_explain(count, finding, by, at)
            offered.append((finding, CountAnswer.EXPLAINED))
        except RuleBroken as broken:
            why = why or broken.message
        offered.append((finding, CountAnswer.INCIDENT))
    return offered, why


def waiting_numbers(count: StockCount, finding: CountFinding) -> list[str]:
    """Give the differences of a kind of which nobody has said anything."""
    answers = StockAnswer.objects.filter(count=count)
    return compare_count(count).waiting(finding, answers)


def marks_of(arm_ids: Iterable[int]) -> dict[str, str]:
    """Write make, model and serial number of arms, by their number."""
    keys = list(arm_ids)
    consultations.show_all(Arm, keys)
    rows = ArmRecord.objects.current().filter(among("arm_id", keys))
    told = rows.values_list("arm_id", "make", "model", "serial_as_marked")
    return {f"A{key}": " ".join(filter(None, marks)) for key, *marks in told}


def whereabouts(numbers: Sequence[str]) -> dict[str, str]:
    """Tell where arms are on record, by number: store, bearer, or nothing."""
    keys = [int(one[1:]) for one in numbers if reading.NUMBER.fullmatch(one)]
    return {
        f"A{key}": " · ".join(filter(None, (one.depot.name, one.place, one.bearer)))
        for key, one in standing.current(keys).items()
        if one.act != StockAct.LEFT
    }


def describe(found: Compared, most: int | None = None) -> dict[str, str]:
    """Tell what the arms are that differ, and where those of elsewhere are.

    Args:
        most: How many of the differences, in their order; all where None.
    """
    listed = found.listed(most)
    where = whereabouts([one for kind, one in listed if kind is CountFinding.ELSEWHERE])
    differing = {one for kind, one in listed if kind is not CountFinding.UNEXPECTED}
    keys = [int(one[1:]) for one in differing if reading.NUMBER.fullmatch(one)]
    return {
        number: " · ".join(filter(None, (marks, where.get(number, ""))))
        for number, marks in marks_of(keys).items()
    }


def remarks(found: Compared) -> Iterator[Message]:
    """Say which arms of a store were not expected."""
    if found.lost:
        yield SAID.say("LOST_NOT_EXPECTED", arms=found.lost)


def look_alikes(found: Compared) -> Iterator[Message]:
    """Name arms that were not found for numbers that are read easily as theirs."""
    keys = [int(one[1:]) for one in found.missing] if found.unexpected else []
    records = ArmRecord.objects.current().filter(among("arm_id", keys))
    rows = records.values_list("serial_search", "serial_as_marked", "arm_id")
    borne = {fold(read): (marked, key) for read, marked, key in rows if read}
    for text in found.unexpected:
        numbers = (*numbers_in(text), *text.split())  # a row is named with its make
        folded = (fold(search_key(each)) for each in numbers)
        marked, key = next((borne[each] for each in folded if each in borne), ("", 0))
        if key:
            yield SAID.say("MAY_BE_MISSING", number=text, arm=f"A{key}", serial=marked)


def in_no_store(numbers: Sequence[str], where: Mapping[str, str]) -> list[Message]:
    """Say how the register has arms that no store has."""
    keys = [int(one[1:]) for one in numbers if one not in where]
    rows = Arm.objects.filter(among("pk", keys)).order_by("pk")
    return [
        SAID.say("IN_NO_STORE", number=each.reference, state=ArmState(each.state))
        for each in rows
    ]


def not_answered_for(depot: Depot) -> set[str]:
    """Give the arms that counts of a store did not find, unless somebody explained."""
    counts = StockCount.objects.filter(depot=depot, signed_at__isnull=False)
    return {
        number
        for count in counts.filter(settled_at=None)
        for number in waiting_numbers(count, CountFinding.MISSING)
    }


def require_answered(depot: Depot, arm_ids: Iterable[int]) -> None:
    """Refuse to let arms go that a count did not find and nobody has explained.

    Raises:
        RuleBroken: ``SK-31``.
    """
    unanswered = not_answered_for(depot)
    named = (f"A{key}" for key in arm_ids)
    rules.FOUND_AGAIN.require([one for one in named if one in unanswered])


def lines_of(count: StockCount) -> list[reading.Line]:
    """Give the lines of a count; older ones did not keep their places."""
    return [
        reading.Line(places[0] if places else at, text, key)
        for at, (text, key, *places) in enumerate(count.seen, 1)
    ]
