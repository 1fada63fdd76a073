"""Comparisons written out as plain values, and the digest that vouches for them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from armstrace.analysis.ballistics import comparison
from armstrace.analysis.ballistics.comparison import (
    Comparison,
    Direction,
    Settings,
    Sweep,
)
from armstrace.analysis.ballistics.consensus import Tolerance
from armstrace.analysis.ballistics.likelihood import NoRatio, Ratio
from armstrace.analysis.ballistics.preparation import Band
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import Message, message

type Document = dict[str, Any]


def numbers(found: Comparison) -> Document:
    """Write out what a comparison found, every cell in both directions."""
    return {
        "congruent_cells": found.congruent_cells,
        "cells": found.cells,
        "score": round(found.score, 3),
        "first_in_second": direction(found.forward),
        "second_in_first": direction(found.backward),
    }


def direction(one: Direction) -> Document:
    """Write out one direction: its movement and each cell, lengths in um."""
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
        "cell_um": round(cells.side * to_um, 1),
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


def ratio(found: Ratio | NoRatio) -> Document:
    """Write out a likelihood ratio with what it rests on, or why there is none."""
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


def parameters(band: Band, settings: Settings) -> Document:
    """Write out how marks are prepared and compared."""
    return {
        "method": comparison.METHOD,
        "band": asdict(band),
        "compare": asdict(settings),
    }


def settings_of(written: Mapping[str, Any]) -> tuple[Band, Settings]:
    """Read what ``parameters`` wrote."""
    compare = written["compare"]
    y_m, x_m = compare.get("offset_m", (0.0, 0.0))
    settings = Settings(
        Sweep(**compare["sweep"]), Tolerance(**compare["tolerance"]), (y_m, x_m)
    )
    return Band(**written["band"]), settings


def read_file(path: Path, *, most_bytes: int, too_large: Message) -> Any:  # noqa: ANN401 - what JSON holds
    """Read a file of JSON.

    Raises:
        NotFound: There is no such file.
        InvalidInput: It is too large.
        ValueError: It holds no JSON.
    """
    if not path.is_file():
        said = message("There is no file %(name)s; check the path.", name=path.name)
        raise NotFound(said)
    if path.stat().st_size > most_bytes:
        raise InvalidInput(too_large)
    return json.loads(path.read_text(encoding="utf-8"))


def digest(document: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a document of plain values, whatever its order."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
