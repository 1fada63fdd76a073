"""A store is opened, an arm issued and counted; another arm is deactivated."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.accounts import actors
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.registry.actions.passing import Handover, pass_arm
from armstrace.registry.models import Arm
from armstrace.stockpiles.models import StockCount, StockedArm
from armstrace.vocabulary.arms import ArmState, HolderKind, Passing
from tests.journeys.hands import click, follow, press
from tests.journeys.looking import faults, fits, open_all
from tests.web import world

pytestmark = pytest.mark.journey


@pytest.fixture
def look(picture, request):
    """Look at each page once: usable by all, within the screen, pictured."""

    def at(page, name):
        open_all(page)
        picture(page, f"{request.node.callspec.params['width']}-{name}")
        assert faults(page, name) == {}
        assert fits(page), name

    return at


def of_the_state(country):
    by = actors.actor_for(country.people["rita"])
    body = HolderInput("S-1", "National Police", HolderKind.STATE_BODY)
    licensing.record_holders(source="REG", stated=[body], by=by, at=world.NOON)
    handover = Handover(Passing.HANDED_TO_STATE, "S-1", world.NOON.date())
    pass_arm(arm_id=country.arms[1], handover=handover, by=by, at=world.NOON)
    return f"A{country.arms[1]}"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_custodian_issues_and_two_count(desk, sign_in, look, country, width):
    arm = of_the_state(country)
    cleo = sign_in(desk(width=width), "cleo")
    cleo.goto(reverse("stockpiles"))
    cleo.get_by_label("Name of the store").fill("Armoury North")
    look(cleo, "stores")
    press(cleo, "Open a store")
    follow(cleo, "Place arms")
    cleo.locator("[name=text]").fill(arm)
    look(cleo, "place")
    press(cleo, "Place arms")
    follow(cleo, "Issue")
    cleo.locator("[name=other]").select_option("otto")
    cleo.locator("[name=text]").fill(arm)
    look(cleo, "issue")
    press(cleo, "Issue")
    look(cleo, "paper")

    otto = sign_in(desk(width=width), "otto")
    otto.goto(reverse("stock-paper", args=[1]))
    press(otto, "Sign")
    otto.locator("tbody th a").first.wait_for()
    assert StockedArm.objects.current().get().bearer == "otto"
    look(otto, "store")

    follow(otto, "Count the store")
    otto.locator("[name=second]").select_option("cleo")
    otto.locator("[name=text]").fill(f"{arm}\n\nXY-9")
    look(otto, "count-form")
    press(otto, "Count the store")
    cleo.goto(reverse("stock-count", args=[StockCount.objects.get().pk]))
    press(cleo, "Sign the count")
    expect(cleo.get_by_text("XY-9 on line 3")).to_be_visible()
    look(cleo, "count")


@pytest.mark.parametrize("width", [1280, 390])
def test_an_examiner_verifies_part_by_part(desk, sign_in, look, country, width):
    rita = sign_in(desk(width=width), "rita")
    rita.goto(reverse("arm", args=[country.arms[1]]))
    click(rita.get_by_role("link", name="Record the deactivation").first)
    rita.locator("[name=kind]").select_option("PISTOL")
    rita.get_by_label("Person or body that deactivated it").fill("Old Mill Gunsmiths")
    look(rita, "deactivation-record")
    press(rita, "Record the deactivation")
    expect(rita.get_by_text("What the verification still needs")).to_be_visible()
    look(rita, "deactivation")

    elena = sign_in(desk(width=width), "elena")
    elena.goto(reverse("deactivations"))
    look(elena, "deactivations")
    click(elena.locator("tbody th a").first)
    follow(elena, "Verify")
    for name, said in (
        ("verified_by", "Proof House"),
        ("signatory", "Vera Proof"),
        ("title", "Proof master"),
        ("reason", "the licence was seen on paper"),
    ):
        elena.locator(f"[name={name}]").fill(said)
    boxes = elena.locator("main input[type=checkbox][name=parts], [name=checks]")
    for one in boxes.all()[1:]:
        one.check()
    press(elena, "Sign the verification")
    expect(elena.get_by_text("frame or receiver; the arm remains")).to_be_visible()
    look(elena, "verify")
    boxes.first.check()
    press(elena, "Sign the verification")
    assert Arm.objects.get(pk=country.arms[1]).state == ArmState.DEACTIVATED

    rita.goto(reverse("deactivations"))
    click(rita.locator("tbody th a").first)
    follow(rita, "Certificate")
    press(rita, "Sign the certificate")
    elena.reload()
    follow(elena, "Print the certificate")
    expect(elena.get_by_text("Old Mill Gunsmiths").first).to_be_visible()
    look(elena, "certificate")
