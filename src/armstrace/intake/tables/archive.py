"""Look into a workbook's archive before anything parses it.

Nothing here trusts a size that the archive declares: every member is unpacked
and its bytes are counted.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from armstrace.intake.tables import refusals

MAX_MEMBERS = 200
MAX_FILE_BYTES = 200 * 2**20
MAX_UNPACKED_BYTES = 2**30
MAX_RATIO = 100
RATIO_FROM_BYTES = 2**20
FAR_COLUMN = 1024
FAR_ROW_GAP = 20_000
MAX_NAMED_CELLS = 1000

_CHUNK = 2**20
_OVERLAP = 4096
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml")
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*(?<!/)>')
_NO_RESULT = re.compile(
    rb'<c r="([A-Z]{1,3}\d+)"[^>]*>'
    rb"<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>"
)
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"[^>]*\bt="e"[^>]*>(?:(?!</c>).)*?<v>([^<]+)</v>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"


@dataclass(slots=True)
class Findings:
    """What the look into the archive found."""

    # References of cells far from the table, the first ones, in order.
    far_cells: dict[str, None] = field(default_factory=dict)
    # References of all formulas that hold no result.
    formulas_without_result: dict[str, None] = field(default_factory=dict)
    # Row and column, from 1, to the error that a formula gave, such as ``#N/A``.
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    # Size of all parts together, counted.
    unpacked_bytes: int = 0


def inspect(path: Path, name: str) -> Findings:
    """Refuse a workbook that is unsafe to read; name its odd cells.

    Source:
        Rule of this design (import guard).
    """
    # One load opens its file several times; a file's ctime is nobody's to set.
    found = path.stat()
    version = found.st_dev, found.st_ino, found.st_size, found.st_ctime_ns
    return _inspect(path, name, version)


@lru_cache(maxsize=2)
def _inspect(path: Path, name: str, _version: tuple[int, ...]) -> Findings:
    _refuse_size_of_file(path, name)
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(OLE):
        return _old_workbook(path, name)
    _refuse_other_formats(path, name, head)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_members(name, archive.infolist())
            return _count_and_scan(name, archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as why:
        raise refusals.of("DAMAGED", name) from why
    except RuntimeError as why:  # zipfile's word for a member with a password
        raise refusals.of("ENCRYPTED", name) from why
    except zlib.error as why:
        raise refusals.of("NOT_PACKED", name) from why


def _refuse_size_of_file(path: Path, name: str) -> None:
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise refusals.of(
            "WORKBOOK_TOO_LARGE",
            name,
            size=size // 2**20,
            limit=MAX_FILE_BYTES // 2**20,
        )


def _old_workbook(path: Path, name: str) -> Findings:
    """Take an XLS workbook as it is: nothing in it is packed."""
    with path.open("rb") as stream:
        if "EncryptedPackage".encode("utf-16-le") in stream.read(2**20):
            raise refusals.of("ENCRYPTED", name)
    return Findings(unpacked_bytes=path.stat().st_size)


def _refuse_other_formats(path: Path, name: str, head: bytes) -> None:
    if not head:
        raise refusals.of("EMPTY", name)
    if zipfile.is_zipfile(path):
        return
    if head.startswith(ZIP):
        raise refusals.of("CUT_OFF", name)
    raise refusals.of("NOT_A_WORKBOOK", name)


def _refuse_members(name: str, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise refusals.of("TOO_MANY_PARTS", name, count=len(members), limit=MAX_MEMBERS)
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise refusals.of("PART_TWICE", name)
    for member in members:
        if member.flag_bits & 0x1:
            raise refusals.of("ENCRYPTED", name)
        if not _is_plain(member):
            raise refusals.of("PART_OUTSIDE", name)
    _refuse_no_workbook(name, names)


def _refuse_no_workbook(name: str, names: list[str]) -> None:
    if {"mimetype", "content.xml"} <= set(names):  # OpenDocument
        return
    if not any(part.lower() == "[content_types].xml" for part in names):
        raise refusals.of("AN_ARCHIVE", name)
    if not any(part.startswith("xl/") for part in names):
        raise refusals.of("ANOTHER_DOCUMENT", name)


def _is_plain(member: zipfile.ZipInfo) -> bool:
    path = member.filename.replace("\\", "/")
    mode = member.external_attr >> 16
    outside = path.startswith("/") or ".." in path.split("/") or ":" in path
    return not outside and "\0" not in path and not stat.S_ISLNK(mode)


def _count_and_scan(name: str, archive: zipfile.ZipFile) -> Findings:
    findings = Findings()
    total = 0
    for member in archive.infolist():
        scan = _SheetScan(findings) if is_sheet(member.filename) else None
        before = total
        for piece, window in _pieces(archive, member):
            total += len(piece)
            _refuse_size(name, total, total - before, member.compress_size)
            is_xml = member.filename.lower().endswith(_XML)
            # Entities may be declared in UTF-16 as well.
            if is_xml and _DTD.search(window.replace(b"\0", b"")):
                raise refusals.of("HAS_ENTITIES", name)
            if scan is not None:
                scan.look(window)
    findings.unpacked_bytes = total
    return findings


def _pieces(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo
) -> Iterator[tuple[bytes, bytes]]:
    tail = b""
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            yield piece, tail + piece
            tail = (tail + piece)[-_OVERLAP:]


def _refuse_size(name: str, total: int, unpacked: int, packed: int) -> None:
    if total > MAX_UNPACKED_BYTES:
        raise refusals.of("UNPACKS_TOO_LARGE", name, size=MAX_UNPACKED_BYTES // 2**20)
    if unpacked > RATIO_FROM_BYTES and unpacked > MAX_RATIO * max(packed, 1):
        raise refusals.of("PACKED_TOO_WELL", name, ratio=MAX_RATIO)


def is_sheet(member: str) -> bool:
    """Tell whether a part of the archive is a worksheet."""
    return member.startswith("xl/worksheets/") and member.endswith(".xml")


class _SheetScan:
    """Collect odd cells of one sheet, window by window."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.last_row = 0
        self.columns: dict[bytes, bool] = {}

    def look(self, window: bytes) -> None:
        for letters, digits in _CELL.findall(window):
            row = int(digits)
            if self._is_far(letters) or row > self.last_row + FAR_ROW_GAP:
                if len(self.findings.far_cells) < MAX_NAMED_CELLS:
                    self.findings.far_cells[(letters + digits).decode()] = None
            elif row > self.last_row:
                self.last_row = row
        if b't="e"' in window:
            for letters, digits, error in _ERROR.findall(window):
                place = int(digits), column_number(letters.decode())
                self.findings.errors[place] = error.decode()
        for match in _NO_RESULT.finditer(window):
            # Every one is named: a formula taken for an empty cell would wipe
            # what stands on record.
            self.findings.formulas_without_result[match[1].decode()] = None

    def _is_far(self, letters: bytes) -> bool:
        far = self.columns.get(letters)
        if far is None:
            far = column_number(letters.decode()) > FAR_COLUMN
            self.columns[letters] = far
        return far


def column_number(letters: str) -> int:
    """Give the number of a column from its letters: A is 1, XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
