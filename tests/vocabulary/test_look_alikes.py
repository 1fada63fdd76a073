"""Names and numbers that look alike are one."""

import pytest

from armstrace.vocabulary.look_alikes import (
    is_one_number,
    is_one_person,
    skeleton,
    spellings,
)


@pytest.mark.parametrize(
    "written",
    [
        *("JAN  NOVÁK", "Jan Nov\u200bak", "Jan Nov\u0430k", "Jan Nova\u0301k"),
        *("\uff2a\uff41\uff4e Novak", "J\u0430\u00adn Nov\u03b1k", "Jan\u00a0Novak"),
        *("Jan Nova\u3164k", "\u202ekavoN naJ", "Jan \u202ekavoN\u202c"),
    ],
)
def test_names_that_look_alike_are_one(written):
    assert skeleton(written) == skeleton("Jan Novak")


def test_other_names_are_others():
    names = ("Jan Novak", "Jana Novak", "Jan Nowak", "Іван", "李", "سلمى", "ليلى")
    assert len({*map(skeleton, names)}) == len(names)


def test_a_number_is_asked_for_as_typed_and_as_it_looks():
    assert "VFR-E-1" in spellings("VFR-\u0415-\u200b1")
    assert spellings("E-1") == {"E-1"}


@pytest.mark.parametrize(
    "other",
    [
        "KOS Ana",
        "Kos, Ana",
        "Dr Ana Kos",
        "Ana Kos, gunsmith",
        "\u0410na-Kos",
        "AnaKos",
    ],
)
def test_one_person_is_known_in_any_order_and_with_a_title(other):
    assert is_one_person("Ana Kos", other)
    assert is_one_person(other, "Ana Kos")


@pytest.mark.parametrize("other", ["Ana Kosi", "Ivo Kos", "Ana", "Kos", "", "\u200b"])
def test_other_names_are_other_persons(other):
    assert not is_one_person("Ana Kos", other)
    assert not is_one_person(other, "")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Z1", "Zl"), ("Z1", "ZI"), ("A0-7", "ao 7"), ("AL-7", "al7"), ("\u041e7", "07")],
)
def test_numbers_that_look_alike_are_one(one, other):
    assert is_one_number(one, other)
    assert is_one_number(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Z1", "ZL"), ("Z1", "Z7"), ("", ""), ("-", "")]
)
def test_other_numbers_are_others(one, other):
    assert not is_one_number(one, other)
    assert not is_one_number(other, one)
