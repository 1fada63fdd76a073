"""What matching says is said in the reader's language, all of it."""

import pytest

from armstrace.analysis.matching import channel, explaining, readings, search
from armstrace.recoveries import comparing
from armstrace.vocabulary.matching import Difference
from armstrace.web import evidence_words

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


def test_every_field_and_every_difference_has_its_words():
    assert evidence_words.FIELDS == explaining.FIELD_WORDS
    assert set(evidence_words.DIFFERENCES) == set(Difference) - {Difference.SAME}
