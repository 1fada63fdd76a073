"""Read the text of canonical fields as values, and say what cannot be read."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from armstrace.analysis.marks import places
from armstrace.intake import value_words
from armstrace.intake.dates import DateOrder, read_date, year_made_a_day
from armstrace.intake.fields import Field, IntakeKind, Shape, by_name
from armstrace.intake.outcomes import Reason, Trouble
from armstrace.intake.spans import read_span, up_to
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.dates import FIRST_YEAR_OF_ARMS, DateSpan
from armstrace.vocabulary.messages import Message, message

_SPLIT = re.compile(r"\s*[;,|]\s*")
_SPLIT_ROUTE = re.compile(r"\s*(?:[;,|>/→]|\s-\s)\s*")
_NUMBER = re.compile(r"\d{1,15}(?:[.,]\d{1,6})?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")


class Values:
    """The canonical fields of one row, read on demand; troubles add up.

    Args:
        order: Which comes first in ``01/03/2019``.
        today: Nothing may lie after this day.
    """

    __slots__ = ("fields", "order", "readers", "texts", "today", "troubles")

    def __init__(
        self,
        texts: Mapping[str, str],
        kind: IntakeKind,
        order: DateOrder,
        today: date,
    ) -> None:
        self.texts = texts
        self.fields, self.readers = _fields_of(kind)
        self.order = order
        self.today = today
        self.troubles: list[Trouble] = []

    def read(self, *, without: Collection[str] = ()) -> dict[str, Any]:
        """Give what the row states, by field; what it does not state is left out."""
        found: dict[str, Any] = {}
        texts = self.texts
        for name, reader, is_required in self.readers:
            if texts.get(name):
                if name not in without:
                    found[name] = reader(self, name)
            elif is_required and name not in without:
                self._missing(name)
        return {name: value for name, value in found.items() if value is not None}

    def text(self, name: str) -> str:
        """Give a text as written, white space evened out."""
        text = self.texts.get(name, "")
        wanted = self.fields[name]
        if not text:
            if wanted.is_required:
                self._missing(name)
            return ""
        if not text.isprintable():
            text = " ".join(text.split())
        if len(text) > wanted.limit:
            self._trouble(
                Reason.TOO_LONG,
                name,
                message(
                    "the text has %(count)s characters and may have at most %(limit)s; "
                    "shorten it and keep the rest in notes.",
                    count=len(text),
                    limit=wanted.limit,
                ),
            )
        return text

    def code_stated[C: Code](self, name: str, codes: type[C]) -> C | None:
        """Give the member of a vocabulary, or None where it is not stated."""
        return self._code(name, codes)

    def codes[C: Code](self, name: str, codes: type[C]) -> tuple[C, ...]:
        """Give several members of a vocabulary."""
        text = self.texts.get(name, "")
        if not text:
            return ()
        found = []
        for part in filter(None, _SPLIT.split(text)):
            member = member_of(name, codes, part)
            if member is None:
                self._unknown(name, part, codes)
            else:
                found.append(member)
        return tuple(found)

    def date(self, name: str) -> date | None:
        """Give a date that is not in the future."""
        text = self.texts.get(name, "")
        if not text:
            if self.fields[name].is_required:
                self._missing(name)
            return None
        reading = read_date(text, self.order)
        if reading.value is None:
            self._trouble(
                Reason.NOT_A_DATE,
                name,
                message("%(trouble)s.", trouble=reading.trouble),
            )
        elif reading.value > self.today and not _may_lie_ahead(name):
            self._trouble(
                Reason.FUTURE_DATE,
                name,
                message(
                    "%(day)s lies in the future; correct the date.",
                    day=reading.value,
                ),
            )
        return reading.value

    def span(self, name: str, until: str, *, said_of: str = "") -> DateSpan | None:
        """Give a day, a month, a year or a span that has begun.

        Args:
            until: The field of its last day, where a file has one beside it.
            said_of: The field that troubles name, where the row tells of another day.
        """
        text, last = self.texts.get(name, ""), self.texts.get(until, "")
        is_required = self.fields[name].is_required
        name = said_of or name
        if not text:
            if is_required:
                self._missing(name)
            return None
        reading = read_span(text, self.order)
        if reading.value is not None and last:
            reading = up_to(reading.value, read_span(last, self.order))
        if reading.value is None:
            trouble = message("%(trouble)s.", trouble=reading.trouble)
            self._trouble(Reason.NOT_A_DATE, name, trouble)
        elif (year := _year_of(reading.value)) is not None:
            said = message(
                "%(day)s is what a spreadsheet program makes of the year %(year)s; "
                "write the day, or the year alone.",
                day=reading.value.first,
                year=year,
            )
            self._trouble(Reason.NOT_A_DATE, name, said)
        elif reading.value.first > self.today:
            said = message(
                "%(day)s lies in the future; correct the date.",
                day=str(reading.value),
            )
            self._trouble(Reason.FUTURE_DATE, name, said)
        return reading.value

    def moment(self, name: str) -> datetime | None:
        """Give the beginning of a day, in UTC."""
        return start_of(self.date(name))

    def whole(self, name: str) -> int | None:
        """Give a whole number that is not negative."""
        text = self.texts.get(name, "")
        if not text:
            return None
        if text.isdecimal() and len(text) < 10:
            return int(text)
        self._trouble(
            Reason.NOT_A_NUMBER,
            name,
            message("“%(text)s” is not a whole number; correct it.", text=text[:40]),
        )
        return None

    def number(self, name: str) -> Decimal | None:
        """Give a number that is not negative, with a decimal point or comma."""
        text = self.texts.get(name, "").replace(" ", "").replace("\u00a0", "")
        if not text:
            return None
        if "," in text and "." in text:
            # The mark that comes last parts the decimals.
            text = text.replace("." if text.rfind(",") > text.rfind(".") else ",", "")
        found = _NUMBER.fullmatch(text)
        if found is not None and not _THOUSANDS.fullmatch(text):
            return Decimal(text.replace(",", "."))
        is_negative = text[0] in "-\u2212" and _NUMBER.fullmatch(text[1:])
        sentence = (
            message(
                "“%(text)s” is less than nothing; write a number from 0 up.",
                text=text[:40],
            )
            if is_negative
            else message(
                "“%(text)s” is not a number, or has a comma that may part thousands; "
                "write it as 1234.5.",
                text=text[:40],
            )
        )
        self._trouble(Reason.NOT_A_NUMBER, name, sentence)
        return None

    def countries(self, name: str) -> tuple[str, ...]:
        """Give several countries in their order."""
        parts = filter(None, _SPLIT_ROUTE.split(self.texts.get(name, "").strip()))
        found = [self._country(name, part) for part in parts]
        return tuple(filter(None, found))

    def year(self, name: str) -> int | None:
        """Give a year in which arms were made, to this one."""
        number = self.whole(name)
        if number is None or FIRST_YEAR_OF_ARMS <= number <= self.today.year:
            return number
        self._trouble(
            Reason.NOT_A_NUMBER,
            name,
            message("the year %(number)s cannot be right; correct it.", number=number),
        )
        return None

    def degrees(self, name: str) -> float | None:
        """Give degrees north or east."""
        limit = 90 if name == "latitude" else 180
        text = self.texts.get(name, "")
        if not text:
            return None
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            number = float("nan")
        if abs(number) <= limit:
            return number
        self._trouble(
            Reason.NOT_A_NUMBER,
            name,
            message(
                "“%(text)s” is not a number of degrees up to %(limit)s; correct it.",
                text=text[:40],
                limit=limit,
            ),
        )
        return None

    def country(self, name: str) -> str:
        """Give a country's two letters from its code or its English name."""
        text = self.texts.get(name, "")
        return self._country(name, text) if text else ""

    def _country(self, name: str, text: str) -> str:
        found = _country(text)
        if not found:
            self._trouble(
                Reason.UNKNOWN_COUNTRY,
                name,
                message(
                    "“%(text)s” is not a country we know; write its two-letter code"
                    " or its English name.",
                    text=text[:40],
                ),
            )
        return found

    def _code[C: Code](self, name: str, codes: type[C]) -> C | None:
        text = self.texts.get(name, "")
        if not text:
            if self.fields[name].is_required:
                self._missing(name)
            return None
        member = member_of(name, codes, text)
        if member is None:
            self._unknown(name, text, codes)
        return member

    def _missing(self, name: str) -> None:
        self._trouble(
            Reason.MISSING_FIELD,
            name,
            message(
                "a value is required; enter it in the row or set it in the profile."
            ),
        )

    def _unknown(self, name: str, text: str, codes: type[Code]) -> None:
        known = [code for code in codes if code.value != "UNKNOWN"]
        self._trouble(
            Reason.UNKNOWN_CODE,
            name,
            message(
                "“%(text)s” is not one of %(known)s; correct it, or add it to "
                "the values of the profile.",
                text=text[:40],
                known=known,
            ),
        )

    def _trouble(self, reason: Reason, name: str, sentence: Message) -> None:
        self.troubles.append(Trouble(reason, name, sentence))


