"""Refusals are said in the language of the reader."""

import pytest
from django.urls import reverse
from django.utils import translation

from armstrace.translation import translate
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import NotPermitted
from tests.cast import REGISTRAR


def test_a_role_that_may_not_is_told_in_its_language():
    with pytest.raises(NotPermitted) as raised:
        REGISTRAR.require("trace.view")
    refused = raised.value

    told = {}
    for code in ("en", "fr", "es", "ar"):
        with translation.override(code):
            told[code] = translate(refused)

    assert told["en"] == str(refused)
    assert len(set(told.values())) == 4
    assert not any("trace.view" in each for each in told.values())
    assert all(Role.REGISTRAR.label not in told[code] for code in ("fr", "es", "ar"))


@pytest.mark.django_db
def test_the_page_of_a_refusal_speaks_french(at_desk):
    client = at_desk("ana")
    client.post(reverse("set_language"), {"language": "fr", "next": "/"})

    page = client.get(reverse("recovery", args=[999999]))

    assert "R999999" in page.content.decode()
    assert "There is no recovery" not in page.content.decode()
