"""Read a calibre, in the many ways of writing it, to one canonical name.

Source:
    C.I.P. and SAAMI names; mark taxonomy (a bare number is not guessed into a
    cartridge unless the kind of arm decides).
"""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from armstrace.analysis.marks import (
    bare_calibres,
    calibre_spelling,
    cartridges,
    readings,
    spelling,
    tables,
    unknown_words,
)
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, message

_CHAMBER = r"(?:(?:5|6|7|8)\d|10[01])(?:\.\d+)?"
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
_LOAD = re.compile(
    r"\+\s*P\s*\+?|\b(?:HYPER|SUBSONIC|EXPO|BAGOS?|KNOCK(?: ?DOWN)?|SG ?\d?|CHOG|ETOG"
    r"|EXPP|EOPP|ETPP|CSCV|FMJ|JHP|HP|MATCH|TREINA|VULKAN|HV|SV|NTA|BLANK|FESTIM)\b"
)
_INCHES_WITHOUT_POINT = re.compile(r"(?:1[7-9]|[2-6]\d|\d{3})(?![\d.]|\s*MM|X)")
_BRACKETS = re.compile(r"\(([^)]*)\)?")
_TWO_NUMBERS = re.compile(r"\.?(\d\d)[. ](\d\d)\Z")
_SLASH = re.compile(r"\s*/\s*|\s+(?:OU|OR|ODER|O|И)\s+")
_FRACTION = re.compile(r"\b\d/\d\b")
_TELLING = frozenset(
    {
        *(
            "SPL",
            "MAG",
            "WIN",
            "REM",
            "AUTO",
            "PARA",
            "SHORT",
            "LONG",
            "SW",
            "SWL",
            "SUPER",
        ),
        *("COLT", "SAVAGE", "NORMA", "WBY", "EXPRESS", "MAUSER", "BROWNING", "WSM"),
    }
)
_DESCRIBED = re.compile(r"[,;/]|\betc\b")
_MOST_WORDS = 8
_ONE_SLIP = 6
_LETTERS_AT_LEAST = 5
_TWO_SLIPS = 11
_LENGTH_SLACK = 0.6
_WIDTH_SLACK = 0.13


@tables.remembered(65536)
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
        note = message("said to be not known, none or another")
        return readings.Reading(
            "calibre", text, "", Certainty.NONE, "UNKNOWN_WORD", note
        )
    found = _by_code(tidy) or _find(tidy, arm_type) or _as_written(tidy)
    value, certainty, rule, note = found
    if arm_type in _HANDGUNS and value.endswith(_SHOT):
        certainty, note = Certainty.DOUBTFUL, _SHOT_ON_HANDGUN
    return readings.Reading("calibre", text, value, certainty, rule, note)


def table() -> tuple[cartridges.Cartridge, ...]:
    """Give every line of the table of cartridges."""
    return tuple(cartridges.cartridges().values())


type _Found = bare_calibres.Found


def _find(tidy: str, arm_type: ArmType) -> _Found | None:
    bare = bare_calibres.PATTERN.match(tidy)
    if bare:
        return _two_numbers(tidy) or bare_calibres.read(bare, arm_type)
    return (
        _two_numbers(tidy)
        or _gauge(tidy)
        or _by_alias(tidy)
        or _by_brackets(tidy, arm_type)
        or _without_load(tidy, arm_type)
        or _by_metric(tidy)
        or _by_slip(tidy)
        or _number_first(tidy, arm_type)
        or _by_head(tidy, arm_type)
        or _by_slash(tidy, arm_type)
    )


def _by_code(tidy: str) -> _Found | None:
    """Read a code of the list of calibres that stands for one cartridge alone."""
    described = tables.codes("CAL.csv").get(tidy)
    if described is None:
        return None
    named = {
        found[0]
        for part in _DESCRIBED.split(described)
        if (found := _find(calibre_spelling.tidy(part), ArmType.UNKNOWN))
    }
    if len(named) != 1 or not is_known(min(named)):
        return None
    return named.pop(), Certainty.LIKELY, "CODE", message("a code of the list in use")


def _two_numbers(tidy: str) -> _Found | None:
    """Read "44.40" and "30 06" as calibre and charge, where a cartridge is so."""
    match = _TWO_NUMBERS.match(tidy)
    name = cartridges.aliases().get(f"{match[1]}-{match[2]}") if match else None
    return (name, Certainty.LIKELY, "ALIAS", NOTHING) if name else None


def _by_slash(tidy: str, arm_type: ArmType) -> _Found | None:
    """Read two names of one cartridge; two cartridges leave a doubt."""
    parts = [part.strip() for part in _SLASH.split(tidy) if part.strip()]
    if len(parts) != len("AB") or _FRACTION.search(tidy):
        return None
    first, second = (_find(part, arm_type) for part in parts)
    if first is None or second is None:
        return first or second
    if first[0] == second[0]:
        return first
    note = message("the text names %(calibre)s too", calibre=second[0])
    return first[0], Certainty.DOUBTFUL, "TWO_NAMES", note


def _number_first(tidy: str, arm_type: ArmType) -> _Found | None:
    turned = calibre_spelling.number_first(tidy)
    return _find(turned, arm_type) if turned else None


def _by_head(tidy: str, arm_type: ArmType) -> _Found | None:
    """Read the longest beginning that is a calibre; the rest is said beside."""
    words = tidy.split()
    if len(words) > _MOST_WORDS:
        return None
    for stop in range(len(words) - 1, 0, -1):
        head, rest = " ".join(words[:stop]), " ".join(words[stop:])
        found = _head(head, arm_type)
        if found is not None and not any(map(str.isdigit, rest)):
            return _beside(found, rest)
    return None


