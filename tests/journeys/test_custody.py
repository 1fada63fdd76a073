"""The custodian's day, at a desk and on a phone, to the end of the day's count."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.accounts import actors
from armstrace.accounts.models import User
from armstrace.custody.models import CountDifference, CustodyEvent, Exhibit
from tests.custody.desk import decided
from tests.disposal import desk as disposal
from tests.journeys.hands import follow, press
from tests.journeys.looking import faults, fits, open_all

pytestmark = pytest.mark.journey


def read_seal(page, number="S-77"):
    page.get_by_label("Number of the seal").fill(number)


class Look:
    """Look at each new page once: usable by all, within the screen, pictured."""

    def __init__(self, picture, seat):
        self.picture, self.seat, self.found = picture, seat, {}

    def at(self, page, name):
        open_all(page)
        self.picture(page, f"custody-{self.seat}-{name}")
        self.found |= faults(page, name)
        assert fits(page), name


def open_store(page):
    page.goto(reverse("stores"))
    page.get_by_label("Name of the store").fill("Depot")
    press(page, "Open a store")


def receive(page, recovery, look):
    page.goto(reverse("recovery", args=[recovery]))
    follow(page, "Receive as an exhibit")
    read_seal(page)
    page.get_by_label("Received from").fill("patrol 12")
    page.locator("[name=store]").select_option(label="Depot")
    look.at(page, "receive")
    press(page, "Receive")
    expect(page.get_by_text("Chain of custody")).to_be_visible()


def shelve(page):
    follow(page, "Move")
    page.locator("[name=store]").select_option(label="Depot")
    page.get_by_label("Place in the store").fill("room 1/shelf 2")
    press(page, "Move")


def to_the_laboratory_and_back(page, laboratory, exhibit, look):
    follow(page, "Offer")
    page.get_by_label("Offer to").select_option("LAB")
    look.at(page, "offer")
    press(page, "Offer")
    expect(page.locator(".record-head .state.waiting")).to_be_visible()
    laboratory.goto(reverse("today"))
    look.at(laboratory, "today-laboratory")
    follow(laboratory, "Accept")
    follow(laboratory, f"E{exhibit}")
    follow(laboratory, "Accept")
    read_seal(laboratory)
    press(laboratory, "Accept")
    follow(laboratory, "Offer")
    press(laboratory, "Offer")
    page.goto(reverse("today"))
    look.at(page, "today")
    follow(page, "Accept")
    follow(page, f"E{exhibit}")
    follow(page, "Accept")
    read_seal(page, "S-78")
    press(page, "Accept")
    expect(page.locator(".message.error")).to_contain_text("S-77")
    look.at(page, "accept-refused")
    page.get_by_label("Reason").fill("opened and sealed anew for the examination")
    page.locator("[name=store]").select_option(label="Depot")
    press(page, "Accept")


def count(page, exhibit, look):
    page.goto(reverse("counts"))
    page.locator("[name=store]").select_option(label="Depot")
    look.at(page, "counts")
    press(page, "Open a count")
    page.get_by_label("Numbers", exact=True).fill("E99\nE99")
    look.at(page, "count-open")
    press(page, "Note the numbers")
    page.get_by_text("Close the count").click()
    press(page, "Close it now")
    look.at(page, "count-closed")
    expect(page.get_by_role("link", name=f"E{exhibit}")).to_be_visible()
    first = page.locator("form[action$='/answer/']").first
    said = first.get_by_label("Explanation").first
    said.fill("on the table of the examiner")
    press(page, "Save the answers")
    expect(page.get_by_text("1 difference answered.")).to_be_visible()


def propose_and_approve(page, supervisor, exhibit, look):
    page.goto(reverse("exhibit", args=[exhibit]))
    follow(page, "Propose a disposal")
    page.get_by_label("What should happen to it").select_option("DESTROY")
    page.get_by_label("Reason").fill("judgement of 3 March")
    press(page, "Propose a disposal")
    supervisor.goto(reverse("disposals") + "?shown=PROPOSED")
    look.at(supervisor, "disposals")
    follow(supervisor, f"E{exhibit}")
    follow(supervisor, "Approve the disposal")
    expect(supervisor.get_by_text("has no decision")).to_be_visible()
    kept = Exhibit.objects.get(pk=exhibit)
    decided(kept)
    by = actors.actor_for(User.objects.get(name="cleo"))
    for kind in disposal.MET:
        disposal.decide(kept, kind, by=by)
    disposal.check(kept, by=by)
    supervisor.reload()
    supervisor.get_by_label("Reason").fill("traced")
    press(supervisor, "Approve the disposal")
    expect(supervisor.get_by_text("disposal approved").first).to_be_visible()


@pytest.mark.each_database
@pytest.mark.parametrize("width", [1280, 390])
def test_a_day_of_the_custodian(desk, sign_in, country, picture, width):
    look = Look(picture, width)
    page = sign_in(desk(width=width), "cleo")
    look.at(page, "today-empty")
    for name in ("custody", "stores", "counts", "disposals", "exhibit-find"):
        page.goto(reverse(name))
        look.at(page, f"empty-{name}")
    open_store(page)
    look.at(page, "stores")
    receive(page, country.recovered[0], look)
    exhibit = Exhibit.objects.get().pk
    shelve(page)
    laboratory = sign_in(desk(width=width), "elena")
    to_the_laboratory_and_back(page, laboratory, exhibit, look)
    look.at(page, "exhibit")
    count(page, exhibit, look)
    propose_and_approve(page, sign_in(desk(width=width), "sam"), exhibit, look)
    for name, address in {
        "list": reverse("custody"),
        "labels": reverse("exhibit-labels") + f"?e={exhibit}",
        "find": reverse("exhibit-find") + "?q=2022/1199",
        "recovery": reverse("recovery", args=[country.recovered[0]]),
        "exhibit-end": reverse("exhibit", args=[exhibit]),
    }.items():
        page.goto(address)
        look.at(page, name)

    now = CustodyEvent.objects.current().get(exhibit_id=exhibit)
    assert (now.holder, now.approved_by, now.seal_number) == ("cleo", "sam", "S-78")
    assert CountDifference.objects.get().explanation == "on the table of the examiner"
    assert look.found == {}


def test_the_same_without_scripts(desk, sign_in, country, picture):
    page = sign_in(desk(width=390, java_script_enabled=False), "cleo")
    page.goto(reverse("recovery", args=[country.recovered[3]]))
    follow(page, "Receive as an exhibit")
    read_seal(page)
    page.get_by_label("Received from").fill("patrol 12")
    press(page, "Receive")
    follow(page, "Hand over on paper")
    page.get_by_label("Name of the receiver").fill("Clerk")
    page.get_by_label("Office of the receiver").fill("High court")
    page.get_by_label("Number of the signed document").fill("D-1")
    page.get_by_label("Reason").fill("hearing")
    press(page, "Hand over on paper")

    expect(page.get_by_text("High court").first).to_be_visible()
    picture(page, "custody-on-paper")
