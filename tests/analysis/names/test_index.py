import random
from itertools import product

import pytest

from armstrace.analysis.names import comparison
from armstrace.analysis.names.comparison import Score
from armstrace.analysis.names.index import NameIndex

NAMES = (
    "Ilse Vornhagen",
    "Mohammed Orlun",
    "Sergey Batrenko",
    "Petra Lindqvist",
    "Mohammed Salem",
)
NEAR_WORDS = (
    "Ilse", "Elsa", "Mohammed", "Muhamad", "Sergey", "Sergei", "Karim", "Kareem",
    "Orlun", "Orlunn", "Orloun", "Batrenko", "Batrenka", "Vornhagen", "Vornhage",
    "Lindqvist", "Lindkvist", "Salem", "Saleem", "Ashby", "Brendal", "Brendall",
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("Vornhagen, Ilse", 0),
        ("IlseVornhagen", 0),
        ("VornhagenIlse", 0),
        ("Muhammad Orlun", 1),
        ("Сергей Батренко", 2),
        ("Petra Lindqist", 3),
        ("محمد سالم", 4),
    ],
)
def test_a_name_is_found_however_it_is_written(query: str, place: int) -> None:
    hits = NameIndex(NAMES, "Person").nearest(query, top=1)

    assert [hit.place for hit in hits] == [place]


def test_nothing_is_found_where_no_word_is_near() -> None:
    assert NameIndex(NAMES, "Person").nearest("Quentin Ashby") == []


def test_a_long_name_is_compared_with_fewer_so_that_it_takes_no_longer() -> None:
    words = [f"Ama{letter}bel" for letter in "bcdfghjklmn"]
    names = [" ".join([*words, f"Last{n}son"]) for n in range(300)]
    index = NameIndex(names, "Person")

    assert len(index.nearest(names[7], top=999)) <= 60
    assert index.nearest(names[7])[0].name == names[7]
    assert 60 < len(index.nearest(f"{words[0]} {words[1]}", top=999)) <= 120


def test_blocking_finds_nearly_all_that_a_full_comparison_finds():
    rng = random.Random(7)
    names = [" ".join(rng.sample(NEAR_WORDS, rng.choice((2, 3)))) for _ in range(400)]
    index = NameIndex(names, "Person")

    found, near = 0, 0
    for name in rng.sample(names, 40):
        wanted = {
            place
            for place, other in enumerate(names)
            if comparison.compare("Person", name, other).is_near
        }
        got = {hit.place for hit in index.near(name)}
        assert got <= wanted
        found, near = found + len(got), near + len(wanted)

    assert found / near > 0.95


def test_who_bears_a_frequent_name_misspelt_is_not_compared_for_that_name_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lasts = [f"{one}a{other}dur" for one, other in product("bdgklmnprstvz", repeat=2)]
    spelt = [f"Mohammed {last}" for last in lasts]
    misspelt = [
        f"Moham{sign}ed {last}" for sign, last in zip("bcdfgk", lasts, strict=False)
    ]
    index = NameIndex([*spelt, *misspelt, "Mohammed Orlun"], "Person")
    compared: list[int] = []
    compare = index._compare

    def count(name: str, place: int) -> Score:
        compared.append(place)
        return compare(name, place)

    monkeypatch.setattr(index, "_compare", count)
    hits = index.near("Mohammed Orlum")

    assert [hit.name for hit in hits] == ["Mohammed Orlun"]
    assert len(compared) == 1


def test_of_two_with_one_score_the_nearer_letters_go_first():
    index = NameIndex(("Orloun Ilse", "Orlunn Ilse"), "Person")

    assert [hit.place for hit in index.nearest("Orlunn Ilsa")] == [1, 0]
