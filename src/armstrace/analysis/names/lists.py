"""Read lists of names as their publishers write them, and say nothing of their merit.

An entry keeps what is compared and what tells two of one name apart; the rest of what
a publisher writes, such as the grounds, is left where it is.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from armstrace.analysis.names import xml_lists
from armstrace.analysis.names.entries import Entry, NameList, gather, schema_of
from armstrace.analysis.names.reading import ADDRESSES, is_schema
from armstrace.vocabulary.encodings import decode
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.vetting import ListFormat

HEAD = 4096
DELIMITERS = ",;\t|"
# A cell of more lines began with a quotation mark that is never closed.
MOST_LINES = 20
NOT_OF_FORM = (ValueError, AttributeError, TypeError, KeyError, StopIteration)
OFAC_COLUMNS, OFAC_NOTHING, OFAC_END = 12, "-0-", "\x1a"
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
    "countries": (
        *("countries", "country", "nationality", "citizenship_countryiso2code"),
    ),
    "version": ("filegenerationdate",),
}
"""Headings of a table, folded: OpenSanctions' simple CSV, the European Union's CSV,
and the register of refusals of this product."""


def read(path: Path, called: str = "") -> NameList:
    """Read a list of names in one of the published formats.

    Args:
        called: What people call the file, where it is not the name of the path.

    Raises:
        InvalidInput: The file is of no format that is known, is damaged, or holds
            no name.

    Source:
        UN consolidated list XML; EU financial sanctions XML 1.1 and CSV; OFAC SDN
        XML and CSV; FollowTheMoney entities; OpenSanctions targets.simple.csv.
    """
    found = format_of(path)
    try:
        if found is not None:
            listed = gather(found, *READERS[found](path))
            return require_names(listed, called or path.name)
    except (ParseError, csv.Error, *NOT_OF_FORM):
        pass
    said = message(
        "%(file)s cannot be read as a list of names; choose a list of the UN, the EU "
        "or OFAC, FollowTheMoney JSON lines, or a CSV table with columns id and name.",
        file=called or path.name,
    )
    raise InvalidInput(said, field="file")


def require_names(listed: NameList, called: str) -> NameList:
    """Give a list that was read, so far as a name stands in it.

    Raises:
        InvalidInput: No name stands in it.
    """
    if not listed.entries:
        said = message(
            "%(file)s holds no name to look among; check that the file is whole.",
            file=called,
        )
        raise InvalidInput(said, field="file")
    return listed


def format_of(path: Path) -> ListFormat | None:
    """Tell in which format a list was published; None where that is not known."""
    text = decode(_head(path)).lstrip()
    if text.startswith("<"):
        found = re.search(r"<([A-Za-z]\w*)[\s>]", text)
        return ROOTS.get(found[1]) if found else None
    if text.startswith("{"):
        return ListFormat.FTM
    first = next(_rows(text), [])
    if len(first) == OFAC_COLUMNS and first[0].strip().isdecimal():
        return ListFormat.OFAC_CSV
    has_both = {"number", "name"} <= columns_of(first).keys()
    return ListFormat.CSV if has_both else None


def is_table(path: Path) -> bool:
    """Tell whether a file has columns with headings, so far as its beginning says."""
    is_marked_up = decode(_head(path)).lstrip().startswith(("<", "{", "["))
    return not is_marked_up and format_of(path) in {None, ListFormat.CSV}


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(HEAD)


def _rows(text: str) -> Iterator[list[str]]:
    """Give the rows of a table that holds anything."""
    first, _, rest = text.partition("\n")
    if first.strip().lower() in {f"sep={mark}" for mark in DELIMITERS}:
        first, text = rest.partition("\n")[0], rest
    delimiter = max(DELIMITERS, key=first.count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        if any(cell.count("\n") > MOST_LINES for cell in row):
            raise csv.Error(row[0])
        if any(map(str.strip, row)):
            yield row


def _table(path: Path) -> Iterator[list[str]]:
    return _rows(decode(path.read_bytes()))


def _ofac_table(path: Path) -> tuple[str, Iterator[Entry]]:
    rows = (row for row in _table(path) if row != [OFAC_END])
    return "", map(_ofac_row, rows)


def _ofac_row(row: list[str]) -> Entry:
    if len(row) != OFAC_COLUMNS:
        return Entry(row[0], "", ())  # cut off: counted as left out
    return Entry(
        number=row[0],
        schema=schema_of("" if row[2].strip() == OFAC_NOTHING else row[2]),
        names=(_given_first(row[1]) if schema_of(row[2]) == "Person" else row[1],),
        born=tuple(re.findall(r"DOB ([^;.]+)", row[11])),
        countries=tuple(re.findall(r"nationality ([^;.]+)", row[11])),
    )


def _given_first(name: str) -> str:
    """Write “FAMILY, Given” with the given name first, as lists in XML do."""
    family, _, given = name.partition(",")
    return f"{given} {family}".strip()


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Give where each part of an entry stands, by the headings of a table."""
    folded = [each.strip().casefold().replace(" ", "_") for each in headings]
    return {
        part: folded.index(name)
        for part, names in HEADINGS.items()
        for name in names
        if name in folded
    }


