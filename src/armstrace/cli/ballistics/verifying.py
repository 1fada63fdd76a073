"""``armstrace ballistics verify``: a scan against its checksums."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from armstrace.analysis.ballistics.x3p import reader
from armstrace.cli import telling
from armstrace.cli.ballistics.options import AsJson, Scan
from armstrace.cli.main import say
from armstrace.vocabulary.ballistics import ChecksumState
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
VERDICTS = {
    ChecksumState.AGREES: message("the points are those that were written"),
    ChecksumState.DIFFERS: message(
        "the points differ from their checksum: they were altered"
    ),
    ChecksumState.ABSENT: message(
        "the points have no checksum, so a change would not show"
    ),
}


def verify(scan: Scan, as_json: AsJson = False) -> None:
    """Check a scan against its checksums; leave with 1 where points differ."""
    found = reader.inspect(scan)
    if as_json:
        typer.echo(telling.as_json(_verification(scan, found)))
    else:
        typer.echo("\n".join(map(say, _verification_lines(scan, found))))
    if found.checks.are_points_altered:
        raise typer.Exit(1)


def _verification(path: Path, found: reader.Scan) -> dict[str, Any]:
    rows, columns = found.surface.heights_m.shape
    return {
        "file": path.name,
        "sha256": found.checks.sha256,
        "is_unaltered": _state(found) is ChecksumState.AGREES,
        "checksums": {
            "points": found.checks.points,
            "valid_points": found.checks.valid_points,
            "description": found.checks.description,
        },
        "rows": rows,
        "columns": columns,
        "spacing_x_um": found.surface.spacing_x_m * 1e6,
        "spacing_y_um": found.surface.spacing_y_m * 1e6,
        "share_measured": round(found.surface.share_measured, 4),
        "provenance": asdict(found.provenance),
        "remarks": list(found.remarks),
    }


def _verification_lines(path: Path, found: reader.Scan) -> list[Message]:
    rows, columns = found.surface.heights_m.shape
    words, unknown = found.provenance, message("not known")
    return [
        message("%(file)s: %(said)s.", file=path.name, said=VERDICTS[_state(found)]),
        Message(f"SHA-256 {found.checks.sha256}"),
        SAID.say(
            "POINTS",
            points=found.checks.points,
            valid=found.checks.valid_points,
            description=found.checks.description,
        ),
        SAID.say(
            "EXTENT",
            rows=rows,
            columns=columns,
            x=f"{found.surface.spacing_x_m * 1e6:.3f}",
            y=f"{found.surface.spacing_y_m * 1e6:.3f}",
            share=f"{found.surface.share_measured:.1%}",
        ),
        SAID.say(
            "INSTRUMENT",
            maker=words.manufacturer or unknown,
            model=words.model,
            measured=words.measured_at or unknown,
            calibrated=words.calibrated_at or unknown,
        ),
        *found.remarks,
    ]


def _state(found: reader.Scan) -> ChecksumState:
    if found.checks.are_points_altered:
        return ChecksumState.DIFFERS
    return found.checks.points
