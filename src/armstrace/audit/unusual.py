"""What in a person's consultations asks for a look; it selects and decides nothing.

A sign says what was counted and against which limit. Work that is heavy, late or goes
through a file in order is often right: only a person who knows the work can tell.

Source:
    NIST SP 800-53 rev. 5, AC-2(12) (atypical usage); rule of this design.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from statistics import median

from django.utils import timezone

from armstrace.vocabulary.ledger import SignKind
from armstrace.vocabulary.messages import Message, counted, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
# Records in one day, from which a day counts as heavy.
MANY_RECORDS = 200
# How many times the person's median day, from which a heavy day is a sign.
TIMES_USUAL = 5
NIGHT_BEGINS, NIGHT_ENDS = 22, 5
# Records opened one after another in the order of their numbers.
NEIGHBOURS = 8


@dataclass(frozen=True, slots=True)
class Look:
    """One consultation, as far as signs need it."""

    # When, in the time zone of the installation.
    at: datetime
    records: int
    # Table and number of the record whose page was opened; None for none.
    opened: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that asks for a look."""

    kind: SignKind
    on: date
    # What was counted, and the limit.
    why: Message


def signs(looks: Iterable[Look]) -> list[Sign]:
    """Give the signs in one person's consultations, the latest day first.

    Args:
        looks: The consultations of one person, in order of time.

    Returns:
        At most one sign of a kind for each day. None at all says only that no limit
        was reached.
    """
    by_day: dict[date, list[Look]] = defaultdict(list)
    for look in looks:
        by_day[timezone.localdate(look.at)].append(look)
    found = [
        sign
        for on, day in by_day.items()
        for sign in _of_day(on, day, _usual(by_day, on))
    ]
    return sorted(found, key=lambda sign: sign.on, reverse=True)


def of_own_name(on: date) -> Sign:
    """Give the sign that a holder of the person's own name was shown on a day."""
    why = message("A holder with the same name as this person was shown.")
    return Sign(SignKind.OWN_NAME, on, why)


def _of_day(on: date, day: list[Look], usual: float) -> Iterator[Sign]:
    records = _records(day)
    if records >= max(MANY_RECORDS, TIMES_USUAL * usual):
        why = SAID.say("MANY_RECORDS", records=records, usual=round(usual))
        yield Sign(SignKind.VOLUME, on, why)
    late = [look for look in day if not NIGHT_ENDS <= look.at.hour < NIGHT_BEGINS]
    if late:
        why = counted(
            "%(n)s consultation between %(from)s:00 and %(until)s:00.",
            "%(n)s consultations between %(from)s:00 and %(until)s:00.",
            n=len(late),
            **{"from": NIGHT_BEGINS, "until": NIGHT_ENDS},
        )
        yield Sign(SignKind.HOUR, on, why)
    run = _longest_run([look.opened for look in day if look.opened])
    if run >= NEIGHBOURS:
        why = SAID.say("ONE_AFTER_ANOTHER", count=run)
        yield Sign(SignKind.NEIGHBOURS, on, why)


def _usual(by_day: dict[date, list[Look]], on: date) -> float:
    """Give the median of records on the other days, 0 where there is none."""
    others = [_records(day) for each, day in by_day.items() if each != on]
    return median(others) if others else 0.0


def _records(day: list[Look]) -> int:
    return sum(look.records for look in day)


def _longest_run(opened: list[tuple[str, int]]) -> int:
    """Give the longest run of records opened in the order of their numbers."""
    longest = length = 1 if opened else 0
    way = 0
    for (table, one), (other, two) in pairwise(opened):
        step = two - one if table == other and abs(two - one) == 1 else 0
        length = length + 1 if step and step == way else 2 if step else 1
        way = step
        longest = max(longest, length)
    return longest
