"""Which backups are kept: the last of each day, week and month, for so many of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import shorten


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many backups of each kind are kept."""

    days: int = 7
    # The last of each of so many weeks (ISO 8601).
    weeks: int = 5
    months: int = 12


def read(text: str) -> Keeping:
    """Read days, weeks and months, such as ``7,5,12``.

    Raises:
        InvalidInput: It is not three whole numbers, the first at least one.
    """
    numbers = [int(part) for part in text.split(",") if part.strip().isdecimal()]
    if len(numbers) != 3 or text.count(",") != 2 or numbers[0] < 1:
        msg = message(
            "“%(text)s” does not say how many daily, weekly and monthly backups are "
            "kept; write three numbers, such as 7,5,12.",
            text=shorten(text, 40),
        )
        raise InvalidInput(msg, field="keep")
    return Keeping(*numbers)


def moments_kept(moments: Iterable[datetime], keeping: Keeping) -> set[datetime]:
    """Give the moments whose backups are kept; the latest always is."""
    latest_first = sorted(moments, reverse=True)
    kept = set(latest_first[:1])
    for form, count in (
        ("%Y-%m-%d", keeping.days),
        ("%G-%V", keeping.weeks),
        ("%Y-%m", keeping.months),
    ):
        last_of: dict[str, datetime] = {}
        for moment in latest_first:
            last_of.setdefault(moment.strftime(form), moment)
        kept |= set(list(last_of.values())[:count])
    return kept
