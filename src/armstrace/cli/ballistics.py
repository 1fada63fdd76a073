"""``armstrace ballistics``: compare, search and verify scans, no database."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from armstrace.analysis.ballistics.x3p import reader
from armstrace.vocabulary.ballistics import ChecksumState

app = typer.Typer(add_completion=False, no_args_is_help=True)

VERDICTS = {
    ChecksumState.AGREES: "are those that were written",
    ChecksumState.DIFFERS: "differ from their checksum: they were altered",
    ChecksumState.ABSENT: "have no checksum, so a change would not show",
}

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.callback()
def ballistics() -> None:
    """Compare the marks on cartridge cases, from X3P files."""


@app.command()
def verify(
    scan: Annotated[Path, typer.Argument(help="The scan, X3P.")],
    as_json: AsJson = False,
) -> None:
    """Check a scan against its checksums; leave with 1 where points differ."""
    found = reader.inspect(scan)
    if as_json:
        typer.echo(_json(_verification(scan, found)))
    else:
        typer.echo("\n".join(_verification_lines(scan, found)))
    if found.checks.are_points_altered:
        raise typer.Exit(1)


def _verification(path: Path, found: reader.Scan) -> dict[str, Any]:
    rows, columns = found.surface.heights_m.shape
    return {
        "file": path.name,
        "sha256": found.checks.sha256,
        "is_unaltered": not found.checks.are_points_altered,
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


def _verification_lines(path: Path, found: reader.Scan) -> list[str]:
    rows, columns = found.surface.heights_m.shape
    words = found.provenance
    return [
        f"{path.name}: the points {VERDICTS[_state(found)]}.",
        f"SHA-256 {found.checks.sha256}",
        f"Points: {found.checks.points.label}; "
        f"list of valid points: {found.checks.valid_points.label}; "
        f"description: {found.checks.description.label}.",
        f"{rows} rows of {columns} points, every "
        f"{found.surface.spacing_x_m * 1e6:.3f} by "
        f"{found.surface.spacing_y_m * 1e6:.3f} um, "
        f"{found.surface.share_measured:.1%} measured.",
        f"Instrument: {words.manufacturer or 'not known'} {words.model}; "
        f"measured {words.measured_at or 'not known'}; "
        f"calibrated {words.calibrated_at or 'not known'}.",
        *found.remarks,
    ]


def _state(found: reader.Scan) -> ChecksumState:
    if found.checks.are_points_altered:
        return ChecksumState.DIFFERS
    return found.checks.points


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
