"""The trade from its stock book to a notice of sale, and a loss that is kept."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Holder
from armstrace.registry.actions import registering
from armstrace.registry.inputs import EventInput
from armstrace.registry.models import Arm
from armstrace.vocabulary.arms import HolderKind, LifeEventKind
from tests.cast import SYSTEM
from tests.journeys.hands import click, press
from tests.journeys.looking import faults, fits

pytestmark = pytest.mark.journey
KINDS = {"D-1": (HolderKind.DEALER, "DEAL"), "H-1": (HolderKind.PERSON, "POSSESS")}


def licensed(now) -> None:
    """Let the dealer of the country have a revolver, and both sides their licences."""
    stated = [
        HolderInput(
            number,
            f"Holder {number}",
            kind,
            licence_number=f"L-{number}",
            licence_type=licence,
            valid_from=date(2020, 1, 1),
            valid_until=date(2099, 1, 1),
        )
        for number, (kind, licence) in KINDS.items()
    ]
    licensing.record_holders(
        source="REG", stated=stated, reason="licences", by=SYSTEM, at=now
    )
    sold = EventInput(
        "T-1-sold", "T-1", LifeEventKind.SOLD_TO_DEALER, date(2020, 5, 1), "", "D-1"
    )
    registering.record_events(source="REG", stated=[sold], by=SYSTEM, at=now)


def look(page, picture, name):
    picture(page, f"trade-{name}")
    assert faults(page, name) == {}
    assert fits(page), name


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_stock_book_to_a_notice_of_sale(
    desk, sign_in, picture, country, width
):
    licensed(datetime.now(UTC))
    dealer = Holder.objects.get(number="D-1").pk
    clerk = sign_in(desk(width=width), "rita")
    clerk.goto(reverse("holder-reporting", args=[dealer]))
    clerk.get_by_label("Agency of the trade").select_option("DEALER-1")
    clerk.get_by_label("Reason").fill("letter 4")
    look(clerk, picture, f"{width}-reporting")
    press(clerk, "Save")
    expect(clerk.get_by_text("Notices are given by")).to_be_visible()
    look(clerk, picture, f"{width}-holder")
    clerk.goto(reverse("holder-closing", args=[dealer]))
    look(clerk, picture, f"{width}-closing")

    seller = sign_in(desk(width=width), "dirk")
    seller.goto(reverse("own-stock"))
    look(seller, picture, f"{width}-stock")
    click(seller.locator("main table").get_by_role("link", name="Give notice").first)
    seller.get_by_label("Day").fill(str(datetime.now(UTC).date()))
    seller.get_by_label("Licence of the other side").fill("L-H-1")
    look(seller, picture, f"{width}-notice")
    press(seller, "Give notice")
    look(seller, picture, f"{width}-notice-checked")
    press(seller, "Give notice")
    expect(seller.get_by_text("The notice is recorded.")).to_be_visible()
    sold = Arm.objects.get_queryset().get(source_number="T-1")
    assert sold.holder.number == "H-1"
    seller.goto(reverse("own-book"))
    look(seller, picture, f"{width}-book")
    seller.goto(reverse("own-notices"))
    look(seller, picture, f"{width}-notices")

    seller.goto(reverse("own-notice"))
    seller.get_by_label("What happened").select_option("LOST")
    seller.get_by_label("Arm").fill("NO-SUCH-1")
    seller.get_by_label("Day").fill(str(datetime.now(UTC).date()))
    press(seller, "Give notice")
    press(seller, "Give notice")
    expect(seller.get_by_text("waits for the registry").first).to_be_visible()
    look(seller, picture, f"{width}-kept")
