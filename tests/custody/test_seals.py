"""Seals of exhibits: explained where they differ, each number once."""

import pytest

from armstrace.vocabulary.custody import CustodyAct
from armstrace.vocabulary.errors import RuleBroken
from tests.custody import desk

pytestmark = pytest.mark.django_db


def test_EX_38_a_seal_of_another_exhibit_is_asked_about():
    made = desk.receive(desk.recovered())
    second = desk.recovered("N-2", seal_number="")
    said = {"seal_number": "S-77", "reason": "sealed at the station"}

    with pytest.raises(RuleBroken) as refused:
        desk.receive(second, **said)

    assert refused.value.rule == "EX-38"
    assert made.reference in str(refused.value)
    both = desk.receive(second, **said | {"reason": f"one bag with {made.reference}"})
    desk.do(both, CustodyAct.RESEALED, seal_number="s-78", witness="W", reason="opened")
    with pytest.raises(RuleBroken) as refused:
        desk.do(
            made, CustodyAct.RESEALED, seal_number="s-78", witness="W", reason="opened"
        )
    assert refused.value.rule == "EX-38"


def test_EX_04_a_seal_put_on_later_is_said_without_a_dash():
    with pytest.raises(RuleBroken) as refused:
        desk.receive(desk.recovered(seal_number=""), seal_number="S-9")

    assert str(refused.value).startswith("No seal is on record, and the one found")


def test_EX_10_and_11_all_that_was_left_out_of_a_new_seal_is_said_at_once():
    made = desk.received()

    with pytest.raises(RuleBroken) as refused:
        desk.do(made, CustodyAct.RESEALED, reason="opened")

    assert refused.value.rule == "EX-11"
    assert "number of the new seal" in str(refused.value)
    assert "before a witness" in str(refused.value)
