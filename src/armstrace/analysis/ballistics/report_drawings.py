"""The pictures of a report, with the cells drawn over them."""

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from armstrace.analysis.ballistics import outlines, pictures
from armstrace.analysis.ballistics.documents import Document
from armstrace.analysis.ballistics.outlines import Outline
from armstrace.analysis.ballistics.pictures import Pose
from armstrace.analysis.ballistics.preparation import Mark
from armstrace.analysis.ballistics.report_words import Words
from armstrace.vocabulary.messages import message


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a report, PNG, all in the frame of the first mark."""

    first: bytes
    second: bytes
    overlay: bytes
    difference: bytes
    half_um: float


def pictures_of(first: Mark, second: Mark, report: Document) -> Pictures:
    """Draw both marks, aligned as the report says.

    Args:
        report: As ``reports.document`` makes it.
    """
    way = report["comparison"]["first_in_second"]
    shift_m = (way["shift_y_um"] * 1e-6, way["shift_x_um"] * 1e-6)
    half = half_px(way, first.pixel_m)
    one = pictures.view_of_mark(first, half_px=half)
    two = pictures.view_of_mark(
        second, pose=Pose(way["turn_deg"], shift_m), half_px=half
    )
    steepness = pictures.steepness_of(one)
    return Pictures(
        pictures.relief(one, steepness=steepness),
        pictures.relief(two, steepness=steepness),
        pictures.overlay(one, two),
        pictures.difference(one, two),
        half * first.pixel_m * 1e6,
    )


def half_px(direction: Mapping[str, Any], pixel_m: float) -> int:
    """Give half the side of a picture that holds all cells with a margin, pixels."""
    reach_um = outlines.farthest_um(direction) + float(direction["cell_um"]) / 2
    return math.ceil(reach_um * 1e-6 / pixel_m)


def figures(found: Mapping[str, Any], drawn: Pictures, words: Words) -> str:
    """Print the four pictures, the cells over both marks."""
    way, half = found["first_in_second"], drawn.half_um
    shown = (
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
    parts = [
        f"<figure>{_svg(png, half, cells)}<figcaption>{words.say(caption)}"
        "</figcaption></figure>"
        for caption, png, cells in shown
    ]
    pairs = f'<div class="pair">{"".join(parts[:2])}</div>'
    pairs += f'<div class="pair">{"".join(parts[2:])}</div>'
    key = message("Thick green: congruent; thin dashed red: not. Hatched: no data.")
    return f"{words.heading(message('The marks'))}{pairs}<p>{words.say(key)}</p>"


def _svg(png: bytes, half_um: float, cells: Sequence[Outline]) -> str:
    side = 2 * half_um
    address = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    box = f"{-half_um:g} {-half_um:g} {side:g} {side:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><image '
        f'href="{address}" x="{-half_um:g}" y="{-half_um:g}" width="{side:g}" '
        f'height="{side:g}"/>{"".join(map(_polygon, cells))}</svg>'
    )


def _polygon(cell: Outline) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in cell.corners_um)
    x, y = cell.middle_um
    look = (
        'stroke="#0a7a3c" stroke-width="26"'
        if cell.is_congruent
        else 'stroke="#c02a10" stroke-width="10" stroke-dasharray="40 30"'
    )
    return (
        f'<polygon points="{points}" fill="none" {look}/><text x="{x:g}" y="{y:g}" '
        'font-size="140" font-family="DejaVu Sans" text-anchor="middle" '
        f'stroke="#fff" stroke-width="30" paint-order="stroke">{cell.number}</text>'
        f'<text x="{x:g}" y="{y:g}" font-size="140" font-family="DejaVu Sans" '
        f'text-anchor="middle">{cell.number}</text>'
    )
