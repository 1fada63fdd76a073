"""Read dates as people write them; an ambiguous one is not guessed."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.dates import EARLIEST, LATEST
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import shorten

SAID = Sentences(__package__)
EARLIEST_YEAR = EARLIEST.year
LATEST_YEAR = LATEST.year
BUDDHIST_YEARS = range(2400, 2600)
EXCEL_EPOCH = date(1899, 12, 30)
LATEST_AS_DAY = 2100
EXCEL_RANGE = range(10_000, 80_000)


class DateOrder(Code):
    """Which comes first where day and month are both numbers."""

    DAY_FIRST = "dmy", "day, month, year"
    MONTH_FIRST = "mdy", "month, day, year"
    NOT_STATED = "", "not stated"


NONE = Message("")


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date that was read, or why it was not."""

    # The date, None where it could not be read.
    value: date | None = None
    # What is wrong, to follow the field's name in a sentence.
    trouble: Message = NONE


_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})([/.\-]) ?(\d{1,2})\2 ?(\d{4}|\d{2})(?:\.|[T ,].*)?")
_DAY_WORD = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|º|o|er)?[\s.\-/]*(?:de\s+)?([^\W\d_]{3,})\.?"
    r"[\s,.\-/]*(?:de\s+)?(\d{4}|\d{2})(?:[T ,].*)?"
)
_WORD_DAY = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_CHINESE = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?.*")
_BESIDE_A_DAY = re.compile(
    r"^[^\W\d_]{2,}(?:, (?=\d)|[,.]? (?=\d{1,2}[. ]+[^\W\d_]))"
    r"|(?<=\d{4}) ?(?:г|р|року|года)\.?$"
)

_MONTH_OF = {
    word: int(number)
    for number, words in read_table(__package__, "months.toml").items()
    for word in words.split()
}


@lru_cache(maxsize=20_000)
def read_date(text: str, order: DateOrder) -> DateReading:
    """Read a date that was written by a person or a program.

    Args:
        text: As written: ``2019-03-01``, ``01/03/2019``, ``1.3.2019``,
            ``1 Mar 2019``, or a spreadsheet's number of days.
        order: Which comes first in ``01/03/2019``.
    """
    stripped = " ".join(text.split())
    try:
        return DateReading(_parse(_BESIDE_A_DAY.sub("", stripped), order))
    except InvalidInput as trouble:
        return DateReading(trouble=trouble.message)
    except (ValueError, OverflowError):
        return DateReading(trouble=SAID.say("NO_DAY", text=shorten(stripped, 40)))


def beside_day(text: str) -> tuple[str, str]:
    """Part a day from the words beside it, such as where something happened.

    Returns:
        The day as written, and the words; these are empty where hours, the day of the
        week or nothing stand beside it, or where the text is more than one day.
    """
    stripped = " ".join(text.split())
    found = _A_DAY.search(stripped)
    if found is None:
        return text, ""
    before, after = stripped[: found.start()], _HOURS.sub("", stripped[found.end() :])
    rest = " ".join(filter(None, (each.strip(_APART) for each in (before, after))))
    is_more = re.search(r"[^\W\d_]{4}", rest) and not re.search(r"\d{4}", rest)
    return (found[0], rest) if is_more else (text, "")


_A_DAY = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|\d{1,2}([/.\-]) ?\d{1,2}\1 ?(?:\d{4}|\d{2})"
    r"|\d{1,2}(?:st|nd|rd|th|º|o|er)?[\s.\-/]*(?:de\s+)?[^\W\d_]{3,}\.?"
    r"[\s,.\-/]*(?:de\s+)?\d{4})(?!\d)"
)
_HOURS = re.compile(
    r"^[T ,]*(?:à|às|at|um|o)? ?\d{1,2}[:.hH]\d{2}(?:[:.]\d{2})?(?:\.\d+)?"
    r" ?(?:[aApP]\.?[mM]\.?|h|hrs?|hours|Uhr|Z|UTC|GMT)?(?: ?[+-]\d{2}:?\d{2})?"
)
_APART = " ,;:–—-/()"


