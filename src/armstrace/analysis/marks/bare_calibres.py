"""Read a calibre that is a bare number: the kind of arm decides, or nobody.

Source:
    Mark taxonomy: a bare number is not guessed into a cartridge unless the kind
    of arm decides.
"""

import re

from armstrace.analysis.marks import calibre_spelling, cartridges, tables
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, Message, message

PATTERN = re.compile(r"(\.|0\.)?(\d+(?:\.\d+)?)\s*(MM)?\.?\Z")

_GAUGES = frozenset({4, 8, 10, 12, 14, 16, 20, 24, 28})
_SHOTGUN_ONLY = frozenset({32, 36, 40, 67, 410})
_SHOTGUN_BORES = frozenset({12, 16, 20, 24, 28, 32, 36})
_WITHOUT_POINT = frozenset({545, 556, 762, 763, 765, 635, 792, 1143, 1125, 127, 145})
_TEN = 10
_INCH_FROM = 15
_MILLIMETRES_FROM = 4
_LONG_INCHES = 3
_INCHES = (2, _LONG_INCHES)
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
_SMALL_ARMS = _NOT_SHOTGUNS - {ArmType.MACHINE_GUN}
_POINT_MOVED = message("the point is read where such a calibre has it")

type Found = tuple[str, Certainty, str, Message]


def read(match: re.Match[str], arm_type: ArmType) -> Found | None:
    """Give name, certainty, rule and note for a bare number.

    Args:
        match: What ``PATTERN`` found in the field.

    Returns:
        A cartridge where the kind of arm decides, else the bore as it was meant;
        None where no arm has such a bore.
    """
    written, note = _written(match, arm_type)
    decided = _decisions().get((written, arm_type)) or _decisions().get((written, None))
    if decided:
        certainty = Certainty.LIKELY if decided[1] or note else Certainty.CERTAIN
        return decided[0], certainty, "ARM_TYPE", decided[1] or note
    name = cartridges.aliases().get(calibre_spelling.key(written))
    is_whole = written.endswith(" mm") and "." not in written
    if name and not written.endswith("gauge") and not is_whole:
        return name, Certainty.LIKELY if note else Certainty.CERTAIN, "ALIAS", note
    if written not in cartridges.vocabulary():
        return None
    is_gauge = written.endswith("gauge") and not note
    certainty = Certainty.CERTAIN if is_gauge else Certainty.LIKELY
    return written, certainty, "BARE", note


def bore(match: re.Match[str], arm_type: ArmType) -> str:
    """Give the bore that a bare number names: ``.38``, ``9 mm``, ``12 gauge``."""
    return _written(match, arm_type)[0]


def gauge_name(number: str) -> str:
    """Give the canonical name of a shotgun's bore."""
    return cartridges.BORE_410 if number in {"36", "410"} else f"{number} gauge"


def _written(match: re.Match[str], arm_type: ArmType) -> tuple[str, Message]:
    """Write a bare number as it was meant: ``.38``, ``9 mm``, ``12 gauge``."""
    point, digits, millimetres = match.groups()
    has_fraction = "." in digits and digits.rstrip("0")[-1] != "."
    if point:
        return _of_inches(digits, arm_type, is_metric=bool(millimetres))
    if has_fraction:
        return _with_fraction(digits, is_metric=bool(millimetres))
    number = int(float(digits))
    if millimetres:
        return _of_millimetres(number, arm_type)
    return _whole(number, arm_type), NOTHING


def _of_inches(
    digits: str, arm_type: ArmType, *, is_metric: bool
) -> tuple[str, Message]:
    """Write hundredths of an inch; a spreadsheet drops the nought of .40."""
    plain = digits.partition(".")[0]
    number = plain + "0" if len(plain) == 1 and not is_metric else plain
    if is_metric and f".{plain}" not in cartridges.bores():
        return _of_millimetres(int(plain), arm_type)
    if int(plain) in _WITHOUT_POINT and len(plain) == _LONG_INCHES:
        return _metric(int(plain)), _POINT_MOVED
    return f".{number}", _NOT_MILLIMETRES if is_metric else NOTHING


def _with_fraction(digits: str, *, is_metric: bool) -> tuple[str, Message]:
    """Write millimetres; a point that no bore has is moved to where one has it."""
    written = f"{float(digits):g} mm"
    if is_metric or written in cartridges.bores():
        return written, NOTHING
    plain = digits.replace(".", "")
    if int(plain) in _WITHOUT_POINT:
        return _metric(int(plain)), _POINT_MOVED
    moved = f".{plain}"
    if len(plain) in _INCHES and moved in cartridges.bores():
        return moved, _POINT_MOVED
    return written, NOTHING


def _of_millimetres(number: int, arm_type: ArmType) -> tuple[str, Message]:
    other = _not_millimetres(number, arm_type)
    return (other, _NOT_MILLIMETRES) if other else (f"{number} mm", NOTHING)


_NOT_MILLIMETRES = message("millimetres are written, which cannot be meant")


def _metric(number: int) -> str:
    return f"{number / (100 if number > _FROM_HUNDREDTHS else _TEN):g} mm"


_FROM_HUNDREDTHS = 200


def _whole(number: int, arm_type: ArmType) -> str:
    if _is_gauge(number, arm_type):
        return gauge_name(str(number))
    if number in _WITHOUT_POINT:
        return _metric(number)
    if arm_type is ArmType.LIGHT_WEAPON and f"{number} mm" in cartridges.bores():
        return f"{number} mm"
    in_millimetres = _MILLIMETRES_FROM <= number < _INCH_FROM
    return f"{number} mm" if in_millimetres else f".{number}"


def _not_millimetres(number: int, arm_type: ArmType) -> str:
    """Give what was meant by "40 MM" on a pistol, or by "12 MM" on a shotgun."""
    if arm_type is ArmType.SHOTGUN and number in _SHOTGUN_BORES:
        return gauge_name(str(number))
    if number in _WITHOUT_POINT:
        return _metric(number)
    if number >= _INCH_FROM and arm_type is not ArmType.LIGHT_WEAPON:
        is_inches = f".{number}" in cartridges.bores()
        is_meant = arm_type in _SMALL_ARMS or f"{number} mm" not in cartridges.bores()
        return f".{number}" if is_inches and is_meant else ""
    return ""


def _is_gauge(number: int, arm_type: ArmType) -> bool:
    if arm_type is ArmType.LIGHT_WEAPON:
        return False
    if number == _TEN:
        return arm_type not in _NOT_SHOTGUNS
    if number == _FORTY:
        return arm_type is ArmType.SHOTGUN
    is_shared = number in _SHOTGUN_ONLY and arm_type not in _NOT_SHOTGUNS
    return number in _GAUGES or is_shared


_FORTY = 40


@tables.remember_results(1)
def _decisions() -> dict[tuple[str, ArmType | None], tuple[str, Message]]:
    decided: dict[tuple[str, ArmType | None], tuple[str, Message]] = {}
    for row in tables.rows("bare_calibres.tsv"):
        for kind in tables.several(row["type"]):
            arm_type = None if kind == "*" else ArmType(kind)
            decided[row["written"], arm_type] = (row["calibre"], Message(row["note"]))
    return decided