def _head(head: str, arm_type: ArmType) -> _Found | None:
    bare = bare_calibres.PATTERN.match(head)
    if bare:
        return bare_calibres.read(bare, arm_type)
    return _gauge(head) or _by_alias(head) or _by_metric(head)


def _beside(found: _Found, rest: str) -> _Found | None:
    """Keep what a telling word would make another cartridge as it is written."""
    keys = {calibre_spelling.key(word) for word in rest.split()}
    is_bore = found[0].endswith(_SHOT)
    is_telling = bool(keys & _TELLING) and not (is_bore and keys == {"MAG"})
    if found[2] == "BARE" and not is_bore:
        return None
    if found[2] in {"BARE", "ARM_TYPE"} and is_telling:
        return None
    is_sure = not is_telling and found[2] != "ARM_TYPE"
    certainty = Certainty.LIKELY if is_sure else Certainty.DOUBTFUL
    return (
        found[0],
        certainty,
        found[2],
        message("“%(words)s” stands beside the calibre", words=rest),
    )


def _gauge(tidy: str) -> _Found | None:
    for pattern in (_GAUGE_WITH_CHAMBER, _GAUGE_WORD, _INCHES):
        match = pattern.match(tidy)
        if match:
            name = bare_calibres.gauge_name(match[1])
            return name, Certainty.CERTAIN, "GAUGE", NOTHING
    return None


def _by_alias(tidy: str) -> _Found | None:
    name = cartridges.aliases().get(calibre_spelling.key(tidy))
    return (name, Certainty.CERTAIN, "ALIAS", NOTHING) if name else None


def _by_brackets(tidy: str, arm_type: ArmType) -> _Found | None:
    """Read "NAME (METRIC)": both sides must agree, or a note says otherwise."""
    inside = _BRACKETS.findall(tidy)
    if not inside:
        return None
    outside = _BRACKETS.sub(" ", tidy).strip()
    first = _find(outside, arm_type) if outside else None
    second = _find(inside[0].strip(), arm_type) if inside[0].strip() else None
    if first is None or (first[2] == "BARE" and not first[0].endswith(_SHOT)):
        return second or first
    if second is None or second[2] in {"BARE", "METRIC_UNLISTED"}:
        return first
    return _agree(first, second)


def _agree(first: _Found, second: _Found) -> _Found:
    if first[1] is not Certainty.CERTAIN:
        return second
    if first[0] == second[0]:
        return first
    note = message("the text names %(calibre)s too", calibre=second[0])
    return first[0], Certainty.DOUBTFUL, "TWO_NAMES", note


def _without_load(tidy: str, arm_type: ArmType) -> _Found | None:
    rest = " ".join(_LOAD.sub(" ", tidy).strip(" ,.-").split())
    if rest == tidy or not rest:
        return None
    found = _find(rest.strip(" -"), arm_type)
    if found is None:
        return None
    return found[0], found[1], found[2], found[3] or message("a load is named beside")


def _by_metric(tidy: str) -> _Found | None:
    """Read bare dimensions; with a rim or a name beside them nothing is near."""
    match = _METRIC.fullmatch(tidy.strip(" ."))
    if match is None:
        return None
    width, length = float(match[1]), float(match[2])
    near = [
        (abs(width - one_width) * 4 + abs(length - one_length), name)
        for one_width, one_length, name in cartridges.dimensions()
        if abs(width - one_width) <= _WIDTH_SLACK
        and abs(length - one_length) <= _LENGTH_SLACK
    ]
    if near and not match[3]:
        return (
            min(near)[1],
            Certainty.LIKELY,
            "METRIC",
            message("read from the dimensions"),
        )
    name = f"{match[1]}x{match[2]}{match[3] or ''} mm"
    return (
        name,
        Certainty.LIKELY,
        "METRIC_UNLISTED",
        message("not in the table of cartridges"),
    )


def _by_slip(tidy: str) -> _Found | None:
    key = calibre_spelling.key(tidy)
    slips = 2 if len(key) >= _TWO_SLIPS else int(len(key) >= _ONE_SLIP)
    letters = sum(char.isalpha() for char in key)
    if not slips or letters < _LETTERS_AT_LEAST:
        return None
    digits = _digits(key)
    near = process.extract(
        key,
        tuple(cartridges.aliases()),
        scorer=OSA.distance,
        score_cutoff=slips,
        limit=20,
    )
    names = {
        cartridges.aliases()[alias] for alias, _, _ in near if _digits(alias) == digits
    }
    if len(names) != 1:
        return None
    name = names.pop()
    note = message("read as %(calibre)s: the spelling differs", calibre=name)
    return name, Certainty.LIKELY, "FUZZY", note


def _digits(key: str) -> str:
    return re.sub(r"[^\d.X-]", "", key)


_HANDGUNS = frozenset({ArmType.PISTOL, ArmType.REVOLVER})
_SHOT = (" gauge", " bore")
_SHOT_ON_HANDGUN = message(
    "a shotgun bore on a short arm; look whether it was miswritten"
)


def _as_written(tidy: str) -> _Found:
    if not any(char in "123456789" for char in tidy):
        return "", Certainty.NONE, "WORDS", message("the field holds words, no calibre")
    note = message("not in the table of cartridges; kept as written")
    value = f".{tidy}" if _INCHES_WITHOUT_POINT.match(tidy) else tidy
    return value, Certainty.DOUBTFUL, "AS_WRITTEN", note


def is_known(name: str) -> bool:
    """Tell whether a name is a canonical cartridge or gauge."""
    return name in cartridges.cartridges() or name.endswith((" gauge", " bore"))


def squash(text: str) -> str:
    """Give the letters and digits of a calibre, to compare with other marks."""
    return spelling.squash(calibre_spelling.tidy(text))
