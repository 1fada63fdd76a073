"""An export from what is asked to the alarm, by the desks that do it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from armstrace.transfers.models import Authorisation, Consignment
from tests.journeys.hands import click, press
from tests.journeys.looking import faults, fits
from tests.transfers import desk as transfers

pytestmark = pytest.mark.journey
STATED = {
    "number": "EXP-7",
    "exporter": "Casamar Arms",
    "recipient": transfers.RECIPIENT,
    "route": "FR, BE",
    "issue_place": "Casamar",
}


def look(page, picture, name):
    picture(page, f"transfers-{name}")
    assert faults(page, name) == {}
    assert fits(page), name


@pytest.mark.parametrize("width", [1280, 390])
def test_an_export_is_recorded_documented_decided_sent_and_alarmed(
    desk, sign_in, picture, product, width
):
    today = datetime.now(UTC).date()
    trade = sign_in(desk(width=width), "dirk")
    trade.goto(reverse("authorisation-record", args=["export"]))
    for name, value in STATED.items():
        trade.locator(f"[name={name}]").fill(value)
    trade.locator("[name=import_country]").select_option("NL")
    trade.locator("[name=is_brokered]").select_option("no")
    trade.locator("[name=valid_until]").fill(str(today + timedelta(days=365)))
    look(trade, picture, f"{width}-record")
    press(trade, "Save")
    trade.get_by_text("What would block this today?").wait_for()
    look(trade, picture, f"{width}-blocked")
    made = Authorisation.objects.get()
    _goods_and_papers(trade, made, today, picture, width)

    officer = sign_in(desk(width=width), "lisa")
    officer.goto(reverse("authorisation-act", args=[made.pk, "issue"]))
    press(officer, "Issue")
    officer.get_by_text("What blocks a shipment today?").wait_for()
    look(officer, picture, f"{width}-issued")

    customs = sign_in(desk(width=width), "carl")
    customs.goto(reverse("consignment-send", args=[made.pk]))
    customs.locator("[name=quantity_1]").fill("3")
    customs.locator("[name=marks_1]").fill("AB1\nAB2")
    look(customs, picture, f"{width}-departure")
    press(customs, "Record a departure")
    click(customs.get_by_role("link", name="Record what happened"))
    customs.locator("[name=kind]").select_option("ARRIVED")
    customs.locator("[name=quantity]").fill("2")
    press(customs, "Record what happened")
    customs.get_by_text("less arrived than was sent").first.wait_for()
    look(customs, picture, f"{width}-consignment")
    assert Consignment.objects.get().alarm == "UNDER_DELIVERY"
    for name in ("consignments", "transfers"):
        customs.goto(reverse(name))
        look(customs, picture, f"{width}-{name}")


def _goods_and_papers(page, made, today, picture, width):
    page.goto(reverse("authorisation-act", args=[made.pk, "goods"]))
    page.locator("[name=description]").fill("rifle, calibre .308")
    page.locator("[name=quantity]").fill("4")
    press(page, "Add goods")
    paper = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": transfers.PDF}
    for each in transfers.sound(today).papers:
        page.goto(reverse("authorisation-act", args=[made.pk, "attach"]))
        page.locator("[name=kind]").select_option(each.kind.value)
        page.locator("[name=country]").select_option(each.country)
        for name, day in (
            ("paper_issued_on", each.issued_on),
            ("received_on", each.received_on),
        ):
            page.locator(f"[name={name}]").fill(str(day or ""))
        page.locator("[name=signatory]").fill(each.signatory)
        page.locator("[name=signatory_title]").fill(each.signatory_title)
        page.locator("[name=file]").set_input_files(paper)
        press(page, "Put a document on file")
    page.get_by_text("Nothing is missing.").wait_for()
    look(page, picture, f"{width}-ready")
