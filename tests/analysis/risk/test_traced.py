"""Each indicator on traced arms hits on its case, and on nothing beside it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from armstrace.analysis.risk.catalogue import NO_HIT, UNTOLD, Answer, defaults
from armstrace.analysis.risk.on_traced import SIGNS, TracedArm, index, judge
from armstrace.vocabulary.arms import ArmType, Modification
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.messages import Message

DAY = date(2025, 6, 2)
PLAIN = TracedArm(
    number="R1", recovered_on=DAY, case="C1", place="Riva", arm_type=ArmType.PISTOL
)
SOLD: dict[str, Any] = {"sold_on": date(2025, 3, 3), "buyer": "H1"}
BOTH: dict[str, Any] = {"purchases": (date(2025, 3, 3), date(2025, 3, 7))}
LOSSES = (date(2024, 1, 1), date(2025, 1, 1))


def ask(code: str, arm: TracedArm, *others: TracedArm) -> Answer:
    return SIGNS[code](arm, index([arm, *others], defaults()))


@pytest.mark.parametrize(
    ("code", "hit", "change"),
    [
        ("TR-01", SOLD, {"reported_on": date(2025, 4, 1)}),
        ("TR-01", SOLD, {"sold_on": date(2020, 3, 3)}),
        ("TR-02", SOLD | BOTH, {"purchases": (date(2025, 3, 3), date(2025, 3, 10))}),
        ("TR-02", SOLD | BOTH, {"arm_type": ArmType.RIFLE}),
        ("TR-04", SOLD | BOTH, {"sold_on": date(2020, 3, 3)}),
        (
            "TR-05",
            {"serial_status": SerialStatus.OBLITERATED},
            {"serial_status": SerialStatus.COMPLETE},
        ),
        (
            "TR-07",
            SOLD | {"taken_from_holder": Known.NO},
            {"taken_from_holder": Known.YES},
        ),
        ("TR-11", SOLD | {"sold_in": "XV", "country": "XT"}, {"country": "XV"}),
        ("TR-12", {"reported_on": date(2025, 6, 3)}, {"reported_on": DAY}),
        (
            "TR-14",
            {"modification": Modification.CONVERTED},
            {"modification": Modification.NONE},
        ),
        ("TR-18", {"losses": LOSSES}, {"losses": LOSSES[:1]}),
        ("TR-19", {"is_stock": True}, {"is_stock": False}),
        ("TR-19", {"is_stock": True}, {"taken_from_holder": Known.YES}),
    ],
)
def test_an_indicator_hits_and_does_not(
    code: str, hit: dict[str, Any], change: dict[str, Any]
) -> None:
    assert isinstance(ask(code, replace(PLAIN, **hit)), Message)
    assert ask(code, replace(PLAIN, **(hit | change))) is NO_HIT
    assert ask(code, PLAIN) in {NO_HIT, UNTOLD}


def test_TR_06_needs_a_neighbour_in_another_place() -> None:
    one = replace(PLAIN, make="BERETTA", model="92", serial="F12345")
    near = replace(one, number="R2", serial="F12350", place="Alta")

    assert ask("TR-06", one, replace(near, place="Riva")) is NO_HIT
    assert ask("TR-06", one, replace(near, serial="F12399")) is NO_HIT
    assert ask("TR-06", one, replace(near, make="GLOCK")) is NO_HIT
    assert "R2" in str(ask("TR-06", one, near))


def test_TR_08_and_TR_16_count_arms_that_share_a_buyer_or_a_case() -> None:
    one = replace(PLAIN, buyer="H1")
    other = replace(one, number="R2", case="C2")

    assert ask("TR-08", one) is NO_HIT
    assert isinstance(ask("TR-08", one, other), Message)
    assert ask("TR-08", one, replace(other, recovered_on=date(2020, 1, 1))) is NO_HIT
    assert ask("TR-16", one, other) is NO_HIT
    assert isinstance(ask("TR-16", one, replace(other, case="C1")), Message)


def test_arms_with_most_signs_come_first() -> None:
    plain = replace(PLAIN, number="R9", case="C9")
    short = replace(PLAIN, **SOLD)
    more = replace(short, number="R2", case="C2", **BOTH)

    told = judge([plain, short, more], index([plain, short, more], defaults()))

    assert [arm.number for arm, _ in told] == ["R2", "R1"]
