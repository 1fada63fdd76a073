"""What matching says is said in the reader's language, all of it."""

from pathlib import Path

import pytest

from armstrace.analysis.matching import channel, explaining, readings, search
from armstrace.recoveries import comparing
from armstrace.recoveries.actions import repeat_recoveries
from armstrace.vocabulary.matching import Difference
from armstrace.web.translation import evidence_words, sentences
from tests.web import spoken

pytestmark = pytest.mark.pure


def test_every_sentence_of_matching_is_there_to_be_translated():
    few = channel.standard().search.few_cards

    said = {
        search.SERIAL_NEEDED,
        search.TOO_MANY_ALIKE.format(few=few),
        search.MANY_FIT,
        comparing.NO_SERIAL,
        readings.MODEL_BEFORE,
        readings.IMPORT_NUMBER,
    }

    assert said <= set(evidence_words.SENTENCES)


def test_why_an_arm_was_recovered_again_is_said_in_the_language(monkeypatch):
    form = "%(make)s %(serial)s: make and whole serial agree"
    words = {form: "%(make)s %(serial)s : même marque, même numéro"}
    monkeypatch.setattr(sentences, "gettext", lambda said: words.get(said, said))
    source = Path(repeat_recoveries.__file__).read_text(encoding="utf-8")

    assert spoken.plain(form) in set(spoken.texts(source))
    assert form in evidence_words.SENTENCES
    assert evidence_words.sentence("FN A1: make and whole serial agree") == (
        "FN A1 : même marque, même numéro"
    )


def test_every_field_and_every_difference_has_its_words():
    assert evidence_words.FIELDS == explaining.FIELD_WORDS
    assert set(evidence_words.DIFFERENCES) == set(Difference) - {Difference.SAME}
