"""`armstrace ledger`: prove, sign and read the ledger."""

import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from armstrace.accounts.actors import system_actor
from armstrace.audit import checkpoints, keys, queries, verify
from armstrace.audit.findings import Report
from armstrace.cli import options, telling, writing
from armstrace.cli.main import say
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.errors import InvalidInput, SourceUnavailable
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = options.group("Prove that nothing was altered; sign and read the ledger.")
SHOWN = 50
LARGEST_NOTE_BYTES = 64 * 1024


@app.command("verify")
def prove(
    checkpoint: Annotated[
        Path | None,
        typer.Option("--checkpoint", help="A checkpoint that was kept elsewhere."),
    ] = None,
    *,
    as_json: options.AsJson = False,
) -> None:
    """Prove that nothing was altered behind the application; name what was."""
    system_actor(Purpose.OVERSIGHT).require("ledger.verify")
    begun = time.monotonic()
    report = _prove(note_in(checkpoint))
    seconds = round(time.monotonic() - begun, 3)
    verify.keep(report, at=datetime.now(UTC))
    if as_json:
        telling.show_json(_told(report, seconds))
    else:
        show_report(report, seconds)
    if not report.is_sound:
        sys.exit(1)


@app.command("checkpoint")
def sign(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the note here.")
    ] = None,
) -> None:
    """Sign the ledger as it stands; give the note to someone outside to keep."""
    writing.require_writable(output)
    note = checkpoints.sign_checkpoint(
        signer=keys.signer(keys.folder()), at=datetime.now(UTC)
    )
    if output is None:
        typer.echo(note, nl=False)
        return
    writing.keep(output, note.encode())
    telling.note(SAID.say("CHECKPOINT_WRITTEN", file=str(output)))


@app.command("show")
def show(
    *,
    record: Annotated[
        str, typer.Option(help="Entries on a record, such as registry.arm:12.")
    ] = "",
    actor: Annotated[str, typer.Option(help="Entries of one sign-in name.")] = "",
    operation: Annotated[str, typer.Option(help="Such as CONSULT or REFUSE.")] = "",
    act: Annotated[str, typer.Option(help="How the act begins.")] = "",
    limit: Annotated[int, typer.Option(help="How many at most.", min=1)] = 20,
    as_json: options.AsJson = False,
) -> None:
    """Read the newest entries; the reading is written into the ledger too."""
    found = queries.entries(
        queries.EntryFilter(
            record=record, actor=actor, operation=operation.upper(), act=act
        ),
        viewer=system_actor(Purpose.OVERSIGHT),
        at=datetime.now(UTC),
        limit=limit,
    )
    if as_json:
        told = [asdict(row) | {"at": row.at.isoformat()} for row in found]
        telling.show_json({"entries": told})
        return
    heads = message("No. | When (UTC) | Act | Who | Agency | Purpose | Records")
    telling.show_table(heads, map(_cells, found))


def _cells(row: queries.EntryRow) -> tuple[str | Message, ...]:
    named = ", ".join(f"{name} x{count}" for name, _, count in row.subjects)
    when = row.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    who = (str(row.seq), when, row.act, row.actor, row.agency, row.purpose)
    return (*who, named or message("none"))


def _prove(note: str | None) -> Report:
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(say(message("Reading the ledger")), total=None)

        def tell(what: str, count: int) -> None:
            shown.update(task, description=f"{what}: {count:,}")

        return verify.verify(note, tell)


def note_in(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_NOTE_BYTES).decode("utf-8")
    except OSError as error:
        raise SourceUnavailable(
            SAID.say("CHECKPOINT_UNREAD", path=str(path), strerror=error.strerror or "")
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidInput(
            SAID.say("NO_CHECKPOINT", path=str(path)), field="checkpoint"
        ) from error


def _told(report: Report, seconds: float) -> dict[str, object]:
    return {
        "sound": report.is_sound,
        "entries": report.size,
        "root": report.root,
        "records": report.records,
        "checkpoints": report.checkpoints,
        "outside_checkpoint": report.outside,
        "findings": [asdict(f) | {"sentence": f.sentence} for f in report.findings],
        "findings_count": report.count,
        "seconds": seconds,
    }


def show_report(report: Report, seconds: float) -> None:
    said = SAID.say(
        "LEDGER_READ",
        entries=report.size,
        records=report.records,
        checkpoints=report.checkpoints,
        seconds=round(seconds, 1),
    )
    telling.tell(said)
    found = [finding.sentence for finding in report.findings]
    telling.tell_first(found, SHOWN, report.count)
    if not report.is_sound:
        said = SAID.say("LEDGER_DISAGREES", count=report.count)
    elif report.outside:
        said = message("Nothing was altered since the checkpoint kept elsewhere.")
    else:
        said = SAID.say("NOTHING_ALTERED")
    telling.tell(said)
