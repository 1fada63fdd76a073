"""Numbers of a look-up that differ, stand twice, or stand on papers."""

from datetime import date

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.analysis.marks.description import Description
from armstrace.recoveries.actions import recording
from armstrace.registry.actions import registering
from armstrace.registry.inputs import ArmInput, EventInput
from armstrace.registry.models import Arm
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.web.recoveries import presenters
from tests.web import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(at_desk, known):
    """Give the answer that one of the cast gets."""

    def page(typed, name="otto"):
        answer = at_desk(name).get(reverse("look-up"), {"q": typed})
        content = answer.content.decode()
        return content.split('id="answer-head"')[1].split("</section>")[0]

    return page


def an_event(number, kind, arm="G-2", on=date(2020, 1, 2)):
    world.happened(EventInput(number, arm, kind, on, country="XV"))


def register(number, *marks):
    registering.register_arms(
        source="REG",
        stated=[ArmInput(number, Description(*marks))],
        by=actors.system_actor(),
        at=world.NOON,
    )


def test_two_records_of_a_stolen_arm_are_told_as_one(answered, known):
    for number in ("W-1", "W-2"):
        register(number, "pistol", "Walther", "PPK", "7.65 mm", "SV239576")
        an_event(f"gone {number}", LifeEventKind.STOLEN, number, on=date(2023, 5, 1))

    page = answered("SV 239576")

    assert page.split("<")[0].strip(" >\n") == "STOLEN"
    assert page.count(": stolen.") == 2


def test_a_number_that_differs_is_not_said_to_be_registered(answered, known):
    register("S-1", "pistol", "Steyr", "M9", "9x19", "STR4471O")

    page = answered("steyr M9 STR4417O")

    assert "PROBABLY REGISTERED: the serial number differs" in page
    assert "STR4471O" in page


@pytest.mark.parametrize("typed", ["G-2", "B-9", "T-77"])
def test_a_number_on_the_papers_of_an_arm_offers_the_arm(at_desk, known, typed):
    world.reported(arm_number="G-2", case_number="T-77")

    page = at_desk("otto").get(reverse("look-up"), {"q": typed}).content.decode()

    arm = Arm.objects.get(source="REG", source_number="G-2").pk
    assert f'href="{reverse("arm", args=[arm])}"' in page
    assert "NO ARM HAS THIS NUMBER" in page
    assert "NOT ON RECORD" not in page


def test_who_may_not_see_holders_is_told_who_knows(answered, known):
    an_event("back", LifeEventKind.SOLD_TO_HOLDER, on=date(2024, 5, 1))

    assert "The keeper of the register can say who the holder is." in answered(
        "glock BK48017"
    )
    assert "once you give a reason" in answered("glock BK48017", "rita")


@pytest.mark.parametrize(
    ("is_held", "words"),
    [(True, "Ask the holder on record how it"), (False, "No holder is on record")],
)
@pytest.mark.parametrize("asked", [{}, {"recorded": ""}])
def test_nobody_is_asked_for_the_licence_of_an_arm_that_was_taken(
    at_desk, known, is_held, words, asked
):
    if is_held:
        sale = LifeEventKind.SOLD_TO_HOLDER
        world.happened(EventInput("x-1", "G-2", sale, date(2019, 1, 2), country="XV"))
    pistol = Description("pistol", "Glock", "17", "9x19", "BK48017", "Austria")
    made = recording.record_recoveries(
        source="TEST",
        stated=[world.a_recovery("S-9", description=pistol)],
        by=actors.system_actor(),
        at=world.NOON,
    )

    page = at_desk("ana").get(reverse("recovery", args=[made[0].record_id]), asked)

    assert words in page.content.decode()
    assert "Ask the person for the licence." not in page.content.decode()


def test_what_is_not_listed_among_the_candidates_is_told(at_desk, known, monkeypatch):
    for number in ("S-1", "S-2", "S-3"):
        register(number, "pistol", "Steyr", "M9", "9x19", f"STR44{number}")
    monkeypatch.setattr(presenters, "TOP", 1)
    marks = Description("pistol", "Steyr", "M9", "9x19", "")
    stated = world.a_recovery("R-77", description=marks)
    (made,) = recording.record_recoveries(
        source="S", stated=[stated], by=actors.system_actor(), at=world.NOON
    )

    address = reverse("recovery", args=[made.record_id])
    page = at_desk("ana").get(address).content.decode()

    assert "Other registered arms that are not listed here" in page
    assert "?make=STEYR&amp;model=M%209" in page
