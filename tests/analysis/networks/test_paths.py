"""Shortest ways, against a slow walk."""

from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.networks import arrays, narrowing, paths
from armstrace.analysis.networks.narrowing import Narrowing, RestsOn
from armstrace.vocabulary.networks import LinkKind
from tests.analysis.networks import pictures
from tests.analysis.networks.pictures import edge, graph


@given(pictures.graphs(), st.data())
@settings(max_examples=60)
def test_the_ways_are_all_the_shortest_ones(found, data):
    keys = [each.key for each in found.nodes]
    one, other = (data.draw(st.sampled_from(keys)) for _ in range(2))

    ways = paths.shortest_paths(arrays.lay(found), one, other, most=10_000)

    assert sorted(ways.ways) == pictures.slow_ways(found, one, other)
    assert ways.is_all


@given(pictures.graphs())
@settings(max_examples=30)
def test_a_way_is_as_long_in_both_directions(found):
    laid = arrays.lay(found)
    one, other = found.nodes[0].key, found.nodes[-1].key

    there = paths.shortest_paths(laid, one, other)
    back = paths.shortest_paths(laid, other, one)

    assert there.links == back.links


def test_more_ways_than_the_bound_are_cut_and_said_to_be():
    found = graph(
        *(e for n in range(1, 9) for e in (edge("R1", f"A{n}"), edge(f"A{n}", "R2")))
    )

    ways = paths.shortest_paths(arrays.lay(found), "R1", "R2", most=5)

    assert len(ways.ways) == 5
    assert not ways.is_all


def test_no_way_is_none_and_not_zero_links():
    laid = arrays.lay(graph(edge("R1", "A1"), also=["P9"]))

    assert paths.shortest_paths(laid, "R1", "P9").links is None
    assert paths.shortest_paths(laid, "R1", "R1").links == 0
    assert paths.shortest_paths(laid, "R1", "R404").links is None


def test_each_step_tells_every_link_that_makes_it():
    found = graph(
        edge("A1", "H1"),
        edge("A1", "H1", LinkKind.BOUGHT_FROM),
        edge("P1", "H1", LinkKind.OTHER, asserted="L5"),
    )
    laid = arrays.lay(found)
    way = paths.shortest_paths(laid, "A1", "P1").ways[0]

    steps = paths.links_along(found, laid, way)

    assert [[each.kind for each in step] for step in steps] == [
        [LinkKind.HELD_BY, LinkKind.BOUGHT_FROM],
        [LinkKind.OTHER],
    ]


def test_a_way_over_computed_links_alone_takes_no_asserted_one():
    found = graph(edge("A1", "P1", asserted="L1"), edge("A1", "H1"), edge("H1", "P1"))
    computed = narrowing.narrow(found, Narrowing(rests_on=RestsOn.COMPUTED))

    assert paths.shortest_paths(arrays.lay(found), "A1", "P1").links == 1
    assert paths.shortest_paths(arrays.lay(computed), "A1", "P1").links == 2


def test_a_neighbourhood_ends_after_its_hops():
    found = graph(edge("R1", "A1"), edge("A1", "H1"), edge("H1", "A2"))

    near = narrowing.around(found, ["R1"], hops=2)

    assert [each.key for each in near.nodes] == ["R1", "A1", "H1"]
    assert len(near.edges) == 2
