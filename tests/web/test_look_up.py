"""The quick look-up finds what was typed, and never mistakes it for a number."""

import pytest
from django.urls import reverse

from armstrace.analysis.marks import identify, import_marks, serials
from tests import builders

pytestmark = pytest.mark.django_db


def test_the_quick_look_up_ranks_what_was_typed(at_desk, known):
    page = at_desk("otto").get(reverse("look-up"), {"q": "BK480?0", "make": "glock"})

    assert f"A{known.arms[0]}" in page.content.decode()


@pytest.mark.parametrize("typed", ["ВК480?0", "ΒΚ480?0", "BK٤٨٠?٠", "bk-480*"])
def test_the_quick_look_up_reads_look_alikes_of_other_scripts(at_desk, known, typed):
    page = at_desk("otto").get(reverse("look-up"), {"q": typed, "country": "Austria"})

    assert f"A{known.arms[0]}" in page.content.decode()


def test_the_quick_look_up_states_no_chance_where_nothing_is_compared(at_desk, known):
    page = at_desk("otto").get(reverse("look-up"), {"q": "?"}).content.decode()

    assert "at least two characters" in page
    assert "none-of-them" not in page


def test_the_quick_look_up_answers_htmx_with_the_part_alone(at_desk, known):
    answer = at_desk("otto").get(
        reverse("look-up"), {"q": "BK480?0"}, headers={"HX-Request": "true"}
    )

    assert b"<html" not in answer.content
    assert f"A{known.arms[0]}".encode() in answer.content


def test_the_quick_look_up_reads_each_mark_once(at_desk, known, monkeypatch):
    read = []
    for module, name in (
        (identify, "identify"),
        (serials, "read_serial"),
        (import_marks, "read_import_mark"),
    ):
        monkeypatch.setattr(module, name, counted(getattr(module, name), name, read))

    at_desk("otto").get(
        reverse("look-up"),
        {"q": "BK480?0", "make": "glock", "import_mark": "DE 2021"},
        headers={"HX-Request": "true"},
    )

    assert sorted(read) == ["identify", "read_import_mark", "read_serial"]


def counted(function, name, calls):
    def call(*given, **named):
        calls.append(name)
        return function(*given, **named)

    return call


def test_going_back_to_a_look_up_brings_the_whole_page(at_desk, known):
    answer = at_desk("otto").get(
        reverse("look-up"),
        {"q": "BK480?0"},
        headers={"HX-Request": "true", "HX-History-Restore-Request": "true"},
    )

    assert b"<html" in answer.content


def test_a_reference_in_the_look_up_opens_the_record(at_desk, known):
    answer = at_desk("otto").get(reverse("look-up"), {"q": f"r{known.recovered[0]}"})

    assert answer["Location"] == reverse("recovery", args=[known.recovered[0]])


@pytest.mark.parametrize("serial", ["K896274", "B1234", "R1234567", "A1", "S2"])
def test_a_serial_is_never_taken_for_the_number_of_a_record(at_desk, known, serial):
    (arm,) = builders.registered(
        builders.an_arm(number="one letter", description=builders.glock(serial))
    )

    for asked in ({"q": serial}, {"q": serial, "make": "Glock", "model": ""}):
        answer = at_desk("otto").get(reverse("look-up"), asked)

        assert answer.status_code == 200
        assert f"A{arm}" in answer.content.decode()


def test_the_look_up_offers_the_record_that_the_marks_also_name(at_desk, known):
    number = f"R{known.recovered[0]}"
    asked = {"q": number, "make": "Glock"}

    page = at_desk("otto").get(reverse("look-up"), asked).content.decode()

    assert f"Open recovery {number}" in page
    assert "none-of-them" in page or "Serial number" in page


def test_the_live_look_up_never_leaves_for_a_record(at_desk, known):
    answer = at_desk("otto").get(
        reverse("look-up"),
        {"q": f"R{known.recovered[0]}"},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 200
    assert b"Open recovery" in answer.content


@pytest.mark.parametrize("number", ["R99999", "A99999", "B99999", "K99999", "S99999"])
def test_a_record_that_is_not_there_is_not_offered(at_desk, known, number):
    page = at_desk("otto").get(reverse("look-up"), {"q": number}).content.decode()

    assert f"Open arm {number}" not in page
    assert 'class="btn btn-quiet" href="/' not in page.split('id="found"')[1]