def _read_code(values: Values, name: str) -> Code | None:
    return values.code_stated(name, values.fields[name].vocabulary)


def _read_codes(values: Values, name: str) -> tuple[Code, ...]:
    return values.codes(name, values.fields[name].vocabulary)


_READ: dict[Shape, Callable[[Values, str], Any]] = {
    Shape.TEXT: Values.text,
    Shape.DATE: Values.date,
    Shape.CODE: _read_code,
    Shape.CODES: _read_codes,
    Shape.WHOLE: Values.whole,
    Shape.YEAR: Values.year,
    Shape.DEGREES: Values.degrees,
    Shape.COUNTRY: Values.country,
    Shape.COUNTRIES: Values.countries,
    Shape.NUMBER: Values.number,
}


type Readers = tuple[tuple[str, Callable[[Values, str], Any], bool], ...]


@cache
def _fields_of(kind: IntakeKind) -> tuple[Mapping[str, Field], Readers]:
    """Give the fields of a kind with what reads each; looked up once, not by row."""
    fields = by_name(kind)
    readers = ((f.name, _READ[f.shape], f.is_required) for f in fields.values())
    return fields, tuple(readers)


def start_of(day: date | None) -> datetime | None:
    """Give the beginning of a day, in UTC."""
    return None if day is None else datetime.combine(day, time(), UTC)


def _may_lie_ahead(name: str) -> bool:
    return name.startswith("valid_") or name.endswith("_ends_on")


def _year_of(span: DateSpan) -> int | None:
    """Give the year that stands behind a day of 1905, None where none does."""
    return year_made_a_day(span.first) if span.is_day else None


def member_of[C: Code](name: str, codes: type[C], text: str) -> C | None:
    """Give the member of a vocabulary that a value stands for.

    Args:
        text: A code, its label, or a word for it in one of the languages of those
            who send files.

    Returns:
        The member; None where the value is none of these.
    """
    found = _members(codes).get(text)
    return found or _member_by_words(name, codes, text)  # type: ignore[return-value]


@lru_cache(maxsize=20_000)
def _member_by_words(name: str, codes: type[Code], text: str) -> Code | None:
    known = _members(codes)
    return known.get(fold(text)) or known.get(value_words.code_of(name, text))


@cache
def _members(codes: type[Code]) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for code, label in codes.choices():
        member = codes(code)
        found[code] = found[fold(code)] = member
        found.setdefault(fold(label), member)
    return found


_country = lru_cache(maxsize=5000)(places.find_country)
