"""A backup: a folder of three sealed files and a note of what they are.

``database.sealed``, ``files.sealed`` and ``keys.sealed`` are sealed apart, so that the
keys can lie elsewhere. ``backup.json`` holds nothing secret: version, kind of
database, and of each file its size and SHA-256.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from django.db import connection

from armstrace.cli.safekeeping import databases, rotation, sealing
from armstrace.vocabulary.errors import InvalidInput, SourceUnavailable
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
FORMAT = 1
NOTE = "backup.json"
KEYS = "keys"
# Of the home, what is kept beside the database; ``demo`` marks a demo and is a file.
FILES = ("files", "incoming", "profiles", "demo")
NAMED = "%Y-%m-%dT%H%M%SZ"
SEALED = ("database", "files", KEYS)
READ = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parts of one backup lie."""

    folder: Path
    # The folder of its keys, which may lie elsewhere.
    keys: Path

    def file(self, name: str) -> Path:
        """Give the sealed file of a part."""
        return (self.keys if name == KEYS else self.folder) / f"{name}.sealed"


@dataclass(frozen=True, slots=True)
class Note:
    """What a backup says of itself."""

    at: str
    vendor: str
    version: str
    # Name of each sealed part, its bytes and SHA-256.
    parts: dict[str, tuple[int, str]]
    format: int = FORMAT


def make(to: Path, keys_to: Path, home: Path, public: X25519PublicKey) -> Place:
    """Make a backup and prove what was written; it has its name when it is whole.

    Args:
        keys_to: Folder of the keys of all backups; ``to`` where they lie together.
        public: For whom it is sealed.

    Raises:
        SourceUnavailable: The database or the disk is damaged.
    """
    at = datetime.now(UTC)
    name = at.strftime(NAMED)
    place = Place(to / name, keys_to / name)
    for each in {to, keys_to}:
        each.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (
        tempfile.TemporaryDirectory(dir=home, prefix=".backup-") as own,
        tempfile.TemporaryDirectory(dir=to, prefix=".") as beside,
        tempfile.TemporaryDirectory(dir=keys_to, prefix=".") as apart,
    ):
        folder = Path(beside) / name
        made = Place(folder, folder if keys_to == to else Path(apart) / name)
        ways: dict[str, Callable[[IO[bytes]], None]] = {
            # The copy of SQLite is not sealed yet: it comes into being at home.
            "database": lambda target: databases.write_database(target, Path(own)),
            "files": lambda target: _pack(target, home, FILES),
            KEYS: lambda target: _pack(target, home, (KEYS,)),
        }
        for each in {made.folder, made.keys}:
            each.mkdir(mode=0o700)
        parts = {part: _seal(made.file(part), ways[part], public) for part in SEALED}
        note = Note(at.isoformat(), connection.vendor, _version(), parts)
        _keep(made.folder / NOTE, json.dumps(asdict(note), indent=1).encode())
        prove(made, note)
        # The keys first: whoever finds the named folder finds its keys too.
        if made.keys != made.folder:
            made.keys.rename(place.keys)
        made.folder.rename(place.folder)
    return place


def read_note(folder: Path) -> Note:
    """Read what a backup says of itself.

    Raises:
        InvalidInput: The folder holds no backup that this version can read.
    """
    try:
        told = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        parts = {
            name: (int(size), str(sha))
            for name, (size, sha) in told.pop("parts").items()
        }
        note = Note(parts=parts, **told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InvalidInput(
            SAID.say("NO_BACKUP", folder=str(folder)), field="folder"
        ) from error
    if note.format != FORMAT or set(note.parts) != set(SEALED):
        raise InvalidInput(
            SAID.say("BACKUP_OF_OTHER_FORM", folder=str(folder), version=note.version),
            field="folder",
        )
    return note


def prove(place: Place, note: Note) -> None:
    """Read each part back and compare it with what the note says.

    Raises:
        SourceUnavailable: A part is missing, or is not what was written.
    """
    for part, (size, digest) in note.parts.items():
        path = place.file(part)
        if not path.is_file():
            msg = message("The part %(path)s of the backup is missing.", path=str(path))
            raise SourceUnavailable(msg)
        if path.stat().st_size != size or _digest(path) != digest:
            raise SourceUnavailable(SAID.say("BACKUP_DAMAGED", path=str(path)))


def unpack(place: Place, private: X25519PrivateKey, into: Path) -> None:
    """Open the files and keys of a backup into a folder.

    Raises:
        InvalidInput: The key is another one, or a part was altered.
    """
    for part in (KEYS, "files"):
        with place.file(part).open("rb") as sealed:
            stream = io.BufferedReader(sealing.Unsealed(sealed, private), READ)
            with tarfile.open(fileobj=stream, mode="r|") as packed:
                packed.extractall(into, filter="data")
            while stream.read(READ):
                pass  # the end is proved too


def open_database(place: Place, private: X25519PrivateKey, into: Path) -> None:
    """Open the database of a backup, see ``databases.read_database``."""
    with place.file("database").open("rb") as sealed:
        stream = io.BufferedReader(sealing.Unsealed(sealed, private), READ)
        databases.read_database(stream, into)


def backups_in(folder: Path) -> dict[datetime, Path]:
    """Give the backups in a folder by their moment; what is none is left alone."""
    found = {}
    for path in folder.glob("*Z"):
        try:
            at = datetime.strptime(path.name, NAMED).replace(tzinfo=UTC)
        except ValueError:
            continue
        if (path / NOTE).is_file():
            found[at] = path
    return found


def rotate(to: Path, keys_to: Path, keeping: rotation.Keeping) -> list[str]:
    """Remove the backups that are no longer kept; give their names."""
    found = backups_in(to)
    kept = rotation.moments_kept(found, keeping)
    gone = [path.name for at, path in sorted(found.items()) if at not in kept]
    for name in gone:
        for folder in {to, keys_to}:
            if (folder / name).is_dir():
                shutil.rmtree(folder / name)
    return gone


def _seal(
    path: Path, write: Callable[[IO[bytes]], None], public: X25519PublicKey
) -> tuple[int, str]:
    """Write a sealed file; give its bytes and its SHA-256 as they were written."""
    with path.open("xb") as file:
        told = _Told(file)
        with sealing.Sealer(told, public) as sealer:  # type: ignore[arg-type]
            write(sealer)  # type: ignore[arg-type]
        file.flush()
        os.fsync(file.fileno())
    return told.size, told.digest.hexdigest()


class _Told:
    """A file that knows what went through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.digest, self.size, self._file = hashlib.sha256(), 0, file

    def write(self, given: bytes) -> int:
        self.digest.update(given)
        self.size += len(given)
        return self._file.write(given)


def _pack(target: IO[bytes], home: Path, names: tuple[str, ...]) -> None:
    with tarfile.open(fileobj=target, mode="w|") as packed:
        for name in names:
            if (home / name).exists():
                packed.add(home / name, name, filter=_whole_file)


def _whole_file(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Leave out what is only on its way to becoming a file."""
    is_on_its_way = any(part.startswith(".") for part in Path(member.name).parts)
    return None if is_on_its_way or not (member.isfile() or member.isdir()) else member


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keep(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _version() -> str:
    return metadata.version("armstrace")
