"""A supervisor hands out what nobody has, and sees who did what."""

import pytest
from playwright.sync_api import expect

from armstrace.tracing.models import Assignment
from tests.journeys.hands import click

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [1280, 390])
def test_work_is_handed_out_and_seen(desk, sign_in, country, picture, width):
    page = sign_in(desk(width=width), "sam")
    first = country.recovered[0]

    click(page.get_by_role("link", name="Workload"))
    click(page.get_by_role("link", name="Assign them"))
    page.get_by_label(f"Choose R{first}", exact=True).check()
    page.get_by_label("Person").select_option("ana")
    page.get_by_label("Note").fill("the south waits for it")
    click(page.get_by_role("button", name="Assign to this person"))
    expect(page.get_by_text("1 recovery is now assigned to ana.")).to_be_visible()
    click(page.get_by_role("link", name="Today"))
    click(page.get_by_role("link", name="Workload"))
    picture(page, "supervisor-workload")
    click(page.get_by_role("link", name="Reassign"))
    expect(page.get_by_text("the south waits for it")).to_be_visible()
    page.go_back()
    click(page.get_by_role("link", name="Who did what"))
    picture(page, "supervisor-acts")
    expect(
        page.get_by_role("cell", name="took or handed on recoveries")
    ).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    picture(page, "supervisor-acts-phone")
    for name in ("Left untraced", "Tunings of matching"):
        click(page.get_by_role("link", name=name, exact=True))
        picture(page, f"supervisor-{name.split()[0].casefold()}-phone")

    assert Assignment.objects.get().given_by == "sam"
