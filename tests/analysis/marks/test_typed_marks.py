"""Marks typed into one box come out in their fields, in any order of words."""

from itertools import pairwise, permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from armstrace.analysis.marks.search_keys import search_key
from armstrace.analysis.marks.typed_marks import read_around, read_typed, serials_within
from armstrace.analysis.matching.canonical import serial_of


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
    assume(not serial.startswith("SN"))  # which says "serial number"
    for typed in (f"glock {serial}", f"{serial} Glock"):
        assert search_key(read_typed(typed).description.serial) == serial


# Letters that say “number”, as in NR 100, are no piece of a serial.
LABELS = {"NUM", "NO", "NR", "SN", "N"}
SERIALS = st.from_regex(r"[A-HJ-Z]{0,3}[0-9]{2,6}[A-HJ-Z]{0,2}", fullmatch=True).filter(
    lambda serial: len(search_key(serial)) >= 4
)
OTHER_MARKS = (
    st.sets(st.sampled_from(["17", "9x19", "pistol"]))
    .map(sorted)
    .flatmap(lambda words: st.permutations(["Glock", *words]))
)


@st.composite
def lines(draw):
    """A serial cut anywhere, at any place among the other marks in any order."""
    serial = draw(SERIALS)
    cuts = draw(st.sets(st.integers(1, len(serial) - 1), max_size=3))
    ends = [0, *sorted(cuts), len(serial)]
    pieces = [serial[a:b] for a, b in pairwise(ends)]
    assume(not LABELS.intersection(pieces))
    sign = draw(st.sampled_from([" ", "  ", " - ", "-", "; "]))
    others = draw(OTHER_MARKS)
    place = draw(st.integers(0, len(others)))
    return serial, " ".join([*others[:place], sign.join(pieces), *others[place:]])


@given(lines())
def test_a_serial_in_pieces_is_tried_whole_in_any_place(line):
    serial, typed = line
    others = [word for word in ("Glock", "9x19", "pistol") if word in typed.split()]

    runs = serials_within(typed)[search_key(serial)]
    read = [read_around(typed, places) for places in runs]

    assert any(
        [one.description.make, one.description.calibre, one.description.type]
        == [word if word in others else "" for word in ("Glock", "9x19", "pistol")]
        and search_key(one.description.serial) == search_key(serial)
        for one in read
    )


@pytest.mark.parametrize("letters", ["JTD", "AB", "QXZW"])
@pytest.mark.parametrize("number", ["17", "22", "45", "38"])
def test_a_number_and_letters_that_no_calibre_has_are_none(number, letters):
    marks = read_typed(f"glock {number} {letters} 87").description

    assert letters not in marks.calibre
    assert search_key(marks.serial).endswith(f"{letters}87")


@given(st.text(alphabet="AB12-? ;", max_size=80))
def test_the_runs_that_are_tried_are_bounded(typed):
    assert sum(map(len, serials_within(typed).values())) <= 24 * 6


BESIDE_A_SERIAL = [
    "No. 12345 (barrel)",
    "SER 12345 worn",
    "SN:12345 on slide",
    "número 12345 no cano",
    "Nº de série 12345 gasto",
    "no de serie 12345 en el cañón",
    "número 12345 desgastado",
    "N° 12345 au canon",
    "numéro 12345 usé",
    "Nr. 12345 am Lauf",
    "رقم 12345 (السبطانة)",
    "الرقم 12345 متآكل",
]


@pytest.mark.parametrize("written", BESIDE_A_SERIAL)
def test_words_beside_a_serial_do_not_hide_it(written):
    typed = serial_of(read_typed(written).description.serial)

    assert typed.strip("*") == serial_of(written).strip("*") == "12345"


def test_letters_before_a_number_stay_its_letters():
    assert serial_of(read_typed("glock 19 AM 12345").description.serial) == "AM12345"
