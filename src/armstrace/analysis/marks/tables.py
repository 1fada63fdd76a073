"""Read the vocabularies of marks: those of the package and the user's own.

The user's folder holds files with the names and headings of the package's. A row
whose key stands in the package replaces that row; any other row is added.
"""

import csv
import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from armstrace.analysis.marks import table_rules
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
PACKAGE = Path(__file__).parent / "data"
_SUFFIXES = frozenset({".tsv", ".toml", ".csv"})
_own: list[Path] = []
_remembered: list[Any] = []


def remember_results[**P, R](
    size: int | None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember results until other vocabularies are taken into use."""

    def remember(function: Callable[P, R]) -> Callable[P, R]:
        cached = lru_cache(maxsize=size)(function)
        _remembered.append(cached)
        return cast("Callable[P, R]", cached)

    return remember


def use(folder: Path | None) -> None:
    """Take the user's own vocabularies into use beside the package's.

    Args:
        folder: Where the files lie; None for the package's alone.

    Raises:
        InvalidInput: There is no such folder, or a file, heading or cell in it is
            not understood; the sentence names file, row and field.
    """
    if folder is not None:
        _check(folder)
    _own[:] = [] if folder is None else [folder]
    for cached in _remembered:
        cached.cache_clear()


def rows(name: str) -> list[dict[str, str]]:
    """Read a vocabulary, the package's rows and the user's together.

    Args:
        name: File name, such as ``makes.tsv``. Lines that begin with ``#`` and
            empty lines are left out; a missing last cell is empty.

    Returns:
        One mapping a line, heading to cell without outer spaces.
    """
    read = [row for _, row in _read(PACKAGE / name)]
    own = [row for path in _own for _, row in _read(path / name)]
    if not own:
        return read
    keys = table_rules.KEYS[name]
    replaced = {tuple(row[key] for key in keys) for row in own}
    kept = [row for row in read if tuple(row[key] for key in keys) not in replaced]
    return kept + own


@remember_results(None)
def codes(name: str) -> dict[str, str]:
    """Give what the codes of a list stand for, where the user's folder has one.

    Args:
        name: One of ``table_rules.LISTS``; NCIC names its lists so.

    Returns:
        Code to description; empty where no such list is in use.
    """
    found: dict[str, str] = {}
    for path in (folder / name for folder in _own):
        if path.exists():
            with path.open(encoding="utf-8-sig", newline="") as stream:
                found |= {
                    row["code"].strip(): row["description"].strip()
                    for row in csv.DictReader(stream)
                }
    return found


def texts(name: str) -> list[str]:
    """Give a file of the package and of the user, as they are written."""
    paths = [folder / name for folder in (PACKAGE, *_own)]
    return [path.read_text(encoding="utf-8") for path in paths if path.exists()]


def several(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values parted by ``|``."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@remember_results(1)
def version() -> str:
    """Tell the vocabularies in use apart from any others.

    Returns:
        Eight hexadecimal digits of the SHA-256 of the package's files and, where
        the user has files too, ``+`` and eight of theirs.
    """
    return "+".join(_digest(folder) for folder in (PACKAGE, *_own))


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in _SUFFIXES:
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:8]


def _read(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Give the rows of a file with their line numbers; none where it is absent."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    kept = [
        (number, line)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    ]
    headings = [cell.strip() for cell in kept[0][1].split("\t")] if kept else []
    return [(number, _row(headings, line)) for number, line in kept[1:]]


def _row(headings: list[str], line: str) -> dict[str, str]:
    cells = [cell.strip() for cell in line.split("\t")]
    padded = cells + [""] * (len(headings) - len(cells))
    return dict(zip(headings, padded, strict=False))


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise SAID.refuse("NO_FOLDER", folder=str(folder))
    for path in sorted(folder.iterdir()):
        if path.suffix in _SUFFIXES:
            _check_file(path)


def _check_file(path: Path) -> None:
    if path.suffix == ".csv":
        table_rules.check_list(path.name, _text(path))
        return
    if not (PACKAGE / path.name).exists():
        known = ", ".join(sorted((*table_rules.KEYS, "serial_rules.toml")))
        raise SAID.refuse("NO_VOCABULARY", path=path.name, known=known)
    if path.name == "look_alikes.toml":
        table_rules.look_alikes(path.name, _text(path))
        return
    if path.suffix == ".toml":
        table_rules.check_serial_rules(path.name, _text(path))
        return
    _text(path)
    wanted = set(_read(PACKAGE / path.name)[0][1])
    for number, row in _read(path):
        if missing := wanted - row.keys():
            field = sorted(missing)[0]
            raise InvalidInput(
                SAID.say("NO_COLUMN", path=path.name, field=field), field=field
            )
        table_rules.check(f"{path.name}, row {number}", path.name, row)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        msg = message("%(path)s is not in UTF-8; save it as UTF-8.", path=path.name)
        raise InvalidInput(msg) from None
