"""Files that commands write: a refusal of the system in one sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message


def require_writable(path: Path | None) -> None:
    """Refuse a file that cannot be written, before long work is done for it.

    Raises:
        InvalidInput: It is a folder, its folder is not there, or it may not be
            written.
    """
    if path is None:
        return
    if path.is_dir():
        msg = message("%(path)s is a folder; name a file in it.", path=str(path))
        raise InvalidInput(msg, field="output")
    if not path.parent.is_dir():
        msg = message(
            "%(path)s cannot be written: there is no folder %(parent)s; make it.",
            path=str(path),
            parent=str(path.parent),
        )
        raise InvalidInput(msg, field="output")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        msg = message(
            "%(path)s cannot be written: it is not allowed; name another file.",
            path=str(path),
        )
        raise InvalidInput(msg, field="output")


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
        msg = message(
            "%(path)s cannot be written%(told)s; check its folder and the free space.",
            path=str(path),
            told=told,
        )
        raise InvalidInput(msg, field="output") from why


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    """Open a CSV file to be written; errors in one sentence.

    Raises:
        InvalidInput: The system refused to write it.
    """
    require_writable(path)
    with said(path), path.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def keep(path: Path, content: bytes) -> None:
    """Write a file in one piece; errors in one sentence.

    Raises:
        InvalidInput: The system refused to write it.
    """
    require_writable(path)
    with said(path):
        path.write_bytes(content)
