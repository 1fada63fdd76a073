"""Refusals that pages show have their form, and are said in the language."""

from importlib import resources

import pytest
from django.urls import reverse
from django.utils import translation

from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import NotPermitted
from armstrace.web.translation import refusal_sentences as refusals
from armstrace.web.translation import sentences
from tests.web import spoken

SPEAKING = (
    "accounts/actions/people.py",
    "accounts/actions/tokens.py",
    "accounts/actors.py",
    "accounts/queries.py",
    "accounts/rules.py",
    "accounts/sign_in_names.py",
    "analysis/statistics/questionnaire/entering.py",
    "evidence/queries.py",
    "evidence/rules.py",
    "indicators/actions/publishing.py",
    "indicators/actions/returns.py",
    "recoveries/rules.py",
    "registry/actions/events.py",
    "registry/rules.py",
    "tracing/actions/decisions.py",
    "tracing/rules.py",
    "vocabulary/actors.py",
)
"""Modules whose every refusal has a form."""


def source_texts():
    folder = resources.files("armstrace")
    for file in folder.rglob("*.py"):
        if "web" not in file.relative_to(folder).parts:
            yield from spoken.texts(file.read_text())


def test_every_refusal_of_the_modules_that_pages_call_has_a_form():
    known = set(map(spoken.plain, refusals.FORMS))

    told = {s for path in SPEAKING for s in spoken.sentences(path, frozenset())}
    assert told - known == set()


def test_every_form_is_a_refusal_that_is_given():
    given = set(source_texts())

    assert set(map(spoken.plain, refusals.FORMS)) - given == set()


def test_a_role_that_may_not_is_told_in_its_language():
    refused = NotPermitted(
        f"The role “{Role.REGISTRAR.label}” may not do this (trace.view)."
    )

    told = {}
    for code in ("en", "fr", "es", "ar"):
        with translation.override(code):
            told[code] = refusals.said(refused)

    assert told["en"] == str(refused)
    assert len(set(told.values())) == 4
    assert all("trace.view" in each for each in told.values())
    assert all(Role.REGISTRAR.label not in told[code] for code in ("fr", "es", "ar"))


def test_refusals_of_several_lines_are_said_line_by_line(monkeypatch):
    form = "Say why %(cell)s is corrected; an earlier figure stands."
    words = {form: "%(cell)s : pourquoi ?"}
    monkeypatch.setattr(sentences, "gettext", lambda said: words.get(said, said))

    said = refusals.said(
        "Say why B1 is corrected; an earlier figure stands.\nNot known to anyone."
    )

    assert said == "B1 : pourquoi ?\nNot known to anyone."


@pytest.mark.django_db
def test_the_page_of_a_refusal_speaks_french(at_desk):
    client = at_desk("ana")
    client.post(reverse("set_language"), {"language": "fr", "next": "/"})

    page = client.get(reverse("recovery", args=[999999]))

    assert "R999999" in page.content.decode()
    assert "There is no recovery" not in page.content.decode()
