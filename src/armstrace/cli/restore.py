"""`armstrace restore`: a backup into an empty home, with the ledger verified."""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.db import connection

from armstrace.audit import keys, verify
from armstrace.cli import init, ledger, options, telling, writing
from armstrace.cli.safekeeping import archive, databases, sealing
from armstrace.translation import say_moment
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = typer.Typer()
DATABASE = "armstrace.sqlite3"


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="A backup's folder.")],
    *,
    key: Annotated[Path, typer.Option(help="File of the private key.")],
    keys_from: Annotated[
        Path | None, typer.Option(help="Folder of its keys, where they lie apart.")
    ] = None,
    checkpoint: Annotated[
        Path | None, typer.Option(help="A checkpoint that was kept elsewhere.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Put a backup back into an empty home, and verify its ledger."""
    begun = time.monotonic()
    private = sealing.read_private_file(key)
    note = archive.read_note(source)
    place = archive.Place(source, keys_from or source)
    require_room(note)
    archive.prove(place, note)
    with writing.said(settings.HOME):
        put_back(place, private)
    init.prepare()
    report = verify.verify(ledger.note_in(checkpoint))
    verify.keep(report, at=datetime.now(UTC))
    told = {
        "made_at": note.at,
        "entries": report.size,
        "records": report.records,
        "sound": report.is_sound,
        "findings": [finding.sentence for finding in report.findings],
        "seconds": round(time.monotonic() - begun, 1),
    }
    if as_json:
        telling.show_json(told)
    else:
        made = say_moment(datetime.fromisoformat(note.at))
        telling.tell(SAID.say("RESTORED", at=made, home=str(settings.HOME)))
        ledger.show_report(report, float(time.monotonic() - begun))
    if not report.is_sound:
        sys.exit(1)


def require_room(note: archive.Note) -> None:
    """Refuse to restore over anything, or into another kind of database.

    Raises:
        InvalidInput: The home holds keys or files, or the kinds differ.
        SourceUnavailable: The database holds tables.
    """
    if note.vendor != connection.vendor:
        raise InvalidInput(
            SAID.say("OTHER_DATABASE_KIND", kept=note.vendor, here=connection.vendor),
            field="folder",
        )
    in_the_way = [settings.HOME / name for name in archive.FILES]
    in_the_way = [path for path in in_the_way if path.is_dir() and any(path.iterdir())]
    if in_the_way or (keys.folder() / keys.SIGNING).exists():
        raise InvalidInput(
            SAID.say("HOME_NOT_EMPTY", home=str(settings.HOME)), field="home"
        )
    databases.require_empty()


def put_back(place: archive.Place, private: X25519PrivateKey) -> None:
    """Open every part beside its place, then put all in place.

    Raises:
        InvalidInput: A part does not open; nothing is put in place.
        SourceUnavailable: The database could not be put back.
    """
    home = Path(settings.HOME)
    # On the same disk as its place, so that each part moves there in one step.
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as beside:
        opened = Path(beside)
        archive.unpack(place, private, opened)
        archive.open_database(place, private, opened / DATABASE)
        for path in sorted(opened.rglob("*")):
            wanted = home / path.relative_to(opened)
            if path.is_dir():
                wanted.mkdir(exist_ok=True, mode=0o700)
            else:
                path.replace(wanted)
