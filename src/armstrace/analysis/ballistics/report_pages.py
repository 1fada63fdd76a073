"""What the printed pages of a report show, and the printing of a page.

The page itself is a template of the interfaces; here stand the values in it.
"""

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from armstrace.analysis.ballistics import outlines, report_drawings, verbal
from armstrace.analysis.ballistics.documents import Document
from armstrace.analysis.ballistics.report_drawings import Pictures
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message

_NO_LIBRARY = message(
    "Reports as PDF need the extra pdf; install it with pip install '.[pdf]' in the "
    "folder of Armstrace, or ask for the report as JSON."
)
_WAYS = {
    "first_in_second": message("Cells of the first mark, sought in the second"),
    "second_in_first": message("Cells of the second mark, sought in the first"),
}
_MARKS = (message("First"), message("Second"))
_EXAMINERS = (message("First examiner"), message("Second examiner"))
_MARK = {
    "number": message("Mark"),
    "owner": message("Of"),
    "label": message("Number at the laboratory"),
    "origin": message("From"),
    "part": message("Left by the"),
    "calibre": message("Calibre"),
    "maker": message("Maker"),
    "enrolled": message("Enrolled"),
}
_UNITS = {"m": "", "deg": "°", "um": " µm", "px": " px"}


def print_page(page: str) -> bytes:
    """Print a page; nothing that it names outside of itself is fetched.

    Raises:
        InvalidInput: The library that writes PDF is not installed.
    """
    try:
        library = importlib.import_module("weasyprint")
    except ImportError as error:
        raise InvalidInput(_NO_LIBRARY) from error
    inside_only = library.urls.URLFetcher(
        allowed_protocols=["data"], allow_redirects=False
    )
    content: bytes = library.HTML(string=page, url_fetcher=inside_only).write_pdf()
    return content


def values(report: Document, drawn: Pictures) -> dict[str, Any]:
    """Give what the pages of a report show, as ``ballistics/report.html`` takes it.

    Args:
        report: As ``reports.document`` makes it.
    """
    found = report["comparison"]
    return {
        "report": report,
        "record": _record(report["record"]) if "record" in report else None,
        "marks": [
            (name, told, _region(told["region"]))
            for name, told in zip(_MARKS, report["marks"], strict=True)
        ],
        "found": found,
        "score": f"{found['score']:.2f}",
        "ways": [
            {
                "words": words,
                "numbers": found[way],
                "cells": outlines.sought(found[way]),
                "angles": _angles(report["angles"][way]),
            }
            for way, words in _WAYS.items()
        ],
        "ratio": _ratio(report["likelihood_ratio"]),
        "pictures": report_drawings.shown(found, drawn),
        "half_um": drawn.half_um,
        "side_um": 2 * drawn.half_um,
        "parameters": parameters(report["parameters"]),
    }


def _record(told: Mapping[str, Any]) -> dict[str, Any]:
    first, second = told["marks"]
    rows = [(name, first[key], second[key]) for key, name in _MARK.items()]
    concluded = list(zip(_EXAMINERS, told["conclusions"], strict=False))
    return {**told, "rows": rows, "concluded": concluded}


def _region(region: object) -> object:
    if not isinstance(region, dict):
        return region
    x, y, outer, pin = (
        f"{region[k] * 1e3:.3f}"
        for k in ("centre_x_m", "centre_y_m", "outer_radius_m", "pin_radius_m")
    )
    return message(
        "centre %(x)s, %(y)s mm; ring %(outer)s mm; firing pin %(pin)s mm",
        x=x,
        y=y,
        outer=outer,
        pin=pin,
    )


def _angles(counts: Sequence[Mapping[str, Any]]) -> str | Message:
    said = (
        f"{one['angle_deg']:g}°: {one['congruent']} + {one['other']}" for one in counts
    )
    return ", ".join(said) or message("none")


def _ratio(told: Mapping[str, Any]) -> dict[str, Any]:
    """Give a ratio with its powers of ten, as they are printed."""
    if told["log10"] is None:
        return dict(told)
    return {
        **told,
        "power": _power(told["log10"]),
        "bounds": [_power(end) for end in told["bounds_log10"]],
        "interval": [_power(end) for end in told["interval_log10"]],
        "reach": verbal.reach(told["log10"]),
        "cllr": f"{told['cllr_source_disjoint']:.3f}",
    }


def _power(log10: float) -> str:
    return f"{log10:.2f}".replace("-", "\N{MINUS SIGN}")


def parameters(told: Mapping[str, Any], where: str = "") -> list[tuple[str, str]]:
    """Give parameters with their names in words and their units."""
    rows: list[tuple[str, str]] = []
    for name, value in told.items():
        if isinstance(value, dict):
            rows += parameters(value, f"{where} {name}".strip())
            continue
        stem, _, unit = name.rpartition("_")
        is_known = bool(stem) and unit in _UNITS
        words = f"{where} {stem if is_known else name}".strip().replace("_", " ")
        rows.append((words, _with_unit(value, unit if is_known else "", stem)))
    return rows


def _with_unit(value: object, unit: str, stem: str) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_with_unit(each, unit, stem) for each in value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if unit == "m":
        is_long = stem == "offset" or abs(value) >= 1e-3
        return f"{value * 1e3:.3f} mm" if is_long else f"{value * 1e6:.4g} µm"
    return f"{value:.4g}{_UNITS.get(unit, '')}"
