"""Marks typed into one box come out in their fields, in any order of words."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.marks.search_keys import search_key
from armstrace.analysis.marks.typed_marks import read_typed


@pytest.mark.parametrize("words", list(permutations(["glock", "19", "RVU646"])))
def test_make_model_and_serial_are_told_in_any_order(words):
    marks = read_typed(" ".join(words)).description

    assert (marks.make, marks.model, marks.serial) == ("glock", "19", "RVU646")


@pytest.mark.parametrize(
    "words", list(permutations(["9mm", "Glock", "pistol", "RVU646"]))
)
def test_type_and_calibre_are_taken_wherever_they_stand(words):
    marks = read_typed(" ".join(words)).description

    assert (marks.calibre, marks.make, marks.type) == ("9mm", "Glock", "pistol")
    assert marks.serial == "RVU646"


@pytest.mark.parametrize(
    ("typed", "make", "model", "calibre", "serial"),
    [
        ("Glock RVU646", "Glock", "", "", "RVU646"),
        ("glock19 rvu-646", "glock", "19", "", "rvu-646"),
        ("Glock-RVU646", "Glock", "", "", "RVU646"),
        ("RVU 646 glock", "glock", "", "", "RVU 646"),
        ("RVU646, Glock, 19", "Glock", "19", "", "RVU646"),
        ("S/N 382-78832 rossi", "rossi", "", "", "382-78832"),
        ("serial no 12345 rossi", "rossi", "", "", "12345"),
        (
            "smith & wesson 38 special D123456",
            "smith & wesson",
            "",
            "38 special",
            "D123456",
        ),
        ("colt 1911 45 acp 123456", "colt", "1911", "45 acp", "123456"),
        ("pistola taurus pt 92 .380 KXB12345", "taurus", "pt 92", ".380", "KXB12345"),
        ("cbc 12 A55", "cbc", "", "12", "A55"),
        ("7,62x39 AKM 12345", "AKM", "", "7,62x39", "12345"),
        ("tauros 82 40000", "tauros", "82", "", "40000"),
        ("taurus 38 raspado", "taurus", "", "38", "raspado"),
        ("glock", "glock", "", "", ""),
        ("9mm", "", "", "9mm", ""),
    ],
)
def test_a_line_is_parted_into_its_marks(typed, make, model, calibre, serial):
    marks = read_typed(typed).description

    assert (marks.make, marks.model) == (make, model)
    assert (marks.calibre, marks.serial) == (calibre, serial)


@pytest.mark.parametrize(
    "typed", ["BK480?0", "ΒΚ480?0", "bk-480*", "12345", "AK47", "AB 12", "erased", "?"]
)
def test_a_serial_alone_stays_as_it_was_typed(typed):
    assert read_typed(typed).description.serial == typed


def test_words_that_belong_nowhere_are_named():
    assert read_typed("black glock RVU646").unused == ("black",)


@given(st.text(max_size=60))
def test_no_figure_that_was_typed_is_lost(text):
    marks = read_typed(text)
    fields = (marks.description.type, marks.description.make, marks.description.model)
    fields += (marks.description.calibre, marks.description.serial)
    kept = "".join((*fields, *marks.unused))

    assert sorted(filter(str.isdecimal, kept)) == sorted(filter(str.isdecimal, text))


@given(st.from_regex(r"[A-HJ-Z]{3}[0-9]{3,5}", fullmatch=True))
def test_a_serial_is_found_beside_a_make_before_or_after_it(serial):
    for typed in (f"glock {serial}", f"{serial} Glock"):
        assert search_key(read_typed(typed).description.serial) == serial
