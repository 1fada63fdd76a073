"""The bench in a browser: every page for all, and an examiner's piece of work."""

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.ballistics.actions import searching
from armstrace.ballistics.inputs import SearchInput
from armstrace.ballistics.models import (
    BallisticMark,
    Comparison,
    Link,
    MarkRegion,
    SearchRun,
)
from armstrace.jobs.running import JobContext
from tests.ballistics import marks as bench
from tests.cast import EXAMINER, NOW
from tests.journeys.hands import click
from tests.journeys.looking import faults, fits_both, open_all
from tests.journeys.test_every_page import SEATS

pytestmark = pytest.mark.journey


@pytest.fixture
def folder(product):
    return product.home / "files"


@pytest.fixture
def enrolled(country, folder):
    """Two marks of one slide and one of another."""
    one, two, *_ = country.recovered
    return [
        bench.enrolled(folder, tool, firing, recovery_id=owner)
        for tool, firing, owner in ((1, 1, one), (1, 2, two), (2, 1, two))
    ]


def searched(folder, mark):
    """Search in one transaction: the server's worker takes up what stands still."""
    stated = SearchInput(mark.pk, reach_deg=30.0, compare_closer=1)
    with transaction.atomic():
        run = searching.begin_search(stated=stated, by=EXAMINER, at=NOW)
        searching.run_search(
            run_id=run.pk, folder=folder, context=JobContext(), by=EXAMINER, at=NOW
        )


def pages(enrolled, kept):
    mark = enrolled[0].pk
    return {
        "marks": reverse("ballistics"),
        "enrol": reverse("mark-enrol"),
        "mark": reverse("ballistic-mark", args=[mark]),
        "region": reverse("mark-region", args=[mark]),
        "class": reverse("mark-class", args=[mark]),
        "scan": reverse("mark-scan", args=[mark]),
        "comparison": reverse("comparison", args=[kept.pk]),
        "comparisons": reverse("comparisons"),
        "searches": reverse("searches"),
        "search": reverse("mark-search-run", args=[SearchRun.objects.get().pk]),
        "conclusions": reverse("conclusions"),
        "reference-sets": reverse("reference-sets"),
    }


@pytest.mark.parametrize("seat", SEATS)
def test_no_page_of_the_bench_shuts_anybody_out(
    desk, sign_in, enrolled, folder, picture, seat
):
    bench.identified(folder, enrolled[0], enrolled[1])
    searched(folder, enrolled[0])
    page = sign_in(desk(**SEATS[seat]), "elena")
    found = {}
    for name, address in pages(enrolled, Comparison.objects.first()).items():
        page.goto(address)
        open_all(page)
        picture(page, f"{seat}-bench-{name}")
        found |= faults(page, name)
        assert fits_both(page), name

    assert found == {}


def enrol_and_compare(page, country, tmp_path):
    for firing in (1, 2):
        path = tmp_path / f"case-{firing}.x3p"
        path.write_bytes(bench.content(1, firing))
        page.goto(reverse("mark-enrol"))
        page.locator("input[type=file]").set_input_files(path)
        owner = page.get_by_label("Recovery or registered arm")
        owner.fill(f"R{country.recovered[firing - 1]}")
        click(page.get_by_role("button", name="Enrol mark"))
        click(page.get_by_role("link", name="Use the suggestion"))
        click(page.get_by_role("button", name="Set region"))
        expect(page.get_by_text("Region set.")).to_be_visible()
    first = BallisticMark.objects.order_by("pk").first()
    page.get_by_label("Compare with mark").fill(first.reference)
    click(page.get_by_role("button", name="Compare two marks"))
    expect(page.get_by_text("cells are congruent")).to_be_visible()
    page.locator("[name=verdict]").select_option("IDENTIFICATION")
    page.get_by_label("What decided it").fill("lines agree throughout")
    click(page.get_by_role("button", name="Record conclusion"))
    expect(page.get_by_text("awaits a second examiner").first).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
def test_from_two_scans_to_a_link_of_two_examiners(
    desk, sign_in, country, folder, tmp_path, scripted
):
    page = sign_in(desk(java_script_enabled=scripted), "elena")
    enrol_and_compare(page, country, tmp_path)
    other = sign_in(desk(java_script_enabled=scripted), "egon")
    other.goto(reverse("comparison", args=[Comparison.objects.get().pk]))
    other.locator("[name=verdict]").select_option("IDENTIFICATION")
    other.get_by_label("What decided it").fill("seen again")
    click(other.get_by_role("button", name="Record the second conclusion"))

    expect(other.get_by_text("Link made")).to_be_visible()
    assert Link.objects.count() == 1
    assert BallisticMark.objects.count() == 2


def test_the_light_moves_as_the_slider_is_dragged(desk, sign_in, enrolled):
    page = sign_in(desk(), "ana")
    page.goto(reverse("ballistic-mark", args=[enrolled[0].pk]))
    with page.expect_response(lambda answer: "azimuth=90" in answer.url):
        page.locator("#azimuth").fill("90")

    address = page.locator("img[data-lit]").get_attribute("src")
    assert "azimuth=90" in address


def test_the_light_moves_without_scripts(desk, sign_in, enrolled):
    page = sign_in(desk(java_script_enabled=False), "ana")
    page.goto(reverse("ballistic-mark", args=[enrolled[0].pk]))
    page.locator("#elevation").fill("70")
    click(page.get_by_role("button", name="Move the light"))

    assert "elevation=70" in page.locator("img[data-lit]").get_attribute("src")


def test_a_ring_is_drawn_by_hand(desk, sign_in, enrolled, picture):
    page = sign_in(desk(), "elena")
    address = reverse("mark-region", args=[enrolled[0].pk])
    page.goto(f"{address}?suggested=1")
    before = float(page.get_by_label("Outer radius").input_value())
    box = page.locator("[data-region]").bounding_box()
    per_mm = box["width"] / 3.6
    middle = box["x"] + 1.8 * per_mm, box["y"] + 1.8 * per_mm
    page.mouse.move(middle[0] + before * per_mm, middle[1])
    page.mouse.down()
    page.mouse.move(middle[0] + 1.3 * per_mm, middle[1], steps=4)
    page.mouse.up()
    picture(page, "bench-ring")
    click(page.get_by_role("button", name="Set region"))

    region = MarkRegion.objects.current().get(mark=enrolled[0])
    assert before > 1.5
    assert region.outer_radius_m == pytest.approx(1.3e-3, abs=0.06e-3)


def test_the_second_mark_flickers_by_the_space_bar(desk, sign_in, enrolled, folder):
    kept = bench.compared(folder, enrolled[0], enrolled[1])
    page = sign_in(desk(java_script_enabled=False), "ana")
    page.goto(reverse("comparison", args=[kept.pk]))
    above = page.locator(".stack .above")
    expect(above).to_be_hidden()
    page.locator("#flicker").focus()
    page.keyboard.press("Space")

    expect(above).to_be_visible()


def test_a_comparison_prints_its_marks_and_limits(desk, sign_in, enrolled, folder):
    kept = bench.compared(folder, enrolled[0], enrolled[1])
    page = sign_in(desk(), "ana")
    page.goto(reverse("comparison", args=[kept.pk]))
    page.emulate_media(media="print")

    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator(".limits")).to_be_visible()
    expect(page.locator("svg.cells").first).to_be_visible()
