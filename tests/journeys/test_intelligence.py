"""An investigator links a recovered arm with a person, at a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from armstrace.intelligence.models import Link, Subject
from tests.journeys.hands import follow, press
from tests.journeys.looking import faults, fits, open_all

pytestmark = pytest.mark.journey
OF_EACH = {
    "source": "statement 7",
    "review_on": "2099-01-31",
}


def fill(page, **told):
    for name, value in (OF_EACH | told).items():
        page.locator(f"[name={name}]").fill(value)


@pytest.mark.parametrize("width", [1280, 390])
def test_an_arm_is_linked_with_a_person(desk, sign_in, country, picture, width):
    page, found = sign_in(desk(width=width), "ines"), {}

    def look(name):
        open_all(page)
        picture(page, f"intelligence-{width}-{name}")
        found.update(faults(page, name))
        assert fits(page), name

    page.goto(reverse("intelligence"))
    look("empty")
    for person in ("Mohammed Al-Harbi", "محمد الحربي"):
        page.goto(reverse("intelligence"))
        follow(page, "Record a subject")
        look("record")
        fill(page, name=person, other_names="Мухаммад Альхарби")
        press(page, "Record a subject")
    look("subject")
    subject = Subject.objects.latest("pk")
    page.goto(reverse("recovery", args=[country.recovered[0]]))
    follow(page, "Linked picture")
    follow(page, "Record a link")
    look("link-record")
    page.locator("[name=kind]").select_option("HAD")
    fill(page, end="P404")
    press(page, "Record a link")
    expect(page.locator(".wrong").first).to_contain_text("P404")
    look("link-refused")
    fill(page, start=str(subject), end=f"R{country.recovered[0]}")
    press(page, "Record a link")
    look("linked")
    page.goto(reverse("subject", args=[subject.pk]))
    look("subject-linked")
    follow(page, "Judge")
    look("judge")
    page.get_by_label("Reason").fill("one passport")
    press(page, "Same or different")
    follow(page, "Where the arms came from")
    look("origins")
    page.goto(reverse("linked-passed", args=[str(subject)]))
    look("passed")
    page.goto(reverse("intelligence-reviews"))
    look("reviews")
    page.goto(reverse("link", args=[Link.objects.get().pk]))
    look("link")
    page.get_by_label("Reason").fill("the witness took it back")
    press(page, "Remove the link")
    expect(page.get_by_text("1 removed link")).to_be_visible()
    look("removed")
    page.goto(reverse("today"))
    look("today")

    assert found == {}
