import pytest

from armstrace.analysis.names.index import NameIndex

NAMES = (
    "Ilse Vornhagen",
    "Mohammed Orlun",
    "Sergey Batrenko",
    "Petra Lindqvist",
    "Mohammed Salem",
)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("Vornhagen, Ilse", 0),
        ("IlseVornhagen", 0),
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
