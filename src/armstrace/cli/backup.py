"""`armstrace backup`: a sealed, proved copy of database, files and keys."""

import time
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.conf import settings

from armstrace.cli import options, telling, writing
from armstrace.cli.safekeeping import archive, rotation, sealing
from armstrace.jobs import stamps
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = typer.Typer()
MIB = 1024 * 1024


@app.command()
def backup(
    to: Annotated[
        Path | None,
        typer.Argument(help="Folder of the backups; in ARMSTRACE_HOME if none."),
    ] = None,
    *,
    keys_to: Annotated[
        Path | None, typer.Option(help="Folder for the keys, where they lie apart.")
    ] = None,
    keep: Annotated[
        str,
        typer.Option(help="Daily, weekly and monthly backups that are kept, 7,5,12."),
    ] = "",
    make_key: Annotated[
        Path | None,
        typer.Option(help="Make a pair of keys, the private one in this file; stop."),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Back up while the service runs, sealed for a key that lies elsewhere."""
    if make_key is not None:
        _make_key(make_key)
        return
    begun = time.monotonic()
    keeping = rotation.read(keep or settings.BACKUP_KEEP)
    public = _recipient()
    folder = (to or settings.HOME / "backups").expanduser().resolve()
    keys_folder = (keys_to or folder).expanduser().resolve()
    with writing.said(folder):
        place = archive.make(folder, keys_folder, settings.HOME, public)
        note = archive.read_note(place.folder)
        gone = archive.rotate(folder, keys_folder, keeping)
        leave_stamp(note)
    size = sum(each for each, _ in note.parts.values())
    told = {
        "folder": str(place.folder),
        "keys": str(place.keys),
        "bytes": size,
        "removed": gone,
        "seconds": round(time.monotonic() - begun, 1),
    }
    if as_json:
        telling.show_json(told)
        return
    said = SAID.say("BACKED_UP", folder=str(place.folder), size=round(size / MIB, 1))
    telling.tell(said)
    if gone:
        telling.tell(
            message("Backups removed by rotation: %(count)s.", count=len(gone))
        )


def leave_stamp(note: archive.Note) -> None:
    """Leave a note by which `armstrace check` knows the age of the last backup."""
    stamp = settings.HOME / stamps.BACKUP
    stamp.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    writing.keep(stamp, f"{note.at}\n".encode())


def _recipient() -> X25519PublicKey:
    if not settings.BACKUP_KEY:
        raise InvalidInput(SAID.say("NO_BACKUP_KEY"), field="key")
    return sealing.read_public(settings.BACKUP_KEY)


def _make_key(path: Path) -> None:
    writing.require_writable(path)
    if path.exists():
        raise InvalidInput(SAID.say("KEY_EXISTS", path=str(path)), field="make-key")
    private, public = sealing.make_pair()
    with writing.said(path):
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(private + "\n", encoding="ascii")
    typer.echo(public)
    telling.note(SAID.say("KEEP_KEY_AWAY", path=str(path)))
