"""The registry clerk's day in a browser, on a laptop and on a phone."""

import re
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.audit import verify
from armstrace.licensing.models import Holder
from armstrace.registry.models import Arm, LifeEvent, LossReport
from tests.journeys.hands import follow, press
from tests.journeys.looking import faults, fits, open_all

pytestmark = pytest.mark.journey
SEATS = {"laptop": 1280, "phone": 390}
SMALL = """
Array.from(document.querySelectorAll(
    'main a.btn, main button, main input, main select'))
  .filter(e => e.offsetParent && e.type !== 'hidden' && !e.ariaHidden)
  .map(e => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()])
  .filter(([, r]) => r.width < 24 || r.height < 24).map(([html]) => html)
"""


@pytest.fixture
def look(picture):
    """Hold a page to what every page keeps, and take its picture."""

    def at(page, name):
        open_all(page)
        picture(page, name)
        assert faults(page, name) == {}
        assert fits(page), name
        assert page.evaluate(SMALL) == []

    return at


def arm_of(page) -> int:
    return int(re.search(r"/registry/(\d+)/", page.url)[1])


@pytest.mark.parametrize("seat", SEATS)
def test_the_day_of_a_registry_clerk(desk, sign_in, country, look, seat):
    page = sign_in(desk(width=SEATS[seat]), "rita")
    look(page, f"clerk-{seat}-today")

    # A holder who is not on record, with a licence.
    follow(page, "Record a holder")
    page.get_by_label("Name").fill("Gil Sample")
    page.get_by_role("textbox", name=re.compile("^Licence")).fill("L-77")
    page.get_by_label("What it allows").select_option("POSSESS")
    page.get_by_label("Valid until").fill("2099-12-31")
    page.get_by_label("From where the licence").fill("county office, sheet 7")
    look(page, f"clerk-{seat}-holder-form")
    press(page, "Record the holder")
    expect(page.get_by_text("The holder is recorded.")).to_be_visible()
    look(page, f"clerk-{seat}-holder")

    # A newly made arm whose marks are like those of one on record.
    page.goto(reverse("today"))
    follow(page, "Register an arm")
    page.get_by_label("Type").fill("pistol")
    page.get_by_label("Make").fill("Glock")
    page.get_by_label("Model").fill("17")
    page.get_by_label("Calibre").fill("9x19")
    page.get_by_label("Serial number").fill("BK48O10")
    page.get_by_label("Country of manufacture, as marked").fill("Austria")
    expect(page.get_by_text("bear marks like these")).to_be_visible()
    look(page, f"clerk-{seat}-register")
    press(page, "Register the arm")
    press(page, "It is none of these: register it")
    expect(page.get_by_text("The arm is registered as")).to_be_visible()
    made = arm_of(page)
    look(page, f"clerk-{seat}-arm")

    # To the holder, by name, in one act; then his heir, without a licence.
    follow(page, "Pass to another holder")
    page.get_by_label("Who receives it").fill("gil")
    press(page, "Pass the arm on")
    look(page, f"clerk-{seat}-who-is-meant")
    press(page, re.compile("Gil Sample"))
    look(page, f"clerk-{seat}-confirm")
    press(page, "Confirm: pass the arm on")
    expect(page.get_by_text("The arm is passed on.")).to_be_visible()
    follow(page, "Pass to another holder")
    page.get_by_label("Who receives it").fill("H-1")
    page.get_by_label("In what way").select_option("INHERITANCE")
    press(page, "Pass the arm on")
    expect(page.get_by_text("has no licence on record").first).to_be_visible()
    look(page, f"clerk-{seat}-refused")
    page.get_by_label("Reason, if a licence is missing").fill("an heir, in time")
    press(page, "Confirm: pass the arm on")
    expect(page.get_by_text("The arm is passed on.")).to_be_visible()

    # Stolen, found again, corrected.
    follow(page, "Report as stolen")
    page.get_by_label("Place").fill("Alturas")
    look(page, f"clerk-{seat}-stolen")
    press(page, "Report as stolen")
    press(page, "Confirm: Report as stolen")
    follow(page, "Record as found again")
    press(page, "Record as found again")
    press(page, "Confirm: Record as found again")
    follow(page, re.compile("^Correct: returned"))
    page.get_by_label("Place").fill("Lom")
    page.get_by_label("Reason").fill("the place was left out")
    look(page, f"clerk-{seat}-event")
    press(page, "Correct the event")
    expect(page.get_by_text("The event is corrected.")).to_be_visible()
    follow(page, "Correct the arm")
    page.get_by_label("Serial number").fill("BK48810")
    page.get_by_label("Reason").fill("read anew under a glass")
    look(page, f"clerk-{seat}-correct")
    press(page, "Correct the arm")
    expect(page.get_by_text("The arm is corrected.")).to_be_visible()

    # A gunsmith makes it another arm in law.
    follow(page, "Record a conversion")
    page.get_by_label("Action").select_option("AUTOMATIC")
    page.get_by_label("Reason").fill("converted under licence L-9")
    look(page, f"clerk-{seat}-conversion")
    press(page, "Record a conversion")
    expect(page.get_by_text("converted under licence L-9").first).to_be_visible()

    # The record was a double after all, and then was not.
    follow(page, "Withdraw a duplicate record")
    page.get_by_label("The record that is kept").fill(f"A{country.arms[0]}")
    page.get_by_label("Reason").fill("one pistol, registered twice")
    press(page, "Withdraw this record")
    press(page, "Confirm: Withdraw this record")
    expect(page.get_by_text("the arm is on record twice").first).to_be_visible()
    look(page, f"clerk-{seat}-withdrawn")
    follow(page, "Bring the record back")
    page.get_by_label("Reason").fill("two pistols")
    press(page, "Bring the record back")
    expect(page.get_by_text("The record is back.")).to_be_visible()

    # Find the holder, and the arm in hand; print the extract.
    page.goto(reverse("holders"))
    page.get_by_label("Number of the holder or of a licence").fill("person one")
    press(page, "Filter")
    look(page, f"clerk-{seat}-holders")
    follow(page, "H-1")
    follow(page, f"A{made}")
    follow(page, "Extract to print")
    look(page, f"clerk-{seat}-extract")
    expect(page.get_by_text("Made by rita, REG")).to_be_visible()

    follow(page, "Back to the arm")
    follow(page, "Record the destruction")
    page.get_by_label("Document").fill("D-7/2026")
    press(page, "Record the destruction")
    press(page, "Confirm: Record the destruction")
    expect(page.get_by_text("On record for")).to_be_visible()
    kinds = LifeEvent.objects.current().filter(arm_id=made).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "MANUFACTURED",
        "TRANSFERRED",
        "INHERITED",
        "STOLEN",
        "FOUND_AGAIN",
        "CONVERTED",
        "DESTROYED",
    ]
    assert LossReport.objects.filter(arm_id=made).count() == 1
    tables = ("registry.", "licensing.")
    assert [f for f in verify.verify().findings if f.table.startswith(tables)] == []


