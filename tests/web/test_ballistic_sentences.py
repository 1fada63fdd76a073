from datetime import date

import pytest
from django.utils import translation

from armstrace.analysis.ballistics import sharing
from armstrace.web.translation import ballistics_sentences
from armstrace.web.translation import sentences as forms
from tests.web import spoken

SPEAKING = (
    "analysis/ballistics/erased.py",
    "analysis/ballistics/likelihood.py",
    "analysis/ballistics/limits.py",
    "analysis/ballistics/x3p/reader.py",
    "ballistics/queries/remarks.py",
    "ballistics/likelihood_ratio.py",
)


def test_every_sentence_of_methods_and_records_is_in_the_table_and_no_other():
    known = set(map(spoken.plain, ballistics_sentences.SENTENCES))

    assert {each for path in SPEAKING for each in spoken.sentences(path)} == known


def test_every_criterion_of_sharing_is_in_the_table():
    edition = sharing.edition_on(date(2026, 11, 24))

    assert {one.words for one in edition.criteria} == set(ballistics_sentences.CRITERIA)


@pytest.mark.parametrize(
    "english",
    [
        "K3 found 2 of 40 cells of the same marks with another offset, region.",
        "Set A does not fit (maker: the set has not known, the case has Colt).",
        "Breech face B1 with B4: 9 of 30 cells congruent, likelihood ratio 10^1.20.",
        "Something that no method says.",
    ],
)
def test_a_sentence_is_given_back_whole_where_it_is_not_translated(english):
    with translation.override("en"):
        assert ballistics_sentences.said(english) == english


def test_what_stands_in_the_holes_is_kept_in_another_language(monkeypatch):
    spanish = {
        "The marks are of two calibres: %(one)s and %(two)s.": "%(two)s, %(one)s."
    }
    monkeypatch.setattr(forms, "gettext", lambda words: spanish.get(words, words))

    told = ballistics_sentences.said("The marks are of two calibres: 9 mm and .45 ACP.")

    assert told == ".45 ACP, 9 mm."
