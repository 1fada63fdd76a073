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
    calibre_dates,
    calibre_forms,
    calibre_numbers,
    calibre_scan,
    calibre_spelling,
    cartridges,
    readings,
    tables,
    unknown_words,
)
from armstrace.analysis.marks.bare_calibres import Found
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import message

_DESCRIBED = re.compile(r"[,;/]|\betc\b")
_ONE_SLIP = 6
_LETTERS_AT_LEAST = 5
_TWO_SLIPS = 11
_DOUBLED = re.compile(r"\.?(\d\d\d?)(?:\.|\s?/\s?)?\1")


@tables.remember_results(65536)
def read_calibre(text: str, arm_type: ArmType = ArmType.UNKNOWN) -> readings.Reading:
    """Read a calibre or gauge.

    Args:
        text: The field as written; numbers and dates as spreadsheets write them
            (``7.62``, ``12.0``, ``1970-12-01``) and numbers in words are understood.
        arm_type: Kind of arm, which decides what a bare number means.

    Returns:
        A name of ``vocabulary``: a cartridge, a gauge, or a bore (``.38``) where
        nothing decides on a cartridge; empty where the text holds none of them.
        A calibre that no such arm has is doubtful.
    """
    tidy = calibre_spelling.tidy(text)
    if not tidy.strip(" .-"):
        return readings.not_stated("calibre", text)
    if unknown_words.meaning(text):
        note = message("said to be not known, none or another")
        return readings.unread("calibre", text, "UNKNOWN_WORD", note)
    found = _by_code(tidy) or _read(text, tidy, arm_type) or _not_read(tidy)
    value, certainty, rule, note = _of_such_an_arm(found, arm_type)
    return readings.Reading("calibre", text, value, certainty, rule, note)


def _read(text: str, tidy: str, arm_type: ArmType) -> Found | None:
    glued = _read_glued(tidy)
    if glued and not _bare(tidy, arm_type):
        return glued
    typed = calibre_dates.candidates(text)
    if typed:
        return _of_date(typed, arm_type)
    if not any(map(str.isdigit, tidy)):
        tidy = calibre_numbers.figures(tidy) or tidy
    return _find(tidy, arm_type)


def _of_date(typed: tuple[str, ...], arm_type: ArmType) -> Found | None:
    """Read what a spreadsheet made a date of; names and gauges go first."""
    ways = [calibre_spelling.tidy(each) for each in typed]
    found = next(filter(None, map(calibre_forms.read, ways)), None)
    found = found or next(filter(None, (_bare(way, arm_type) for way in ways)), None)
    if found is None:
        return None
    note = message("a spreadsheet had made a date of it")
    return found[0], Certainty.LIKELY, found[2], found[3] or note


def _find(tidy: str, arm_type: ArmType) -> Found | None:
    return (
        _bare(tidy, arm_type)
        or calibre_forms.read(tidy)
        or _read_doubled(tidy, arm_type)
        or calibre_scan.read(tidy, arm_type)
        or _by_slip(tidy)
    )


def _bare(tidy: str, arm_type: ArmType) -> Found | None:
    match = bare_calibres.PATTERN.match(tidy)
    if match is None:
        return None
    return _two_numbers(tidy) or bare_calibres.read(match, arm_type)


def _two_numbers(tidy: str) -> Found | None:
    found = calibre_forms.read(tidy) if "." in tidy.strip(".") else None
    return found if found and "-" in found[0] else None


def _read_glued(tidy: str) -> Found | None:
    """Read "919" and "7.6239": dimensions whose sign was left out."""
    key = tidy.removesuffix(" MM").replace(".", "", 1)
    name = cartridges.dimensions_without_sign().get(key) if key.isdecimal() else None
    if name is None:
        return None
    note = message("the sign between bullet and case is left out")
    return name, Certainty.LIKELY, "GLUED", note


def _read_doubled(tidy: str, arm_type: ArmType) -> Found | None:
    """Read "38.38" and "380380": one number typed twice."""
    match = _DOUBLED.fullmatch(tidy)
    if match is None:
        return None
    once = _bare(f".{match[1]}" if tidy[0] == "." else match[1], arm_type)
    if once is None:
        return None
    note = message("the number stands twice")
    return once[0], Certainty.LIKELY, once[2], once[3] or note


def _by_code(tidy: str) -> Found | None:
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


def _by_slip(tidy: str) -> Found | None:
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
_OF_BOTH = "32 gauge"
_SHORT = frozenset({ArmType.PISTOL, ArmType.REVOLVER, ArmType.SUBMACHINE_GUN})
_LONG = frozenset(
    {
        ArmType.RIFLE,
        ArmType.CARBINE,
        ArmType.SUBMACHINE_GUN,
        ArmType.MACHINE_GUN,
        ArmType.LIGHT_WEAPON,
    }
)
_KIN = {
    ArmType.PISTOL: _SHORT | {ArmType.CARBINE},
    ArmType.REVOLVER: _SHORT | {ArmType.CARBINE},
    ArmType.SUBMACHINE_GUN: _SHORT | _LONG,
    ArmType.MACHINE_GUN: _SHORT | _LONG,
    ArmType.RIFLE: _LONG | {ArmType.REVOLVER},
    ArmType.CARBINE: _SHORT | _LONG,
    ArmType.LIGHT_WEAPON: _LONG,
}
_OF_ANOTHER_ARM = message("no such arm is made for this calibre; look at both")


def _of_such_an_arm(found: Found, arm_type: ArmType) -> Found:
    """Doubt a calibre that no arm of this kind has.

    A number that is a gauge and a calibre in inches too is the latter on a
    handgun: "32/63.5" on a revolver is .32.
    """
    name, _, rule, _ = found
    if name.endswith(_SHOT):
        return _gauge_on(found, arm_type)
    cartridge = cartridges.cartridges().get(name)
    kin = _KIN.get(arm_type)
    if cartridge is None or kin is None or not cartridge.kinds:
        return found
    if kin.isdisjoint(cartridge.kinds):
        return name, Certainty.DOUBTFUL, rule, _OF_ANOTHER_ARM
    return found


def _gauge_on(found: Found, arm_type: ArmType) -> Found:
    name, _, rule, _ = found
    if arm_type in _HANDGUNS:
        inches = _bare(".32", arm_type) if name == _OF_BOTH else None
        if inches is None:
            return name, Certainty.DOUBTFUL, rule, _SHOT_ON_HANDGUN
        note = message("a gauge on a short arm, read as %(calibre)s", calibre=inches[0])
        return inches[0], Certainty.LIKELY, "ARM_TYPE", note
    if arm_type in _KIN and arm_type is not ArmType.LIGHT_WEAPON:
        return name, Certainty.DOUBTFUL, rule, _OF_ANOTHER_ARM
    return found


def _not_read(tidy: str) -> Found:
    if not any(char in "123456789" for char in tidy):
        return "", Certainty.NONE, "WORDS", message("the field holds words, no calibre")
    note = message("not in the table of cartridges; kept as written")
    return "", Certainty.NONE, "AS_WRITTEN", note


def is_known(name: str) -> bool:
    """Tell whether a name is a canonical cartridge or gauge."""
    return name in cartridges.cartridges() or name.endswith(_SHOT)
