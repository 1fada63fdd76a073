"""``armstrace ballistics``: compare, search and verify scans, no database."""

import os

# Products are small: threads of BLAS wait for each other and take four times the
# processor time. Several searches at once are several processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from armstrace.analysis.ballistics import (
    comparison,
    gallery,
    likelihood,
    orientation,
    preparation,
    reference_files,
)
from armstrace.analysis.ballistics.comparison import Comparison, Direction, Settings
from armstrace.analysis.ballistics.likelihood import NoRatio, Ratio
from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.analysis.ballistics.preparation import Band, Mark
from armstrace.analysis.ballistics.references import Population
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.x3p import reader
from armstrace.vocabulary.ballistics import ChecksumState
from armstrace.vocabulary.errors import InvalidInput

app = typer.Typer(add_completion=False, no_args_is_help=True)

INTERVAL_SEED = 1
VERDICTS = {
    ChecksumState.AGREES: "are those that were written",
    ChecksumState.DIFFERS: "differ from their checksum: they were altered",
    ChecksumState.ABSENT: "have no checksum, so a change would not show",
}

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Scan = Annotated[Path, typer.Argument(help="A scan, X3P.")]
Reason = Annotated[
    str,
    typer.Option(
        "--accept-altered", help="Why points that differ from their checksum are used."
    ),
]


RingText = Annotated[
    str,
    typer.Option(
        help="Region in millimetres from the upper left corner: x,y of the centre, "
        "outer radius, firing-pin radius. All that is measured where none is given."
    ),
]


@app.callback()
def ballistics() -> None:
    """Compare the marks on cartridge cases, from X3P files."""


