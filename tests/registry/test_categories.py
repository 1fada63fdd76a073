"""The category of an arm follows from its build and the law of the day."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from armstrace.records import jurisdiction
from armstrace.registry import queries
from armstrace.registry.actions import correcting
from armstrace.registry.categories import category_of
from armstrace.registry.models import ArmRecord
from armstrace.vocabulary import profiles
from armstrace.vocabulary.builds import Action, Bore, BuildFact, Ignition, Trait
from tests import builders
from tests.cast import NOW, REGISTRAR
from tests.registry.at_desk import holder_of, refused
from tests.registry.test_licensed import give, permitted, pistols

EU = profiles.load("eu")
TODAY = date(2026, 11, 24)
PISTOL = {
    "action": Action.SEMI_AUTOMATIC,
    "ignition": Ignition.CENTRE_FIRE,
    "barrel_mm": 114,
    "rounds": 18,
    "trait": Trait.NONE,
}
RIFLE = PISTOL | {"barrel_mm": 500, "overall_mm": 900, "bore": Bore.RIFLED}


@pytest.fixture(autouse=True)
def of_union(monkeypatch):
    monkeypatch.setattr(jurisdiction, "profile", lambda: EU)


def code_of(on: date = TODAY, is_deactivated: bool = False, **built) -> str:
    return category_of(ArmRecord(**built), on, is_deactivated=is_deactivated).code


@pytest.mark.parametrize(
    ("built", "code"),
    [
        (PISTOL, "B5"),
        (PISTOL | {"rounds": 22}, "A7a"),
        (PISTOL | {"action": Action.AUTOMATIC}, "A2"),
        (RIFLE | {"rounds": 12}, "A7b"),
        (RIFLE | {"rounds": 11}, "B4"),
        (RIFLE | {"rounds": 3}, "C3"),
        (RIFLE | {"rounds": 3, "trait": Trait.FOLDS}, "A8"),
        (RIFLE | {"rounds": 3, "trait": Trait.DETACHABLE}, "B6"),
        (RIFLE | {"action": Action.REPEATING}, "C1"),
        (RIFLE | {"action": Action.REPEATING, "overall_mm": 600}, "B1"),
        (RIFLE | {"action": Action.SINGLE_SHOT, "bore": Bore.SMOOTH}, "C7"),
    ],
)
def test_the_first_provision_that_applies_decides(built, code) -> None:
    assert code_of(**built) == code
    assert code_of(is_deactivated=True, **built) == "C6"


@pytest.mark.parametrize(("overall", "code"), [(279, "B3"), (280, "C4")])
def test_a_short_rimfire_arm_goes_by_its_length(overall, code) -> None:
    built = PISTOL | {"action": Action.SINGLE_SHOT, "ignition": Ignition.RIMFIRE}

    assert code_of(**built, overall_mm=overall) == code


def test_what_is_not_known_decides_nothing_and_is_named() -> None:
    unread = category_of(ArmRecord(**PISTOL | {"rounds": None}), TODAY)
    alike = category_of(ArmRecord(**PISTOL | {"trait": ""}), TODAY)

    assert (unread.code, unread.lacks) == ("", (BuildFact.ROUNDS,))
    assert alike.lacks == (BuildFact.TRAIT,)
    assert code_of() == ""


def test_a_decree_counts_from_its_day_and_not_before(monkeypatch) -> None:
    decree = replace(
        next(each for each in EU.categories if each.code == "A7a"),
        code="A7x",
        rounds_over=15,
        valid_from=TODAY,
    )
    law = replace(EU, categories=(decree, *EU.categories))
    monkeypatch.setattr(jurisdiction, "profile", lambda: law)

    assert code_of(**PISTOL) == "A7x"
    assert code_of(on=date(2026, 11, 23), **PISTOL) == "B5"


def test_without_categories_in_the_profile_no_arm_has_one(monkeypatch) -> None:
    law = profiles.load("protocol")
    monkeypatch.setattr(jurisdiction, "profile", lambda: law)

    assert category_of(ArmRecord(**PISTOL), TODAY) == category_of(ArmRecord(), TODAY)
    assert code_of(**PISTOL) == ""


def measure(arm_id: int, built: dict) -> None:
    correcting.correct_arm(
        arm_id=arm_id, changes=built, reason="measured", by=REGISTRAR, at=NOW
    )


@pytest.mark.django_db
def test_HO_02_a_licence_of_another_category_is_none() -> None:
    builders.holders()
    permitted(categories="B, C")
    first, second = pistols("A-1", "A-2")
    measure(first, PISTOL | {"rounds": 30})

    refused("HO-02", lambda: give(first, reason="as agreed"))
    refused("HO-03", lambda: give(second))
    measure(second, PISTOL)
    give(second)

    assert holder_of(second) == "P7"


@pytest.mark.django_db
def test_a_measured_arm_shows_its_category_and_keeps_its_build() -> None:
    (arm_id,) = builders.registered(builders.an_arm(**PISTOL))
    measure(arm_id, {"rounds": 22})
    correcting.correct_arm(
        arm_id=arm_id, changes={"notes": "seen"}, reason="wrong", by=REGISTRAR, at=NOW
    )

    page = queries.arm_page(arm_id, viewer=REGISTRAR)

    assert page.category(NOW).code == "A7a"
    assert page.category(datetime(2020, 1, 1, tzinfo=UTC)).code == ""
