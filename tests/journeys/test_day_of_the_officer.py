"""An officer on the street, with one thumb: record, send, know what it is."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.analysis.synthetic.pictures import plate
from armstrace.recoveries.models import Recovery, RecoveryPhotograph, RecoveryRecord
from tests.journeys.hands import click

pytestmark = pytest.mark.journey

PHONE = 390
PLATE = {
    "name": "plate.png",
    "mimeType": "image/png",
    "buffer": plate(["BK48010"], seed=1),
}
COUNT_CLICKS = """
    addEventListener("click", () => {
        sessionStorage.clicks = 1 + Number(sessionStorage.clicks || 0);
    }, true);
"""


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_a_recovery_takes_three_clicks(desk, sign_in, country, picture, width):
    page = sign_in(desk(width=width), "otto")
    page.add_init_script(COUNT_CLICKS)
    page.reload()

    click(page.get_by_role("link", name="Record a recovery"))
    with page.expect_file_chooser() as chooser:
        page.get_by_label("Photographs").click()
    chooser.value.set_files(PLATE)
    page.keyboard.press("Tab")
    page.keyboard.type("BK48010")
    page.keyboard.press("Tab")
    page.keyboard.type("Glock")
    picture(page, "officer-record")
    page.get_by_role("button", name="Record recovery").click()

    expect(page.get_by_role("heading", name="STOLEN")).to_be_in_viewport()
    picture(page, "officer-answer")
    assert page.evaluate("Number(sessionStorage.clicks)") == 3
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    made = Recovery.objects.latest("pk")
    assert RecoveryPhotograph.objects.filter(recovery=made).count() == 1


def test_without_a_network_it_is_kept_and_sent_later(desk, sign_in, country, picture):
    page = sign_in(desk(width=PHONE), "otto")
    page.goto(reverse("recovery-record"))
    before = Recovery.objects.count()
    page.get_by_label("Photographs").set_input_files(PLATE)
    page.get_by_label("Serial number").fill("BK48010")
    number = page.locator("form [data-number]").inner_text()
    send = page.get_by_role("button", name="Record recovery")
    page.context.set_offline(True)

    send.click()

    kept = page.get_by_text("is saved in this browser")
    expect(kept).to_contain_text(number)
    picture(page, "officer-kept")
    serial = page.get_by_label("Serial number")
    expect(serial).to_have_value("")
    expect(page.locator("form [data-number]")).not_to_have_text(number)
    serial.fill("SECOND222")
    page.context.set_offline(False)
    expect(page.get_by_text("The recovery that was saved")).to_be_visible()
    send.click()

    expect(page.get_by_text("Recovery saved as").first).to_be_visible()
    assert Recovery.objects.count() == before + 2
    made = Recovery.objects.get(source_number=number)
    assert RecoveryPhotograph.objects.filter(recovery=made).count() == 1
    second = RecoveryRecord.objects.latest("pk")
    assert second.serial_as_marked == "SECOND222"


def test_a_refusal_keeps_the_photograph_that_was_chosen(desk, sign_in, country):
    page = sign_in(desk(width=PHONE), "otto")
    page.goto(reverse("recovery-record"))
    page.get_by_label("Photographs").set_input_files(PLATE)
    page.get_by_label("Serial number").fill("BK48010")
    page.get_by_label("Day of recovery").fill("")

    page.get_by_role("button", name="Record recovery").click()

    expect(page.get_by_role("alert")).to_contain_text("Give the day")
    expect(page.get_by_label("Serial number")).to_have_value("BK48010")
    page.get_by_label("Day of recovery").fill("2026-03-02")
    page.get_by_role("button", name="Record recovery").click()
    expect(page.get_by_role("heading", name="STOLEN")).to_be_visible()
    made = Recovery.objects.latest("pk")
    assert RecoveryPhotograph.objects.filter(recovery=made).count() == 1