@app.command()
def compare(
    first: Scan,
    second: Scan,
    reference: Annotated[
        Path | None, typer.Option(help="A reference set, JSON, for the ratio.")
    ] = None,
    maker: Annotated[str, typer.Option(help="Maker of the arms, if known.")] = "",
    calibre: Annotated[str, typer.Option(help="Calibre, if known.")] = "",
    instrument: Annotated[str, typer.Option(help="Kind of instrument.")] = "",
    first_ring: RingText = "",
    second_ring: RingText = "",
    accept_altered: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Compare two breech-face marks, each one's cells sought in the other."""
    sides = [
        _side(first, first_ring, accept_altered),
        _side(second, second_ring, accept_altered),
    ]
    case = Population("breech face", maker, calibre, instrument, comparison.METHOD)
    found = orientation.compare_at_any(sides[0].mark, sides[1].mark, Settings())
    document = {
        "files": [_told(side) for side in sides],
        **_comparison(found),
        "likelihood_ratio": _ratio(_weighed(found, case, reference)),
        "settings": _settings(accept_altered),
        "limits": LIMITS,
    }
    typer.echo(_json(document) if as_json else _compared_words(document))


@app.command()
def search(
    probe: Scan,
    folder: Annotated[Path, typer.Argument(help="Folder of scans, X3P.")],
    closer: Annotated[
        int, typer.Option(min=0, max=500, help="Candidates to compare in full.")
    ] = 20,
    accept_altered: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Rank the scans of a folder by how well they agree with a mark."""
    mark = _mark(probe, accept_altered)
    marks, refused = _enrolled(folder, probe)
    ranked = orientation.search_closer(mark, marks, closer=closer)
    document = {
        "probe": probe.name,
        "searched": len(marks),
        "refused": refused,
        "candidates": [
            _candidate(one, rank) for rank, one in enumerate(ranked, start=1)
        ],
        "settings": _settings(accept_altered),
        "limits": LIMITS,
    }
    typer.echo(_json(document) if as_json else _searched_words(document))


@app.command()
def verify(scan: Scan, as_json: AsJson = False) -> None:
    """Check a scan against its checksums; leave with 1 where points differ."""
    found = reader.inspect(scan)
    if as_json:
        typer.echo(_json(_verification(scan, found)))
    else:
        typer.echo("\n".join(_verification_lines(scan, found)))
    if found.checks.are_points_altered:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One of the two marks: its file, its region and itself."""

    name: str
    scan: reader.Scan
    ring: Ring | None
    mark: Mark


def _side(path: Path, ring_text: str, accept_altered: str) -> _Side:
    ring = _ring(ring_text)
    scan = reader.read(path, override_reason=accept_altered)
    return _Side(path.name, scan, ring, preparation.prepare(scan.surface, ring=ring))


def _told(side: _Side) -> dict[str, Any]:
    return {
        "file": side.name,
        "sha256": side.scan.checks.sha256,
        "region": asdict(side.ring) if side.ring else "all that is measured",
        "remarks": side.scan.remarks,
    }


def _weighed(
    found: Comparison, case: Population, reference: Path | None
) -> Ratio | NoRatio:
    return likelihood.report(
        (found.congruent_cells, found.cells),
        case,
        [reference_files.load(reference)] if reference else [],
        rng=np.random.default_rng(INTERVAL_SEED),
    )


def _ring(text: str) -> Ring | None:
    """Read four millimetres; none where nothing is written."""
    if not text:
        return None
    try:
        x, y, outer, pin = (float(part) / 1e3 for part in text.split(","))
    except ValueError as error:
        raise InvalidInput(
            "A region is four numbers in millimetres with commas: x, y, outer "
            "radius, firing-pin radius.",
            field="region",
        ) from error
    return Ring(x, y, outer, pin)


def _mark(path: Path, accept_altered: str = "") -> Mark:
    scan = reader.read(path, override_reason=accept_altered)
    return preparation.prepare(scan.surface)


def _enrolled(
    folder: Path, probe: Path
) -> tuple[list[tuple[gallery.Entry, Mark]], list[dict[str, str]]]:
    """Prepare the scans of a folder; a scan that cannot be read is listed."""
    if not folder.is_dir():
        raise InvalidInput(f"{folder.name} is no folder; name a folder of scans.")
    marks, refused = [], []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() != ".x3p" or path.resolve() == probe.resolve():
            continue
        name = path.relative_to(folder).as_posix()
        try:
            mark = _mark(path)
            entry = gallery.enrol(name, mark)
        except InvalidInput as error:
            refused.append({"file": name, "reason": str(error)})
        else:
            marks.append((entry, mark))
    return marks, refused


def _candidate(one: orientation.Closer, rank: int) -> dict[str, Any]:
    return {
        "file": one.candidate.name,
        "rank": rank,
        "congruent_cells": one.found.congruent_cells,
        "cells": one.found.cells,
        "score": round(one.found.score, 3),
        "is_compared_both_ways": one.comparison is not None,
    }


def _comparison(found: Comparison) -> dict[str, Any]:
    return {
        "congruent_cells": found.congruent_cells,
        "cells": found.cells,
        "score": round(found.score, 3),
        "first_in_second": _direction(found.forward),
        "second_in_first": _direction(found.backward),
    }


def _direction(one: Direction) -> dict[str, Any]:
    agreement, cells = one.agreement, one.cells
    to_um = cells.pixel_m * 1e6
    listed = zip(
        cells.places.tolist(),
        agreement.score.tolist(),
        agreement.angle_deg.tolist(),
        ((agreement.found - cells.centres) * to_um).tolist(),
        agreement.is_congruent.tolist(),
        strict=True,
    )
    return {
        "congruent_cells": agreement.count,
        "cells": len(cells),
        "turn_deg": round(agreement.turn_deg, 2),
        "shift_y_um": round(agreement.shift_m[0] * 1e6, 1),
        "shift_x_um": round(agreement.shift_m[1] * 1e6, 1),
        "each_cell": [
            {
                "row": place[0],
                "column": place[1],
                "correlation": round(score, 4),
                "angle_deg": angle_deg,
                "moved_y_um": round(moved[0], 1),
                "moved_x_um": round(moved[1], 1),
                "is_congruent": is_congruent,
            }
            for place, score, angle_deg, moved, is_congruent in listed
        ],
    }


def _ratio(found: Ratio | NoRatio) -> dict[str, Any]:
    if isinstance(found, NoRatio):
        return {"log10": None, "reasons": list(found.reasons)}
    calibration = found.calibration
    return {
        "log10": round(found.log10, 2),
        "interval_log10": [round(v, 2) for v in found.interval],
        "bounds_log10": [calibration.bounds.lowest, calibration.bounds.highest],
        "is_at_bound": found.is_at_bound,
        "reference_set": calibration.name,
        "sources": calibration.sources,
        "pairs_of_one_source": calibration.same_pairs,
        "pairs_of_two_sources": calibration.different_pairs,
        "cllr_source_disjoint": round(calibration.cllr, 3),
    }


def _settings(accept_altered: str) -> dict[str, Any]:
    return {
        "version": metadata.version("armstrace"),
        "method": comparison.METHOD,
        "band": asdict(Band()),
        "compare": asdict(Settings()),
        "search": asdict(gallery.SearchSettings()),
        "accepted_altered_because": accept_altered,
    }


def _compared_words(document: dict[str, Any]) -> str:
    ratio = document["likelihood_ratio"]
    lines = [
        f"{document['congruent_cells']} of {document['cells']} cells are congruent "
        f"in the weaker direction; score {document['score']}.",
    ]
    ways = {"First in second": "first_in_second", "Second in first": "second_in_first"}
    for words, key in ways.items():
        one = document[key]
        lines.append(
            f"{words}: {one['congruent_cells']} of {one['cells']} cells, turned "
            f"{one['turn_deg']} degrees, moved {one['shift_x_um']} um in x and "
            f"{one['shift_y_um']} um in y."
        )
    if ratio["log10"] is None:
        lines += ratio["reasons"]
    else:
        low, high = ratio["interval_log10"]
        lines.append(
            f"Likelihood ratio: 10^{ratio['log10']} (95 % interval 10^{low} to "
            f"10^{high}; bounds of the set 10^{ratio['bounds_log10'][0]} to "
            f"10^{ratio['bounds_log10'][1]}), reference set "
            f"{ratio['reference_set']} of {ratio['sources']} sources."
        )
    return "\n".join([*lines, "", *_limits()])


def _searched_words(document: dict[str, Any]) -> str:
    lines = [f"{document['searched']} scans searched for {document['probe']}."]
    lines += [
        f"{one['rank']:>4}  {one['congruent_cells']:>3} of {one['cells']:>3}  "
        f"{one['score']:>7.3f}  {one['file']}"
        + ("" if one["is_compared_both_ways"] else "  (ranked only)")
        for one in document["candidates"]
    ]
    lines += [
        f"Left out: {one['file']}. {one['reason']}" for one in document["refused"]
    ]
    return "\n".join([*lines, "", *_limits()])


def _limits() -> Sequence[str]:
    return ["Limits:", *(f"- {limit}" for limit in LIMITS)]


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
