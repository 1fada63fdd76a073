"""What is drawn, what is bundled, and that nothing is lost."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.networks.bundling import MOST_DRAWN, READABLE, Wish, bundle
from armstrace.vocabulary.networks import LinkKind, NodeKind
from tests.analysis.networks import pictures
from tests.analysis.networks.pictures import edge, graph, star


def counted(picture):
    inside = sum(len(each.keys) + each.beyond for each in picture.bundles)
    return len(picture.nodes) + inside + picture.not_placed


def test_two_thousand_neighbours_become_one_counted_bundle():
    picture = bundle(star(2_000), ["H1"])

    assert [each.key for each in picture.nodes] == ["H1"]
    assert [len(each.keys) for each in picture.bundles] == [2_000]
    assert picture.bundles[0].kind is NodeKind.ARM
    assert picture.bundles[0].link is LinkKind.HELD_BY
    assert [each.count for each in picture.ties] == [2_000]


def test_an_opened_bundle_is_drawn_as_far_as_there_is_room():
    name = bundle(star(2_000), ["H1"]).bundles[0].name

    picture = bundle(star(2_000), ["H1"], Wish(opened=frozenset({name})))

    assert len(picture.nodes) + len(picture.bundles) == MOST_DRAWN
    assert picture.bundles[0].name == name
    assert counted(picture) == 2_001


def test_a_bundle_keeps_its_name_when_members_come():
    assert (
        bundle(star(30), ["H1"]).bundles[0].name
        == bundle(star(31), ["H1"]).bundles[0].name
    )


def test_few_of_a_kind_are_drawn_one_by_one():
    assert not bundle(star(5), ["H1"]).bundles


def test_computed_and_asserted_links_never_share_a_bundle():
    found = graph(
        *(edge(f"A{n}", "H1") for n in range(20)),
        *(edge(f"A{n}", "H1", asserted=f"L{n}") for n in range(20, 40)),
    )

    bundles = bundle(found, ["H1"]).bundles

    assert [len(each.keys) for each in bundles] == [20, 20]
    assert {each.is_computed for each in bundles} == {True, False}


def test_what_links_to_something_else_is_drawn_before_what_does_not():
    found = graph(
        *(edge(f"A{n}", "H1") for n in range(1, 41)),
        edge("A40", "P1"),
        edge("P1", "P2"),
    )

    picture = bundle(found, ["H1"])

    assert [each.key for each in picture.nodes] == ["H1", "A40", "P1", "P2"]


def test_what_hangs_behind_a_bundle_is_counted_with_it():
    found = graph(
        *(edge(f"A{n}", "H1") for n in range(1, 400)),
        *(edge(f"R{n}", f"A{n}", LinkKind.SAME_ARM) for n in range(1, 400)),
    )

    picture = bundle(found, ["H1"])
    closed = picture.bundles[0]

    assert closed.beyond == len(closed.keys)
    assert counted(picture) == len(found.nodes)


def test_what_nothing_leads_to_is_said_to_have_no_place():
    picture = bundle(graph(edge("A1", "H1"), also=["P9"]), ["H1"])

    assert picture.not_placed == 1


@given(pictures.graphs(most=30), st.integers(2, 12), st.integers(2, 12))
@settings(max_examples=80)
def test_no_node_is_lost_and_no_bound_passed(found, room, most):
    picture = bundle(found, [found.nodes[0].key], Wish(room=room, most=most))
    names = {each.key for each in picture.nodes} | {b.name for b in picture.bundles}

    assert counted(picture) == len(found.nodes)
    assert len(names) <= most
    assert all({tie.start, tie.end} <= names for tie in picture.ties)


def test_a_picture_opens_readable():
    found = graph(
        *(edge(f"A{n}", f"H{n % 40}") for n in range(400)),
        *(edge(f"H{n}", "P1", LinkKind.USES, asserted=f"L{n}") for n in range(40)),
    )

    picture = bundle(found, ["P1"])

    assert len(picture.nodes) + len(picture.bundles) <= READABLE
    assert counted(picture) == len(found.nodes)


def test_newer_ones_come_first_when_a_bundle_opens():
    found = star(400)
    nodes = tuple(
        pictures.node(each.key, day=date(2020, 1, 1 + n % 28))
        for n, each in enumerate(found.nodes)
    )
    found = type(found)(nodes, found.edges)
    name = bundle(found, ["H1"]).bundles[0].name

    shown = bundle(found, ["H1"], Wish(opened=frozenset({name}), most=15)).nodes

    assert {each.day.day for each in shown if each.key != "H1"} == {28}
