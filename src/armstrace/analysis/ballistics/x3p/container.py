"""The ZIP around an X3P file, opened as a hostile thing.

Nothing is written to disk; sizes are checked before memory is taken, and what is
read is counted, because the directory of a ZIP may lie about them.
"""

import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
LARGEST_FILE_BYTES = 200 * 2**20
LARGEST_DIRECTORY_BYTES = 2**18
LARGEST_XML_BYTES = 4 * 2**20
CHUNK_BYTES = 2**20

_END_MARK = b"PK\x05\x06"
_END_BYTES = 22
_TAIL_BYTES = 2**16 + _END_BYTES
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError,
    RuntimeError, ValueError, OSError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Container:
    """An open X3P file."""

    archive: zipfile.ZipFile
    name: str
    # Folder inside the ZIP in which main.xml stands, "" or with a slash.
    folder: str

    def has(self, link: str) -> bool:
        """Tell whether a part is there; the link is relative to main.xml."""
        return self._full(link) in self.archive.NameToInfo

    def read(self, link: str, *, at_most_bytes: int) -> bytearray:
        """Read one part whole.

        Raises:
            InvalidInput: The part is missing, too large, or cannot be unpacked.
        """
        full = self._full(link)
        found = self.archive.NameToInfo.get(full)
        if found is None:
            raise SAID.refuse("NO_PART", name=self.name, link=repr(link))
        if found.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SAID.refuse("PACKED_OTHERWISE", name=self.name)
        try:
            with self.archive.open(found) as part:
                return self._read_part(part, link, at_most_bytes)
        except _BROKEN as error:
            raise SAID.refuse(
                "PART_DAMAGED", link=repr(link), name=self.name
            ) from error

    def _read_part(self, part: IO[bytes], link: str, at_most_bytes: int) -> bytearray:
        content = bytearray()
        while chunk := part.read(CHUNK_BYTES):
            content += chunk
            if len(content) > at_most_bytes:
                raise SAID.refuse(
                    "PART_TOO_LARGE",
                    link=repr(link),
                    name=self.name,
                    most=at_most_bytes,
                )
        return content

    def _full(self, link: str) -> str:
        parts = [p for p in link.replace("\\", "/").split("/") if p not in ("", ".")]
        return self.folder + "/".join(parts)


@contextmanager
def open_container(path: Path) -> Iterator[Container]:
    """Open an X3P file for reading.

    Raises:
        InvalidInput: It is no ZIP, too large, or has no main.xml.
    """
    if not path.is_file():
        raise NotFound(
            message("There is no file %(name)s; check the path.", name=path.name)
        )
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise SAID.refuse("TOO_LARGE", name=path.name, most=LARGEST_FILE_BYTES // 2**20)
    with path.open("rb") as stream:
        _guard_directory(stream, path.name)
        archive = _archive(stream, path.name)
        with archive:
            yield Container(archive, path.name, _folder(archive, path.name))


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file as received, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _guard_directory(stream: IO[bytes], name: str) -> None:
    """Refuse a directory so long that listing it would take all memory."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL_BYTES))
    tail = stream.read()
    stream.seek(0)
    place = tail.find(_END_MARK)
    if place < 0:
        raise _no_archive(name)
    while place >= 0:
        record = tail[place : place + _END_BYTES]
        if int.from_bytes(record[12:16], "little") > LARGEST_DIRECTORY_BYTES:
            raise SAID.refuse("TOO_MANY_PARTS", name=name)
        place = tail.find(_END_MARK, place + 1)


def _archive(stream: IO[bytes], name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise _no_archive(name) from error


def _no_archive(name: str) -> InvalidInput:
    return SAID.refuse("NOT_X3P", name=name)


def _folder(archive: zipfile.ZipFile, name: str) -> str:
    """Find the folder of main.xml; desktop programs add folders of their own."""
    found = [
        entry
        for entry in archive.namelist()
        if entry.rsplit("/", 1)[-1].lower() == "main.xml"
        and not entry.startswith("__MACOSX/")
    ]
    if not found:
        raise InvalidInput(
            message("%(name)s has no main.xml, so it is not an X3P file.", name=name)
        )
    return min(found, key=len)[: -len("main.xml")]
