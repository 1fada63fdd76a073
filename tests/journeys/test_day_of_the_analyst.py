"""An analyst takes from what nobody has, decides, and goes on with the next."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.tracing.models import Assignment, TraceDecision
from tests.journeys.hands import click

pytestmark = pytest.mark.journey


@pytest.mark.each_database
@pytest.mark.parametrize("width", [1280, 390])
def test_from_what_nobody_has_to_the_next_decision(
    desk, sign_in, country, picture, width
):
    page = sign_in(desk(width=width), "ana")
    first, second, *_ = country.recovered

    click(page.get_by_role("link", name="Take", exact=True))
    for recovery in (first, second):
        page.get_by_label(f"Choose R{recovery}", exact=True).check()
    picture(page, "analyst-free")
    click(page.get_by_role("button", name="Take", exact=True))
    click(page.get_by_role("link", name="My queue"))
    picture(page, "analyst-queue")
    page.set_viewport_size({"width": 390, "height": 900})
    picture(page, "analyst-queue-phone")
    click(page.get_by_role("link", name="Start with the oldest"))
    expect(page).to_have_url(reverse("recovery", args=[first]))
    page.locator("summary", has_text="Open a trace").click()
    form = page.locator("form[action$='/open/']")
    form.get_by_label("Reason").fill("a seizure in the north")
    click(form.get_by_role("button", name="Open a trace"))
    picture(page, "analyst-decided")
    click(page.get_by_role("link", name="Next in my queue"))

    expect(page).to_have_url(reverse("recovery", args=[second]))
    assert TraceDecision.objects.get().decided_by == "ana"
    assert Assignment.objects.filter(person="ana").count() == 2
