import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.matching import channel
from armstrace.analysis.matching.alignment import Aligner
from armstrace.analysis.matching.explaining import differences, serial_words
from armstrace.vocabulary.matching import Difference, MatchClass

pytestmark = pytest.mark.pure

ALIGNER = Aligner(channel.standard().serial)
serials = st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=12)
patterns = st.text(string.ascii_uppercase + string.digits + "?*", max_size=12)


@pytest.mark.parametrize(
    ("registered", "read", "match_class", "words"),
    [
        ("TOB12345", "T0B12345", "CONFUSABLE", "0 read for O, a look-alike"),
        ("TAB12345", "TXB12345", "NEAR", "X read for A"),
        ("TAB12345", "TBA12345", "NEAR", "BA read for AB, exchanged"),
        ("TAB12345", "TAB1245", "NEAR", "3 left out"),
        ("TAB12345", "TAB123345", "NEAR", "3 added"),
        ("ASTI69745", "69745", "PARTIAL", "ASTI lost at the start"),
        ("TAB12345", "TAB123", "PARTIAL", "45 lost at the end"),
        ("TAB12345", "TAB1?34?", "PARTIAL", "2 not read, 5 not read"),
        ("TAB12345", "TAB12?45", "PARTIAL", "3 not read"),
        ("TAB12345", "TAB12*", "PARTIAL", "345 not read"),
        ("40000", "ASTI40000", "NEAR", "ASTI added at the start"),
    ],
)
def test_each_difference_is_named(registered, read, match_class, words):
    alignment = ALIGNER.align(registered, read)

    assert alignment.match_class == match_class
    assert str(serial_words(differences(alignment.places))) == words


@given(serials, patterns)
def test_an_alignment_spells_out_both_serials(registered, read):
    places = ALIGNER.align(registered, read).places

    assert "".join(place.registered for place in places) == registered
    assert "".join(place.read for place in places) == read.replace("*", "")


@given(serials, patterns)
def test_the_quick_weight_is_the_weight_of_the_alignment(registered, read):
    quick = ALIGNER.log_probability(registered, read)

    assert quick == pytest.approx(ALIGNER.align(registered, read).log_probability)


@given(st.lists(serials, min_size=13, max_size=30), patterns)
def test_many_are_weighed_as_each_is(registered, read):
    many = ALIGNER.log_probabilities(registered, read)

    each = [ALIGNER.log_probability(one, read) for one in registered]
    assert many.tolist() == pytest.approx(each)


@given(serials, patterns)
def test_the_bound_is_never_below_the_weight(registered, read):
    weight = ALIGNER.log_probability(registered, read)

    assert ALIGNER.bounds([registered], read)[0] >= weight - 1e-9


@given(serials, serials)
def test_no_other_serial_explains_a_reading_better_than_itself(serial, other):
    assert ALIGNER.log_probability(serial, serial) >= ALIGNER.log_probability(
        other, serial
    )


def test_a_look_alike_is_cheaper_than_any_other_character():
    look_alike = ALIGNER.log_probability("TOB12345", "T0B12345")
    other = ALIGNER.log_probability("TOB12345", "TXB12345")

    assert look_alike > other


def test_a_character_that_agrees_is_the_same():
    places = ALIGNER.align("40000", "40000").places

    assert {place.kind for place in places} == {Difference.SAME}
    assert ALIGNER.align("40000", "40000").match_class is MatchClass.EXACT