def _simple(path: Path) -> tuple[str, Iterator[Entry]]:
    rows = _table(path)
    columns = columns_of(next(rows))
    first = next(rows, [])
    return published_on(cells_of(first, columns)), (
        entry_of(cells_of(row, columns)) for row in chain([first], rows) if row
    )


def cells_of(row: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """Give the parts of an entry in a row, empty where the row ends before them."""
    return {part: row[n] if n < len(row) else "" for part, n in columns.items()}


def published_on(cells: Mapping[str, str]) -> str:
    """Give the day of publication that a row of a table tells, as 2026-11-02."""
    return "-".join(reversed(cells.get("version", "").strip().split("/")))


def entry_of(cells: Mapping[str, str]) -> Entry:
    """Make an entry of the parts that a row of a table gives."""
    schema = cells.get("schema", "").strip()
    return Entry(
        number=cells["number"],
        schema=schema if is_schema(schema) else schema_of(schema or "Person"),
        names=(cells["name"], *cells.get("aliases", "").split(";")),
        born=tuple(cells.get("born", "").split(";")),
        countries=tuple(cells.get("countries", "").split(";")),
    )


def _ftm(path: Path) -> tuple[str, Iterator[Entry]]:
    lines = filter(str.strip, decode(path.read_bytes()).split("\n"))
    return "", filter(None, map(_ftm_entry, map(json.loads, lines)))


def _ftm_entry(told: Mapping[str, Any]) -> Entry | None:
    """Make an entry of an entity; None where it is of a kind that has no name."""

    def values(*properties: str) -> tuple[str, ...]:
        found = (told["properties"].get(each, ()) for each in properties)
        lists = ([each] if isinstance(each, str) else each for each in found)
        return tuple(chain.from_iterable(lists))

    schema = str(told["schema"])
    if schema.upper() in ADDRESSES:
        return None
    parts = " ".join(values("firstName", "lastName"))
    proper = values("name") or (parts or str(told.get("caption") or ""),)
    if not is_schema(schema):
        is_named = bool(values("name"))
        return Entry(str(told["id"]), schema, ()) if is_named else None
    return Entry(
        number=str(told["id"]),
        schema=schema,
        names=(*proper, *values("alias", "weakAlias", "previousName")),
        born=values("birthDate"),
        countries=values("nationality", "country"),
    )


READERS = {
    ListFormat.UN_XML: xml_lists.read_un,
    ListFormat.EU_XML: xml_lists.read_eu,
    ListFormat.OFAC_XML: xml_lists.read_ofac,
    ListFormat.OFAC_CSV: _ofac_table,
    ListFormat.FTM: _ftm,
    ListFormat.CSV: _simple,
}
