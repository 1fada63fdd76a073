"""Names and numbers that look alike are one."""

import pytest

from armstrace.vocabulary.look_alikes import (
    is_one_number,
    is_one_person,
    names_number,
    number_key,
    skeleton,
    tidy_number,
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


@pytest.mark.parametrize(
    "other",
    [
        "\u0415V-01",
        "ev 01",
        "EV-01 ",
        "EV-O1",
        "EV-0l",
        "EV-\u041e\u0406",
        "\uff25V-01",
    ],
)
def test_numbers_that_may_be_read_as_one_have_one_key(other):
    assert number_key(other) == number_key("EV-01")
    assert names_number(f"not {other.replace(' ', '')}, which is older", "EV-01")


def test_other_numbers_have_other_keys_and_a_tidy_one_stays():
    assert len({*map(number_key, ("EV-01", "EV-02", "EW-01", "E-01"))}) == 4
    assert not names_number("county register, sheet 7", "EV-01")
    assert tidy_number(" \uff25V-01\u00a0 b ") == "EV-01 b"
    assert tidy_number("EV-01") == "EV-01"


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
