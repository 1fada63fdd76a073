"""The pictures of a report, with the cells to be drawn over them."""

import base64
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from armstrace.analysis.ballistics import outlines, pictures
from armstrace.analysis.ballistics.documents import Document
from armstrace.analysis.ballistics.outlines import Outline
from armstrace.analysis.ballistics.pictures import Pose, View
from armstrace.analysis.ballistics.preparation import Mark
from armstrace.vocabulary.messages import Message, message


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a report, PNG, all in the frame of the first mark."""

    first: bytes
    second: bytes
    overlay: bytes
    difference: bytes
    half_um: float


def pictures_of(first: Mark, second: Mark, report: Document) -> Pictures:
    """Draw both marks, aligned as the report says."""
    one, two, half_um = views(first, second, report["comparison"]["first_in_second"])
    steepness = pictures.steepness_of(one)
    return Pictures(
        pictures.relief(one, steepness=steepness),
        pictures.relief(two, steepness=steepness),
        pictures.overlay(one, two),
        pictures.difference(one, two),
        half_um,
    )


def views(
    first: Mark, second: Mark, way: Mapping[str, Any]
) -> tuple[View, View, float]:
    """See both marks in the frame of the first, and give half its side, um.

    Args:
        way: How the first was found in the second, as ``documents.direction`` writes.
    """
    half = half_px(way, first.pixel_m)
    pose = Pose(way["turn_deg"], (way["shift_y_um"] * 1e-6, way["shift_x_um"] * 1e-6))
    return (
        pictures.view_of_mark(first, half_px=half),
        pictures.view_of_mark(second, pose=pose, half_px=half),
        half * first.pixel_m * 1e6,
    )


def half_px(direction: Mapping[str, Any], pixel_m: float) -> int:
    """Give half the side of a picture that holds all cells with a margin, pixels."""
    reach_um = outlines.farthest_um(direction) + float(direction["cell_um"]) / 2
    return math.ceil(reach_um * 1e-6 / pixel_m)


def shown(
    found: Mapping[str, Any], drawn: Pictures
) -> list[tuple[Message, str, tuple[Outline, ...]]]:
    """Give the four pictures: a caption, the picture, the cells drawn over it."""
    way = found["first_in_second"]
    every = (
        (message("First mark with its cells"), drawn.first, outlines.sought(way)),
        (
            message("Second mark, aligned, with the cells as found"),
            drawn.second,
            outlines.found(way),
        ),
        (
            message("Both: blue where the first is higher, orange the second"),
            drawn.overlay,
            (),
        ),
        (
            message("Difference, both marks in standard deviations"),
            drawn.difference,
            (),
        ),
    )
    return [
        (caption, f"data:image/png;base64,{base64.b64encode(png).decode()}", cells)
        for caption, png, cells in every
    ]
