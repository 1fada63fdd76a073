"""Every page: usable by all, on a phone, in the dark, mirrored."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.journeys.hands import click
from tests.journeys.looking import faults, fits, fits_both, open_all

pytestmark = pytest.mark.journey

SEATS = {
    "desk": {"width": 1280},
    "dark-arabic-phone": {"width": 360, "color_scheme": "dark", "locale": "ar"},
}


def pages(country):
    recovery, arm = country.recovered[0], country.arms[0]
    return {
        "today": reverse("today"),
        "recoveries": reverse("recoveries"),
        "ammunition": reverse("ammunition"),
        "record": reverse("recovery-record"),
        "queue": reverse("work-queue") + "?whose=free",
        "recovery": reverse("recovery", args=[recovery]),
        "trace": reverse("trace", args=[recovery]),
        "traces": reverse("traces") + "?standing=OPEN",
        "registry": reverse("registry"),
        "arm": reverse("arm", args=[arm]),
        "look-up": reverse("look-up") + "?q=BK48O%3F0&make=glock",
        "pairs": reverse("arm-pairs"),
        "losses": reverse("losses"),
        "figures": reverse("figures"),
        "records": reverse("figure-records", args=[2022, "metadata", "DENOMINATOR"]),
        "would-take": reverse("shortfall", args=[2022, "metadata"]),
        "returns": reverse("returns"),
        "return": reverse("return-year", args=[2022]),
        "return-cell": reverse("return-records", args=[2022, "B1:PISTOL:SEIZED"]),
        "return-checks": reverse("return-checks", args=[2022]),
        "return-changes": reverse("return-changes", args=[2022]),
        "pictures": reverse("look-year", args=[2022]),
        "stage": reverse("progress-records", args=[2022, "RECOVERED"]),
        "world": reverse("world"),
        "publications": reverse("publications"),
        "send": reverse("return-out", args=[2022]),
        "report": reverse("return-report", args=[2022]),
        "neighbour": reverse("return-neighbour", args=[2022, "poa"]),
        "intake": reverse("intake"),
        "held": reverse("held-rows"),
        "rounds": reverse("recovery", args=[country.recovered[3]]),
        "parts": reverse("parts"),
        "not-found": reverse("recovery", args=[99_999]),
    }


@pytest.mark.parametrize("seat", SEATS)
def test_no_page_shuts_anybody_out(desk, sign_in, country, picture, seat):
    page = sign_in(desk(**SEATS[seat]), "ana")
    page.goto(reverse("trace", args=[country.recovered[0]]))
    click(page.locator("form[action$='/at-home/'] button"))
    found = {}
    for name, address in pages(country).items():
        page.goto(address)
        open_all(page)
        picture(page, f"{seat}-{name}")
        found |= faults(page, name)
        assert fits_both(page), name

    assert found == {}


OVERSIGHT = ("today", "administration", "ledger")
SUPERVISION = ("today", "workload", "acts-done", "waivers", "tuning-uses")


@pytest.mark.parametrize(
    ("name", "areas"),
    [("audrey", OVERSIGHT), ("ada", OVERSIGHT), ("sam", SUPERVISION)],
)
def test_the_pages_of_oversight_shut_nobody_out(desk, sign_in, picture, name, areas):
    page = sign_in(desk(), name)
    for area in areas:
        page.goto(reverse(area))
        picture(page, f"{name}-{area}")

        assert faults(page, area) == {}


@pytest.mark.parametrize("address", ["/sign-in/", "/purpose/"])
def test_the_way_in_shuts_nobody_out(desk, sign_in, picture, address):
    page = desk(width=360)
    if address == "/purpose/":
        sign_in(page, "ana")
    page.goto(address)
    picture(page, address.strip("/"))

    assert faults(page) == {}


def test_arabic_mirrors_the_frame(desk, sign_in):
    page = sign_in(desk(locale="ar"), "ana")

    rail = page.locator(".rail").bounding_box()
    main = page.locator("main").bounding_box()

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert rail["x"] > main["x"]


def test_the_areas_take_one_line_of_a_telephone(desk, sign_in):
    page = sign_in(desk(width=360), "sam")

    assert page.locator(".rail").bounding_box()["height"] < 60
    assert fits(page)


def test_a_recovery_prints_without_its_frame(desk, sign_in, country):
    page = sign_in(desk(), "ana")
    page.goto(reverse("recovery", args=[country.recovered[0]]))
    page.emulate_media(media="print")

    for part in (".bar", ".rail", ".judge >> nth=0"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("text=Marks and description")).to_be_visible()


def test_a_recovery_fits_two_sheets(desk, sign_in, country):
    page = sign_in(desk(), "ana")
    page.goto(reverse("trace", args=[country.recovered[0]]))
    click(page.locator("form[action$='/at-home/'] button"))
    page.goto(reverse("recovery", args=[country.recovered[0]]))

    sheets = re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4"))

    assert 1 <= len(sheets) <= 2