def _parse(text: str, order: DateOrder) -> date:
    found = _ISO.fullmatch(text) or _COMPACT.fullmatch(text) or _CHINESE.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        return _numbers(found, order)
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) in EXCEL_RANGE:
        return EXCEL_EPOCH + timedelta(days=int(found[1]))
    if found := _DAY_WORD.fullmatch(text):
        return _day(_year(found[3]), _month(found[2], text), int(found[1]))
    if found := _WORD_DAY.fullmatch(text):
        return _day(int(found[3]), _month(found[1], text), int(found[2]))
    msg = message(
        "“%(text)s” is not a date; write it as 2019-03-01", text=shorten(text, 40)
    )
    raise InvalidInput(msg)


def _numbers(found: re.Match[str], order: DateOrder) -> date:
    first, mark, second = int(found[1]), found[2], int(found[3])
    year = _year(found[4])
    if mark == "." or first == second:  # with dots, the day always comes first
        return _day(year, second, first)
    if order is DateOrder.NOT_STATED:
        if first <= 12 and second <= 12:
            ways = (f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}")
            msg = SAID.say("DAY_OR_MONTH", found=found[0], one=ways[0], other=ways[1])
            raise InvalidInput(msg)
        order = DateOrder.DAY_FIRST if first > 12 else DateOrder.MONTH_FIRST
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    if month > 12 and day <= 12:
        msg = SAID.say("NO_SUCH_MONTH", found=found[0], month=month)
        raise InvalidInput(msg)
    return _day(year, month, day)


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    msg = SAID.say("TWO_DIGITS", text=text)
    raise InvalidInput(msg)


def _day(year: int, month: int, day: int) -> date:
    if is_of_other_calendar(year):
        msg = SAID.say("OTHER_CALENDAR", year=str(year))
        raise InvalidInput(msg)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        msg = message("the year %(year)s cannot be right; correct the date", year=year)
        raise InvalidInput(msg)
    return date(year, month, day)


def is_of_other_calendar(year: int) -> bool:
    """Tell a year that is counted as in Thailand, in Iran or from the Hijra."""
    return 1300 <= year < 1500 or year in BUDDHIST_YEARS


def in_our_era(text: str) -> str:
    """Write the years of a text that are counted in the Buddhist era as in ours."""
    return _YEAR_OF_FOUR.sub(
        lambda found: str(int(found[0]) - 543) if is_buddhist(found[0]) else found[0],
        text,
    )


def is_buddhist(text: str) -> bool:
    """Tell whether a text has a year that can only be of the Buddhist era."""
    return any(int(year) in BUDDHIST_YEARS for year in _YEAR_OF_FOUR.findall(text))


_YEAR_OF_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def with_whole_year(text: str, latest: int) -> str:
    """Write the year of a day with four digits where it has two.

    Args:
        text: A day as written, such as ``07/11/22``; any other text stays as it is.
        latest: The last of the hundred years that two digits may mean.
    """
    found = _SHORT_YEAR.fullmatch(text.strip())
    if found is None:
        return text
    year = latest - (latest - int(found["year"])) % 100
    return f"{found['day']}{year}{found['rest'] or ''}"


_SHORT_YEAR = re.compile(
    r"(?P<day>\d{1,2}([/.\-]) ?\d{1,2}\2 ?"
    r"|\d{1,2}(?:º|er)?[\s.\-/]*(?:de\s+)?[^\W\d_]{3,}\.?[\s,.\-/]*(?:de\s+)?)"
    r"(?P<year>\d{2})(?P<rest>\.|[T ,].*)?"
)


def year_made_a_day(day: date) -> int | None:
    """Give the year that a spreadsheet program shows as a day.

    A cell that holds 2018 and is formatted as a date shows 10 July 1905. Nothing that
    is loaded here was recovered in those months.

    Returns:
        A year from 1900 to 2100; None where the day stands for none.
    """
    year = (day - EXCEL_EPOCH).days
    return year if EARLIEST_YEAR <= year <= LATEST_AS_DAY else None


def month_of(word: str) -> int | None:
    """Give the number of a month by its name or the beginning of it."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _MONTH_OF.get(plain) or _MONTH_OF.get(plain[:3])


def _month(word: str, text: str) -> int:
    number = month_of(word)
    if number is None:
        msg = SAID.say("NO_MONTH", text=shorten(text, 40))
        raise InvalidInput(msg)
    return number
