"""A QR code of a record's number, as a picture that every scanner reads."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """A code as one path of dark modules, and the side of the picture."""

    # The ``d`` of an SVG path, one unit a module.
    path: str
    # With the quiet zone around it.
    side: int


def draw(text: str, error: str = "q") -> Drawn:
    """Draw a code that stays readable with a quarter of it soiled.

    Args:
        error: The level of correction; ``m`` bears less dirt and has larger modules.

    Source:
        ISO/IEC 18004, error correction levels M and Q.
    """
    code = segno.make(text, error=error, micro=False)
    dark = []
    for r, row in enumerate(code.matrix, start=QUIET):
        start = QUIET
        for value, run in groupby(row):
            wide = len(list(run))
            if value:
                dark.append(f"M{start} {r}h{wide}v1h-{wide}z")
            start += wide
    return Drawn("".join(dark), int(code.symbol_size(border=QUIET)[0]))
