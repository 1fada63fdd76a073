"""The heights of an X3P file, from its binary part or from its inline list."""

import hashlib
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics.surfaces import Heights
from armstrace.analysis.ballistics.x3p.container import Container
from armstrace.analysis.ballistics.x3p.description import Description
from armstrace.vocabulary.ballistics import ChecksumState
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
MOST_POINTS = 20_000_000
LINK = "Record3/DataLink/PointDataLink"
SUM = "Record3/DataLink/MD5ChecksumPointData"
VALID_LINK = "Record3/DataLink/ValidPointsLink"
VALID_SUM = "Record3/DataLink/MD5ChecksumValidPoints"

_TYPES = {"I": "<i2", "L": "<i4", "F": "<f4", "D": "<f8"}


@dataclass(frozen=True, slots=True)
class Layout:
    """How the points lie in the file."""

    # Points along x, which runs fastest.
    columns: int
    rows: int
    # I int16, L int32, F float32, D float64; little-endian.
    data_type: str
    # Height of one step of an integer, in the file's unit.
    increment: float
    # Height of integer zero, in the file's unit.
    offset: float

    @property
    def points(self) -> int:
        return self.columns * self.rows

    @property
    def is_integer(self) -> bool:
        return self.data_type in ("I", "L")


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Heights as read, and what the checksums said."""

    # (rows, columns) float64 in the file's unit; NaN where no data.
    heights: Heights
    points_sum: ChecksumState
    valid_sum: ChecksumState


def layout_of(description: Description) -> Layout:
    """Read how the points lie.

    Raises:
        InvalidInput: Sizes or type are missing, too large, or not a surface's.
    """
    name = description.name
    sizes = [description.whole(f"Record3/MatrixDimension/Size{a}") for a in "XYZ"]
    columns, rows, layers = sizes
    if layers != 1:
        raise SAID.refuse("LAYERS", name=name, layers=layers)
    if columns * rows > MOST_POINTS:
        raise SAID.refuse("TOO_MANY_POINTS", name=name, most=MOST_POINTS)
    data_type = description.text("Record1/Axes/CZ/DataType").upper()
    if data_type not in _TYPES:
        raise SAID.refuse("NO_TYPE", name=name)
    increment = description.number("Record1/Axes/CZ/Increment", otherwise=1.0)
    offset = description.number("Record1/Axes/CZ/Offset", otherwise=0.0)
    return Layout(columns, rows, data_type, increment or 1.0, offset)


def read_points(
    container: Container, description: Description, layout: Layout
) -> Points:
    """Read the heights and check their sums.

    Raises:
        InvalidInput: The points are missing, or more or fewer than announced.
    """
    if description.text(LINK):
        return _read_linked(container, description, layout)
    if description.inline:
        absent = ChecksumState.ABSENT
        return Points(_read_inline(description, layout), absent, absent)
    raise SAID.refuse("NO_POINTS", name=description.name)


def _read_linked(
    container: Container, description: Description, layout: Layout
) -> Points:
    kind = np.dtype(_TYPES[layout.data_type])
    expected = layout.points * kind.itemsize
    content = container.read(description.text(LINK), at_most_bytes=expected)
    _check_length(description.name, len(content), expected)
    points_sum = _state(content, description.text(SUM))
    heights = np.frombuffer(content, dtype=kind).astype(np.float64, copy=False)
    if not heights.flags.writeable:
        heights = heights.copy()
    if layout.is_integer:
        heights *= layout.increment
        heights += layout.offset
    # Infinite heights are no data either.
    heights[~np.isfinite(heights)] = math.nan
    valid_sum = _drop_invalid(container, description, heights)
    return Points(heights.reshape(layout.rows, layout.columns), points_sum, valid_sum)


def _drop_invalid(
    container: Container, description: Description, heights: NDArray[np.float64]
) -> ChecksumState:
    """Set the points that the list of valid points leaves out to NaN."""
    link = description.text(VALID_LINK)
    if not link:
        return ChecksumState.ABSENT
    expected = (heights.size + 7) // 8
    content = container.read(link, at_most_bytes=expected)
    _check_length(description.name, len(content), expected)
    bits = np.unpackbits(np.frombuffer(content, np.uint8), bitorder="little")
    heights[bits[: heights.size] == 0] = math.nan
    return _state(content, description.text(VALID_SUM))


def _read_inline(description: Description, layout: Layout) -> Heights:
    texts = description.inline
    if len(texts) != layout.points:
        raise SAID.refuse(
            "OTHER_COUNT",
            name=description.name,
            found=len(texts),
            announced=layout.points,
        )
    try:
        # An axis that is not incremental stands before the height: "x;y;z".
        values = [float(t.rsplit(";", 1)[-1] or "nan") for t in texts]
    except ValueError as error:
        raise SAID.refuse("POINT_NOT_A_NUMBER", name=description.name) from error
    heights = np.array(values, dtype=np.float64)
    if layout.is_integer:
        heights = heights * layout.increment + layout.offset
    heights[~np.isfinite(heights)] = math.nan
    return heights.reshape(layout.rows, layout.columns)


def _check_length(name: str, found: int, expected: int) -> None:
    if found != expected:
        raise SAID.refuse("OTHER_LENGTH", name=name, found=found, expected=expected)


def _state(content: bytearray, stated: str) -> ChecksumState:
    if not stated:
        return ChecksumState.ABSENT
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    return ChecksumState.of(found == stated.lower())
