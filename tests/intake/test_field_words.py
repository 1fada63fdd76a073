"""What a file may hold is named in words wherever people choose or correct it."""

import pytest

from armstrace.intake.fields import IntakeKind, by_name
from armstrace.vocabulary import field_words

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("kind", IntakeKind)
def test_every_field_is_called_something(kind):
    assert not by_name(kind).keys() - field_words.NAMED.keys()
