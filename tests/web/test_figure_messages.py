"""Figures and checks speak the language of the reader, and name cells."""

import pytest
from django.utils import translation

from armstrace import translation as messages
from armstrace.vocabulary.messages import Message
from armstrace.web import cell_names, country_words


def test_a_sentence_keeps_its_numbers_and_is_said_part_by_part(monkeypatch):
    form = "%(cell)s is %(value)s; its parts add up to %(sum)s."
    words = {form: "%(sum)s ≠ %(cell)s (%(value)s)", "blank": "vide"}
    monkeypatch.setattr(messages, "gettext", lambda form: words.get(form, form))
    params = {"cell": "B1:NO SUCH:SEIZED", "value": Message("blank"), "sum": 7}

    said = cell_names.in_words(Message(form, params))

    assert said == "7 ≠ B1:NO SUCH:SEIZED (vide)"


def test_a_page_names_the_cells_of_a_sentence():
    keys = ["A2:TOTAL:SEIZED", "A2:TOTAL:FOUND"]
    said = Message("Below zero: %(cells)s.", {"cells": keys})

    with translation.override("en"):
        words = cell_names.in_words(said)

    assert words == f"Below zero: {', '.join(map(cell_names.cell_words, keys))}."
    assert "A2:TOTAL:SEIZED" not in words


@pytest.mark.parametrize("written", ["17:45:00 o'clock", "a: b", "A2!B1"])
def test_what_a_person_wrote_is_no_cell(written):
    said = Message("corrected: %(reason)s", {"reason": written})

    with translation.override("en"):
        assert cell_names.in_words(said) == f"corrected: {written}"


def test_a_country_is_named_in_the_language():
    names = {}
    for code in ("en", "fr", "ar"):
        with translation.override(code):
            names[code] = country_words.country("DE")

    assert (names["en"], names["fr"]) == ("Germany", "Allemagne")
    assert len(set(names.values())) == 3
    with translation.override("en"):
        assert country_words.country("XV") == "Varnia (invented)"
    assert country_words.country("QQ") == "QQ"
