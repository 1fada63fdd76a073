"""A message in the reader's language."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from armstrace.analysis.synthetic.geography import HOME
from armstrace.translation import country, say_day, say_moment, translate
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


@pytest.mark.parametrize(
    ("code", "written"),
    [("fr", "1er janvier 2021"), ("es", "1 de enero de 2021"), ("en", "1 Jan 2021")],
)
def test_the_first_of_a_month_is_an_ordinal_where_the_language_has_it(code, written):
    with translation.override(code):
        assert say_day(date(2021, 1, 1)) == written
        assert say_moment(datetime(2021, 1, 1, 12, tzinfo=UTC)).startswith(written)


def test_a_list_has_the_comma_of_its_language():
    said = message("%(names)s", names=["A", "B"])

    with translation.override("ar"):
        assert "، " in translate(said)
        assert "," not in translate(said)
    with translation.override("fr"):
        assert translate(said) == "A, B"


@pytest.mark.parametrize("code", ["IR", "KR", "KP", "LA", "SY", "FR", HOME])
def test_a_country_is_named_in_arabic_letters(code):
    with translation.override("ar"):
        assert not re.search("[A-Za-z]", country(code))


def test_words_of_a_data_file_are_translated_and_a_users_own_are_not():
    with translation.override("fr"):
        assert translate("Every recovered arm") == "Toute arme récupérée"
        assert translate("Ask the neighbours") == "Ask the neighbours"