def test_a_clerk_works_without_scripts(desk, sign_in, country):
    page = sign_in(desk(width=390, java_script_enabled=False), "rita")
    page.goto(reverse("arm", args=[country.arms[1]]))
    follow(page, "Pass to another holder")
    page.get_by_label("Who receives it").fill("person")
    page.get_by_label("Reason, if a licence is missing").fill("seen on paper")
    press(page, "Pass the arm on")
    press(page, re.compile("Person Two"))
    press(page, "Confirm: pass the arm on")

    expect(page.get_by_text("The arm is passed on.")).to_be_visible()


@pytest.mark.each_database
def test_enter_takes_what_was_typed_and_no_holder_that_was_offered(
    desk, sign_in, country
):
    page = sign_in(desk(), "rita")
    page.goto(reverse("arm-pass", args=[country.arms[1]]))
    page.get_by_label("Who receives it").fill("Person")
    page.locator("[name=manner]").select_option("GIFT")
    press(page, "Pass the arm on")
    offered = page.get_by_role("list", name="Holders who may be meant")
    expect(offered).to_be_visible()

    page.get_by_label("Who receives it").fill("H-2")
    page.get_by_label("Who receives it").press("Enter")

    receiver = page.locator("section", has=page.locator("#receiver-head"))
    expect(receiver.get_by_text("H-2").first).to_be_visible()


def test_of_two_clerks_who_pass_one_arm_at_once_one_is_told(
    desk, sign_in, country, product
):
    """Two clicks meet at the product's own server, on either database."""
    page = sign_in(desk(), "rita")
    address = reverse("arm-pass", args=[country.arms[1]])
    page.goto(address)
    form = {
        each.get_attribute("name"): each.input_value()
        for each in page.locator("main form [name]").all()
        if each.get_attribute("name") != "holder_is"
    }
    jar = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())

    def click(taker):
        body = urlencode(
            form
            | {
                "holder": taker,
                "checked": f"{taker} {form['manner']} {form['happened_on']}",
                "reason": "both at once",
            }
        ).encode()
        headers = {"Cookie": jar, "Referer": product.address + address}
        sent = Request(product.address + address, body, headers)
        try:
            return build_opener(HTTPCookieProcessor(CookieJar())).open(sent).status
        except OSError as refused:
            return refused.code, refused.read().decode()

    with ThreadPoolExecutor(2) as both:
        told = list(both.map(click, ("H-1", "H-2")))

    refused = [each for each in told if each != 200]
    assert len(refused) == 1
    assert refused[0][0] == 409
    assert "since this page was opened" in refused[0][1]
    winner = ("H-1", "H-2")[told.index(200)]
    assert Arm.objects.get(pk=country.arms[1]).holder == Holder.objects.get(
        number=winner
    )
    assert LifeEvent.objects.filter(arm_id=country.arms[1]).count() == 1
