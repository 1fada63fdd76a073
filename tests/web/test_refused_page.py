"""A refusal leads back to the page that was left."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_refusal_leads_back_to_the_page_that_was_left(at_desk):
    left = reverse("recoveries") + "?make=GLOCK"

    page = at_desk("ana").get(
        reverse("recovery", args=[10**9]),
        headers={"referer": f"http://testserver{left}"},
    )

    assert page.status_code == 404
    assert f'href="{left}" data-back' in page.content.decode()


def test_a_refusal_never_leads_to_another_site(at_desk):
    page = at_desk("ana").get(
        reverse("recovery", args=[10**9]), headers={"referer": "https://example.org/"}
    )

    assert page.status_code == 404
    assert "data-back" not in page.content.decode()
