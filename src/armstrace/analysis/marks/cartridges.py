"""The table of cartridges, by name, by other names and by dimensions.

Source:
    C.I.P. and SAAMI names; habit.
"""

import re
from dataclasses import dataclass

from armstrace.analysis.marks import calibre_spelling, tables
from armstrace.vocabulary.arms import ArmType


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


@tables.remembered(1)
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


@tables.remembered(1)
def aliases() -> dict[str, str]:
    """Give canonical names by the keys of all their names."""
    found: dict[str, str] = {}
    for row in tables.rows("calibres.tsv"):
        names = (row["name"], row["metric"], *tables.several(row["aliases"]))
        for name in names:
            found.setdefault(calibre_spelling.key(name), row["name"])
    found.pop("", None)
    return found


@tables.remembered(1)
def dimensions() -> tuple[tuple[float, float, str], ...]:
    """Give width and length in millimetres with the canonical name."""
    lines = []
    for key, name in aliases().items():
        match = re.match(r"(\d+(?:\.\d+)?)X(\d+(?:\.\d+)?)(?:[A-Z]*)\Z", key)
        if match:
            lines.append((float(match[1]), float(match[2]), name))
    return tuple(lines)
