"""The annual return and what is published, from the keyboard, for everyone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.indicators.models import Publication, Return
from tests.analysis.statistics.releases import HEADER, a_row, a_total, a_type
from tests.journeys.hands import click
from tests.journeys.looking import faults, fits_both, open_all
from tests.web import world

pytestmark = pytest.mark.journey
TRACED = "Uniquely identifiable - from illegitimate owner in national registry"


def reach(page, locator):
    """Press the tabulator until something has the focus, as a person would."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if locator.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"the keyboard never reaches {locator}")


def follow(page, locator):
    reach(page, locator)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def told(page, name=""):
    open_all(page)
    return faults(page, name)


def test_the_return_shuts_nobody_out(desk, sign_in, country, picture):
    page = sign_in(desk(width=360), "stan")
    found = {}
    for name in ("return-year", "return-checks", "return-changes"):
        page.goto(reverse(name, args=[2022]))
        picture(page, f"stan-{name}")
        assert fits_both(page), name
        found |= told(page, name)
    page.goto(reverse("return-enter", args=[2022, "E1:TARGETED:TOTAL"]))
    found |= told(page)
    page.goto(reverse("return-enter-table", args=[2022, "E2"]))
    found |= told(page)
    page.locator("[name='E2:ARRESTED:MALE']").fill("7")
    page.locator("[name=source]").fill("Ministry of justice")
    click(page.locator("main form .btn-primary"))
    page.locator(".sources").wait_for()
    found |= told(page)
    page.goto(reverse("figures-year", args=[2022]) + "?as_of=2020-01-01")
    found |= told(page)

    assert found == {}


def test_other_states_shut_nobody_out(desk, sign_in, country, picture):
    rows = [a_type("pistol", 7), a_total(9), a_type("pistoll", 1, Year=2019)]
    rows.append(a_row("Arms seized", "by location", TRACED, 3))
    text = "\n".join(",".join(map(str, row)) for row in (HEADER, *rows))
    client = Client()
    client.force_login(
        country.people["stan"], "django.contrib.auth.backends.ModelBackend"
    )
    file = SimpleUploadedFile("release.csv", text.encode())
    where = client.post(reverse("world"), {"file": file})["Location"]
    page = sign_in(desk(width=360), "stan")
    found = {}
    for name, address in (("release", where), ("country", f"{where}UTO/")):
        page.goto(address)
        picture(page, f"{name}")
        assert fits_both(page), name
        found |= told(page, name)

    assert found == {}


def test_what_is_published_shuts_nobody_out(desk, sign_in, country, picture):
    page = sign_in(desk(width=360), "stan")
    page.goto(reverse("publications"))
    page.get_by_label("Year").select_option("2022")
    click(page.get_by_role("button", name="Show what would be published"))
    click(page.get_by_role("button", name="Publish 2022"))
    page.wait_for_selector(".message.success")
    assert told(page) == {}
    everyone = desk(width=360)
    for name in (reverse("public"), reverse("public-year", args=[2022])):
        everyone.goto(name)
        picture(everyone, f"public-{name.strip('/').replace('/', '-')}")
        assert fits_both(everyone), name
        assert told(everyone) == {}
    assert Publication.objects.get().published_by == "stan"
    assert world.PASSWORD not in everyone.content()


def test_the_return_is_filled_explained_and_kept_from_the_keyboard(
    desk, sign_in, country, picture
):
    page = sign_in(desk(java_script_enabled=False), "stan")
    page.goto(reverse("returns"))
    follow(page, page.locator(".work .big").first)
    follow(page, page.locator("main a", has_text="enter: E1").first)
    reach(page, page.locator("[name=value]"))
    page.keyboard.type("12")
    reach(page, page.locator("[name=source]"))
    page.keyboard.type("Ministry of justice")
    follow(page, page.locator("main form .btn-primary"))
    expect(page.locator("main")).to_contain_text("Ministry of justice")
    follow(page, page.locator(".steps a").first)
    for _ in range(10):
        silent = page.locator("main a", has_text="Explain:")
        if not silent.count():
            break
        follow(page, silent.first)
        reach(page, page.locator("[name=reason_code]"))
        page.keyboard.type("the tables")
        follow(page, page.locator("main form .btn-primary"))
    page.goto(reverse("return-year", args=[2022]))
    follow(page, page.locator("button[value=SUBMITTED]"))

    kept = Return.objects.get()
    assert kept.stage == "SUBMITTED"
    assert page.url.endswith(reverse("return-kept", args=[kept.pk]))


@pytest.mark.parametrize("media", ["screen", "print"])
def test_a_table_with_long_sources_shows_all_its_columns(
    desk, sign_in, country, picture, media
):
    page = sign_in(desk(width=700 if media == "print" else 1280), "stan")
    for column in ("MALE", "FEMALE", "UNKNOWN"):
        page.goto(reverse("return-enter", args=[2022, f"E2:ARRESTED:{column}"]))
        page.locator("[name=value]").fill("12")
        page.locator("[name=source]").fill("Ministry of justice, yearbook of " * 8)
        click(page.locator("main form .btn-primary"))
    page.goto(reverse("return-year", args=[2022]))
    page.emulate_media(media=media)

    wide = """[...document.querySelectorAll(".return-tables .table-scroll")]
        .filter(each => each.scrollWidth > each.clientWidth + 1)
        .map(each => each.closest("section").querySelector("h2").innerText)"""
    assert page.evaluate(wide) == []
    expect(page.locator(".tabs").first).to_be_visible(visible=media == "screen")
    picture(page, f"{media}-sources")


@pytest.mark.parametrize("script", [True, False])
def test_what_is_refused_is_read_first(desk, sign_in, country, script):
    page = sign_in(desk(java_script_enabled=script), "stan")
    page.goto(reverse("return-year", args=[2022]))

    click(page.locator("button[value=SUBMITTED]"))

    said = page.locator("#refused")
    assert said.bounding_box()["y"] < 900
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/explain/?finding=*")
