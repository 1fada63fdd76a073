"""Files that commands write: whole or not at all, never over what is read.

What the system refuses is said in one sentence.
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import Field, fields, replace
from pathlib import Path
from typing import IO, Any, ClassVar, Protocol

import typer

from armstrace.cli import main, telling, usage
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
SQLITE = b"SQLite format 3"
# Of which one at least lies in the folder of an installation's keys.
KEYS = ("ledger-signing", "secret-key")


def require_writable(path: Path | None, inputs: Iterable[Path] = ()) -> None:
    """Refuse a file that cannot be written, before long work is done for it.

    Args:
        path: The file; nothing is written where None.
        inputs: Files that are read, which it may not be, by whatever name or link.

    Raises:
        InvalidInput: It is a folder, its folder is not there, it may not be written,
            it is one of the inputs, a database, or among the keys.
    """
    if path is None:
        return
    if _is_among_keys(path.resolve()):
        raise InvalidInput(SAID.say("FILE_AMONG_KEYS", path=str(path)), field="output")
    if any(path.exists() and each.exists() and path.samefile(each) for each in inputs):
        raise InvalidInput(SAID.say("FILE_IS_READ", path=str(path)), field="output")
    if path.is_file() and _is_database(path):
        raise InvalidInput(SAID.say("FILE_IS_DATABASE", path=str(path)), field="output")
    if path.is_dir():
        msg = message("%(path)s is a folder; name a file in it.", path=str(path))
        raise InvalidInput(msg, field="output")
    if not path.parent.is_dir():
        raise InvalidInput(
            SAID.say("NO_FOLDER_FOR_FILE", path=str(path), parent=str(path.parent)),
            field="output",
        )
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise InvalidInput(SAID.say("NOT_ALLOWED", path=str(path)), field="output")


def _is_among_keys(path: Path) -> bool:
    """Tell whether a file is a key, or lies where an installation keeps its own."""
    if path.suffix == ".key" and path.exists():
        return True
    folders = path.parents[:2]
    return any((folder / name).exists() for folder in folders for name in KEYS)


def _is_database(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(SQLITE)) == SQLITE


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Say in one sentence that a file cannot be written.

    Raises:
        InvalidInput: The system refused to write it.
    """
    try:
        yield
    except OSError as why:
        told = f" ({why.strerror})" if why.strerror else ""
        raise InvalidInput(
            SAID.say("PATH_NOT_WRITTEN", path=str(path), told=told), field="output"
        ) from why


@contextmanager
def beside(path: Path, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """Give a file beside the one to be written, which takes its place at the end.

    What stood there before stays until the new file is whole. A link stays a link,
    and a device is written as it is.

    Raises:
        InvalidInput: The file cannot be written, or is one of the inputs.
    """
    require_writable(path, inputs)
    with said(path):
        if path.exists() and not path.is_file():
            yield path
            return
        target = path.resolve()
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as folder:
            whole = Path(folder) / target.name
            yield whole
            whole.replace(target)


def require_apart(output: Path | None, *, as_json: bool) -> None:
    """Refuse rows and counts on one standard output.

    Raises:
        Wrong: The counts are printed as JSON, and no file takes the rows.
    """
    if as_json and output is None:
        msg = message("name the file for the rows with -o, as --json prints the counts")
        raise usage.Wrong(msg, "--json")


class Tally(Protocol):
    """What a run did, as a dataclass; remarks are sentences about its files."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    remarks: list[str]


def report(tally: Tally, said: Message, *, as_json: bool, **more: object) -> None:
    """Say what a run did: as JSON, or in sentences on standard error.

    Args:
        said: A sentence that the fields of the tally fill.
    """
    told = {each.name: getattr(tally, each.name) for each in fields(tally)}
    if as_json:
        telling.show_json(told | more)
        return
    for sentence in (*tally.remarks, main.say(replace(said, params=told))):
        typer.echo(sentence, err=True)


@contextmanager
def open_output(path: Path | None, inputs: Iterable[Path] = ()) -> Iterator[IO[str]]:
    """Open a CSV file to be written, or standard output where none is named.

    Raises:
        InvalidInput: The file cannot be written, or is one of the inputs.
    """
    if path is None:
        yield sys.stdout
        return
    with (
        beside(path, inputs) as whole,
        whole.open("w", encoding="utf-8", newline="") as stream,
    ):
        yield stream


def write_rows(stream: IO[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as CSV with the line ends of a shell."""
    spreadsheets.write_rows(stream, rows, line_end="\n")


def keep(path: Path, content: bytes) -> None:
    """Write a file in one piece; errors in one sentence.

    Raises:
        InvalidInput: The system refused to write it.
    """
    with beside(path) as whole:
        whole.write_bytes(content)
