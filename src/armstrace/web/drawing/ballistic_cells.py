"""Cells of a comparison over the picture of a mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from armstrace.analysis.ballistics.outlines import Outline

SIDE_PX = 560.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as drawn, in pixels of the picture."""

    outline: Outline
    points: str
    middle: tuple[float, float]
    words: str


@dataclass(frozen=True, slots=True)
class CellDrawing:
    """All cells; those that agree are drawn last, so that they lie on top."""

    side: float
    cells: tuple[Cell, ...]


def draw(outlines: Sequence[Outline], *, half_um: float) -> CellDrawing:
    """Place cells over a picture.

    Args:
        outlines: The cells, from the middle of the picture, um.
    """
    per_um = SIDE_PX / (2 * half_um)
    ordered = sorted(outlines, key=lambda one: one.is_congruent)
    return CellDrawing(SIDE_PX, tuple(_cell(one, per_um) for one in ordered))


def _cell(one: Outline, per_um: float) -> Cell:
    def place(value_um: float) -> float:
        return round(value_um * per_um + SIDE_PX / 2, 1)

    x, y = (place(value) for value in one.middle_um)
    points = " ".join(f"{place(a)},{place(b)}" for a, b in one.corners_um)
    return Cell(one, points, (x, y), words(one))


def words(one: Outline) -> str:
    """Say a cell's numbers in one line."""
    sentence = (
        gettext("Cell %(number)s, congruent: r %(r)s, %(angle)s°, %(x)s µm, %(y)s µm")
        if one.is_congruent
        else gettext("Cell %(number)s, other: r %(r)s, %(angle)s°, %(x)s µm, %(y)s µm")
    )
    return sentence % {
        "number": one.number,
        "r": f"{one.correlation:.2f}",
        "angle": f"{one.angle_deg:g}",
        "x": f"{one.moved_um[0]:.0f}",
        "y": f"{one.moved_um[1]:.0f}",
    }
