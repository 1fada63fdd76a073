"""A passkey is set up, signs in alone, and a recovery code stands for it once."""

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import click
from tests.journeys.looking import faults, fits
from tests.web import world

pytestmark = pytest.mark.journey

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_device(page):
    """Let the browser have a device that makes passkeys and checks its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def look(page, picture, name):
    """Keep pictures on a desk and on a phone; nothing shuts anybody out."""
    assert faults(page, name) == {}
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        picture(page, f"{name}-{width}")
        assert fits(page), (name, width)


def sign_out(page):
    click(page.get_by_role("button", name="Sign out"))
    page.wait_for_url("**/sign-in/")


def test_a_passkey_signs_in_and_a_recovery_code_stands_for_it(desk, sign_in, picture):
    ana = sign_in(desk(), "ana")
    give_device(ana)

    ana.goto("/account/factors/")
    ana.get_by_label("Name of the passkey").fill("desk computer")
    ana.get_by_role("button", name="Add a passkey").click()
    expect(ana.get_by_text("Passkey added.")).to_be_visible()
    look(ana, picture, "factors")
    click(ana.get_by_role("button", name="Make new recovery codes"))
    code = ana.locator("#codes li").first.inner_text()
    look(ana, picture, "factors-recovery-codes")
    click(ana.get_by_role("link", name="I have kept them"))
    click(ana.get_by_role("link", name="Set up one-time codes"))
    look(ana, picture, "factors-one-time-codes")
    sign_out(ana)

    look(ana, picture, "sign-in-with-passkey")
    click(ana.get_by_role("button", name="Sign in with a passkey"))
    ana.wait_for_url("**/purpose/**")
    click(ana.locator("main button[name=purpose]").first)
    ana.wait_for_url("**/today/")
    expect(ana.get_by_role("heading", level=1)).to_be_visible()
    sign_out(ana)

    ana.locator("[name=username]").fill("ana")
    ana.locator("[name=password]").fill(world.PASSWORD)
    click(ana.get_by_role("button", name="Sign in", exact=True))
    ana.wait_for_url("**/sign-in/second-step/")
    look(ana, picture, "second-step")
    ana.get_by_label("Code").fill(code)
    click(ana.get_by_role("button", name="Confirm"))
    ana.wait_for_url("**/purpose/**")
