from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.synthetic.country import SyntheticCountry
from armstrace.vocabulary.networks import NodeKind
from benchmarks import linked_country
from benchmarks.plant_scores import Planted, Proposed, score_found

pytestmark = pytest.mark.pure

BEGUN = date(2026, 1, 1)
PLANTS = (
    Planted(frozenset("abcd"), BEGUN),
    Planted(frozenset("ef"), BEGUN),
)


def proposed(keys, day=10):
    return Proposed(frozenset(keys), date(2026, 1, day))


def test_a_plant_is_found_by_a_proposal_that_is_half_of_it_and_its_delay_counted():
    found = score_found([proposed("abxy", 21), proposed("ab", 11)], PLANTS)

    assert (found.planted, found.found, found.proposed, found.right) == (2, 1, 2, 2)
    assert (found.recall, found.precision, found.days) == (0.5, 1.0, 10)


def test_a_proposal_that_is_mostly_of_others_finds_nothing():
    found = score_found([proposed("axyz"), proposed("xy")], PLANTS)

    assert (found.found, found.right, found.days) == (0, 0, None)
    assert found.false_in(units=2, weeks=4) == 0.25


def test_one_record_of_several_finds_nothing_but_one_that_stands_alone_does():
    assert score_found([proposed("ax")], PLANTS).found == 0
    assert score_found([proposed("a")], PLANTS).found == 1


def test_what_is_as_bad_counts_as_right_and_finds_nothing():
    found = score_found([proposed("z")], PLANTS, also_right="z")

    assert (found.found, found.right) == (0, 1)


def test_nothing_planted_and_nothing_proposed_give_no_share():
    found = score_found([], [])

    assert (found.recall, found.precision) == (None, None)


@given(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1), max_size=8))
def test_shares_lie_between_nothing_and_all(groups):
    found = score_found([proposed(group) for group in groups], PLANTS)

    assert 0 <= found.found <= found.planted
    assert 0 <= found.right <= found.proposed


def test_a_picture_holds_the_rings_and_many_others_and_is_the_same_again():
    country = SyntheticCountry(5, 4000, 800)

    picture = linked_country.picture(country)

    keys = {node.key for node in picture.nodes}
    persons = [node for node in picture.nodes if node.kind is NodeKind.PERSON]
    rings = country.plants().rings
    assert picture == linked_country.picture(SyntheticCountry(5, 4000, 800))
    assert len(keys) == len(picture.nodes)
    assert all(ring.persons <= keys for ring in rings)
    assert len(persons) > 4 * sum(len(ring.persons) for ring in rings)
    assert all({edge.start, edge.end} <= keys for edge in picture.edges)
