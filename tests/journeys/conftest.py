"""A real browser against a live server; nothing may leave it."""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from playwright import sync_api

from tests.web import world

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PICTURES = Path(__file__).resolve().parents[2] / "screenshots"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is missing: apt-get install -y chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def country(transactional_db):
    people = world.people()
    world.holders()
    return SimpleNamespace(
        people=people, arms=world.arms(), recovered=world.recovered()
    )


@pytest.fixture
def desk(chromium, live_server, country):
    """Open desks at the live server; at the end, none had cause to complain."""
    opened, troubles = [], []

    def take_seat(width=1280, **settings):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            base_url=live_server.url,
            **({"locale": "en-GB"} | settings),
        )
        opened.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda said: _note(troubles, said))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda sent: _stay(troubles, sent.url, live_server.url))
        return page

    yield take_seat
    for context in opened:
        context.close()
    assert troubles == []


def _note(troubles, said):
    """Keep what the browser complains about, refused pages apart."""
    if said.type == "error" and "status of 4" not in said.text:
        troubles.append(said.text)


def _stay(troubles, address, home):
    parts = urlsplit(address)
    if parts.scheme not in {"data", "blob"} and not address.startswith(home):
        troubles.append(f"left the server: {address}")


@pytest.fixture
def sign_in():
    def as_person(page, name):
        page.goto("/sign-in/")
        page.locator("[name=username]").fill(name)
        page.locator("[name=password]").fill(world.PASSWORD)
        page.locator("form .btn-primary").click()
        if "/purpose/" in page.url:
            page.locator("main button[name=purpose]").first.click()
        page.wait_for_url("**/today/")
        return page

    return as_person


@pytest.fixture
def picture():
    def take(page, name):
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    return take
