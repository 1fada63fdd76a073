"""Read lists of names as their publishers write them, and say nothing of their merit.

An entry keeps what is compared and what tells two of one name apart; the rest of what
a publisher writes, such as the grounds, is left where it is.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from armstrace.analysis.names.reading import ADDRESSES, is_schema
from armstrace.vocabulary.content import content_key
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.vetting import ListFormat

MOST_NAMES = 80
LONGEST_NAME, LONGEST_NUMBER = 300, 80
HEAD = 4096
NOT_OF_FORM = (ValueError, AttributeError, TypeError, KeyError, StopIteration)
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
OFAC_COLUMNS, OFAC_NOTHING = 12, "-0-"
ROOTS = {
    "CONSOLIDATED_LIST": ListFormat.UN_XML,
    "export": ListFormat.EU_XML,
    "sdnList": ListFormat.OFAC_XML,
}
HEADINGS = {
    "number": ("id", "number", "entity_logicalid"),
    "name": ("name", "namealias_wholename"),
    "aliases": ("aliases",),
    "schema": ("schema", "entity_subjecttype"),
    "born": ("birth_date", "born_on", "birthdate_birthdate"),
    "countries": ("countries", "nationality", "citizenship_countryiso2code"),
}
"""Headings of a table, folded: OpenSanctions' simple CSV, the European Union's CSV,
and the register of refusals of this product."""
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
    # Entries without a name or a number.
    left_out: int = 0


def read(path: Path) -> NameList:
    """Read a list of names in one of the published formats.

    Raises:
        InvalidInput: The file is of no format that is known, or is damaged.

    Source:
        UN consolidated list XML; EU financial sanctions XML 1.1 and CSV; OFAC SDN
        XML and CSV; FollowTheMoney entities; OpenSanctions targets.simple.csv.
    """
    found = format_of(path)
    try:
        if found is not None:
            return _gather(found, *READERS[found](path))
    except (ElementTree.ParseError, csv.Error, *NOT_OF_FORM):
        pass
    said = message(
        "%(file)s cannot be read as a list of names; choose a list of the UN, the EU "
        "or OFAC, FollowTheMoney JSON lines, or a CSV table with columns id and name.",
        file=path.name,
    )
    raise InvalidInput(said, field="file")


def _gather(found: ListFormat, version: str, entries: Iterable[Entry]) -> NameList:
    kept: dict[str, Entry] = {}
    left_out = 0
    for entry in map(_tidy, entries):
        if not entry.names or not entry.number:
            left_out += 1
            continue
        before = kept.get(entry.number)
        kept[entry.number] = entry if before is None else _join(before, entry)
    return NameList(found, version, tuple(kept.values()), left_out)


def format_of(path: Path) -> ListFormat | None:
    """Tell in which format a list was published; None where that is not known."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        found = re.search(rb"<([A-Za-z]\w*)[\s>]", head)
        return ROOTS.get(found[1].decode()) if found else None
    text = head.decode("utf-8-sig", errors="replace")
    if text.lstrip()[:1] == "{":
        return ListFormat.FTM
    first = next(_rows(text.splitlines()[:1]), [])
    if len(first) == OFAC_COLUMNS and first[0].strip().isdecimal():
        return ListFormat.OFAC_CSV
    has_both = {"number", "name"} <= _columns(first).keys()
    return ListFormat.CSV if has_both else None


def _tidy(entry: Entry) -> Entry:
    spaced = (" ".join(name.split())[:LONGEST_NAME] for name in entry.names)
    return replace(
        entry,
        number=entry.number.strip()[:LONGEST_NUMBER],
        names=_once(spaced)[:MOST_NAMES],
        born=_once(map(_day, entry.born)),
        countries=_once(map(str.strip, entry.countries)),
    )


