"""A mark that an arm is given later: told in its life, found by it, taken back."""

from datetime import date

import pytest

from armstrace.audit import verify
from armstrace.registry import queries
from armstrace.registry.actions import marks
from armstrace.registry.models import Mark
from armstrace.vocabulary.arms import LifeEventKind, PartType
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.marks import MarkKind
from armstrace.vocabulary.paging import PageRequest
from tests import builders
from tests.registry.at_desk import REGISTRAR, TODAY, held_pistol
from tests.registry.test_life import LATER, exchange, last_event, withdraw

pytestmark = pytest.mark.django_db


def mark(arm_id: int, text: str, **stated):
    told = {"kind": MarkKind.IMPORT, "happened_on": TODAY} | stated
    return marks.mark_arm(
        arm_id=arm_id, mark=marks.NewMark(text=text, **told), by=REGISTRAR, at=LATER
    )


def found(text: str) -> list[int]:
    rows = queries.arm_rows(
        queries.ArmFilter(text=text), viewer=REGISTRAR, page=PageRequest()
    )
    return [each.arm_id for each in rows.rows]


def test_a_new_mark_stands_in_the_life_and_finds_the_arm() -> None:
    arm_id = held_pistol()

    mark(arm_id, "XV 24-77")

    page = queries.arm_page(arm_id, viewer=REGISTRAR)
    assert [each.text_as_marked for each in page.marks] == ["XV 24-77"]
    assert page.events[-1].kind is LifeEventKind.MARKED
    (told,) = queries.borne("xv2477", viewer=REGISTRAR)
    assert (told.arm_id, told.kind, told.text) == (arm_id, MarkKind.IMPORT, "XV 24-77")
    assert found("XV2477") == [arm_id]
    assert verify.verify().findings == ()


def test_an_arm_is_found_by_the_number_of_its_barrel() -> None:
    arm_id = held_pistol()

    exchange(arm_id, serial="B 100")

    (told,) = queries.borne("b-100", viewer=REGISTRAR)
    assert (told.arm_id, told.part) == (arm_id, PartType.BARREL)
    assert found("B100") == [arm_id]


@pytest.mark.parametrize("text", ["\u200b ", "???", "-·*"])
def test_MK_03_a_mark_that_shows_nothing_is_none(text) -> None:
    with pytest.raises(RuleBroken) as refused:
        mark(held_pistol(), text)

    assert refused.value.rule == "MK-03"


def test_MK_05_a_serial_number_of_another_arm_of_the_make_wants_a_reason() -> None:
    arm_id = held_pistol()
    builders.registered(builders.an_arm("P-2", description=builders.glock("ZZ 991")))
    told = {"kind": MarkKind.SERIAL, "component": PartType.BARREL}

    with pytest.raises(RuleBroken) as refused:
        mark(arm_id, "zz991", **told)

    assert refused.value.rule == "MK-05"
    mark(arm_id, "zz991", **told, reason="read twice, it bears the same")


@pytest.mark.parametrize(
    ("kind", "before"), [(MarkKind.IMPORT, "XV 24"), (MarkKind.SERIAL, "")]
)
def test_MK_04_who_marks_again_says_why_and_the_old_mark_stays(kind, before) -> None:
    arm_id = held_pistol()
    if before:
        mark(arm_id, before)

    with pytest.raises(RuleBroken) as refused:
        mark(arm_id, "XV 25", kind=kind)
    mark(arm_id, "XV 25", kind=kind, reason="the first one was worn off")

    assert refused.value.rule == "MK-04"
    borne = Mark.objects.current().filter(arm=arm_id).order_by("pk")
    texts = [each.text_as_marked for each in borne]
    assert texts == [each for each in (before, "XV 25") if each]


def test_a_mark_leaves_with_the_event_that_never_was() -> None:
    arm_id = held_pistol()
    mark(arm_id, "XV 24")

    withdraw(last_event(arm_id), reason="another arm's")

    assert queries.arm_page(arm_id, viewer=REGISTRAR).marks == ()
    assert queries.borne("XV 24", viewer=REGISTRAR) == ()
    assert Mark.objects.filter(arm=arm_id).count() == 1
    assert verify.verify().findings == ()


def test_a_mark_comes_after_what_happened_before_it() -> None:
    arm_id = held_pistol()

    with pytest.raises(RuleBroken) as refused:
        mark(arm_id, "XV 24", happened_on=date(1999, 1, 1))

    assert refused.value.rule == "RG-02"
