"""A message in the reader's language."""

from datetime import date

import pytest
from django.utils import translation

from armstrace.translation import translate
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import Message, message

pytestmark = pytest.mark.pure


def test_a_template_and_what_fills_it_are_translated():
    said = Message("The arm was %(kind)s.", {"kind": ArmType.PISTOL})

    with translation.override("fr"):
        words = translate(said)

    assert "pistolet" in words
    assert not words.startswith("The arm")


def test_a_day_is_written_as_the_language_writes_it():
    said = message("%(day)s", day=date(2021, 3, 4))

    with translation.override("es"):
        assert translate(said) == "4 de marzo de 2021"
    with translation.override("en"):
        assert translate(said) == "4 Mar 2021"


def test_a_refusal_is_translated_by_its_message():
    refused = NotFound(
        message("The register has no arm A%(arm)s; check the number.", arm=7)
    )

    with translation.override("fr"):
        assert "A7" in translate(refused)
        assert translate(refused) != str(refused)