def _join(one: Entry, other: Entry) -> Entry:
    """Join two rows of one number, as tables with a row a name have them."""
    return replace(
        one,
        names=_once((*one.names, *other.names))[:MOST_NAMES],
        born=_once((*one.born, *other.born)),
        countries=_once((*one.countries, *other.countries)),
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


def _schema(written: str) -> str:
    return SCHEMAS.get(written.strip().upper(), "Organization")


def _elements(path: Path, *names: str) -> Iterator[ElementTree.Element]:
    """Give the root when it opens, then each element of these names when it ends."""
    if _DTD.search(content := path.read_bytes()) or b"\x00" in content[:HEAD]:
        raise ValueError(path.name)  # entities are refused before anything is read
    root = None
    for event, element in ElementTree.iterparse(path, ("start", "end")):  # noqa: S314 -- refused above
        if root is None:
            root = element
            yield root
        elif event == "end" and _local(element) in names:
            yield element
            root.clear()


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _texts(element: ElementTree.Element, *paths: str) -> list[str]:
    found = chain.from_iterable(element.iterfind(path) for path in paths)
    return [(each.text or "").strip() for each in found]


def _un(path: Path) -> tuple[str, Iterator[Entry]]:
    elements = _elements(path, "INDIVIDUAL", "ENTITY")
    version = next(elements).get("dateGenerated", "")[:10]
    return version, map(_un_entry, elements)


def _un_entry(element: ElementTree.Element) -> Entry:
    parts = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
    proper = " ".join(chain.from_iterable(_texts(element, part) for part in parts))
    kind = element.tag
    births = f"{kind}_DATE_OF_BIRTH"
    return Entry(
        number=next(iter(_texts(element, "REFERENCE_NUMBER", "DATAID")), ""),
        schema=_schema(kind),
        names=(
            proper,
            *_texts(element, f"{kind}_ALIAS/ALIAS_NAME", "NAME_ORIGINAL_SCRIPT"),
        ),
        born=tuple(_texts(element, f"{births}/DATE", f"{births}/YEAR")),
        countries=tuple(_texts(element, "NATIONALITY/VALUE")),
    )


def _eu(path: Path) -> tuple[str, Iterator[Entry]]:
    elements = _elements(path, "sanctionEntity")
    version = next(elements).get("generationDate", "")[:10]
    return version, map(_eu_entry, elements)


def _eu_entry(element: ElementTree.Element) -> Entry:
    def values(name: str, *attributes: str) -> tuple[str, ...]:
        found = element.iterfind(f"{{*}}{name}")
        return tuple(
            next(filter(None, map(each.get, attributes)), "") or "" for each in found
        )

    return Entry(
        number=element.get("euReferenceNumber") or element.get("logicalId") or "",
        schema=_schema(
            "".join(values("subjectType", "classificationCode", "code")[:1])
        ),
        names=values("nameAlias", "wholeName"),
        born=values("birthdate", "birthdate", "year"),
        countries=values("citizenship", "countryIso2Code"),
    )


def _ofac(path: Path) -> tuple[str, Iterator[Entry]]:
    elements = _elements(path, "publshInformation", "sdnEntry")
    next(elements)
    head = next(elements)
    day = next(iter(_texts(head, "{*}Publish_Date")), "")
    month, date, year = (*day.split("/"), "", "")[:3]
    return (f"{year}-{month}-{date}" if year else ""), map(_ofac_entry, elements)


def _ofac_entry(element: ElementTree.Element) -> Entry:
    akas = element.iterfind("{*}akaList/{*}aka")
    births = "{*}dateOfBirthList/{*}dateOfBirthItem/{*}dateOfBirth"
    return Entry(
        number="".join(_texts(element, "{*}uid")),
        schema=_schema("".join(_texts(element, "{*}sdnType"))),
        names=tuple(
            " ".join(_texts(each, "{*}firstName") + _texts(each, "{*}lastName"))
            for each in (element, *akas)
        ),
        born=tuple(_texts(element, births)),
        countries=tuple(
            _texts(element, "{*}nationalityList/{*}nationality/{*}country")
        ),
    )


def _rows(lines: Iterable[str], delimiter: str = ",") -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter)


def _table(path: Path) -> Iterator[list[str]]:
    text = path.read_text(encoding="utf-8-sig")
    first = text.partition("\n")[0]
    yield from _rows(text.splitlines(), ";" if ";" in first.split(",")[0] else ",")


def _ofac_table(path: Path) -> tuple[str, Iterator[Entry]]:
    rows = (row for row in _table(path) if len(row) == OFAC_COLUMNS)
    return "", (
        Entry(
            number=row[0],
            schema=_schema("" if row[2].strip() == OFAC_NOTHING else row[2]),
            names=(_given_first(row[1]) if _schema(row[2]) == "Person" else row[1],),
            born=tuple(re.findall(r"DOB ([^;.]+)", row[11])),
            countries=tuple(re.findall(r"nationality ([^;.]+)", row[11])),
        )
        for row in rows
    )


def _given_first(name: str) -> str:
    """Write “FAMILY, Given” with the given name first, as lists in XML do."""
    family, _, given = name.partition(",")
    return f"{given} {family}".strip()


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Give where each part of an entry stands, by the headings of a table."""
    if len(headings) == 1:
        headings = headings[0].split(";")
    folded = [heading.strip().casefold() for heading in headings]
    return {
        part: folded.index(name)
        for part, names in HEADINGS.items()
        for name in names
        if name in folded
    }


def _simple(path: Path) -> tuple[str, Iterator[Entry]]:
    rows = _table(path)
    columns = _columns(next(rows))
    return "", (
        _simple_entry({part: row[n] for part, n in columns.items()})
        for row in rows
        if len(row) > max(columns.values())
    )


def _simple_entry(cells: Mapping[str, str]) -> Entry:
    schema = cells.get("schema", "").strip()
    return Entry(
        number=cells["number"],
        schema=schema if is_schema(schema) else _schema(schema or "Person"),
        names=(cells["name"], *cells.get("aliases", "").split(";")),
        born=tuple(cells.get("born", "").split(";")),
        countries=tuple(cells.get("countries", "").split(";")),
    )


def _ftm(path: Path) -> tuple[str, Iterator[Entry]]:
    lines = filter(str.strip, path.read_text(encoding="utf-8-sig").splitlines())
    told = (json.loads(line) for line in lines)
    return "", (_ftm_entry(each) for each in told if _is_named(each["schema"]))


def _is_named(schema: str) -> bool:
    return is_schema(schema) and schema.upper() not in ADDRESSES


def _ftm_entry(told: Mapping[str, Any]) -> Entry:
    said: Mapping[str, Sequence[str]] = told["properties"]
    return Entry(
        number=str(told["id"]),
        schema=str(told["schema"]),
        names=(*said.get("name", ()), *said.get("alias", ())),
        born=tuple(said.get("birthDate", ())),
        countries=(*said.get("nationality", ()), *said.get("country", ())),
    )


READERS = {
    ListFormat.UN_XML: _un,
    ListFormat.EU_XML: _eu,
    ListFormat.OFAC_XML: _ofac,
    ListFormat.OFAC_CSV: _ofac_table,
    ListFormat.FTM: _ftm,
    ListFormat.CSV: _simple,
}
