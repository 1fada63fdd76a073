"""`armstrace retention`: what is due, the list of erasures, and its repetition."""

import hmac
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone

from armstrace.accounts.actors import system_actor
from armstrace.audit import keys
from armstrace.cli import options, telling, writing
from armstrace.retention import queries
from armstrace.retention.actions import erasing
from armstrace.retention.actions.erasing import Listed
from armstrace.retention.inputs import KeptFilter
from armstrace.retention.queries import KeptRow
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.files import text_of
from armstrace.vocabulary.messages import counted, message
from armstrace.vocabulary.retention import KeptKind, KeptState
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = options.group("Say how long records are kept, by the jurisdiction profile.")


@app.command()
def due(
    as_of: Annotated[
        str | None, typer.Option(help="The day on which the law is asked, 2026-06-30.")
    ] = None,
    *,
    as_json: options.AsJson = False,
) -> None:
    """List the records whose time is over; nothing is removed."""
    viewer = system_actor(Purpose.OVERSIGHT)
    asked = options.moment_of(as_of)
    on = asked.date() if asked else timezone.localdate()
    found = (
        row
        for kind in KeptKind
        for row in queries.every_kept(
            KeptFilter(kind.value, KeptState.DUE.value), viewer=viewer, today=on
        )
    )
    if as_json:
        told = [_told(row) for row in found]
        telling.show_json(told)
        return
    is_any = False
    for each in found:
        is_any = True
        said = SAID.say(
            "KEPT_UNTIL",
            number=each.number,
            kind=each.kind,
            day=each.until.isoformat() if each.until else "",
            source=each.grounds[0].rule.source,
        )
        typer.echo(translate(said))
    if not is_any:
        typer.echo(translate(message("No record is due.")))


@app.command("erased")
def list_erased(
    output: Annotated[Path, typer.Option("-o", "--output", help="Write it here.")],
) -> None:
    """Write the list of erasures that is kept beside the backups; no content."""
    found = queries.every_erased(viewer=system_actor(Purpose.OVERSIGHT))
    lines = [
        {
            "kind": each.kind,
            "record_id": each.record_id,
            "begun_at": each.begun_at.isoformat(),
            "erasure": each.erasure.reference,
            "proposed_by": each.erasure.proposed_by,
            "decided_by": each.erasure.decided_by,
        }
        for each in found
    ]
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    writing.keep(output, f"{text}{keys.hidden(text)}\n".encode())
    said = counted(
        "%(n)s erasure listed in %(path)s.",
        "%(n)s erasures listed in %(path)s.",
        n=len(lines),
        path=str(output),
    )
    typer.echo(translate(said))


@app.command()
def repeat(
    listed: Annotated[Path, typer.Argument(help="The list beside the backup.")],
) -> None:
    """Carry out again, after a restore, what was erased since the backup."""
    count = erasing.repeat_erasures(
        listed=list(_read(listed)),
        by=system_actor(Purpose.OVERSIGHT),
        at=datetime.now(UTC),
    )
    said = counted("%(n)s record erased again.", "%(n)s records erased again.", n=count)
    typer.echo(translate(said))


def _read(path: Path) -> Iterator[Listed]:
    # The last line is a keyed digest of the others: nobody adds a record by hand.
    *lines, signed = text_of(path).splitlines() or [""]
    text = "".join(f"{line}\n" for line in lines)
    if not hmac.compare_digest(signed.encode(), keys.hidden(text).encode()):
        raise SAID.refuse("UNSIGNED_ERASURES", path=path.name)
    for number, line in enumerate(lines, start=1):
        try:
            said = json.loads(line)
            begun = datetime.fromisoformat(said.pop("begun_at"))
            yield Listed(**said | {"kind": KeptKind(said["kind"]), "begun_at": begun})
        except (ValueError, TypeError, KeyError) as error:
            raise SAID.refuse(
                "NO_LINE_OF_ERASURES", line=number, path=path.name
            ) from error


def _told(row: KeptRow) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "number": row.number,
        "kept_until": row.until,
        "grounds": [asdict(g.rule) | {"until": g.until} for g in row.grounds],
    }
