"""Read a text file that a person named, and write files whole."""

import codecs
import os
import tempfile
from pathlib import Path

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message


def text_of(path: Path) -> str:
    """Read a text in UTF-8, or in UTF-16 where a mark of byte order says so.

    Raises:
        InvalidInput: There is no such file, or it is no such text.
    """
    try:
        text = decode(path.read_bytes())
    except (FileNotFoundError, IsADirectoryError) as error:
        msg = message(
            "There is no file %(path)s; check its name and folder.", path=str(path)
        )
        raise InvalidInput(msg) from error
    except (OSError, UnicodeDecodeError) as error:
        msg = message(
            "%(path)s cannot be read as text in UTF-8; save it so and try again.",
            path=path.name,
        )
        raise InvalidInput(msg) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(content: bytes) -> str:
    """Decode UTF-8, or UTF-16 where a mark of byte order says so.

    Raises:
        UnicodeDecodeError: It is no such text.
    """
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if is_wide else "utf-8-sig")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: it gets its name when the disk has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as beside:
        whole = Path(beside) / path.name
        with whole.open("wb") as kept:
            kept.write(content)
            kept.flush()
            os.fsync(kept.fileno())
        whole.replace(path)
