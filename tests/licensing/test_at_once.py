"""Many decide on, issue or restrict the same licence at once: exactly one does."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from django.db import connection

from armstrace.licensing import actions
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import (
    Application,
    ApplicationRecord,
    Holder,
    Licence,
    LicenceTerms,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.licensing import GroundClass, LicenceAct, Restriction
from tests.at_once import at_once, one_of
from tests.cast import NOW, REGISTRAR
from tests.licensing import desk
from tests.licensing.desk import DECIDER, MONDAY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _many_connections() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there; writers queue for the file")


# The long run has 300.
WRITERS, CONTESTS = 8, int(os.environ.get("CONTESTS", "3"))


def contest(act: Callable[[Actor], object]) -> Counter[str]:
    """Let all do the same at once; give what came of it, by rule."""
    people = [replace(DECIDER, name=f"writer{n}.vfr") for n in range(WRITERS)]
    return at_once([partial(act, by) for by in people])


ONE = one_of(WRITERS, "LI-01")


def test_LI_01_of_eight_who_decide_one_decides() -> None:
    for _ in range(CONTESTS):
        made = desk.proposed()

        came = contest(
            lambda by, made=made: desk.do(
                made, LicenceAct.DECIDE, by=by, **desk.granted()
            )
        )

        assert came == ONE
        decided = ApplicationRecord.objects.filter(application=made, act="DECIDE")
        assert decided.count() == 1


def test_LI_01_of_eight_who_issue_one_issues_and_numbers_never_meet() -> None:
    for _ in range(CONTESTS):
        made = desk.decided()

        came = contest(lambda by, made=made: desk.do(made, LicenceAct.ISSUE, by=by))

        assert came == ONE
    numbers = list(Licence.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == CONTESTS


def test_LI_01_of_eight_who_suspend_one_does() -> None:
    number = desk.issued()

    came = contest(
        lambda by: actions.restrict_licence(
            number=number,
            act=Restriction.SUSPEND,
            ground=GroundClass.BREACH,
            reason="unsafe",
            by=by,
            at=MONDAY,
        )
    )

    assert came == ONE
    assert LicenceTerms.objects.current().get().stage == "SUSPENDED"


def test_one_form_sent_by_eight_clicks_makes_one_application() -> None:
    given = desk.asked()

    came = contest(
        lambda by: actions.draft_application(
            given=given, key="k", by=desk.ASSESSOR, at=MONDAY
        )
    )

    assert came == Counter({"done": WRITERS})
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("rule", "holder", "licence"),
    [
        ("HO-01", "H-{n}", "LO-1"),
        ("HO-11", "H-{n}", "LO-{zeros}1"),
        ("HO-05", "H-{zeros}1", ""),
        ("HO-01", "", "LO-1"),
    ],
)
def test_of_eight_who_write_down_one_number_one_does(
    rule: str, holder: str, licence: str
) -> None:
    """HO-01, HO-05 and HO-11: one number, or one that reads like it."""
    for turn in range(CONTESTS):

        def enter(by: Actor, turn: int = turn) -> object:
            n = int(by.name.removeprefix("writer").removesuffix(".vfr"))
            told = {"n": n, "zeros": f"{n:03b}".replace("1", "O")}
            return actions.enter_holder(
                stated=HolderInput(
                    holder and f"{turn}-{holder.format(**told)}",
                    f"Sample {n}",
                    licence_number=licence and f"{turn}-{licence.format(**told)}",
                ),
                taken_over="county register, sheet 7" if licence else "",
                by=replace(REGISTRAR, name=by.name),
                at=NOW,
            )

        assert contest(enter) == one_of(WRITERS, rule)
    assert Holder.objects.count() == CONTESTS
