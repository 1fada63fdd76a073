"""A real browser against the product's own server; nothing may leave it."""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright import sync_api

from tests import packages
from tests.journeys.product import Product
from tests.web import world

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PATIENCE = 60_000  # milliseconds; a busy machine is slow, not wrong
sync_api.expect.set_options(timeout=PATIENCE)
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
    path = next(filter(None, map(shutil.which, packages.BROWSERS)), None)
    if path is None:
        pytest.skip("Chromium is missing: apt-get install -y chromium-headless-shell")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory, django_db_blocker):
    product = Product(tmp_path_factory.mktemp("product"))
    with django_db_blocker.unblock():
        product.prepare()
    yield product
    product.stop()


@pytest.fixture(autouse=True)
def product(served, settings, django_db_blocker):
    """Serve a country of this test's own, and let the test look into it."""
    settings.HOME, settings.MEDIA_ROOT = served.home, served.home / "files"
    served.renew()
    said = served.log.stat().st_size
    with django_db_blocker.unblock(), served.connected():
        yield served
    assert b"Traceback" not in served.log.read_bytes()[said:]


@pytest.fixture
def country(product):
    return product.country


@pytest.fixture
def desk(chromium, product):
    """Open desks at the server; at the end, none had cause to complain."""
    opened, troubles = [], []

    def take_seat(width=1280, **settings):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            base_url=product.address,
            **({"locale": "en-GB"} | settings),
        )
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", lambda said: _note(troubles, said))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda sent: _stay(troubles, sent.url, product.address))
        return page

    yield take_seat
    for context in opened:
        context.close()
    assert troubles == []


def _note(troubles, said):
    """Keep what it complains about, refused pages and a network taken away apart."""
    meant = ("status of 4", "net::ERR_INTERNET_DISCONNECTED")
    if said.type == "error" and not any(words in said.text for words in meant):
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
        page.wait_for_url(re.compile(r"/(purpose|today)/(\?.*)?$"))
        if "/purpose/" in page.url:
            page.locator("main button[name=purpose]").first.click()
        page.wait_for_url("**/today/")
        return page

    return as_person


@pytest.fixture
def picture():
    """Take pictures for people to look at, where the environment asks for them."""

    def take(page, name):
        if "SCREENSHOTS" not in os.environ:
            return
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    return take
