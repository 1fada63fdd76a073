"""What is on record of a compared pair, and parameters with units, as printed rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from armstrace.analysis.ballistics.report_words import NOT_KNOWN, Words
from armstrace.vocabulary.messages import message

_MARK = (
    ("number", message("Mark")),
    ("owner", message("Of")),
    ("label", message("Number at the laboratory")),
    ("origin", message("From")),
    ("part", message("Left by the")),
    ("calibre", message("Calibre")),
    ("maker", message("Maker")),
    ("enrolled", message("Enrolled")),
)
_UNITS = {"m": "", "deg": "°", "um": " µm", "px": " px"}


def head(record: Mapping[str, Any], words: Words) -> str:
    """Print the numbers, dates and examiner of a comparison and its marks."""
    first, second = record["marks"]
    rows = "".join(
        f"<tr><th>{words.say(name)}</th><td>{words.known(first[key])}</td>"
        f"<td>{words.known(second[key])}</td></tr>"
        for key, name in _MARK
    )
    compared, digest = (
        message("Compared: %(when)s", when=record["compared"] or NOT_KNOWN),
        message("Digest of the result:"),
    )
    return (
        f'<p class="big">{words.known(record["number"])}</p><p>'
        f"{words.say(compared)}. {words.say(digest)} "
        f"<code>{words.known(record['digest'])}</code></p>"
        f"<table><tr><th></th><th>{words.say(message('First'))}</th>"
        f"<th>{words.say(message('Second'))}</th></tr>{rows}</table>"
    )


def conclusions(told: Sequence[Mapping[str, Any]], words: Words) -> str:
    """Print what the examiners concluded; that none did is said too."""
    names = (message("First examiner"), message("Second examiner"))
    rows = "".join(
        f"<tr><th>{words.say(name)}</th><td>{words.known(one['examiner'])}</td>"
        f"<td>{words.known(one['verdict'])}</td><td>{words.known(one['at'])}</td>"
        f"<td>{words.known(one['reason'])}</td></tr>"
        for name, one in zip(names, told, strict=False)
    )
    missing = (
        message("No examiner has concluded."),
        message("A second examiner has not concluded."),
        "",
    )
    return (
        f"{words.heading(message('Conclusions on record'))}<table>{rows}</table>"
        f"<p>{words.say(missing[len(told)])}</p>"
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
        told.append((words, _with_unit(value, unit if is_known else "", stem)))
    return told


def _with_unit(value: object, unit: str, stem: str) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_with_unit(each, unit, stem) for each in value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if unit == "m":
        is_long = stem == "offset" or abs(value) >= 1e-3
        return f"{value * 1e3:.3f} mm" if is_long else f"{value * 1e6:.4g} µm"
    return f"{value:.4g}{_UNITS.get(unit, '')}"
