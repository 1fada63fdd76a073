import gc
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.matching import channel, density
from armstrace.analysis.matching.cards import Query
from armstrace.analysis.matching.population import Counts, Population
from armstrace.analysis.matching.rank import ranker_of
from armstrace.analysis.matching.shapes import number_cell, prefix_cell, shape_of
from tests.analysis.matching.arms import card, count, rank

pytestmark = pytest.mark.pure

some_cards = st.lists(
    st.builds(
        card,
        st.integers(0, 99).map(str),
        make=st.sampled_from(["TAURUS", "ROSSI", ""]),
        serial=st.sampled_from(["TAB12345", "40000", "R1", ""]),
    ),
    max_size=8,
)


def tables(counts: Counts) -> list[dict]:
    return [
        {key: n for key, n in table.items() if n}
        for table in (counts.profiles, counts.shapes, counts.prefixes,
                      counts.numbers, counts.starts, counts.imports)
    ]  # fmt: skip


@given(some_cards, some_cards)
def test_counting_one_by_one_forgets_what_leaves(kept, gone):
    counts = count([*kept, *gone])
    for one in gone:
        counts.remove(one)

    assert tables(counts) == tables(count(kept))


@given(some_cards)
def test_counts_survive_being_written(cards):
    counts = count(cards)

    assert tables(Counts.from_json(counts.to_json())) == tables(counts)


def test_counts_that_were_written_rank_alike():
    cards = [card("A"), card("B", make="ROSSI", serial="R99")]
    counts = count(cards)
    query = Query(make="TAURUS", serial="TA812345")

    written = Population(Counts.from_json(counts.to_json()))
    assert rank(query, cards, written) == rank(query, cards, Population(counts))


@pytest.mark.parametrize(
    ("serial", "shape", "prefix", "number"),
    [
        ("TAB12345", "AAA99999", "TA3", "12 AAA99999"),
        ("T12345", "A99999", "T 1", "12 A99999"),
        ("123", "999", "", ""),
        ("12?45*", "99?99*", "", ""),
    ],
)
def test_a_serial_is_counted_by_shape_prefix_and_number(serial, shape, prefix, number):
    assert shape_of(serial) == shape
    assert prefix_cell(serial) == prefix
    assert number_cell(serial) == number


def density_of(serial: str, cards) -> float:
    population = Population(count(cards))
    mixed = density.densities_of_shape(shape_of(serial), population, channel.standard())
    begun = density.over_even(density.beginnings(serial), population)
    return float((mixed * density.even(serial) * begun).max())


def test_a_short_number_proves_less_than_a_long_one():
    cards = [card(f"N{n}", serial=f"{n:05}") for n in range(0, 99999, 3000)]
    cards += [card(f"M{n}", serial=f"{n:08}") for n in range(0, 99999999, 3000000)]

    assert density_of("45678", cards) > 100 * density_of("45678912", cards)


def test_a_number_inside_a_series_proves_less_than_one_outside():
    cards = [card(f"N{n}", serial=f"{n}") for n in range(72000, 72500)]

    assert density_of("72700", cards) > 5 * density_of("31700", cards)


def test_a_prefix_that_all_of_a_maker_s_arms_bear_proves_little():
    fixed = [card(f"N{n}", serial=f"FDOQ{n}") for n in range(10000, 10500)]

    assert density_of("FDOQ77777", fixed) > 1000 * density_of("XKRT77777", fixed)


def test_a_long_beginning_that_many_share_is_no_evidence_beyond_its_share():
    pistols = [card(str(n), serial=f"T110217E{n * 37:05}") for n in range(60)]
    others = [card(f"x{n}", serial=f"R{n * 7919:06}") for n in range(60)]
    cards = [*pistols, *others]

    shared = density_of("T110217E00999", cards)
    assert shared > 1e4 * density_of("K830953E00999", cards)
    assert density_of("T110217E*", cards) > 1e4 * density_of("K830953E*", cards)


def test_a_population_that_nobody_holds_goes_with_its_ranker():
    population = Population(Counts())
    assert ranker_of(population) is ranker_of(population)
    held = weakref.ref(population)

    del population
    gc.collect()

    assert held() is None
