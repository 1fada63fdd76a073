"""The network is read at a desk, on a phone, in Arabic, and without JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.accounts import actors
from armstrace.accounts.models import User
from armstrace.vocabulary.networks import LinkKind, NodeKind
from tests.journeys.hands import click
from tests.journeys.looking import faults, fits, open_all
from tests.web.test_networks import link, subject

pytestmark = pytest.mark.journey
MEMBERS = 9


@pytest.fixture
def ring(country):
    by = actors.actor_for(User.objects.get(name="ines"))
    group = subject(by, "The Ring", NodeKind.GROUP)
    members = [subject(by, f"Person {number}") for number in range(MEMBERS)]
    for each in members:
        link(by, each, group, LinkKind.MEMBER_OF)
    link(by, members[0], f"R{country.recovered[0]}")
    link(by, members[1], f"A{country.arms[0]}")
    return group


def rows(page):
    return page.locator(".network-table tbody tr")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_network_is_read_and_opened_by_the_keyboard(
    desk, sign_in, ring, country, picture, width
):
    page, found = sign_in(desk(width=width), "ines"), {}

    def look(name):
        open_all(page)
        picture(page, f"network-{width}-{name}")
        found.update(faults(page, name))
        assert fits(page), name

    page.goto(f"{reverse('network')}?of={ring}")
    look("closed")
    closed = rows(page).count()
    page.locator("svg a[data-opens]").first.focus()
    page.keyboard.press("Enter")
    expect(rows(page)).not_to_have_count(closed)
    expect(page).to_have_url(re.compile("open="))
    look("opened")
    page.locator("[name=basis]").select_option("computed")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".basis.asserted")).to_have_count(0)
    page.goto(f"{reverse('network-path')}?first={ring}")
    page.get_by_label("To record").fill(f"A{country.arms[0]}")
    click(page.get_by_role("button", name="Find ways"))
    expect(page.get_by_text("2 links lead from")).to_be_visible()
    look("way")
    page.goto(reverse("network-overview"))
    expect(page.get_by_role("heading", name="Repeat sources")).to_be_visible()
    look("overview")

    assert found == {}


def test_a_bundle_opens_without_javascript_and_from_right_to_left(
    desk, sign_in, ring, picture
):
    page = sign_in(desk(java_script_enabled=False, locale="ar"), "ines")

    page.goto(f"{reverse('network')}?of={ring}")
    closed = rows(page).count()
    click(page.locator(".network-bundles a").first)

    assert rows(page).count() > closed
    picture(page, "network-arabic")
