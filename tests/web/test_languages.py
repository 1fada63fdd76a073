"""The pages speak the languages they offer."""

import importlib.util
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from armstrace.analysis.statistics.questionnaire.declared import questionnaire
from armstrace.translation import translate
from armstrace.vocabulary import arms
from armstrace.web import navigation
from armstrace.web.templatetags import formatting

OFFERED = [code for code, _name in settings.LANGUAGES if code != "en"]
SOURCES = Path(navigation.__file__).parent
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("code", OFFERED)
def test_every_area_of_the_rail_has_its_word(code):
    with translation.override("en"):
        english = [translate(area.name) for area in navigation.areas()]
    with translation.override(code):
        words = [translate(area.name) for area in navigation.areas()]

    same = [w for w, e in zip(words, english, strict=True) if w == e]
    same_in_french = {"Administration", "Destruction", "Techniques"}
    assert set(same) <= same_in_french


@pytest.mark.parametrize("code", OFFERED)
def test_the_vocabulary_is_translated(code):
    with translation.override(code):
        assert translation.gettext(arms.ArmType.SHOTGUN.label) != "shotgun"


@pytest.mark.parametrize("code", OFFERED)
def test_no_catalogue_translates_words_that_no_page_says(code):
    said = "".join(
        file.read_text(encoding="utf-8")
        for kind in ("*.py", "*.html")
        for file in SOURCES.rglob(kind)
    )
    said = re.sub(r'"\s*\n\s*f?"', "", said)  # texts over several lines
    said = plain(re.sub(r"\s+", " ", said))
    text = (SOURCES / "locale" / code / "LC_MESSAGES" / "django.po").read_text("utf-8")
    words = re.findall(r'^msgid "(.+)"$', text, re.M)

    missing = [w for w in words if "%(" not in w and plain(w) not in said]
    assert missing == []


def plain(text):
    return text.replace("\\", "").replace("%%", "%")


@pytest.mark.django_db
def test_dates_are_written_as_each_language_writes_them(at_desk, known):
    client = at_desk("ana")
    for code, written in (("en", "11 Feb 2022"), ("es", "11 de febrero de 2022")):
        client.post(reverse("set_language"), {"language": code, "next": "/"})
        page = client.get(reverse("recovery", args=[known.recovered[0]]))
        assert written in page.content.decode(), code


@pytest.mark.parametrize(
    ("code", "written"), [("en", "12.3"), ("fr", "12,3"), ("es", "12,3")]
)
def test_a_share_is_written_with_the_decimal_sign_of_the_language(code, written):
    with translation.override(code):
        assert written in formatting.percent(0.1234)
        assert written.replace("12", "99")[:3] in formatting.percent(0.99999)


def test_words_of_data_files_are_collected_for_the_catalogues():
    spec = importlib.util.spec_from_file_location(
        "catalogues", ROOT / "docs" / "catalogues.py"
    )
    catalogues = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(catalogues)

    words = set(catalogues.declared())

    asked = questionnaire()
    assert {table.title for table in asked.tables} <= words
    assert {check.words for check in asked.checks} <= words
    assert {"Rifles and carbines", "Points of contact", "Surrendered"} <= words


def test_a_reason_that_ships_is_translated_and_what_it_quotes_is_not():
    quoting = "The words say that it was seized: “APREENDIDA: 1”"

    with translation.override("fr"):
        assert formatting.why(quoting) == (
            "Le texte dit qu’elle a été saisie : « APREENDIDA: 1 »"
        )
        assert formatting.why("no owner: 50 % sure") == "no owner: 50 % sure"
    assert formatting.why(quoting) == quoting
