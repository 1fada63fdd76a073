"""Open a workbook (XLSX, XLS or ODS): look, clean, then read in a confined process."""

import json
import re
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from armstrace.intake.tables import archive, refusals
from armstrace.intake.tables.rows import Row, visible
from armstrace.vocabulary.messages import Message, Parameter, message

CHILD = Path(__file__).with_name("workbook_child.py")
CLEAN_UP_TO_BYTES = 128 * 2**20
BASE_MEMORY_MB = 512
MOST_MEMORY_MB = 2048
Reading = Any  # parsed JSON of the child, checked where it is used


@dataclass(slots=True)
class Sheet:
    """A sheet while it is being read."""

    name: str
    length: int
    # Its rows; can be walked once.
    rows: Iterator[Row]
    # Whether the workbook has further sheets.
    has_others: bool = False
    # Sentences about the workbook as a whole.
    remarks: list[Message] = field(default_factory=list)
    # Row number to column letters of formulas that hold no result.
    lost: dict[int, list[str]] = field(default_factory=dict)


@contextmanager
def open_workbook(path: Path, name: str, *, sheet: str = "") -> Iterator[Sheet]:
    """Open one sheet of a workbook, the fullest one where none is named."""
    findings = archive.inspect(path, name)
    with tempfile.TemporaryDirectory(prefix="armstrace-") as folder:
        readable = path
        if 0 < len(findings.far_cells) < archive.MAX_NAMED_CELLS:
            readable = Path(folder) / "cleaned.xlsx"
            _without_cells(path, readable, list(findings.far_cells))
        with _child(readable, name, sheet, findings.unpacked_bytes) as reading:
            reading.remarks += _far_remarks(name, list(findings.far_cells))
            reading.lost = _by_row(findings.formulas_without_result)
            if findings.errors and not reading.has_others:
                reading.rows = _with_errors(reading.rows, findings.errors)
            yield reading


def _with_errors(
    rows: Iterable[Row], errors: Mapping[tuple[int, int], str]
) -> Iterator[Row]:
    """Write out the errors of formulas, which the reader gives as empty cells."""
    for row in rows:
        told = (
            cell or errors.get((row.number, at), "")
            for at, cell in enumerate(row.cells, 1)
        )
        yield replace(row, cells=tuple(told))


def _far_remarks(name: str, cells: list[str]) -> list[Message]:
    if not cells:
        return []
    shown: list[Parameter] = [
        *cells[:3],
        *([message("others")] if len(cells) > 3 else []),
    ]
    return [
        message(
            "%(name)s: %(shown)s is far from the table and was left out; "
            "move it into the table if it belongs there.",
            name=name,
            shown=shown,
        )
    ]


def _by_row(references: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for reference in references:
        letters = reference.rstrip("0123456789")
        found.setdefault(int(reference[len(letters) :]), []).append(letters)
    return found


def _without_cells(source: Path, target: Path, references: list[str]) -> None:
    wanted = "|".join(references).encode()
    cell = re.compile(rb'<c r="(?:' + wanted + rb')"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if archive.is_sheet(member.filename) and len(content) < CLEAN_UP_TO_BYTES:
                content = cell.sub(b"", content)
            new.writestr(member.filename, content)


@contextmanager
def _child(path: Path, name: str, sheet: str, unpacked: int) -> Iterator[Sheet]:
    megabytes = unpacked // 2**20
    memory = min(MOST_MEMORY_MB, BASE_MEMORY_MB + 4 * megabytes)
    seconds = 10 + megabytes // 4
    command = [sys.executable, "-I", str(CHILD), str(path), sheet]
    # The file may be hostile: nothing of the service's environment reaches the child,
    # for keys and the address of the database stand there.
    process = subprocess.Popen(  # noqa: S603 - own script, own interpreter, no shell
        [*command, str(memory), str(seconds)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": "", "LC_ALL": "C.UTF-8"},
    )
    # The child's own limit counts processor time; this ends one that only waits.
    clock = threading.Timer(seconds + 600, process.kill)
    clock.daemon = True
    clock.start()
    try:
        if process.stdout is None:  # pragma: no cover - PIPE was asked for
            raise refusals.of("NOT_READ", name)
        yield _sheet(process.stdout, name)
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _sheet(stream: IO[bytes], name: str) -> Sheet:
    head = _parse(stream.readline(), name)
    _refuse(head, name)
    remarks: list[Message] = []
    if len(head["sheets"]) > 1:
        remarks.append(
            message(
                "%(name)s has %(count)s sheets; only “%(sheet)s” is read: save another "
                "(%(others)s) as a file of its own to load it.",
                name=name,
                count=len(head["sheets"]),
                sheet=head["sheet"],
                others=[each for each in head["sheets"] if each != head["sheet"]],
            )
        )
    rows, has_others = _rows(stream, name), len(head["sheets"]) > 1
    return Sheet(head["sheet"], head["rows"], rows, has_others, remarks)


def _rows(stream: IO[bytes], name: str) -> Iterator[Row]:
    for line in stream:
        reading = _parse(line, name)
        if isinstance(reading, dict):
            _refuse(reading, name)
            return
        number, cells, dated = reading
        yield Row(number, tuple(map(visible, cells)), tuple(dated))
    raise refusals.of("NOT_READ", name)


def _parse(line: bytes, name: str) -> Reading:
    try:
        return json.loads(line)
    except ValueError as why:
        raise refusals.of("NOT_READ", name) from why


def _refuse(reading: dict[str, Any], name: str) -> None:
    code = reading.get("refused")
    if code == "NO_SHEET":
        sheets = reading.get("sheets") or message("none")
        raise refusals.of("NO_SUCH_SHEET", name, sheets=sheets)
    if code is not None:
        raise refusals.of(_WHY.get(code, "NOT_READ"), name)


_WHY = {"ENCRYPTED": "ENCRYPTED", "MEMORY": "TOO_MUCH_MEMORY"}
