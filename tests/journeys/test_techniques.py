"""An operation from its request to what was learned, at a desk and on a phone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.accounts import actors
from armstrace.investigations.actions import opening
from armstrace.investigations.inputs import NewCase
from armstrace.techniques.models import Operation
from armstrace.vocabulary.investigations import Aim
from tests.journeys.hands import follow, press
from tests.journeys.looking import faults, fits, open_all

pytestmark = pytest.mark.journey


class Look:
    """Look at each new page once: usable by all, within the screen, pictured."""

    def __init__(self, picture, seat):
        self.picture, self.seat, self.found = picture, seat, {}

    def at(self, page, name):
        open_all(page)
        self.picture(page, f"techniques-{self.seat}-{name}")
        self.found |= faults(page, name)
        assert fits(page), name


def ask(page, case, look):
    now = datetime.now(UTC)
    page.goto(reverse("case", args=[case.pk]))
    follow(page, "Special techniques")
    look.at(page, "of-case")
    follow(page, "Ask for the authority")
    page.locator("[name=mode]").select_option("REPLACED_WHOLE")
    page.locator("[name=objective]").fill("who receives the parcels")
    page.locator("[name=basis]").select_option("UNTOC-20-1-CD")
    page.locator("[name=authoriser]").select_option("paul")
    page.locator("[name=states]").select_option(["XV"])
    page.locator("[name=begins]").fill(f"{now - timedelta(minutes=9):%Y-%m-%dT%H:%M}")
    page.locator("[name=ends]").fill(f"{now + timedelta(hours=9):%Y-%m-%dT%H:%M}")
    page.locator("[name=zone]").fill("UTC")
    page.locator("[name=reason]").fill("no milder means")
    look.at(page, "ask")
    press(page, "Ask for the authority")
    look.at(page, "asked")


@pytest.mark.parametrize(("seat", "width"), [("desk", 1280), ("phone", 390)])
def test_an_operation_is_asked_for_given_run_and_learned_from(
    desk, sign_in, country, picture, seat, width
):
    by = actors.actor_for(country.people["ines"])
    given = NewCase(title="Parcels", aims=(Aim.DISRUPT,), why="three parcels")
    case = opening.open_case(given=given, by=by, at=datetime.now(UTC))
    look = Look(picture, seat)
    ines, paul = sign_in(desk(width), "ines"), sign_in(desk(width), "paul")
    ask(ines, case, look)
    operation = Operation.objects.get()

    paul.goto(reverse("today"))
    follow(paul, "Decide")
    look.at(paul, "list")
    follow(paul, operation.reference)
    follow(paul, "Decide on the request")
    paul.locator("[name=order_number]").fill("O-17/26")
    paul.locator("[name=reason]").fill("no milder means")
    look.at(paul, "decide")
    press(paul, "Decide on the request")

    ines.reload()
    follow(ines, "Start")
    press(ines, "Start")
    follow(ines, "Record a hand-over")
    for name, value in (("from_state", "XV"), ("to_state", "XV")):
        ines.locator(f"[name={name}]").select_option(value)
    ines.locator("[name=handed_by]").fill("customs at the port")
    ines.locator("[name=received_by]").fill("unit north")
    look.at(ines, "hand-over")
    press(ines, "Record a hand-over")
    expect(ines.get_by_text("not yet")).to_be_visible()
    look.at(ines, "operation")
    follow(ines, "Seal a covert name")
    ines.locator("[name=name]").fill("Zephyrine Canarywing")
    press(ines, "Seal a covert name")
    follow(ines, "Covert names")
    ines.locator("[name=reason]").fill("to brief the team")
    press(ines, "Show the names")
    look.at(ines, "covers")

    paul.goto(reverse("operation", args=[operation.pk]))
    follow(paul, "Withdraw the authority")
    paul.locator("[name=reason]").fill("risk to life")
    press(paul, "Withdraw the authority")
    assert ines.goto(reverse("operation", args=[operation.pk])).status == 404
    ines.goto(reverse("techniques"))
    look.at(ines, "ended")
    follow(ines, "Write what was learned")
    ines.locator("[name=learned]").fill("parcels change hands at noon")
    press(ines, "Write what was learned")
    ines.goto(reverse("case-techniques", args=[case.pk]))
    expect(ines.get_by_text("parcels change hands at noon")).to_be_visible()
    assert look.found == {}
