"""The pictures of a year at the desk, and the records behind them."""

import re

import pytest
from django.urls import reverse

from tests.web.test_return import YEAR, links

pytestmark = pytest.mark.django_db


@pytest.fixture
def stan(known, at_desk):
    return at_desk("stan")


def test_pictures_stand_beside_the_same_numbers(stan):
    page = stan.get(reverse("look-year", args=[YEAR]))

    bars = {name: one for name, _, one in page.context["bars"]}
    pistols = bars["B1"].rows[0]
    assert (pistols.count, pistols.percent) == (2, 100)
    assert page.context["stages"][0].count == 2


def test_the_records_behind_a_picture_are_listed(stan):
    page = stan.get(reverse("look-year", args=[YEAR]))

    stages, routes = page.context["stages"], page.context["ways"].routes
    counts = {stage.stage.value: stage.count for stage in stages}
    counts |= {
        f"{s.stage.value}/{why}": n for s in stages for why, n in s.stopped.items()
    }
    counts |= {route.code: route.count for route in routes}
    opened = [*links(page, "stage"), *links(page, "route")]
    assert len(opened) == len(counts)
    for there in opened:
        name = re.search(r"/(?:stage|route)/(.+)/", there)[1]
        assert len(stan.get(there).context["rows"]) == counts[name]
