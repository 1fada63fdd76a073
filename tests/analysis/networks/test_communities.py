"""Communities, brokers, repeat sources and the score of planted rings."""

import itertools

import pytest
from hypothesis import given, settings

from armstrace.analysis.networks import brokers, communities, narrowing, sources
from armstrace.analysis.networks.narrowing import Narrowing, RestsOn
from armstrace.analysis.networks.sources import Held
from armstrace.vocabulary.networks import LinkKind
from benchmarks import ring_scores
from tests.analysis.networks import pictures
from tests.analysis.networks.pictures import edge, graph


def ring(letter, start, size, **given):
    keys = [f"{letter}{n}" for n in range(start, start + size)]
    return keys, [edge(*pair, **given) for pair in itertools.combinations(keys, 2)]


def two_rings_and_a_dealer():
    one, links = ring("P", 0, 6)
    two, more = ring("P", 10, 6)
    dealer = [edge(key, "H1", LinkKind.BOUGHT_FROM) for key in one + two]
    dealer += [edge(f"P{n}", "H1", LinkKind.BOUGHT_FROM) for n in range(100, 160)]
    return (one, two), graph(*links, *more, *dealer)


def test_a_dealer_does_not_make_one_community_of_all_buyers():
    planted, found = two_rings_and_a_dealer()

    parts = [each.keys for each in communities.find_communities(found)]
    score = ring_scores.score_rings(planted, parts)

    assert score.found == 2
    assert score.recall == 1.0
    assert score.precision == 1.0


def test_many_rings_in_a_chain_stay_apart():
    made = [ring("P", 10 * n, 8) for n in range(200)]
    chain = [edge(f"P{10 * n}", f"P{10 * n + 11}") for n in range(199)]
    whole = graph(*chain, *(each for _, links in made for each in links))

    parts = communities.find_communities(whole)

    assert {frozenset(each.keys) for each in parts} == {
        frozenset(keys) for keys, _ in made
    }


def test_the_most_linked_community_comes_first():
    one, links = ring("P", 0, 5)
    star = pictures.star(7, "H1", "A")

    parts = communities.find_communities(graph(*star.edges, *links))

    assert [{*each.keys} >= {*one} for each in parts] == [True, False]


def test_connected_components_hold_the_rings_and_everybody_else():
    planted, found = two_rings_and_a_dealer()

    score = ring_scores.score_rings(planted, ring_scores.components(found))

    assert score.recall == 1.0
    assert score.precision == pytest.approx(12 / 146)
    assert score.found == 0


def test_communities_are_the_same_each_time():
    _, found = two_rings_and_a_dealer()

    assert communities.find_communities(found) == communities.find_communities(found)


def only(found, rests_on):
    return narrowing.narrow(found, Narrowing(rests_on=rests_on))


def test_computed_and_asserted_links_are_looked_at_apart():
    one, links = ring("P", 0, 5)
    two, more = ring("P", 10, 5, asserted="L1")
    found = graph(*links, *more)

    computed = communities.find_communities(only(found, RestsOn.COMPUTED))
    asserted = communities.find_communities(only(found, RestsOn.ASSERTED))

    assert [{*each.keys} for each in computed] == [{*one}]
    assert [{*each.keys} for each in asserted] == [{*two}]
    assert (asserted[0].computed, asserted[0].asserted, asserted[0].outward) == (
        0,
        10,
        0,
    )


def test_a_graph_without_links_has_no_communities():
    assert communities.find_communities(graph(also=["P1", "P2"])) == ()


def slow_shares(found):
    keys = [each.key for each in found.nodes if pictures.near(found)[each.key]]
    shares = dict.fromkeys(keys, 0.0)
    for one, other in itertools.permutations(keys, 2):
        ways = pictures.slow_ways(found, one, other)
        for way in ways:
            for key in way[1:-1]:
                shares[key] += 1 / len(ways)
    pairs = (len(keys) - 1) * (len(keys) - 2)
    return {key: share / pairs for key, share in shares.items() if share}


@given(pictures.graphs(most=7))
@settings(max_examples=40)
def test_a_broker_has_the_share_of_ways_that_lead_through_it(found):
    rows = brokers.find_brokers(found).rows

    assert {each.key: each.share for each in rows} == pytest.approx(slow_shares(found))


def test_a_large_graph_is_estimated_and_says_so(monkeypatch):
    monkeypatch.setattr(brokers, "EXACT_UP_TO", 10)
    monkeypatch.setattr(brokers, "STARTS", 20)
    one, two = pictures.star(60, "H1", "P"), pictures.star(60, "H2", "A")
    found = graph(*one.edges, *two.edges, edge("H1", "H2"))

    told = brokers.find_brokers(found)

    assert told.is_estimate
    assert told.starts == 20
    assert {each.key for each in told.rows[:2]} == {"H1", "H2"}
    assert told.rows[0].share == pytest.approx(0.75, abs=0.2)


def test_sources_are_counted_by_case_and_not_by_arm():
    found = graph(
        *(edge(f"A{n}", "H1", LinkKind.BOUGHT_FROM) for n in range(1, 11)),
        edge("R1", "A1", LinkKind.SAME_ARM),
        edge("R2", "A2", LinkKind.SAME_ARM),
        edge("R3", "A3", LinkKind.SAME_ARM),
        edge("R1", "R2", LinkKind.TAKEN_TOGETHER),
    )

    assert sources.count_sources(found) == (Held("H1", 10, 3, 2),)


def test_a_small_source_is_drawn_to_the_share_of_all():
    held = [Held(f"H{n}", 1_000, 10 + n, 5) for n in range(20)]
    small, large = Held("H98", 2, 2, 2), Held("H99", 1_000, 100, 40)

    found = {s.held.key: s for s in sources.repeat_sources([*held, small, large])}

    assert found["H98"].share < found["H99"].share < 0.1
    assert found["H98"].overall == found["H99"].overall


def test_a_source_in_one_case_is_no_repeat_source():
    assert sources.repeat_sources([Held("H1", 5, 3, 1)]) == ()
    assert sources.repeat_sources([]) == ()


def test_a_ring_of_whom_nothing_is_known_scores_nothing():
    score = ring_scores.score_rings([["P1", "P2"]], [["P3"]])

    assert (score.recall, score.precision, score.found) == (0.0, None, 0)
    assert ring_scores.score_rings([], []).recall is None
