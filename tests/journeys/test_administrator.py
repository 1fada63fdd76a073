"""A day of the administrator: an agency, a person, a role, a lock, the end."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.accounts.models import AccountChange, User
from armstrace.records import jurisdiction
from armstrace.vocabulary import profiles
from tests.journeys.hands import click, press
from tests.journeys.looking import faults, fits
from tests.web.test_legal_profile import DEADLINE

pytestmark = pytest.mark.journey

CHOSEN = "seven quiet rivers"


def look(page, picture, name):
    """Keep a picture; nothing shuts anybody out and nothing scrolls sideways."""
    picture(page, name)
    assert faults(page, name) == {}
    assert fits(page), name


def enter(page, name, password):
    page.goto("/sign-in/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(password)
    click(page.locator("form .btn-primary"))


def act(page, verb, reason):
    page.locator("summary", has_text=verb).click()
    form = page.locator("details[open] form").last
    form.get_by_label("Reason").fill(reason)
    click(form.get_by_role("button", name=verb))


@pytest.mark.parametrize("width", [1280, 390])
def test_the_day_of_an_administrator(desk, sign_in, picture, width):
    ada = sign_in(desk(width=width), "ada")
    click(ada.get_by_role("link", name="Administration", exact=True).first)
    look(ada, picture, f"administrator-overview-{width}")

    click(ada.get_by_role("link", name="Agencies", exact=True).first)
    ada.get_by_label("Code").fill("PC-LESTE")
    ada.locator("#id_name").fill("Police of the East")
    click(ada.get_by_role("button", name="Add an agency"))
    expect(ada.get_by_text("Agency added.")).to_be_visible()
    look(ada, picture, f"administrator-agencies-{width}")

    ada.goto(reverse("people"))
    look(ada, picture, f"administrator-people-{width}")
    click(ada.get_by_role("link", name="Invite a person"))
    ada.get_by_label("Name of the person").fill("Nina New")
    ada.get_by_label("Sign-in name").fill("nina")
    ada.get_by_label("Agency").select_option("PC-LESTE")
    ada.get_by_label("Role").select_option("OFFICER")
    look(ada, picture, f"administrator-invite-{width}")
    click(ada.get_by_role("button", name="Invite"))
    secret = ada.locator("#secret").inner_text()
    look(ada, picture, f"administrator-secret-{width}")

    nina = desk(width=width)
    enter(nina, "nina", secret)
    nina.wait_for_url("**/passphrase/")
    look(nina, picture, f"administrator-first-passphrase-{width}")
    nina.get_by_label("Current passphrase").fill(secret)
    nina.get_by_label("New passphrase", exact=True).fill(CHOSEN)
    nina.get_by_label("Repeat the new passphrase").fill(CHOSEN)
    click(nina.get_by_role("button", name="Save passphrase"))
    nina.goto(reverse("own-account"))
    click(nina.get_by_role("button", name="criminal investigation"))
    expect(nina.get_by_text("this one")).to_be_visible()
    look(nina, picture, f"administrator-own-account-{width}")

    click(ada.get_by_role("link", name="I have kept it"))
    ada.locator("summary", has_text="Change role").click()
    form = ada.locator("details[open] form")
    form.get_by_label("Role").select_option("CUSTODIAN")
    form.get_by_label("Reason").fill("keeps the store now")
    click(form.get_by_role("button", name="Change role"))
    expect(ada.get_by_text("Role changed.")).to_be_visible()
    look(ada, picture, f"administrator-person-{width}")

    for area in ("roles", "sessions", "tokens", "system-health", "settings-seen"):
        ada.goto(reverse(area))
        look(ada, picture, f"administrator-{area}-{width}")

    ada.goto(reverse("legal-profile"))
    text = profiles.text_in_use("protocol", jurisdiction.folder()) + DEADLINE
    file = {"name": "new.toml", "mimeType": "text/plain", "buffer": text.encode()}
    ada.get_by_label("Profile, a TOML file").set_input_files(file)
    press(ada, "Check and compare")
    expect(ada.get_by_text("New in the profile")).to_be_visible()
    ada.locator("summary", has_text="Read the whole profile").click()
    look(ada, picture, f"administrator-legal-profile-{width}")

    for _ in range(5):
        enter(desk(), "nina", "wrong")
    ada.goto(reverse("people"))
    click(ada.get_by_role("link", name="nina").first)
    act(ada, "Release the lock", "called her back")
    expect(ada.get_by_text("The lock is released")).to_be_visible()

    act(ada, "Close account", "left the service")
    expect(ada.get_by_text("Account closed")).to_be_visible()
    nina.goto(reverse("today"))
    expect(nina.locator("[name=username]")).to_be_visible()
    assert not User.objects.get(name="nina").is_active
    acts = AccountChange.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["INVITED", "ROLE", "LOCK_RELEASED", "CLOSED"]
