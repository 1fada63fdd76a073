"""A clerk finds a report of theft beside its registered arm, and joins the two."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.journeys.hands import click
from tests.journeys.looking import faults, fits
from tests.web import world

pytestmark = pytest.mark.journey


def test_a_clerk_joins_a_report_with_its_arm(desk, sign_in, country, picture):
    world.reported()
    page = sign_in(desk(width=390), "rita")
    page.goto(reverse("arm-pairs"))
    picture(page, "journey-pairs")
    assert faults(page) == {}
    assert fits(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    picture(page, "journey-pairs-wide")

    page.get_by_label("Reason").fill("the calibre was written by hand")
    click(page.get_by_role("button", name="One arm"))

    expect(page.get_by_role("button", name="Take the two apart")).to_be_visible()
    expect(page.get_by_role("heading", name="stolen")).to_be_visible()
    picture(page, "journey-joined-wide")
