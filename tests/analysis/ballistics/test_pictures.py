"""Pictures of marks: right size, right place, and the same each time."""

import struct
import zlib

import numpy as np
import pytest

from armstrace.analysis.ballistics import comparison, pictures, png
from armstrace.analysis.ballistics.pictures import Light, Pose, View
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.surfaces import Surface
from tests.analysis.ballistics.marks import mark

pytestmark = pytest.mark.pure


def decoded(content):
    """Read a picture of one byte a pixel, rows as differences, as PNG has it."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    parts, place = {}, 8
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        kind, body = content[place + 4 : place + 8], content[place + 8 :][:length]
        (check,) = struct.unpack_from(">I", content, place + 8 + length)
        assert check == zlib.crc32(kind + body)
        parts[kind] = body
        place += 12 + length
    columns, rows, *form = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert form == [8, 3, 0, 0, 0]
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8)
    lines = lines.reshape(rows, columns + 1)
    assert (lines[:, 0] == 2).all()
    palette = np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)
    return lines[:, 1:].cumsum(axis=0, dtype=np.uint8), palette


def hill(size=40):
    """Give a round hill in the middle."""
    y, x = np.mgrid[:size, :size] - size / 2 + 0.5
    heights = np.exp(-(x * x + y * y) / size).astype(np.float32)
    return View(heights, np.ones((size, size), bool), 25e-6)


def test_a_picture_is_read_back_as_it_was_written():
    indices = np.arange(200, dtype=np.uint8).reshape(10, 20)
    tones = np.stack([np.arange(200)] * 3, axis=1).astype(np.uint8)

    again, palette = decoded(png.encode(indices, tones))

    np.testing.assert_array_equal(again, indices)
    np.testing.assert_array_equal(palette[:200], tones)


@pytest.mark.parametrize(("azimuth_deg", "is_left"), [(270.0, True), (90.0, False)])
def test_the_side_of_a_hill_that_faces_the_light_is_bright(azimuth_deg, is_left):
    tones, _ = decoded(pictures.relief(hill(), Light(azimuth_deg, 30.0)))

    middle = tones[tones.shape[0] // 2].astype(int)
    left, right = np.split(middle, 2)
    assert bool(left.mean() > right.mean()) == is_left


def test_light_from_above_makes_the_upper_side_bright():
    tones, _ = decoded(pictures.relief(hill(), Light(0.0, 30.0)))

    upper, lower = np.split(tones[:, 200:300].astype(int), 2)
    assert upper.mean() > lower.mean()


def test_what_has_no_data_is_hatched_and_never_a_tone():
    view = hill()
    view.is_measured[5:15, 5:15] = False

    tones, _ = decoded(pictures.relief(view))

    factor = tones.shape[0] // 40
    hole = tones[5 * factor : 15 * factor, 5 * factor : 15 * factor]
    assert set(np.unique(hole)) == {png.HOLE, png.HOLE_LINE}


def test_the_bar_is_as_long_as_it_says():
    tones, _ = decoded(pictures.relief(hill(160)))

    length_um = png.bar_length_um(160 * 25e-6)
    pixel_um = 160 * 25 / tones.shape[0]
    assert (tones[-11] == png.INK).sum() == pytest.approx(length_um / pixel_um, abs=1)


def test_the_outside_of_a_region_is_dimmed():
    ring = Ring(500e-6, 500e-6, 300e-6, 100e-6)

    tones, _ = decoded(pictures.relief(hill(), ring=ring))

    is_dim = (tones >= pictures.TONES) & (tones < png.HOLE)
    size = tones.shape[0]
    assert is_dim[5, 5]
    assert is_dim[size // 2, size // 2]
    assert not is_dim[size // 2, size * 7 // 10]


def test_a_mark_shown_by_the_pose_that_was_found_lies_on_the_other():
    one, two = mark(), mark(firing=2, turn_deg=14.0, shift_m=(100e-6, -50e-6))
    found = comparison.compare(one, two).forward.agreement
    half = one.heights.shape[0] // 2

    first = pictures.view_of_mark(one)
    second = pictures.view_of_mark(
        two, pose=Pose(found.turn_deg, found.shift_m), half_px=half
    )

    both = first.is_measured & second.is_measured
    assert np.corrcoef(first.heights[both], second.heights[both])[0, 1] > 0.6


def test_a_mark_over_itself_has_no_colour_and_no_difference():
    view = pictures.view_of_mark(mark())

    over, palette = decoded(pictures.overlay(view, view))
    apart, _ = decoded(pictures.difference(view, view))

    shown = palette[over[over < png.HOLE]].astype(int)
    assert np.ptp(shown, axis=1).max() <= 1
    assert set(np.unique(apart[apart < png.HOLE])) <= {99, 100}


def test_the_same_mark_gives_the_same_picture():
    assert pictures.relief(pictures.view_of_mark(mark())) == pictures.relief(
        pictures.view_of_mark(mark())
    )


@pytest.mark.parametrize("shape", [(30, 30), (900, 2000), (2, 700)])
def test_a_scan_of_any_size_comes_down_to_a_page(shape):
    rng = np.random.default_rng(1)
    scan = Surface(rng.normal(0, 1e-6, shape), 2e-6, 1e-6)

    tones, _ = decoded(pictures.relief(pictures.view_of_scan(scan)))

    assert max(tones.shape) <= pictures.WIDEST_PX


def test_the_tilt_of_a_scan_does_not_darken_it():
    y, x = np.mgrid[:200, :200] * 1e-6
    bumps = np.random.default_rng(2).normal(0, 1e-8, (200, 200))

    flat, tilted = (
        pictures.view_of_scan(Surface(bumps + steep * (x + y), 2e-6, 2e-6))
        for steep in (0.0, 1.0)
    )

    np.testing.assert_allclose(flat.heights, tilted.heights, atol=1e-4)
