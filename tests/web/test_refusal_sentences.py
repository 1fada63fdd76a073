"""Refusals that pages show have their form, and are said in the language."""

import pytest
from django.urls import reverse
from django.utils import translation

from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import NotPermitted
from armstrace.web.translation import refusal_sentences as refusals
from armstrace.web.translation import sentences
from tests.cast import REGISTRAR


def test_a_role_that_may_not_is_told_in_its_language():
    with pytest.raises(NotPermitted) as raised:
        REGISTRAR.require("trace.view")
    refused = raised.value

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
