"""The day of the auditor, at a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.audit.models import LedgerEntry
from tests.journeys.hands import click
from tests.journeys.looking import faults, fits

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [1280, 390])
def test_the_auditor_lives_a_day(desk, sign_in, country, picture, width):
    recovery = country.recovered[0]
    officer = sign_in(desk(), "otto")
    officer.goto(reverse("recovery", args=[recovery]))
    page = sign_in(desk(width=width), "audrey")

    def look(name):
        picture(page, f"auditor-{width}-{name}")
        assert faults(page, name) == {}
        assert fits(page), name

    page.goto(reverse("consultations"))
    page.get_by_label("Record or holder").fill(f"R{recovery}")
    click(page.get_by_role("button", name="Filter"))
    expect(page.locator("tbody")).to_contain_text("otto")
    expect(page.locator("tbody")).to_contain_text("record opened")
    look("who-looked")

    with page.expect_download() as sent:
        page.get_by_role("link", name="CSV").click()
    assert f"R{recovery}" in sent.value.path().read_text(encoding="utf-8-sig")
    assert LedgerEntry.objects.filter(act="list.exported", actor="audrey").exists()

    click(page.get_by_role("link", name="otto").first)
    look("unusual-use")

    page.goto(reverse("ledger"))
    click(page.locator("tbody th a").first)
    expect(page.get_by_text("is in the ledger")).to_be_visible()
    look("entry")

    page.goto(reverse("ledger-proof"))
    with page.expect_download() as note:
        page.get_by_role("button", name="Download a signed checkpoint").click()
    page.locator("input[type=file]").set_input_files(note.value.path())
    click(page.get_by_role("button", name="Compare"))
    expect(page.get_by_text("is consistent with the checkpoint")).to_be_visible()
    click(page.get_by_role("button", name="Verify the ledger"))
    expect(page.get_by_role("heading", name="Verification")).to_be_visible()
    look("proof")
