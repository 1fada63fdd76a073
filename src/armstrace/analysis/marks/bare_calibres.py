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
_SHOTGUN_ONLY = frozenset({32, 36, 67, 410})
_SHOTGUN_BORES = frozenset({12, 16, 20, 24, 28, 32, 36})
_WITHOUT_POINT = frozenset({545, 556, 762, 763, 765, 635, 792})
_HUNDREDTHS = 100
_TEN = 10
_INCH_FROM = 15
_MILLIMETRES_FROM = 4
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

type Found = tuple[str, Certainty, str, Message]


def read(match: re.Match[str], arm_type: ArmType) -> Found | None:
    """Give name, certainty, rule and note for a bare number.

    Args:
        match: What ``PATTERN`` found in the field.
        arm_type: Kind of arm.

    Returns:
        A cartridge where the kind of arm decides, else the number as it was
        meant; None for nought.
    """
    if not float(match[2]):
        return None
    written, note = _written(match, arm_type)
    decided = _decisions().get((written, arm_type)) or _decisions().get((written, None))
    if decided:
        certainty = Certainty.LIKELY if decided[1] or note else Certainty.CERTAIN
        return decided[0], certainty, "ARM_TYPE", decided[1] or note
    name = cartridges.aliases().get(calibre_spelling.key(written))
    if name and not written.endswith("gauge"):
        return name, Certainty.LIKELY if note else Certainty.CERTAIN, "ALIAS", note
    is_gauge = written.endswith("gauge") and not note
    certainty = Certainty.CERTAIN if is_gauge else Certainty.LIKELY
    return written, certainty, "BARE", note


def gauge_name(number: str) -> str:
    """Give the canonical name of a shotgun's bore."""
    return ".410 bore" if number in {"36", "410"} else f"{number} gauge"


def _written(match: re.Match[str], arm_type: ArmType) -> tuple[str, Message]:
    """Write a bare number as it was meant: ``.38``, ``9 mm``, ``12 gauge``."""
    point, digits, millimetres = match.groups()
    has_fraction = "." in digits and not digits.endswith(".0")
    if millimetres and not has_fraction:
        other = _not_millimetres(int(float(digits)), arm_type, point)
        if other:
            return other, message("millimetres are written, which cannot be meant")
    if millimetres or has_fraction:
        return f"{float(digits):g} mm", NOTHING
    if point:
        return f".{digits.removesuffix('.0')}", NOTHING
    return _whole(int(float(digits)), arm_type), NOTHING


def _whole(number: int, arm_type: ArmType) -> str:
    if _is_gauge(number, arm_type):
        return gauge_name(str(number))
    if number in _WITHOUT_POINT:
        return f"{number / _HUNDREDTHS:g} mm"
    in_millimetres = _MILLIMETRES_FROM <= number < _INCH_FROM
    return f"{number} mm" if in_millimetres else f".{number}"


def _not_millimetres(number: int, arm_type: ArmType, point: str | None) -> str:
    """Give what was meant by ".40 MM", or by "12 MM" on a shotgun."""
    if arm_type is ArmType.SHOTGUN and number in _SHOTGUN_BORES:
        return gauge_name(str(number))
    if number >= _INCH_FROM and (point or arm_type in _SMALL_ARMS):
        return f".{number}"
    return ""


def _is_gauge(number: int, arm_type: ArmType) -> bool:
    if number == _TEN:
        return arm_type not in _NOT_SHOTGUNS
    is_shared = number in _SHOTGUN_ONLY and arm_type not in _NOT_SHOTGUNS
    return number in _GAUGES or is_shared


@tables.remembered(1)
def _decisions() -> dict[tuple[str, ArmType | None], tuple[str, Message]]:
    decided: dict[tuple[str, ArmType | None], tuple[str, Message]] = {}
    for row in tables.rows("bare_calibres.tsv"):
        for kind in tables.several(row["type"]):
            arm_type = None if kind == "*" else ArmType(kind)
            decided[row["written"], arm_type] = (row["calibre"], Message(row["note"]))
    return decided
