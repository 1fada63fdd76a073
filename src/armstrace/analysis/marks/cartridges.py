"""The table of cartridges, by name, by other names, by dimensions and by bore.

Source:
    C.I.P. and SAAMI names; habit.
"""

import re
from dataclasses import dataclass

from armstrace.analysis.marks import calibre_spelling, tables
from armstrace.vocabulary.arms import ArmType

GAUGES = tuple(f"{number} gauge" for number in (4, 8, 10, 12, 14, 16, 20, 24, 28, 32))
OLD_GAUGES = ("40 gauge", "67 gauge")
BORE_410 = ".410 bore"
WIDTH_SLACK = 0.13
LENGTH_SLACK = 0.6

_INCHES = re.compile(r"\.\d+")
_MILLIMETRES = re.compile(r"(\d+(?:\.\d+)?)(?:x[\d.]+[A-Z]*)? mm")
_DIMENSIONS = re.compile(r"(\d+(?:\.\d+)?)X(\d+(?:\.\d+)?)(?:[IJ]?R?S?|SR|RB|T|B)")


@dataclass(frozen=True, slots=True)
class Cartridge:
    """A line of the table of cartridges."""

    # Canonical name.
    name: str
    # Bullet and case in millimetres, as ``9x19``; may be empty.
    metric: str
    kinds: tuple[ArmType, ...]


@tables.remember_results(1)
def cartridges() -> dict[str, Cartridge]:
    """Give every cartridge by its canonical name."""
    return {
        row["name"]: Cartridge(
            row["name"],
            row["metric"],
            tuple(ArmType(kind) for kind in tables.several(row["kinds"])),
        )
        for row in tables.rows("calibres.tsv")
    }


@tables.remember_results(1)
def aliases() -> dict[str, str]:
    """Give canonical names by the keys of all their names."""
    found: dict[str, str] = {}
    for row in tables.rows("calibres.tsv"):
        names = (row["name"], row["metric"], *tables.several(row["aliases"]))
        for name in names:
            found.setdefault(calibre_spelling.key(name), row["name"])
    found.pop("", None)
    return _without_points(found)


def _without_points(found: dict[str, str]) -> dict[str, str]:
    """Add dimensions as they are typed without the point: 762X39, 556X45."""
    squeezed: dict[str, set[str]] = {}
    for key, name in found.items():
        if "." in key and _DIMENSIONS.fullmatch(key):
            squeezed.setdefault(key.replace(".", ""), set()).add(name)
    for key, names in squeezed.items():
        if len(names) == 1 and key not in found:
            found[key] = names.pop()
    return found


@tables.remember_results(1)
def dimensions_without_sign() -> dict[str, str]:
    """Give cartridges and gauges by dimensions without any sign: 919, 76239, 1270."""
    found: dict[str, set[str]] = {}
    for cartridge in cartridges().values():
        bullet, _, case = cartridge.metric.partition("x")
        key = bullet.replace(".", "") + case.rstrip("SRB").replace(".", "")
        if case and len(key) >= _SHORTEST_GLUED:
            found.setdefault(key, set()).add(cartridge.name)
    for gauge in ("12", "16", "20", "24", "28", "32"):
        for chamber in ("65", "70", "76", "89"):
            found.setdefault(gauge + chamber, set()).add(f"{gauge} gauge")
    known = aliases()
    return {
        key: names.pop()
        for key, names in found.items()
        if len(names) == 1 and key not in known
    }


_SHORTEST_GLUED = 3


@tables.remember_results(1)
def dimensions() -> tuple[tuple[float, float, str], ...]:
    """Give width and length in millimetres with the canonical name."""
    lines = []
    for key, name in aliases().items():
        match = _DIMENSIONS.fullmatch(key)
        if match and float(match[1]) < _WIDEST:
            lines.append((float(match[1]), float(match[2]), name))
    return tuple(lines)


_WIDEST = 60


@tables.remember_results(1)
def bores() -> frozenset[str]:
    """Give the names of bores: what a calibre says that names no cartridge.

    Returns:
        ``.38`` and ``9 mm`` and the like, of every cartridge of the table and of
        the list of bores.
    """
    listed = {row["name"] for row in tables.rows("bores.tsv")}
    return frozenset(listed.union(*map(_bores_of, cartridges().values())))


def _bores_of(cartridge: Cartridge) -> set[str]:
    inches = _INCHES.match(cartridge.name)
    millimetres = _MILLIMETRES.match(cartridge.name)
    width = cartridge.metric.partition("x")[0]
    found = {inches[0]} if inches else set()
    found |= {f"{millimetres[1]} mm"} if millimetres else set()
    return found | ({f"{width} mm"} if width else set())


def is_of_bore(name: str, bore: str) -> bool:
    """Tell whether a cartridge may be what a bore alone was written for.

    Args:
        name: Canonical name of a cartridge.
        bore: A bore, such as ``9 mm`` or ``.38``.
    """
    cartridge = cartridges().get(name)
    if cartridge is None:
        return name == bore
    if bore in _bores_of(cartridge):
        return True
    width = cartridge.metric.partition("x")[0]
    is_metric = bore.endswith(" mm") and bool(width)
    return is_metric and abs(float(width) - float(bore[:-3])) <= WIDTH_SLACK


def has_dimensions(name: str, other: str) -> bool:
    """Tell whether two names of the table stand for about the same dimensions."""
    first, second = (cartridges().get(each) for each in (name, other))
    if first is None or second is None:
        return False
    sizes = [_DIMENSIONS.match(each.metric.upper()) for each in (first, second)]
    if sizes[0] is None or sizes[1] is None:
        return False
    (width, length), (width_2, length_2) = (
        (float(size[1]), float(size[2])) for size in sizes if size
    )
    return (
        abs(width - width_2) <= WIDTH_SLACK and abs(length - length_2) <= LENGTH_SLACK
    )


@tables.remember_results(1)
def also_fired() -> frozenset[tuple[str, str]]:
    """Give pairs: an arm for the first takes the second cartridge too."""
    return frozenset(
        (row["cartridge"], other)
        for row in tables.rows("chambers.tsv")
        for other in tables.several(row["takes"])
    )


@tables.remember_results(1)
def vocabulary() -> frozenset[str]:
    """Give every canonical value of a calibre: cartridges, gauges and bores."""
    gauges = {*GAUGES, *OLD_GAUGES, BORE_410}
    return frozenset(cartridges()) | bores() | gauges
