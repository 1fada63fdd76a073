"""Read days as precisely as people write them: a year, a month, a quarter, a span."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from armstrace.intake.dates import DateOrder, month_of, read_date
from armstrace.vocabulary.dates import EARLIEST, LATEST, DateSpan
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.texts import shorten

LATEST_YEAR = LATEST.year


@dataclass(frozen=True, slots=True)
class SpanReading:
    """A span that was read, or why it was not."""

    # The span, None where it could not be read.
    value: DateSpan | None = None
    # What is wrong, to follow the field's name in a sentence.
    trouble: Message = NOTHING


_QUARTER = r"(?:q|qt|qtr|quarter|t|trim|trimestre|quartal|kw|квартал|الربع)"
_HALF = r"(?:h|s|sem|half|semestre|halbjahr|полугодие)"
_ORDINAL = r"(?:st|nd|rd|th|er|ere|re|e|eme|o|a|º|ª|°)?\.?"
_OF = r"[\s,./\-]*(?:of|de|del|du|des)?\s*"
_YEAR = r"(\d{4})"


def _month(found: re.Match[str]) -> DateSpan:
    return DateSpan.of_months(_year(found["year"]), int(found["month"]))


def _span_of_named(found: re.Match[str]) -> DateSpan:
    word, year = found["word"], found["year"]
    month = month_of(word)
    if month is None:
        msg = message("“%(word)s” is not a month", word=shorten(word, 40))
        raise InvalidInput(msg)
    return DateSpan.of_months(_year(year), month)


def _part(found: re.Match[str]) -> DateSpan:
    part = int(found["part"])
    length = 6 if found["half"] else 3
    if part * length > 12:
        msg = message("“%(text)s” is not a part of a year", text=shorten(found[0], 40))
        raise InvalidInput(msg)
    first = (part - 1) * length + 1
    return DateSpan.of_months(_year(found["year"]), first, first + length - 1)


def _year(text: str) -> int:
    year = int(text)
    if not EARLIEST.year <= year <= LATEST_YEAR:
        msg = message("the year %(year)s cannot be right; correct the date", year=year)
        raise InvalidInput(msg)
    return year


_NAME = r"(?P<word>[^\W\d_]{3,})\.?"
_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], DateSpan]], ...] = tuple(
    (re.compile(form, re.IGNORECASE), make)
    for form, make in (
        (rf"{_YEAR}(?:\.0+)?", lambda at: DateSpan.of_year(_year(at[1]))),
        (r"(?P<month>\d{1,2})[/.\-\s](?P<year>\d{4})", _month),
        (r"(?P<year>\d{4})[/.\-\s](?P<month>\d{1,2})", _month),
        (rf"{_NAME}{_OF}(?P<year>\d{{4}})", _span_of_named),
        (rf"(?P<year>\d{{4}})[\s,./\-]*{_NAME}", _span_of_named),
        (
            rf"(?:{_QUARTER}|(?P<half>{_HALF}))\s*\.?\s*(?P<part>[1-4])"
            rf"{_OF}(?P<year>\d{{4}})",
            _part,
        ),
        (
            rf"(?P<part>[1-4])\s*{_ORDINAL}\s*(?:{_QUARTER}|(?P<half>{_HALF}))"
            rf"{_OF}(?P<year>\d{{4}})",
            _part,
        ),
        (
            rf"(?P<year>\d{{4}})[\s,./\-]*(?:{_QUARTER}|(?P<half>{_HALF}))"
            r"\s*(?P<part>[1-4])",
            _part,
        ),
    )
)
_OPENS = re.compile(
    r"(?:between|from|entre|du|de|del|do|da|zwischen|von|vom|между|с|от|بين|من)\s+"
    r"(?:(?:le|el|den|dem)\s+)?",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\s+(?:and|to|until|till|through|et|au|à|y|e|a|al|ao|até|hasta|und|bis|и|по|до|"
    r"إلى|الى|و)\s+(?:(?:le|el|den|dem)\s+)?|\s*(?:–|—|\.\.)\s*|\s+-\s+|"
    r"(?<=\d{4})[/-](?=\d{4})|(?<=-\d{2})/(?=\d{4}-)",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\d{1,2}[:hH.]\d{2}")
_WHOLE_YEAR = re.compile(r"\d{4}")


@lru_cache(maxsize=20_000)
def read_span(text: str, order: DateOrder) -> SpanReading:
    """Read when something happened, as precisely as it is written.

    Args:
        text: As written: a day as ``read_date`` reads it, ``2018``, ``2018-03``,
            ``03/2018``, ``mars 2018``, ``Q1 2018``, ``2018-01-05/2018-01-09``, or
            ``between 5 and 9 January 2018``.
        order: Which comes first in ``01/03/2019``.
    """
    stripped = " ".join(text.split())
    # A day may have an hour after it; two days are looked for before that is.
    between = _between(stripped, order)
    if between is not None and between.value is not None:
        return between
    day = read_date(stripped, order)
    if day.value is not None and between is None:
        return SpanReading(DateSpan.of(day.value))
    return between or _wider(stripped) or SpanReading(trouble=day.trouble)


def up_to(first: DateSpan, last: SpanReading) -> SpanReading:
    """Give the span from one reading to another; a file may have a column each."""
    if last.value is None:
        return last
    try:
        return SpanReading(DateSpan(first.first, last.value.last))
    except InvalidInput as trouble:
        return SpanReading(trouble=trouble.message)


def _wider(text: str) -> SpanReading | None:
    """Read a year, a month, a quarter or a half of a year; None where it is none."""
    for form, make in _WAYS:
        if (found := form.fullmatch(text)) is not None:
            try:
                return SpanReading(make(found))
            except InvalidInput as trouble:
                return SpanReading(trouble=trouble.message)
            except (ValueError, IndexError):
                said = message(
                    "“%(text)s” is not a month of a year", text=shorten(text, 40)
                )
                return SpanReading(trouble=said)
    return None


def _between(text: str, order: DateOrder) -> SpanReading | None:
    """Read two days, months or years with a word between; None where there are none."""
    opened = _OPENS.match(text)
    bare = text[opened.end() :] if opened else text
    for joint in _JOINS.finditer(bare):
        begin, end = bare[: joint.start()], bare[joint.end() :]
        last = _one(end, order)
        for each in _beginnings(begin, end):
            start = _one(each, order)
            if start.value is not None and last.value is not None:
                return up_to(start.value, last)
        start = _one(begin, order)
        is_hour = _HOUR.match(end) is not None
        if start.value is not None and not is_hour:
            return last
        if _WHOLE_YEAR.search(begin) and _WHOLE_YEAR.search(end):
            return start
    return None


def _beginnings(first: str, last: str) -> Iterator[str]:
    """Give the ways to read where a span begins: by itself, or in its end's month."""
    yield first
    day = re.match(r"\d{1,2}(?!\d)", last)
    if day is not None and re.fullmatch(r"\d{1,2}", first):
        yield first + last[day.end() :]
    elif first.isalpha():
        yield f"{first} {last[-4:]}"


def _one(text: str, order: DateOrder) -> SpanReading:
    day = read_date(text, order)
    if day.value is not None:
        return SpanReading(DateSpan.of(day.value))
    return _wider(text) or SpanReading(trouble=day.trouble)
