"""The language is changed with the mouse and with the keyboard, on any page."""

import pytest
from django.urls import reverse

from tests.journeys.hands import click

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("there", "other"), [("en-GB", "ar"), ("ar", "en")])
@pytest.mark.parametrize("name", ["today", "figures"])
def test_the_language_is_changed_with_the_mouse(desk, sign_in, there, other, name):
    page = sign_in(desk(locale=there), "ana")
    page.goto(reverse(name))
    page.mouse.wheel(0, 20_000)

    choice = page.locator("#language")
    choice.click()
    page.keyboard.press("Escape")
    choice.select_option(other)
    click(page.locator(".foot button"))

    page.wait_for_selector(f"html[lang={other}]")
    assert page.url.endswith(reverse(name))


def test_arrow_keys_choose_a_language_and_enter_changes_it(desk, sign_in):
    page = sign_in(desk(), "ana")
    page.locator("#language").focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#language").input_value()

    page.wait_for_load_state("networkidle")
    assert chosen != "en"
    assert page.locator("html").get_attribute("lang") == "en"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"html[lang={chosen}]")
