"""Sentences of figures and checks are found again and said in the language."""

import pytest
from django.utils import translation

from armstrace.analysis.statistics.indicator import Method
from armstrace.indicators import queries
from armstrace.indicators.actions import returns as actions
from armstrace.web import country_words
from armstrace.web.translation import figure_sentences as sentences
from armstrace.web.translation import sentences as forms
from tests.indicators import records


@pytest.mark.django_db
@pytest.mark.parametrize("size", [0, 4, 80])
def test_every_sentence_that_a_year_brings_has_its_form(size):
    records.a_random_country(size, size)
    by, year = records.statistician(), 2021
    if size == 4:
        actions.keep_return(year=year, by=by, at=records.NOW)
        records.a_random_country(size + 1, size)

    filled = queries.return_of(year=year, viewer=by)
    figures = queries.side_by_side(viewer=by, year=year, methods=tuple(Method))

    told = [check.sentence for check in filled.checks]
    for one in figures:
        told += [one.reason, one.warning, *one.notes]
    unknown = [
        each for each in told if each and not forms.is_known(each, sentences.FORMS)
    ]
    assert unknown == []


def test_a_sentence_keeps_its_numbers_and_is_said_part_by_part(monkeypatch):
    form = "%(cell)s is %(value)s; its parts add up to %(sum)s."
    words = {form: "%(sum)s ≠ %(cell)s (%(value)s)", "blank": "vide"}
    monkeypatch.setattr(forms, "gettext", lambda form: words.get(form, form))

    said = sentences.said("B1:TOTAL:SEIZED is blank; its parts add up to 7.")

    assert said == "7 ≠ B1:TOTAL:SEIZED (vide)"


@pytest.mark.parametrize(
    "sentence",
    [
        "The figure rests on 1 arm, fewer than 30: read it with its interval, and do "
        "not rank by it.",
        "Counting the 3 arms still with the lawful owner as traced would give 6 of "
        "43, 13.95 %.",
        "The figure rests on one year alone; 2020 is lacking. Nothing is filed or "
        "recorded for 2020.",
        "found, not seized",
        "For 2018, 12 arms seized are filed; table 5.1 tells of 3.",
        "a sentence that nobody wrote down",
    ],
)
def test_in_english_a_sentence_stays_as_it_is(sentence):
    with translation.override("en"):
        assert sentences.said(sentence) == sentence


def test_what_became_known_is_said_reason_by_reason(monkeypatch):
    words = {"trace begun": "traçage engagé", "corrected: %(reason)s": "« %(reason)s »"}
    monkeypatch.setattr(forms, "gettext", lambda form: words.get(form, form))

    said = sentences.reasons_said("corrected: misread; trace begun; as it was")

    assert said == "« misread »; traçage engagé; as it was"


def test_a_country_is_named_in_the_language():
    names = {}
    for code in ("en", "fr", "ar"):
        with translation.override(code):
            names[code] = country_words.country("DE")

    assert (names["en"], names["fr"]) == ("Germany", "Allemagne")
    assert len(set(names.values())) == 3
    with translation.override("en"):
        assert country_words.country("XV") == "an invented country"
    assert country_words.country("QQ") == "QQ"
