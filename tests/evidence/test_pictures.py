"""A photograph is one, is kept as it came, and is shown without where it was taken."""

import hashlib
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from armstrace.analysis.synthetic.pictures import plate
from armstrace.evidence import actions, pictures, queries, rules
from armstrace.evidence.models import StoredFile
from armstrace.vocabulary import files
from armstrace.vocabulary.errors import InvalidInput, SourceUnavailable
from tests.cast import ANALYST, NOW, OFFICER
from tests.ledger_guard import written_directly

TURNED, POSITION, MAKER = 0x0112, 0x8825, 0x010F


def photograph(form, *, turned=6, maker="MAKER", picture=None):
    exif = Image.Exif()
    exif[TURNED], exif[MAKER] = turned, f"CANARY-{maker}"
    exif.get_ifd(POSITION)[1] = "S"
    exif.get_ifd(POSITION)[2] = (34.0, 54.0, 1.0)
    picture = picture or Image.effect_noise((40, 30), 60)
    written = io.BytesIO()
    picture.convert("RGB").save(written, form, exif=exif, xmp=b"<x>CANARY-XMP</x>")
    return written.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_copy_that_is_shown_has_no_position_and_the_same_pixels(form):
    content = photograph(form)
    media_type = rules.image_type(content)

    shown = pictures.without_notes(content, media_type)

    assert b"CANARY" in content
    assert b"CANARY" not in shown
    before, after = Image.open(io.BytesIO(content)), Image.open(io.BytesIO(shown))
    assert not after.getexif().get_ifd(POSITION)
    assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photograph_that_lies_on_its_side_stays_turned(turned):
    content = photograph("JPEG", turned=turned)

    shown = pictures.without_notes(content, "image/jpeg")

    assert Image.open(io.BytesIO(shown)).getexif().get(TURNED, 1) == turned


def test_what_hangs_on_after_the_picture_is_not_shown():
    content = photograph("JPEG") + b"CANARY-TAIL"

    assert b"CANARY" not in pictures.without_notes(content, "image/jpeg")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_is_cut_off_is_refused(form):
    content = photograph(form)

    with pytest.raises(InvalidInput, match="take the photograph again"):
        rules.image_type(content[: len(content) // 2])


def part_of_png(name, body):
    told = zlib.crc32(name + body).to_bytes(4)
    return len(body).to_bytes(4) + name + body + told


def png(wide=4, high=4, depth=8, colour=2, data=bytes(4 * 13)):
    head = wide.to_bytes(4) + high.to_bytes(4) + bytes((depth, colour, 0, 0, 0))
    parts = {b"IHDR": head, b"IDAT": zlib.compress(data), b"IEND": b""}
    return pictures.PNG + b"".join(part_of_png(*each) for each in parts.items())


@pytest.mark.parametrize(
    "broken",
    [
        png(wide=0, high=0, data=b""),
        png(depth=7),
        png(colour=5),
        png(colour=3),
        png(data=bytes(20)),
        pictures.PNG + part_of_png(b"IHDR", b"") + part_of_png(b"IEND", b""),
    ],
    ids=["no pixels", "depth", "colour", "palette", "data", "head"],
)
def test_a_PNG_that_shows_nothing_is_refused(broken):
    assert rules.image_type(png()) == "image/png"

    with pytest.raises(InvalidInput, match="take the photograph again"):
        rules.image_type(broken)


@given(st.sampled_from([b"\xff\xd8\xff", pictures.PNG]), st.binary(max_size=80))
def test_what_only_begins_like_a_picture_is_refused(magic, rest):
    with pytest.raises(InvalidInput):
        rules.image_type(magic + rest)


@pytest.fixture
def kept(db, tmp_path):
    return actions.store_image(
        content=photograph("JPEG"), name="left.jpg", folder=tmp_path, by=OFFICER, at=NOW
    )


def view(sha256, folder):
    of = StoredFile.objects.get()
    return queries.open_file(sha256, folder=folder, of=of, viewer=ANALYST, at=NOW)


def test_the_original_is_kept_as_it_came(kept, tmp_path):
    opened = view(kept.sha256, tmp_path)

    assert hashlib.sha256(opened.path.read_bytes()).hexdigest() == kept.sha256
    assert b"CANARY" in opened.path.read_bytes()
    assert b"CANARY" not in opened.shown


def test_a_file_that_was_altered_is_not_shown(kept, tmp_path):
    path = queries.path_of(kept.sha256, tmp_path)
    path.write_bytes(photograph("JPEG", turned=3))

    with pytest.raises(SourceUnavailable, match="not what was taken in"):
        view(kept.sha256, tmp_path)


def test_a_file_that_was_cut_off_is_made_whole_when_it_comes_again(kept, tmp_path):
    content = photograph("PNG")
    again = {"name": "a.png", "folder": tmp_path, "by": OFFICER, "at": NOW}
    other = actions.store_image(content=content, **again)
    path = queries.path_of(other.sha256, tmp_path)
    path.write_bytes(content[:50])

    actions.store_image(content=content, **again)

    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_full_disk_keeps_neither_the_file_nor_its_row(db, tmp_path, monkeypatch):
    def fail(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", lambda number: fail(None, number))

    with pytest.raises(OSError, match="No space left"):
        actions.store_image(
            content=photograph("PNG"), name="a", folder=tmp_path, by=OFFICER, at=NOW
        )

    assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("altered", ["/etc/passwd", "../keys/ledger-signing", ""])
def test_a_hash_that_is_a_path_opens_no_other_file(kept, tmp_path, altered):
    with written_directly():
        StoredFile.objects.filter(pk=kept.pk).update(sha256=altered)

    with pytest.raises(ValueError, match="is no SHA-256"):
        view(altered, tmp_path)


def test_a_plate_of_the_synthetic_country_is_a_picture():
    content = plate(["AB123"], seed=1)

    assert rules.image_type(content) == "image/png"
    assert pictures.without_notes(content, "image/png") == content


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_pixels_are_counted_without_decoding_and_too_many_are_refused(form):
    content = photograph(form)
    media_type = rules.image_type(content)
    assert pictures.pixels(content, media_type) == 40 * 30

    if form == "PNG":
        sides = (60_000).to_bytes(4) * 2
        head = b"IHDR" + sides + content[24:29]
        told = zlib.crc32(head).to_bytes(4)
        content = content[:12] + head + told + content[33:]
        with pytest.raises(InvalidInput, match="3600 million pixels"):
            rules.image_type(content)
