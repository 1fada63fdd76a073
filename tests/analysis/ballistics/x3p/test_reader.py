"""Scans are read as they stand, checked, and refused with a sentence."""

import contextlib
import random
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.ballistics.x3p import container, reader
from armstrace.vocabulary.ballistics import ChecksumState
from armstrace.vocabulary.errors import ArmstraceError, InvalidInput, NotFound
from tests.analysis.ballistics.x3p import archives
from tests.shared_data import shared_path

pytestmark = pytest.mark.pure


def test_what_is_written_is_read_to_the_last_bit(tmp_path):
    path = archives.sound_file(tmp_path, serial="7")

    scan = reader.read(path)

    np.testing.assert_array_equal(scan.surface.heights_m, archives.surface().heights_m)
    assert (scan.surface.spacing_x_m, scan.surface.spacing_y_m) == (2e-6, 3e-6)
    assert scan.provenance.creator == "A & B"
    assert scan.provenance.serial == "7"
    assert scan.checks.points is ChecksumState.AGREES
    assert scan.checks.description is ChecksumState.AGREES
    assert scan.remarks == ()


def test_altered_points_are_refused_unless_a_reason_is_given(tmp_path):
    path = archives.sound_file(tmp_path)
    parts = archives.parts_of(path)
    parts["bindata/data.bin"] = bytes(8) + parts["bindata/data.bin"][8:]
    archives.packed(path, parts)

    with pytest.raises(InvalidInput, match="differ from their checksum"):
        reader.read(path, override_reason=" ")
    scan = reader.read(path, override_reason="Exported by a known faulty version.")

    assert scan.checks.are_points_altered
    assert scan.surface.heights_m[0, 0] == 0


def test_an_altered_description_is_a_remark(tmp_path):
    path = archives.sound_file(tmp_path)
    parts = archives.parts_of(path)
    parts["main.xml"] += b"<!-- edited -->"
    archives.packed(path, parts)

    scan = reader.read(path)

    assert scan.checks.description is ChecksumState.DIFFERS
    assert "edited" in str(scan.remarks[0])


def test_micrometres_declared_as_metres_are_read_and_said(tmp_path):
    path = archives.sound_file(tmp_path)
    for step in ("2e-06", "3e-06"):
        archives.rewritten(path, step, step.replace("e-06", ".0"))

    scan = reader.read(path)

    assert scan.surface.spacing_x_m == pytest.approx(2e-6)
    assert "micrometres" in str(scan.remarks[0])
    expected = archives.surface().heights_m / 1e6
    np.testing.assert_allclose(scan.surface.heights_m, expected)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("SUR", "PRF", "profile"),
        ("SUR", "PCL", "unordered"),
        ("SUR", "XXX", "does not say that it holds a surface"),
        ("<SizeZ>1", "<SizeZ>2", "2 layers"),
        ("<SizeX>9", "<SizeX>999999999", "more than"),
        ("<SizeX>9", "<SizeX>-9", "'-9' as SizeX, which is not a whole number"),
        ("<SizeX>9", "<SizeX>", "does not say its SizeX"),
        ("<SizeX>9", "<SizeX>999999999999", "as SizeX, more points than any scan"),
        ("<Increment>2e-06", "<Increment>1e308", r"1e\+308 as the step of CX"),
        ("<Increment>2e-06", "<Increment>1e-30", "no instrument measures"),
        ("<SizeX>9", "<SizeX>8", "larger than"),
        ("<SizeX>9", "<SizeX>10", "bytes of points"),
        ("<Increment>2e-06", "<Increment>nan", "not a number"),
        ("<Increment>2e-06", "<Increment>0", "no step"),
        ("bindata/data.bin", "../data.bin", "lacks its part"),
        ("<Record1>", "<Record1><!DOCTYPE x>", "well-formed"),
        ("<p:ISO", "<!DOCTYPE a [<!ENTITY b 'c'>]><p:ISO", "document type"),
        ("<Record1>", "<Record1>" + "<a>" * 50 + "</a>" * 50, "nests"),
        ("</Record1>", "", "well-formed"),
        ("UTF-8", "KLINGON", "well-formed"),
    ],
)
def test_what_is_no_surface_is_refused_with_its_reason(tmp_path, old, new, sentence):
    path = archives.rewritten(archives.sound_file(tmp_path), old, new)

    with pytest.raises(InvalidInput, match=sentence):
        reader.read(path)


