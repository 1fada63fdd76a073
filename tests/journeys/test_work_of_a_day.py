"""Whole pieces of work in a browser, with and without its scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.audit.models import LedgerEntry
from armstrace.tracing.models import TraceDecision
from tests.journeys.hands import click

pytestmark = pytest.mark.journey

CSV = (
    "source_number,item_kind,recovery_kind,recovered_on,agency,arm_type,make,serial\n"
    "Q-1,ARM,SEIZED,2024-05-01,PC-NORTE,pistol,Glock,AB123\n"
    "Q-2,ARM,SEIZED,not a day,PC-NORTE,pistol,Glock,AB124\n"
)


def trace_and_confirm(page, recovery):
    page.goto(reverse("today"))
    click(page.get_by_role("link", name="Take an unassigned one"))
    click(page.get_by_role("link", name=f"R{recovery}", exact=True).first)
    click(page.get_by_role("button", name="Trace in own records"))
    expect(page.get_by_text("theft from a civilian holder").first).to_be_visible()
    page.locator("summary", has_text="Confirm point of diversion").click()
    form = page.locator("form[action$='/confirm/']")
    form.get_by_label("Reason").fill("the theft report names the arm")
    click(form.get_by_role("button", name="Confirm point of diversion"))
    expect(page.get_by_text("Decision saved.")).to_be_visible()
    expect(page.locator(".record-head .state.confirmed")).to_be_visible()


@pytest.mark.each_database
def test_from_todays_list_to_a_confirmed_point_of_diversion(
    desk, sign_in, country, picture
):
    page = sign_in(desk(), "ana")

    trace_and_confirm(page, country.recovered[0])

    picture(page, "journey-confirmed")
    assert TraceDecision.objects.get(superseded_at=None).diversion_place == "Alturas"


def test_the_same_without_scripts(desk, sign_in, country):
    page = sign_in(desk(java_script_enabled=False), "ana")

    trace_and_confirm(page, country.recovered[0])

    assert TraceDecision.objects.filter(superseded_at=None).count() == 1


def test_persons_are_named_without_scripts_and_the_ledger_keeps_who(
    desk, sign_in, country, picture
):
    page = sign_in(desk(java_script_enabled=False), "ana")
    page.goto(reverse("trace", args=[country.recovered[0]]))
    click(page.get_by_role("button", name="Trace in own records"))
    expect(page.get_by_text("Person Two")).to_have_count(0)
    page.locator("#holders-reason").fill("to call on the last lawful holder")
    click(page.get_by_role("button", name="Show the persons"))

    expect(page.get_by_text("Person Two (H-2)")).to_be_visible()
    picture(page, "journey-holders")
    assert LedgerEntry.objects.filter(act="holder.viewed").count() == 1


@pytest.mark.each_database
def test_a_badly_read_serial_on_a_phone_brings_candidates_as_it_is_typed(
    desk, sign_in, country, picture
):
    page = sign_in(desk(width=360), "otto")
    page.keyboard.press("/")
    expect(page.locator("#look-up")).to_be_focused()
    page.keyboard.type("BK48O")
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Serial number")
    box.fill("BK48O?0")
    page.get_by_text("Each mark in its own field").click()
    page.get_by_label("Make").fill("glock")

    expect(
        page.get_by_role("article").first.get_by_role(
            "link", name=f"A{country.arms[0]}"
        )
    ).to_be_visible()
    expect(page.locator(".aligned .alike").first).to_be_visible()
    picture(page, "journey-look-up")


def test_an_officer_on_a_phone_learns_first_that_a_pistol_is_stolen(
    desk, sign_in, country, picture
):
    page = sign_in(desk(width=390), "otto")
    page.locator("#look-up").fill("9mm glock 17 BK48010")
    page.keyboard.press("Enter")

    answer = page.get_by_role("heading", name="STOLEN")
    expect(answer).to_be_in_viewport()
    expect(page.get_by_text("Contact")).to_be_visible()
    picture(page, "journey-look-up-stolen")
    page.set_viewport_size({"width": 1280, "height": 800})
    picture(page, "journey-look-up-stolen-wide")


def test_a_look_up_without_scripts(desk, sign_in, country):
    page = sign_in(desk(width=360, java_script_enabled=False), "otto")
    page.goto(reverse("look-up"))
    page.get_by_label("Serial number").fill("BK480?0")
    click(page.locator("main").get_by_role("button", name="Look up"))

    candidate = page.get_by_role("article").first
    expect(candidate.get_by_role("link", name=f"A{country.arms[0]}")).to_be_visible()


def test_a_candidate_is_dismissed_with_a_reason_by_keyboard(desk, sign_in, country):
    page = sign_in(desk(), "ana")
    page.goto(reverse("recovery", args=[country.recovered[0]]))
    reason = page.locator(".judge [name=reason]").first
    reason.focus()
    page.keyboard.type("the slide bears another proof mark")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".candidate .state.refused")).to_be_visible()


def test_the_first_tab_offers_to_skip_to_the_page(desk, sign_in):
    page = sign_in(desk(), "ana")
    page.goto(reverse("recoveries"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


@pytest.mark.each_database
def test_a_file_is_loaded_and_its_held_row_is_mended(desk, sign_in, picture, tmp_path):
    file = tmp_path / "march.csv"
    file.write_text(CSV, encoding="utf-8")
    page = sign_in(desk(), "ana")
    page.goto(reverse("intake"))
    page.locator("input[type=file]").set_input_files(file)
    click(page.get_by_role("button", name="See how it is read"))
    picture(page, "journey-intake-seen")
    click(page.get_by_role("button", name="Load 1 row"))
    picture(page, "journey-intake-loaded")
    click(page.get_by_role("link", name="Correct the rows").first)
    click(page.get_by_role("link", name="Correct this row"))
    picture(page, "journey-intake-held")
    page.get_by_label("day of recovery").fill("2024-05-02")
    click(page.get_by_role("button", name="Correct and load"))

    expect(page.get_by_text("Row loaded.")).to_be_visible()


def test_after_signing_out_the_way_back_shows_nothing(desk, sign_in, country):
    page = sign_in(desk(), "ana")
    page.goto(reverse("recovery", args=[country.recovered[0]]))
    click(page.get_by_role("button", name="Sign out"))
    page.wait_for_url("**/sign-in/")
    page.go_back()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
