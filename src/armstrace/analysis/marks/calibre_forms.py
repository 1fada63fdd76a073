"""Read a calibre that is written by itself: a name, a gauge or dimensions."""

import re

from armstrace.analysis.marks import bare_calibres, calibre_spelling, cartridges
from armstrace.analysis.marks.bare_calibres import Found
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, message

_CHAMBER = r"(?:(?:5|6|7|8)\d|10[01])(?:\.\d+)?"
_GAUGE_WITH_CHAMBER = re.compile(
    rf"\.?(10|12|14|16|20|24|28|32|36|410)\s*(?:GA\w*|CAL|MM)?\s*[/X\-(]*\s*"
    rf"{_CHAMBER}\s*(?:MM)?\)?(?![\d.])"
)
_GAUGE_WORD = re.compile(
    r"\.?(4|8|10|12|14|16|20|24|28|32|36|40|67|410)(?:\.0)?\s*"
    r"(?:GA|GAUGE|GAUGES|GUAGE|GAGE|GAUG|BORE|GR|GAUCHE|G|GAU|-?GA\.?|/?CAL|号|GRAU)\.?"
    r"(?:\s*(?:MAG\w*|AUTO))?"
)
_INCHES = re.compile(
    r"\.?(12|16|20|24|28|32|36|410)\s*(?:GA\w*|CAL)?[\s(/X-]*"
    r"(?:2\W*[13]/[24]|3\W*1/2|3|2\.5|2\.75|3\.5)\W*(?:POLEGADAS?|POL|INCH|IN)?\)?"
    r"(?:\s*\d\d(?:\.\d)?\s*MM)?"
)
_METRIC = re.compile(
    r"\.?(\d{1,2}(?:\.\d{1,2})?)(?:X|\s?[/-]\s?| )(\d{1,3}(?:\.\d{1,2})?)\s*"
    r"(?:MM)?\s*(R|SR|RB)?"
)
_TWO_NUMBERS = re.compile(r"\.?(\d\d)[. /](\d\d)")
_NO_POINT = re.compile(r"(\d{3})[ ./-](\d\d)")
_SLASHED = re.compile(r"(\d\d?)/(\d)")


def read(tidy: str) -> Found | None:
    """Read what is nothing but one name, one gauge or one pair of dimensions.

    Args:
        tidy: The words as ``calibre_spelling.tidy`` writes them.
    """
    return (
        _by_alias(tidy)
        or _gauge(tidy)
        or _two_numbers(tidy)
        or _by_metric(tidy)
        or _read_slashed(tidy)
    )


def _by_alias(tidy: str) -> Found | None:
    key = calibre_spelling.key(tidy)
    if key.isdigit() and "X" not in tidy and "/" not in tidy and "-" not in tidy:
        return None
    name = cartridges.aliases().get(key)
    return (name, Certainty.CERTAIN, "ALIAS", NOTHING) if name else None


def _gauge(tidy: str) -> Found | None:
    for pattern in (_GAUGE_WITH_CHAMBER, _GAUGE_WORD, _INCHES):
        match = pattern.fullmatch(tidy.strip(" ."))
        if match:
            name = bare_calibres.gauge_name(match[1])
            return name, Certainty.CERTAIN, "GAUGE", NOTHING
    return None


def _two_numbers(tidy: str) -> Found | None:
    """Read "44.40" and "30 06" as calibre and charge, where a cartridge is so."""
    match = _TWO_NUMBERS.fullmatch(tidy)
    name = cartridges.aliases().get(f"{match[1]}-{match[2]}") if match else None
    if match is None:
        match = _NO_POINT.fullmatch(tidy)
        name = cartridges.aliases().get(f"{match[1]}X{match[2]}") if match else None
    return (name, Certainty.LIKELY, "ALIAS", NOTHING) if name else None


def _read_slashed(tidy: str) -> Found | None:
    """Read "5/5" as 5.5 mm, where a program parted it as a date."""
    match = _SLASHED.fullmatch(tidy)
    if match is None or f"{match[1]}.{match[2]} mm" not in cartridges.bores():
        return None
    bare = bare_calibres.PATTERN.match(f"{match[1]}.{match[2]}")
    name = cartridges.aliases().get(f"{match[1]}.{match[2]}")
    written = name or f"{match[1]}.{match[2]} mm"
    return (written, Certainty.LIKELY, "SLASHED", NOTHING) if bare else None


def _by_metric(tidy: str) -> Found | None:
    """Read bare dimensions; with a rim or a name beside them nothing is near."""
    match = _METRIC.fullmatch(tidy.strip(" ."))
    if match is None:
        return None
    exact = cartridges.aliases().get(f"{match[1]}X{match[2]}")
    if exact and not match[3]:
        return exact, Certainty.LIKELY, "METRIC", message("read from the dimensions")
    width, length = float(match[1]), float(match[2])
    is_parted = "X" not in tidy
    slack = 0.01 if is_parted else 1.0
    near = [
        (abs(width - one_width) * 4 + abs(length - one_length), name)
        for one_width, one_length, name in cartridges.dimensions()
        if abs(width - one_width) <= cartridges.WIDTH_SLACK * slack
        and abs(length - one_length) <= cartridges.LENGTH_SLACK * slack
    ]
    if not near or match[3]:
        return None
    note = message("read from the dimensions")
    return min(near)[1], Certainty.LIKELY, "METRIC", note
