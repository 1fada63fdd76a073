"""Entries of lists of names: tidied, one of each number."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from armstrace.vocabulary.content import content_key
from armstrace.vocabulary.vetting import ListFormat

LONGEST_NAME, LONGEST_NUMBER = 300, 80
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
SCHEMAS = {
    "P": "Person", "PERSON": "Person", "INDIVIDUAL": "Person", "VESSEL": "Vessel",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, by the publisher's own number."""

    number: str
    schema: str
    # As written; the first is the name proper, the others are aliases.
    names: tuple[str, ...]
    # Days or years of birth, as 1960-05-01 or 1960.
    born: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def content_key(self) -> str:
        """Give the key by which an unchanged entry is recognised."""
        return content_key(self)


@dataclass(frozen=True, slots=True)
class NameList:
    """A list that was read; each number is there once."""

    format: ListFormat
    # The day of publication; empty where the file does not say it.
    version: str
    entries: tuple[Entry, ...]
    # Entries without a name or a number, or of what names are not compared.
    left_out: int = 0


def gather(found: ListFormat, version: str, entries: Iterable[Entry]) -> NameList:
    """Make one entry of those of one number, as tables with a row a name have them.

    An entry whose number is too long to be kept is left out, and counted.
    """
    parts: dict[str, list[Entry]] = {}
    for entry in map(_tidy, entries):
        parts.setdefault(entry.number, []).append(entry)
    unnumbered = len(parts.pop("", ()))
    named = tuple(filter(lambda entry: entry.names, map(_join, parts.values())))
    return NameList(found, version, named, unnumbered + len(parts) - len(named))


def _tidy(entry: Entry) -> Entry:
    number = entry.number.strip()
    return replace(
        entry,
        number=number if len(number) <= LONGEST_NUMBER else "",
        names=_once(" ".join(name.split())[:LONGEST_NAME] for name in entry.names),
        born=_once(map(_day, entry.born)),
        countries=_once(map(str.strip, entry.countries)),
    )


def _join(parts: Sequence[Entry]) -> Entry:
    return replace(
        parts[0],
        names=_once(name for each in parts for name in each.names),
        born=_once(day for each in parts for day in each.born),
        countries=_once(code for each in parts for code in each.countries),
    )


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _day(text: str) -> str:
    """Give a day of birth as 1960-05-01, or its year; empty where neither is told."""
    if found := _ISO.search(text):
        return found[0]
    try:
        return datetime.strptime(text.strip(), "%d %b %Y").date().isoformat()  # noqa: DTZ007 -- a day
    except ValueError:
        year = _YEAR.search(text)
        return year[0] if year else ""


def schema_of(written: str) -> str:
    return SCHEMAS.get(written.strip().upper(), "Organization")
