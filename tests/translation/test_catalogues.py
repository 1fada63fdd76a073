"""What the code says is in every catalogue, with the same placeholders."""

import gettext
import importlib.util
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from armstrace.audit.declarations import apps_declared
from armstrace.registry.models import KeyStoreState  # no page shows its steps
from armstrace.vocabulary.profiles import loading

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)s")

pytestmark = pytest.mark.pure


class Untranslated(gettext.NullTranslations):
    """Says nothing where a catalogue has no word."""

    def gettext(self, message):
        del message
        return ""

    def ngettext(self, msgid1, msgid2, n):
        del msgid1, msgid2, n
        return ""


@pytest.fixture(scope="module")
def catalogues():
    path = ROOT / "docs" / "catalogues.py"
    spec = importlib.util.spec_from_file_location("catalogues", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def templates(catalogues):
    return sorted(set(catalogues.templates()))


@pytest.fixture(scope="module")
def counted(catalogues):
    return sorted(set(catalogues.counted()))


@pytest.fixture
def catalogue(code):
    path = ROOT / f"src/armstrace/locale/{code}/LC_MESSAGES/django.mo"
    with path.open("rb") as file:
        words = gettext.GNUTranslations(file)
    words.add_fallback(Untranslated())
    return words


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_message_is_translated(catalogue, templates):
    assert [each for each in templates if not catalogue.gettext(each)] == []


def test_no_message_sends_to_an_index_that_has_no_armstrace(templates):
    assert [each for each in templates if "armstrace[" in each] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_message_that_counts_is_translated_in_each_of_its_forms(
    catalogue, counted
):
    assert counted
    for one, several in counted:
        # These numbers take every form that any of the languages has.
        said = {n: catalogue.ngettext(one, several, n) for n in (0, 1, 2, 5, 11, 100)}
        asked = set(PLACEHOLDER.findall(several)) - {"%(n)s"}
        for n, words in said.items():
            kept = set(PLACEHOLDER.findall(words)) - {"%(n)s"}
            # Of the first few a language may have words in the number's place.
            assert words, (one, n)
            assert kept <= asked, (one, n, words)
            assert n < 3 or kept == asked, (one, n, words)
            assert n < 3 or "%(n)s" in words, (one, n, words)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_of_a_data_file_is_translated(catalogue, catalogues):
    said = {*catalogues.declared(), *catalogues.ruled()}
    assert sorted(each for each in said if each and not catalogue.gettext(each)) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_right_is_translated(catalogue):
    rights = [grant for app in apps_declared() for grant in app.grants]
    assert rights
    assert [each.action for each in rights if not catalogue.gettext(each.words)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_choice_of_a_model_is_translated(catalogue):
    offered = {
        label
        for model in apps.get_models()
        if model.__module__.startswith("armstrace.") and model is not KeyStoreState
        for field in model._meta.fields
        for _value, label in field.choices or ()
    }

    assert len(offered) > 500
    assert {each for each in offered if not catalogue.gettext(each)} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_offence_and_its_elements_are_translated(catalogue):
    shipped = [loading.load(name) for name in loading.profile_names()]
    rules = [rule for each in shipped for rule in (*each.offences, *each.elements)]
    assert rules
    assert {rule.words for rule in rules if not catalogue.gettext(rule.words)} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_message(catalogue, templates):
    unlike = [
        each
        for each in templates
        if (said := catalogue.gettext(each))
        and set(PLACEHOLDER.findall(each)) != set(PLACEHOLDER.findall(said))
    ]
    assert unlike == []
