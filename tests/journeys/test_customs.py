"""A customs officer’s day on a laptop and on a phone: the list, why, what was found."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from armstrace.risk.actions import recording
from armstrace.risk.inputs import DeclarationInput
from armstrace.risk.models import Examination
from armstrace.vocabulary.actors import Role
from tests import cast
from tests.journeys.hands import click
from tests.journeys.looking import faults, fits
from tests.risk.desk import goods

pytestmark = pytest.mark.journey


def declared():
    by, now = cast.actor(Role.CUSTOMS, "PC-NORTE"), datetime.now(UTC)
    stated = [
        goods(
            f"PARCEL-2026-{n:04d}",
            declared_on=now.date(),
            hs_code=("93052000", "73269098", "61091000")[n % 3],
            description=("parts", "Glock slide, steel", "cotton shirts")[n % 3],
            licence="",
            consignor="Ora Trade Ltd",
            consignee=f"Person {n}",
            consignee_address=f"{n} Mill Lane",
        )
        for n in range(30)
    ]
    recording.record_declarations(
        stated=[DeclarationInput(each) for each in stated], source="C", by=by, at=now
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_list_to_an_outcome(desk, sign_in, picture, product, width):
    declared()
    page = sign_in(desk(width=width), "carl")
    page.goto(reverse("examinations"))
    page.locator("[name=capacity]").fill("8")
    click(page.get_by_role("button", name="Draw the list of today"))
    page.locator("table").wait_for()
    look(page, picture, f"{width}-list")

    click(page.locator("tbody th a").first)
    page.get_by_label("parts of arms").check()
    click(page.locator("main").get_by_role("button", name="Save"))

    page.get_by_role("link", name="Record the recovery").wait_for()
    look(page, picture, f"{width}-declaration")
    assert Examination.objects.get().find == "PARTS"
    for name in ("declarations", "risk-indicators", "risk-backtest"):
        page.goto(reverse(name))
        look(page, picture, f"{width}-{name}")


def look(page, picture, name):
    picture(page, f"customs-{name}")
    assert faults(page, name) == {}
    assert fits(page), name