def test_a_missing_file_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        reader.read(tmp_path / "none.x3p")


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "mark.x3p"
    path.write_bytes(b"PK\x05\x06" + b"x" * 50)

    with pytest.raises(InvalidInput):
        reader.read(path)


def test_a_bomb_is_refused_before_it_unfolds(tmp_path):
    path = archives.sound_file(tmp_path)
    parts = archives.parts_of(path)
    parts["main.xml"] = b" " * (container.LARGEST_XML_BYTES + 10)

    with pytest.raises(InvalidInput, match="larger"):
        reader.read(archives.packed(path, parts))


def test_a_directory_of_many_parts_is_refused(tmp_path):
    path = tmp_path / "mark.x3p"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(6000):
            archive.writestr(f"{number}", b"")

    with pytest.raises(InvalidInput, match="more parts"):
        reader.read(path)


def test_a_folder_of_a_desktop_program_is_looked_through(tmp_path):
    path = archives.sound_file(tmp_path)
    parts = archives.parts_of(path)
    archives.packed(
        path,
        {"__MACOSX/main.xml": b""}
        | {f"mark/{name}": part for name, part in parts.items()},
    )

    assert reader.read(path).checks.points is ChecksumState.AGREES


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_damaged_file_is_read_or_refused_but_never_breaks(tmp_path_factory, seed):
    path = archives.sound_file(tmp_path_factory.mktemp("damaged"))

    try_mutated(path, random.Random(seed))


@pytest.mark.soak
def test_ten_thousand_damaged_files_never_break(tmp_path):
    path = archives.sound_file(tmp_path)
    original = path.read_bytes()

    for seed in range(10_000):
        path.write_bytes(original)
        try_mutated(path, random.Random(seed))


def try_mutated(path, rng):
    """Damage the archive or, half of the time, main.xml inside it; then read."""
    if rng.random() < 0.5:
        path.write_bytes(mutated(path.read_bytes(), rng))
    else:
        parts = archives.parts_of(path)
        parts["main.xml"] = mutated(parts["main.xml"], rng)
        archives.packed(path, parts)
    with contextlib.suppress(ArmstraceError):
        assert reader.inspect(path).surface.heights_m.ndim == 2


def mutated(content, rng):
    changed = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        place = rng.randrange(len(changed))
        kind = rng.random()
        if kind < 0.6:
            changed[place] = rng.randrange(256)
        elif kind < 0.8:
            del changed[place : place + rng.randint(1, 40)]
        else:
            changed[place:place] = changed[place : place + rng.randint(1, 40)]
    return bytes(changed)


@pytest.mark.parametrize(
    "name",
    [
        "ISO5436-sample1",
        "ISO5436-sample1_bin",
        "ISO5436-sample4",
        "ISO5436-sample4_bin",
    ],
)
def test_the_four_ways_to_write_one_surface_agree(name):
    scan = reader.read(shared_path(f"x3p/odd_files/{name}.x3p"))

    assert scan.surface.heights_m.shape == (4, 4)
    assert np.isnan(scan.surface.heights_m[1, 3])
    assert scan.surface.heights_m[0, 0] == pytest.approx(0.486e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("csafe-logo", "edited"),
        ("sample-land", "mask"),
        ("pyramid", "micrometres"),
    ],
)
def test_odd_files_are_read_and_what_is_odd_is_said(name, words):
    scan = reader.read(shared_path(f"x3p/odd_files/{name}.x3p"))

    assert any(words in str(remark) for remark in scan.remarks)


@pytest.mark.parametrize(
    ("name", "words"),
    [("ISO5436-sample2", "unordered points"), ("ISO5436-sample3", "profile|step")],
)
def test_odd_files_that_are_no_surface_are_refused(name, words):
    with pytest.raises(InvalidInput, match=words):
        reader.read(shared_path(f"x3p/odd_files/{name}.x3p"))
