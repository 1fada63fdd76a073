"""Notes on marks that were kept as prose are read back as messages."""

import pytest
from django.utils import translation

from armstrace.analysis.marks.calibres import read_calibre
from armstrace.analysis.marks.makes import read_make
from armstrace.analysis.marks.models import read_model
from armstrace.analysis.marks.serials import read_serial
from armstrace.registry.kept_notes import read_note
from armstrace.translation import translate
from armstrace.vocabulary.messages import Message

pytestmark = pytest.mark.pure

READ = [
    *(read_make(text).reading for text in ("TAURSU", "FEG / KBI", "AUSTRIA", "9 mm")),
    *(read_make(text).reading for text in ("Taurus replica?", "Glokk", "homemade")),
    *(read_calibre(text) for text in ("9x19 (.45 ACP)", "7,62x39 tracer", "words")),
    *(read_model(text) for text in ("unknown", "Taurus")),
    *(read_serial(text).reading for text in ("erased", "12 on barrel", "none", "007")),
    *(
        read_serial(text).reading
        for text in (
            "PTB 123",
            "AB123 and AB124 scratched",
        )
    ),
]


@pytest.mark.parametrize("note", sorted({str(one.note) for one in READ if one.note}))
def test_prose_says_in_french_what_the_reader_of_marks_says(note):
    (said, *_) = [one.note for one in READ if str(one.note) == note]

    with translation.override("fr"):
        assert translate(Message.read(read_note(note))) == translate(said)


def test_a_note_that_nobody_knows_stays():
    assert read_note("something else; that nobody wrote") == (
        "something else; that nobody wrote"
    )


def test_a_note_of_version_0_1_0_is_mended():
    kept = read_note("read as GLOCK: 1 letter differ")

    assert str(Message.read(kept)) == "read as GLOCK: 1 letter differs"


def test_a_note_of_several_is_read_part_by_part():
    kept = read_note(
        "said to have none; whether it ever had one is not said; also reads A1, B2"
    )

    assert str(Message.read(kept)) == (
        "said to have none; whether it ever had one is not said; also reads A1, B2"
    )
    with translation.override("fr"):
        assert "also reads" not in translate(Message.read(kept))
