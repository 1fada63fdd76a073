"""What is on record of a compared pair, and parameters with units, as printed rows."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_MARK = (
    ("number", "Mark"),
    ("owner", "Of"),
    ("label", "Number at the laboratory"),
    ("origin", "From"),
    ("part", "Left by the"),
    ("calibre", "Calibre"),
    ("maker", "Maker"),
    ("enrolled", "Enrolled"),
)
_UNITS = {"m": "", "deg": "°", "um": " µm", "px": " px"}


def head(record: Mapping[str, Any] | None) -> str:
    """Print the numbers, dates and examiner of a comparison and of both marks.

    Args:
        record: ``number``, ``compared``, ``digest``, ``marks`` and ``conclusions``;
            None prints nothing.
    """
    if record is None:
        return ""
    first, second = record["marks"]
    rows = "".join(
        f"<tr><th>{words}</th><td>{_told(first[key])}</td>"
        f"<td>{_told(second[key])}</td></tr>"
        for key, words in _MARK
    )
    return (
        f'<p class="big">{_told(record["number"])}</p><p>Compared '
        f"{_told(record['compared'])}. Digest of the result: "
        f"<code>{_told(record['digest'])}</code></p>"
        f"<table><tr><th></th><th>First</th><th>Second</th></tr>{rows}</table>"
    )


def conclusions(record: Mapping[str, Any] | None) -> str:
    """Print what the examiners concluded; that none did is said too."""
    if record is None:
        return ""
    rows = "".join(
        f"<tr><th>{words}</th><td>{_told(one['examiner'])}</td>"
        f"<td>{_told(one['verdict'])}</td><td>{_told(one['at'])}</td>"
        f"<td>{_told(one['reason'])}</td></tr>"
        for words, one in zip(
            ("First examiner", "Second examiner"), record["conclusions"], strict=False
        )
    )
    missing = ("No examiner has concluded.", "A second examiner has not concluded.", "")
    return (
        f"<h2>Conclusions on record</h2><table>{rows}</table>"
        f"<p>{missing[len(record['conclusions'])]}</p>"
    )


def parameters(values: Mapping[str, Any], where: str = "") -> list[tuple[str, str]]:
    """Give parameters with their names in words and their units."""
    told: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, dict):
            told += parameters(value, f"{where} {name}".strip())
            continue
        stem, _, unit = name.rpartition("_")
        is_known = bool(stem) and unit in _UNITS
        words = f"{where} {stem if is_known else name}".strip().replace("_", " ")
        told.append((words, _measured(value, unit if is_known else "", stem)))
    return told


def _measured(value: object, unit: str, stem: str) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_measured(each, unit, stem) for each in value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if unit == "m":
        is_long = stem == "offset" or abs(value) >= 1e-3
        return f"{value * 1e3:.3f} mm" if is_long else f"{value * 1e6:.4g} µm"
    return f"{value:.4g}{_UNITS.get(unit, '')}"


def _told(value: object) -> str:
    return escape(str(value or "not known"))
