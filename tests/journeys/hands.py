"""What a hand does at a page: it is done when the page that it leads to is whole.

A click alone may end before its form is sent. Who then goes elsewhere takes the form
back, and who looks at once looks at the page before.
"""

import re

from playwright.sync_api import Locator, Page


def click(one: Locator) -> None:
    """Click what leads to another page, and wait for that."""
    with one.page.expect_navigation():
        one.click()


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press the first button of that name."""
    main = page.locator("main")
    click(main.get_by_role("button", name=name, exact=True).first)


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow the first link of that name."""
    main = page.locator("main")
    click(main.get_by_role("link", name=name, exact=True).first)
