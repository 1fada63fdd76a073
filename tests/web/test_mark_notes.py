"""Notes of the readers of marks have their form, and are said part by part."""

from importlib import resources

import pytest
from django.utils import translation

from armstrace.web.translation import mark_notes, sentences
from tests.web import spoken


def texts_of_marks():
    folder = resources.files("armstrace").joinpath("analysis/marks")
    for file in folder.iterdir():
        if file.name.endswith(".py"):
            yield from spoken.texts(file.read_text())


def test_every_form_is_a_note_that_a_reader_of_marks_gives():
    given = set(texts_of_marks())
    given |= {part for text in given for part in text.split("; ")}

    composed = {
        "read as {}: 1 letter differ",
        "read as {}: {} letters differ",
    }
    forms = set(map(spoken.plain, mark_notes.NOTES))
    assert forms - composed <= given
    assert "read as {}: {} letter{} differ" in given


@pytest.mark.parametrize(
    "note",
    [
        "said to have none; whether it ever had one is not said",
        "holds a calibre (9 mm), no maker",
        "read as TAURUS: 1 letter differ",
        "a patent notice, not a serial number",
        "read on the barrel, on the slide, bolt or cylinder, not on the frame; "
        "carries a holder's property mark",
        "proof house of Eibar; proof does not tell where the arm was made",
        "something else; that nobody wrote",
        "",
    ],
)
def test_in_english_a_note_stays_as_it_is(note):
    with translation.override("en"):
        assert mark_notes.said(note) == note


def test_a_note_of_several_is_said_part_by_part(monkeypatch):
    words = {
        "said to have none; whether it ever had one is not said": "sans; on ne sait",
        "said to have none": "sans",
        "also reads %(others)s": "lit aussi %(others)s",
    }
    for module in (mark_notes, sentences):
        monkeypatch.setattr(module, "gettext", lambda form: words.get(form, form))

    said = mark_notes.said(
        "said to have none; whether it ever had one is not said; also reads A1, B2"
    )

    assert said == "sans; on ne sait; lit aussi A1, B2"
    assert mark_notes.said("also reads A1; said to have none") == "lit aussi A1; sans"


def test_a_note_of_the_tables_goes_before_a_form_that_would_fit(monkeypatch):
    words = {
        "“.45” on this kind of arm is taken as .45 ACP": "« .45 » : .45 ACP",
        "“%(written)s” on %(make)s is %(calibre)s": "%(written)s, %(calibre)s",
    }
    for module in (mark_notes, sentences):
        monkeypatch.setattr(module, "gettext", lambda form: words.get(form, form))

    assert mark_notes.said("“.45” on this kind of arm is taken as .45 ACP") == (
        "« .45 » : .45 ACP"
    )
    assert mark_notes.said("“7.62 mm” on AKM is 7.62x39") == "7.62 mm, 7.62x39"
