"""Rates learned from readings that nobody labelled."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.matching import channel, learning
from armstrace.analysis.matching.cards import FIELDS, Card, Query
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Ranker
from tests.analysis.matching.arms import count

pytestmark = pytest.mark.pure


@st.composite
def cases(draw):
    """Readings with any candidates at all."""
    readings = draw(st.integers(1, 12))
    sizes = draw(st.lists(st.integers(0, 5), min_size=readings, max_size=readings))
    owners = np.repeat(np.arange(readings), sizes)
    logs = st.floats(-40, 5)
    total = len(owners)
    level = st.integers(-1, 2)
    row = st.lists(level, min_size=len(FIELDS), max_size=len(FIELDS))
    levels = draw(st.lists(row, min_size=total, max_size=total))
    rest = st.one_of(st.just(-math.inf), logs)
    return learning.Cases(
        owners.astype(np.int64),
        np.array(levels, np.int8).reshape(-1, len(FIELDS)),
        np.array(draw(st.lists(logs, min_size=total, max_size=total)), float),
        np.array(draw(st.lists(logs, min_size=readings, max_size=readings)), float),
        np.array(draw(st.lists(rest, min_size=readings, max_size=readings)), float),
    )


@given(cases(), st.floats(0, 0.5), st.floats(0, 0.4), st.floats(0.001, 0.99))
def test_the_likelihood_never_falls(given_cases, close, wrong, absent):
    levels = np.tile([1 - close - wrong, close, wrong], (len(FIELDS), 1))

    learned = learning.learn(given_cases, learning.Rates(levels, absent), rounds=8)

    rises = np.diff(learned.log_likelihoods)
    scale = max(1.0, *map(abs, learned.log_likelihoods))
    assert (rises >= -1e-9 * scale).all()


@given(cases())
def test_learned_rates_stay_inside_their_bounds(given_cases):
    start = learning.rates_of(channel.standard())

    rates = learning.learn(given_cases, start, rounds=8).rates

    wrong = rates.levels[:, 1:]
    assert (wrong >= learning.LEAST_RATE - 1e-12).all()
    assert (wrong <= learning.MOST_RATE + 1e-12).all()
    assert rates.levels.sum(axis=1) == pytest.approx(1)
    assert learning.LEAST_ABSENT <= rates.absent <= learning.MOST_ABSENT


@given(st.lists(st.floats(0, 1e6), min_size=3, max_size=3))
def test_bounded_shares_are_the_likeliest_of_all_inside(counts):
    counts = np.array(counts) + 1e-6

    found = learning._bound(counts)

    def likelihood(close, wrong):
        return float(counts @ np.log([1 - close - wrong, close, wrong]))

    best = likelihood(found[1], found[2])
    grid = np.linspace(learning.LEAST_RATE, learning.MOST_RATE, 40)
    others = [likelihood(close, wrong) for close in grid for wrong in grid]
    assert best >= max(others) - 1e-6 * max(1, abs(best))


def a_register(size, makes):
    chance = np.random.default_rng(5)
    return [
        Card(
            str(n),
            make=makes[chance.integers(len(makes))],
            calibre="9MM",
            serial=f"{'ABCDEFGH'[n % 8]}{chance.integers(10**7):07d}",
        )
        for n in range(size)
    ]


def test_a_wrong_rate_is_mended_by_readings_without_labels():
    makes = ["ALDRIC", "BOREAL", "CINDER", "DUNMOOR", "ESKER", "FJORD", "GRANITE"]
    cards = a_register(400, makes)
    chance = np.random.default_rng(6)
    queries = []
    for card in cards:
        is_wrong = chance.random() < 0.15
        make = makes[chance.integers(len(makes))] if is_wrong else card.make
        queries.append(Query(card.registry_id, make=make, serial=card.serial))
    read = channel.standard()
    ranker = Ranker(Population(count(cards)))
    by_serial = {card.serial: card for card in cards}
    rankings = [ranker.rank(q, [by_serial[q.serial]]) for q in queries]

    found = learning.cases_of(rankings, read)
    learned = learning.learn(found, learning.rates_of(read))

    wrong = learned.rates.levels[FIELDS.index("make"), 2]
    assert 0.11 < wrong < 0.19
    assert learned.rates.absent < 0.03
    model = FIELDS.index("model")
    assert learned.rates.levels[model] == pytest.approx(
        learning.rates_of(read).levels[model]
    )


def test_the_likelihood_is_that_of_the_ranking():
    cards = a_register(50, ["MAKER"])
    read = channel.standard()
    ranker = Ranker(Population(count(cards)))
    ranking = ranker.rank(Query(make="MAKER", serial=cards[3].serial), cards)

    found = learning.cases_of([ranking], read)

    assert learning.log_likelihood(found, learning.rates_of(read)) == pytest.approx(
        0, abs=1e-9
    )
