"""Calibres typed short: without a sign, for several rounds, under two names."""

import pytest

from armstrace.analysis.marks import calibres
from armstrace.vocabulary.arms import ArmType

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("919", "9x19 mm"),
        ("9.19", "9x19 mm"),
        ("918", "9x18 mm MAKAROV"),
        ("76239", "7.62x39 mm"),
        ("7,6239", "7.62x39 mm"),
        ("55645", "5.56x45 mm"),
        ("1270", "12 gauge"),
        ("763", "7.63x25 mm MAUSER"),
        ("913", ""),
    ],
)
def test_dimensions_without_their_sign_are_read(text: str, value: str) -> None:
    assert calibres.read_calibre(text).value == value


@pytest.mark.parametrize("text", ["22 S/L/LR", ".22 short long LR", "22 S-L-LR"])
def test_a_chamber_for_three_rounds_is_that_of_the_longest(text: str) -> None:
    assert calibres.read_calibre(text, ArmType.RIFLE).value == ".22 LR"


@pytest.mark.parametrize("text", ["7.62/308", ".308/7.62"])
def test_two_names_of_one_cartridge_are_one_in_either_order(text: str) -> None:
    assert calibres.read_calibre(text, ArmType.RIFLE).value == "7.62x51 mm"
