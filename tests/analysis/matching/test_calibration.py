import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.matching.calibration import fit
from armstrace.analysis.matching.cards import Query
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Ranker
from tests.analysis.matching.arms import card, count

pytestmark = pytest.mark.pure

cases = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=50, max_size=120)


@given(cases, st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_is_never_mended_below_a_lower(decided, one, other):
    table = fit([p for p, _ in decided], [same for _, same in decided])

    low, high = sorted((one, other))
    assert table.apply(low) <= table.apply(high) + 1e-12


@given(cases, st.floats(0, 1))
def test_a_mended_probability_is_one(decided, stated):
    table = fit([p for p, _ in decided], [same for _, same in decided])

    assert 0 <= table.apply(stated) <= 1


def test_too_few_cases_prove_nothing():
    assert fit([0.9] * 49, [True] * 49) is None


def test_overconfidence_is_mended_to_what_was_found():
    table = fit([0.9] * 100, [True] * 60 + [False] * 40)

    assert table.apply(0.9) == pytest.approx(0.6)


def test_mended_probabilities_and_absence_still_sum_to_one():
    arms = [card("A"), card("B")]
    table = fit([0.5] * 100, [True] * 80 + [False] * 20)
    ranker = Ranker(Population(count(arms)), calibration=table)
    ranking = ranker.rank(Query(serial="TAB12345"), arms)

    total = sum(c.probability for c in ranking.candidates)
    assert total + ranking.probability_absent == pytest.approx(1)
