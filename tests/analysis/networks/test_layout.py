"""The same picture for the same graph, and nearly the same for one node more."""

import math
import random

from hypothesis import given, settings

from armstrace.analysis.networks import layout
from tests.analysis.networks import pictures


def placed(found, middle):
    names = [each.key for each in found.nodes]
    pairs = [(each.start, each.end) for each in found.edges]
    return layout.place_nodes(names, pairs, middle=[middle])


def a_tree(count):
    chance = random.Random(7)
    return pictures.graph(
        *(
            pictures.edge(f"P{n}", f"P{chance.randrange(max(1, n // 2))}")
            for n in range(1, count)
        )
    )


@given(pictures.graphs())
@settings(max_examples=25)
def test_the_order_of_nodes_and_links_moves_nothing(found):
    turned = type(found)(found.nodes[::-1], found.edges[::-1])

    assert placed(found, "P0") == placed(turned, "P0")


def test_the_middle_is_at_the_origin_and_all_places_are_numbers():
    found = placed(a_tree(60), "P0")

    assert found["P0"] == (0.0, 0.0)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in found.values())


def test_neighbours_are_nearer_than_strangers():
    tree = a_tree(40)
    found = placed(tree, "P0")
    near = pictures.near(tree)
    linked, other = [], []
    for one in found:
        for two in found:
            if one < two:
                apart = math.dist(found[one], found[two])
                (linked if two in near[one] else other).append(apart)

    assert sum(linked) / len(linked) < sum(other) / len(other) / 2


def test_one_node_more_leaves_the_others_where_they_were():
    before = placed(a_tree(50), "P0")
    after = placed(pictures.graph(*a_tree(50).edges, pictures.edge("A1", "P3")), "P0")
    width = max(x for x, _ in before.values()) - min(x for x, _ in before.values())
    moved = sorted(math.dist(before[key], after[key]) for key in before)

    assert moved[len(moved) // 2] < 0.05 * width


def test_no_two_nodes_of_a_star_lie_on_each_other():
    found = placed(pictures.star(60), "H1")
    apart = min(
        math.dist(found[one], found[two]) for one in found for two in found if one < two
    )

    assert apart > 0.08


def test_a_frame_holds_every_place():
    found = layout.fit(placed(a_tree(50), "P0"), width=800, height=500)

    assert all(0 <= x <= 800 and 0 <= y <= 500 for x, y in found.values())
    assert layout.fit({}, width=1, height=1) == {}
