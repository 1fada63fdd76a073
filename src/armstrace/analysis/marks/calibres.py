"""Read a calibre, in the many ways of writing it, to one canonical name.

Source:
    C.I.P. and SAAMI names; mark taxonomy (a bare number is not guessed into a
    cartridge unless the kind of arm decides).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from armstrace.analysis.marks import (
    calibre_spelling,
    readings,
    spelling,
    tables,
    unknown_words,
)
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import Certainty

_GAUGES = frozenset({4, 8, 10, 12, 14, 16, 20, 24, 28})
_CHAMBER = r"(?:63(?:\.5)?|65|67(?:\.5)?|70|73|76|89)"
_GAUGE_WITH_CHAMBER = re.compile(
    rf"\.?(10|12|14|16|20|24|28|32|36|410)\s*(?:GA\w*)?\s*[/X\-]\s*{_CHAMBER}(?![\d.])"
)
_GAUGE_WORD = re.compile(
    r"\.?(4|8|10|12|14|16|20|24|28|32|36|67|410)(?:\.0)?\s*"
    r"(?:GA|GAUGE|GAUGES|GUAGE|BORE|GR|КАЛИБР|-?GA\.?|/?CAL\w*|号|GAGE)\.?(?![A-Z])"
)
_INCHES = re.compile(r"\.?(12|16|20|24|28|32|36)\b.*\b(?:POLEGADA|POL|INCH|IN)\b")
_METRIC = re.compile(
    r"(\d{1,2}(?:\.\d{1,2})?)X(\d{1,3}(?:\.\d{1,2})?)\s*(?:MM)?\s*(R|SR|RB)?\b"
)
_BARE = re.compile(r"(\.|0\.)?(\d+(?:\.\d+)?)\s*(MM)?\.?\Z")
_LOAD = re.compile(
    r"\+\s*P\s*\+?|\b(?:HYPER|SUBSONIC|EXPO|BAGOS?|KNOCK(?: ?DOWN)?|SG ?\d?|CHOG|ETOG"
    r"|EXPP|EOPP|ETPP|CSCV|FMJ|JHP|HP|MATCH|TREINA|VULKAN|HV|SV|NTA|BLANK|FESTIM)\b"
)
_INCHES_WITHOUT_POINT = re.compile(r"(?:1[7-9]|[2-6]\d|\d{3})(?![\d.]|\s*MM|X)")
_BRACKETS = re.compile(r"\(([^)]*)\)?")
_ONE_SLIP = 6
_LETTERS_AT_LEAST = 5
_TWO_SLIPS = 11
_LENGTH_SLACK = 0.6
_WIDTH_SLACK = 0.13
_INCH_FROM = 15
_MILLIMETRES_FROM = 4


@dataclass(frozen=True, slots=True)
class Cartridge:
    """A line of the table of cartridges.

    Args:
        name: Canonical name.
        metric: Bullet and case in millimetres, as ``9x19``; may be empty.
        kinds: The kinds of arm it is made for.
    """

    name: str
    metric: str
    kinds: tuple[ArmType, ...]


@lru_cache(maxsize=65536)
def read_calibre(text: str, arm_type: ArmType = ArmType.UNKNOWN) -> readings.Reading:
    """Read a calibre or gauge.

    Args:
        text: The field as written; numbers and dates as spreadsheets write them
            (``7.62``, ``12.0``, ``1970-12-01``) are understood.
        arm_type: Kind of arm, which decides what a bare number means.

    Returns:
        The canonical name. A bare number that the kind of arm does not decide
        stays what it says (``.38``). What is in no table but looks like a
        calibre is kept as written, with doubtful certainty.
    """
    tidy = calibre_spelling.tidy(text)
    if not tidy.strip(" .-"):
        return readings.not_stated("calibre", text)
    if unknown_words.meaning(text):
        note = "said to be not known, none or another"
        return readings.Reading(
            "calibre", text, "", Certainty.NONE, "UNKNOWN_WORD", note
        )
    found = _find(tidy, arm_type) or _as_written(tidy)
    value, certainty, rule, note = found
    if arm_type in _HANDGUNS and value.endswith(_SHOT):
        certainty, note = Certainty.DOUBTFUL, _SHOT_ON_HANDGUN
    return readings.Reading("calibre", text, value, certainty, rule, note)


def table() -> tuple[Cartridge, ...]:
    """Give every line of the table of cartridges."""
    return tuple(_cartridges().values())


type _Found = tuple[str, Certainty, str, str]


def _find(tidy: str, arm_type: ArmType) -> _Found | None:
    bare = _BARE.match(tidy)
    if bare:
        return _bare(bare, arm_type)
    return (
        _gauge(tidy)
        or _by_alias(tidy)
        or _by_brackets(tidy, arm_type)
        or _without_load(tidy, arm_type)
        or _by_metric(tidy)
        or _by_slip(tidy)
    )


def _gauge(tidy: str) -> _Found | None:
    for pattern in (_GAUGE_WITH_CHAMBER, _GAUGE_WORD, _INCHES):
        match = pattern.match(tidy)
        if match:
            return _gauge_name(match[1]), Certainty.CERTAIN, "GAUGE", ""
    return None


def _gauge_name(number: str) -> str:
    return ".410 bore" if number in {"36", "410"} else f"{number} gauge"


def _by_alias(tidy: str) -> _Found | None:
    name = _aliases().get(calibre_spelling.key(tidy))
    return (name, Certainty.CERTAIN, "ALIAS", "") if name else None


def _by_brackets(tidy: str, arm_type: ArmType) -> _Found | None:
    """Read "NAME (METRIC)": both sides must agree, or a note says otherwise."""
    inside = _BRACKETS.findall(tidy)
    if not inside:
        return None
    outside = _BRACKETS.sub(" ", tidy).strip()
    first = _find(outside, arm_type) if outside else None
    second = _find(inside[0].strip(), arm_type) if inside[0].strip() else None
    if first is None or first[2] == "BARE":
        return second or first
    if second is None or second[2] in {"BARE", "METRIC_UNLISTED"}:
        return first
    if first[0] == second[0] or first[1] is not Certainty.CERTAIN:
        return second if first[1] is not Certainty.CERTAIN else first
    note = f"the text names {second[0]} too"
    return first[0], Certainty.DOUBTFUL, "TWO_NAMES", note


def _without_load(tidy: str, arm_type: ArmType) -> _Found | None:
    rest = " ".join(_LOAD.sub(" ", tidy).strip(" ,.-").split())
    if rest == tidy or not rest:
        return None
    found = _find(rest.strip(" -"), arm_type)
    if found is None:
        return None
    return found[0], found[1], found[2], found[3] or "a load is named beside"


def _by_metric(tidy: str) -> _Found | None:
    """Read bare dimensions; with a rim or a name beside them nothing is near."""
    match = _METRIC.fullmatch(tidy.strip(" ."))
    if match is None:
        return None
    width, length = float(match[1]), float(match[2])
    near = [
        (abs(width - one_width) * 4 + abs(length - one_length), name)
        for one_width, one_length, name in _metrics()
        if abs(width - one_width) <= _WIDTH_SLACK
        and abs(length - one_length) <= _LENGTH_SLACK
    ]
    if near and not match[3]:
        return min(near)[1], Certainty.LIKELY, "METRIC", "read from the dimensions"
    name = f"{match[1]}x{match[2]}{match[3] or ''} mm"
    return name, Certainty.LIKELY, "METRIC_UNLISTED", "not in the table of cartridges"


def _by_slip(tidy: str) -> _Found | None:
    key = calibre_spelling.key(tidy)
    slips = 2 if len(key) >= _TWO_SLIPS else int(len(key) >= _ONE_SLIP)
    letters = sum(char.isalpha() for char in key)
    if not slips or letters < _LETTERS_AT_LEAST:
        return None
    digits = _digits(key)
    near = process.extract(
        key, tuple(_aliases()), scorer=OSA.distance, score_cutoff=slips, limit=20
    )
    names = {_aliases()[alias] for alias, _, _ in near if _digits(alias) == digits}
    if len(names) != 1:
        return None
    name = names.pop()
    note = f"read as {name}: the spelling differs"
    return name, Certainty.LIKELY, "FUZZY", note


def _digits(key: str) -> str:
    return re.sub(r"[^\d.X-]", "", key)


def _bare(match: re.Match[str], arm_type: ArmType) -> _Found:
    written = _written(match, arm_type)
    decided = _decided().get((written, arm_type)) or _decided().get((written, None))
    if decided:
        certainty = Certainty.LIKELY if decided[1] else Certainty.CERTAIN
        return decided[0], certainty, "ARM_TYPE", decided[1]
    name = _aliases().get(calibre_spelling.key(written))
    if name and not written.endswith("gauge"):
        return name, Certainty.CERTAIN, "ALIAS", ""
    certainty = Certainty.CERTAIN if written.endswith("gauge") else Certainty.LIKELY
    return written, certainty, "BARE", ""


def _written(match: re.Match[str], arm_type: ArmType) -> str:
    """Write a bare number as it was meant: ``.38``, ``9 mm``, ``12 gauge``."""
    point, digits, millimetres = match.groups()
    if millimetres or ("." in digits and not digits.endswith(".0")):
        return f"{_trimmed(digits)} mm"
    if point:
        return f".{digits.removesuffix('.0')}"
    number = int(float(digits))
    if _is_gauge(number, arm_type):
        return _gauge_name(str(number))
    if number in _WITHOUT_POINT:
        return f"{number / 100:g} mm"
    in_millimetres = _MILLIMETRES_FROM <= number < _INCH_FROM
    return f"{number} mm" if in_millimetres else f".{number}"


def _is_gauge(number: int, arm_type: ArmType) -> bool:
    if number == _TEN:
        return arm_type not in _NOT_SHOTGUNS
    is_shared = number in _SHOTGUN_ONLY and arm_type not in _NOT_SHOTGUNS
    return number in _GAUGES or is_shared


_TEN = 10
_HANDGUNS = frozenset({ArmType.PISTOL, ArmType.REVOLVER})
_SHOT = (" gauge", " bore")
_SHOT_ON_HANDGUN = "a shotgun bore on a short arm; look whether it was miswritten"
_SHOTGUN_ONLY = frozenset({32, 36, 67, 410})
_WITHOUT_POINT = frozenset({545, 556, 762, 763, 765, 635, 792})
_NOT_SHOTGUNS = frozenset(
    {
        ArmType.PISTOL,
        ArmType.REVOLVER,
        ArmType.RIFLE,
        ArmType.CARBINE,
        ArmType.SUBMACHINE_GUN,
        ArmType.MACHINE_GUN,
    }
)


def _trimmed(digits: str) -> str:
    return f"{float(digits):g}"


def _as_written(tidy: str) -> _Found:
    if not any(char.isdigit() for char in tidy):
        return "", Certainty.NONE, "WORDS", "the field holds words, no calibre"
    note = "not in the table of cartridges; kept as written"
    value = f".{tidy}" if _INCHES_WITHOUT_POINT.match(tidy) else tidy
    return value, Certainty.DOUBTFUL, "AS_WRITTEN", note


@lru_cache(maxsize=1)
def _cartridges() -> dict[str, Cartridge]:
    return {
        row["name"]: Cartridge(
            row["name"],
            row["metric"],
            tuple(ArmType(kind) for kind in tables.several(row["kinds"])),
        )
        for row in tables.rows("calibres.tsv")
    }


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in tables.rows("calibres.tsv"):
        names = (row["name"], row["metric"], *tables.several(row["aliases"]))
        for name in names:
            found.setdefault(calibre_spelling.key(name), row["name"])
    found.pop("", None)
    return found


@lru_cache(maxsize=1)
def _metrics() -> tuple[tuple[float, float, str], ...]:
    lines = []
    for key, name in _aliases().items():
        match = re.match(r"(\d+(?:\.\d+)?)X(\d+(?:\.\d+)?)(?:[A-Z]*)\Z", key)
        if match:
            lines.append((float(match[1]), float(match[2]), name))
    return tuple(lines)


@lru_cache(maxsize=1)
def _decided() -> dict[tuple[str, ArmType | None], tuple[str, str]]:
    decided: dict[tuple[str, ArmType | None], tuple[str, str]] = {}
    for row in tables.rows("bare_calibres.tsv"):
        for kind in tables.several(row["type"]):
            arm_type = None if kind == "*" else ArmType(kind)
            decided[row["written"], arm_type] = (row["calibre"], row["note"])
    return decided


def is_known(name: str) -> bool:
    """Tell whether a name is a canonical cartridge or gauge."""
    return name in _cartridges() or name.endswith((" gauge", " bore"))


def squashed(text: str) -> str:
    """Give the letters and digits of a calibre, to compare with other marks."""
    return spelling.squash(calibre_spelling.tidy(text))
