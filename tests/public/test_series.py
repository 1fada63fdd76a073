"""The indicator over the years, for everyone: page and JSON."""

import pytest
from django.urls import reverse

from armstrace.indicators.actions import publishing as actions
from tests import cast
from tests.public.test_public import public
from tests.web import world

pytestmark = pytest.mark.django_db


def test_the_indicator_of_all_years_stands_with_its_method_terms_and_json(
    published, settings
):
    settings.LICENCE = "CC BY 4.0"

    page = public().content.decode()
    told = public("public-series").json()
    year = public("public-year-json", 2022).json()

    figures = {each["method"]: each for each in published.content["indicator"]}
    for each in figures.values():
        if each["value"] is not None:
            assert f"{each['value']:.2f} %" in page
    assert reverse("public-series") in page
    assert "CC BY 4.0" in page
    assert told["licence"] == year["licence"] == "CC BY 4.0"
    assert [one["year"] for one in told["years"]] == [2022]
    assert year["tables"] == published.content["tables"]
    for one in told["years"][0]["indicator"]:
        assert one["value"] == figures[one["method"]]["value"]
        assert one["sentence"] in page


def test_where_no_terms_are_stated_the_page_says_so(published, settings):
    settings.LICENCE = ""

    assert "No terms of use are stated" in public().content.decode()


def test_a_withdrawn_year_is_in_no_series(published):
    actions.withdraw_publication(
        publication_id=published.pk,
        reason="a wrong count",
        by=cast.SUPERVISOR,
        at=world.NOON,
    )

    assert public("public-series").json()["years"] == []
    assert public("public-year-json", 2022).status_code == 404
