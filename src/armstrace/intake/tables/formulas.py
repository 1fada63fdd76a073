"""Read a small workbook whole: every sheet, values with their formulas.

For workbooks that came from here and come back filled in. A workbook of
records is read by ``reading``, which knows nothing of formulas.
"""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from armstrace.intake.tables import archive
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
MOST_UNPACKED_BYTES = 32 * 2**20
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a cell."""

    # Its value as text; a formula's last result.
    text: str
    # The formula without its ``=``; None where there is none. Empty for one that is
    # kept at another cell.
    formula: str | None = None


type Sheet = Mapping[tuple[int, int], Content]


def read_whole(path: Path, name: str) -> dict[str, Sheet]:
    """Read every sheet of a workbook, by row and column from 0.

    Source:
        Rule of this design (import guard): the archive is inspected first, and
        a part that declares entities is refused before anything parses it.
    """
    with path.open("rb") as stream:
        is_old = stream.read(len(archive.OLE)) == archive.OLE
    if not is_old and not zipfile.is_zipfile(path):
        raise InvalidInput(SAID.say("NOT_A_RETURN", name=name), field="file")
    findings = archive.inspect(path, name)
    if is_old:
        raise InvalidInput(SAID.say("OLD_FORMAT", name=name), field="file")
    if findings.unpacked_bytes > MOST_UNPACKED_BYTES:
        raise InvalidInput(SAID.say("RETURN_TOO_LARGE", name=name), field="file")
    try:
        with zipfile.ZipFile(path) as book:
            words = _read_shared_words(book)
            return {
                title: dict(_cells(book, part, words)) for title, part in _parts(book)
            }
    except (ElementTree.ParseError, LookupError, ValueError) as why:
        raise InvalidInput(SAID.say("RETURN_DAMAGED", name=name), field="file") from why


def _parts(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - entities are refused before
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
    workbook = ElementTree.fromstring(book.read("xl/workbook.xml"))  # noqa: S314 - entities are refused before
    for sheet in workbook.iter(f"{MAIN}sheet"):
        target = targets[sheet.get(RELATION, "")]
        part = posixpath.normpath(posixpath.join("xl", target))
        yield sheet.get("name", ""), target.lstrip("/") if target[:1] == "/" else part


def _read_shared_words(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - entities are refused before
    return [_words(each) for each in root.iter(f"{MAIN}si")]


def _words(element: ElementTree.Element) -> str:
    """Join the runs of a text; what says how it is spoken is left out."""
    runs = [element.find(f"{MAIN}t")]
    runs += [run.find(f"{MAIN}t") for run in element.findall(f"{MAIN}r")]
    return "".join(run.text or "" for run in runs if run is not None)


def _cells(
    book: zipfile.ZipFile, part: str, words: list[str]
) -> Iterator[tuple[tuple[int, int], Content]]:
    root = ElementTree.fromstring(book.read(part))  # noqa: S314 - entities are refused before
    for cell in root.iter(f"{MAIN}c"):
        reference = cell.get("r", "")
        column = reference.rstrip("0123456789")
        text = _text(cell, words)
        formula = cell.find(f"{MAIN}f")
        if text or formula is not None:
            row = int(reference[len(column) :]) - 1
            place = (row, archive.column_number(column) - 1)
            told = None if formula is None else (formula.text or "")
            yield place, Content(text, told)


def _text(cell: ElementTree.Element, words: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inside = cell.find(f"{MAIN}is")
        return "" if inside is None else _words(inside)
    value = cell.findtext(f"{MAIN}v") or ""
    if kind == "s":
        return words[int(value)] if value else ""
    return _whole(value) if kind == "n" else value


def _whole(number: str) -> str:
    """Write 12.0 and 1.2E1 as 12; what is no whole number stays as it is."""
    try:
        value = float(number)
    except ValueError:
        return number
    is_whole = abs(value) < 1e15 and value == int(value)
    return str(int(value)) if is_whole else number
