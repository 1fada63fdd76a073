"""Prepared marks as bytes: small, quick to read, and made anew at will.

Heights are whole thousandths of a standard deviation (int16); what was not measured
is a value of its own. Galleries search the cells; comparisons that are kept start
from the scan, so packing never enters their numbers.
"""

import struct

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics.cells import Cells
from armstrace.analysis.ballistics.gallery import Entry
from armstrace.analysis.ballistics.preparation import Image, Mark
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

STEPS = 1000.0
NOT_MEASURED = -32768
ROUNDED_APART = 2  # steps
FEW_APART = 0.001  # of all values

_IMAGE = struct.Struct("<4sIddd")
_CELLS = struct.Struct("<4sIId")


def pack_image(mark: Mark) -> bytes:
    """Pack a mark: about two bytes a pixel."""
    head = _IMAGE.pack(b"MRK1", len(mark.heights), mark.pixel_m, mark.sd_m, mark.cell_m)
    return head + _steps(mark.heights, mark.weight).tobytes()


def image_of(packed: bytes) -> Mark:
    """Read a packed mark.

    Raises:
        InvalidInput: The bytes are no packed mark.
    """
    tag, side, pixel_m, sd_m, cell_m = _IMAGE.unpack_from(packed)
    if tag != b"MRK1":
        raise InvalidInput(
            message("A prepared mark cannot be read; prepare the marks again.")
        )
    steps = np.frombuffer(packed, "<i2", offset=_IMAGE.size).reshape(side, side)
    heights, weight = _heights(steps)
    return Mark(heights, weight, pixel_m, sd_m, cell_m)


def pack_cells(entry: Entry) -> bytes:
    """Pack an entry of a gallery: about 180 bytes a cell at 50 um."""
    cells = entry.cells
    head = _CELLS.pack(b"CEL1", len(cells), cells.side, cells.pixel_m)
    places = cells.places.astype("<i2").tobytes()
    return head + places + _steps(cells.heights, cells.weight).tobytes()


def entry_of(name: str, packed: bytes) -> Entry:
    """Read a packed entry under a name.

    Raises:
        InvalidInput: The bytes are no packed entry.
    """
    tag, count, side, pixel_m = _CELLS.unpack_from(packed)
    if tag != b"CEL1":
        raise InvalidInput(
            message("A prepared mark cannot be read; prepare the marks again.")
        )
    values = np.frombuffer(packed, "<i2", offset=_CELLS.size)
    places = values[: 2 * count].reshape(count, 2).astype(np.int64)
    heights, weight = _heights(values[2 * count :].reshape(count, side, side))
    return Entry(name, Cells(heights, weight, pixel_m, places, side))


def agree(one: bytes, other: bytes) -> bool:
    """Tell whether two packings are of one mark; numerics may round a few apart."""
    if len(one) != len(other) or one[:4] != other[:4]:
        return False
    head = _IMAGE if one[:4] == b"MRK1" else _CELLS
    first, second = (head.unpack_from(each)[1:] for each in (one, other))
    values = [
        np.frombuffer(each, "<i2", offset=head.size).astype(np.int64)
        for each in (one, other)
    ]
    apart = np.abs(values[0] - values[1]) > ROUNDED_APART
    is_sized = np.allclose(first, second, rtol=1e-6, atol=0)
    return bool(is_sized and apart.mean() <= FEW_APART)


def _steps(heights: Image, weight: Image) -> NDArray[np.int16]:
    steps = np.clip(np.rint(heights * STEPS), NOT_MEASURED + 1, 32767)
    return np.where(weight > 0, steps, NOT_MEASURED).astype("<i2")


def _heights(steps: NDArray[np.int16]) -> tuple[Image, Image]:
    is_measured = steps != NOT_MEASURED
    heights = np.where(is_measured, steps, 0).astype(np.float32) / np.float32(STEPS)
    return heights, is_measured.astype(np.float32)
