"""Read the text of canonical fields as values, and say what cannot be read."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, ClassVar

from armstrace.analysis.marks import places
from armstrace.intake import quantities, value_words
from armstrace.intake.dates import DateOrder, read_date, year_made_a_day
from armstrace.intake.fields import IntakeKind, Shape, by_name
from armstrace.intake.outcomes import Reason, Trouble
from armstrace.intake.spans import read_span, up_to
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.dates import FIRST_YEAR_OF_ARMS, DateSpan
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import shorten

SAID = Sentences(__package__)
_SPLIT = re.compile(r"\s*[;,|]\s*")
_SPLIT_ROUTE = re.compile(r"\s*(?:[;,|>/→]|\s-\s)\s*")
_NUMBER = re.compile(r"\d{1,15}(?:[.,]\d{1,20})?")
# Fields of days that may lie ahead.
_AHEAD = re.compile(r"\Avalid_|_ends_on\Z")
_NO_PARTS = re.compile(r"[.,]00?\Z")
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")

_MISSING = message("a value is required; enter it in the row or set it in the profile.")
_NEGATIVE = message("“%(text)s” is less than nothing; write a number from 0 up.")
_NO_NUMBER = message(
    "“%(text)s” is not a number, or has a comma that may part thousands; write it as "
    "1234.5."
)


class Values:
    """The canonical fields of one row, read on demand; troubles add up.

    Args:
        order: Which comes first in ``01/03/2019``.
        today: Nothing may lie after this day.
    """

    __slots__ = ("fields", "kind", "order", "texts", "today", "troubles")

    def __init__(
        self,
        texts: Mapping[str, str],
        kind: IntakeKind,
        order: DateOrder,
        today: date,
    ) -> None:
        self.texts = texts
        self.kind, self.fields = kind, by_name(kind)
        self.order = order
        self.today = today
        self.troubles: list[Trouble] = []

    def read(self, *, without: Collection[str] = ()) -> dict[str, Any]:
        """Give what the row states, by field; what it does not state is left out."""
        texts = self.texts
        found: dict[str, Any] = {}
        for name, read, is_required in _readers(self.kind):
            text = texts.get(name)
            if (text or is_required) and name not in without:
                found[name] = read(self, name, text) if text else self.give(name)
        return {name: value for name, value in found.items() if value is not None}

    def give(self, name: str) -> Any:  # noqa: ANN401 - of any kind
        """Give what the row states of a field; None where it states nothing."""
        text, wanted = self.texts.get(name, ""), self.fields[name]
        if text:
            return self.READ[wanted.shape](self, name, text)
        if wanted.is_required:
            self._trouble(Reason.MISSING_FIELD, name, _MISSING)
        return None

    def text(self, name: str) -> str:
        """Give a text as written, white space evened out."""
        return self.give(name) or ""

    def _text(self, name: str, text: str) -> str:
        limit = self.fields[name].limit
        if not text.isprintable():
            text = " ".join(text.split())
        if len(text) > limit:
            sentence = SAID.say("TOO_LONG", count=len(text), limit=limit)
            self._trouble(Reason.TOO_LONG, name, sentence)
        return text

    def _code(self, name: str, text: str) -> Code | None:
        codes = self.fields[name].vocabulary
        member = member_of(name, codes, text)
        if member is None:
            known = [code for code in codes if code.value != "UNKNOWN"]
            sentence = SAID.say("NO_CODE", text=shorten(text, 40), known=known)
            self._trouble(Reason.UNKNOWN_CODE, name, sentence)
        return member

    def _codes(self, name: str, text: str) -> tuple[Code, ...]:
        found = (self._code(name, part) for part in filter(None, _SPLIT.split(text)))
        return tuple(filter(None, found))

    def _date(self, name: str, text: str) -> date | None:
        reading = read_date(text, self.order)
        if reading.value is None:
            sentence = reading.trouble
            if not sentence.template.endswith("."):
                sentence = message("%(trouble)s.", trouble=sentence)
            self._trouble(Reason.NOT_A_DATE, name, sentence)
        elif reading.value > self.today and not _AHEAD.search(name):
            self._lies_ahead(name, reading.value)
        return reading.value

    def _lies_ahead(self, name: str, day: date | str) -> None:
        sentence = message("%(day)s lies in the future; correct the date.", day=day)
        self._trouble(Reason.FUTURE_DATE, name, sentence)

    def span(self, name: str, until: str, *, said_of: str = "") -> DateSpan | None:
        """Give a day, a month, a year or a span that has begun.

        Args:
            until: The field of its last day, where a file has one beside it.
            said_of: The field that troubles name, where the row tells of another day.
        """
        text, last = self.texts.get(name, ""), self.texts.get(until, "")
        if not text:
            is_required = self.fields[name].is_required
            name = said_of or name
            if is_required:
                self._trouble(Reason.MISSING_FIELD, name, _MISSING)
            return None
        name = said_of or name
        reading = read_span(text, self.order)
        if reading.value is not None and last:
            reading = up_to(reading.value, read_span(last, self.order))
        if reading.value is None:
            trouble = message("%(trouble)s.", trouble=reading.trouble)
            self._trouble(Reason.NOT_A_DATE, name, trouble)
        elif reading.value.is_day and (year := year_made_a_day(reading.value.first)):
            said = SAID.say("MADE_A_DAY", day=reading.value.first, year=year)
            self._trouble(Reason.NOT_A_DATE, name, said)
        elif reading.value.first > self.today:
            self._lies_ahead(name, str(reading.value))
        return reading.value

    def _whole(self, name: str, text: str) -> int | None:
        whole = _NO_PARTS.sub("", text)  # as a spreadsheet writes 1.0
        if whole.isdecimal() and len(whole) < 10:
            return int(whole)
        sentence = SAID.say("NOT_WHOLE", text=shorten(text, 40))
        self._trouble(Reason.NOT_A_NUMBER, name, sentence)
        return None

    def _number(self, name: str, text: str) -> Decimal | None:
        before, bare, after = quantities.apart(text)
        factor = quantities.times(name, before, after)
        number = _exact(bare)
        if number is not None and factor is not None:
            return number * factor
        if quantities.is_unstated(text):
            return None
        is_negative = bare[:1] in {"-", "\u2212"} and _NUMBER.fullmatch(bare[1:])
        said = _NEGATIVE if is_negative else _NO_NUMBER
        sentence = Message(said.template, {"text": shorten(text, 40)})
        self._trouble(Reason.NOT_A_NUMBER, name, sentence)
        return None

    def _countries(self, name: str, text: str) -> tuple[str, ...]:
        parts = filter(None, _SPLIT_ROUTE.split(text.strip()))
        found = [self._country(name, part) for part in parts]
        return tuple(filter(None, found))

    def _year(self, name: str, text: str) -> int | None:
        number = self._whole(name, text)
        if number is None or FIRST_YEAR_OF_ARMS <= number <= self.today.year:
            return number
        sentence = SAID.say("IMPOSSIBLE_YEAR", number=number)
        self._trouble(Reason.NOT_A_NUMBER, name, sentence)
        return None

    def _degrees(self, name: str, text: str) -> float | None:
        limit = 90 if name == "latitude" else 180
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            number = float("nan")
        if abs(number) <= limit:
            return number
        sentence = SAID.say("NO_DEGREES", text=shorten(text, 40), limit=limit)
        self._trouble(Reason.NOT_A_NUMBER, name, sentence)
        return None

    def _country(self, name: str, text: str) -> str:
        found = _country(text)
        if not found:
            sentence = SAID.say("NO_COUNTRY", text=shorten(text, 40))
            self._trouble(Reason.UNKNOWN_COUNTRY, name, sentence)
        return found

    def _trouble(self, reason: Reason, name: str, sentence: Message) -> None:
        self.troubles.append(Trouble(reason, name, sentence))

    READ: ClassVar[Mapping[Shape, Callable[..., Any]]] = {
        Shape.TEXT: _text,
        Shape.DATE: _date,
        Shape.CODE: _code,
        Shape.CODES: _codes,
        Shape.WHOLE: _whole,
        Shape.YEAR: _year,
        Shape.DEGREES: _degrees,
        Shape.COUNTRY: _country,
        Shape.COUNTRIES: _countries,
        Shape.NUMBER: _number,
    }


def _exact(text: str) -> Decimal | None:
    if "," in text and "." in text:
        # The mark that comes last parts the decimals.
        text = text.replace("." if text.rfind(",") > text.rfind(".") else ",", "")
    if not _NUMBER.fullmatch(text) or _THOUSANDS.fullmatch(text):
        return None
    return Decimal(text.replace(",", "."))


@cache
def _readers(kind: IntakeKind) -> tuple[tuple[str, Callable[..., Any], bool], ...]:
    """Give what reads each field of a kind; looked up once, not by row."""
    fields = by_name(kind).values()
    return tuple((f.name, Values.READ[f.shape], f.is_required) for f in fields)


def start_of(day: date | None) -> datetime | None:
    """Give the beginning of a day, in UTC."""
    return None if day is None else datetime.combine(day, time(), UTC)


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
