import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from armstrace.analysis.ballistics import erased
from armstrace.analysis.ballistics.erased import (
    EXCHANGED,
    Evidence,
    Rest,
    Shot,
    Standing,
)
from armstrace.vocabulary.messages import Message

pytestmark = pytest.mark.pure

ratios = st.floats(-3, 3)
lists = st.lists(st.one_of(st.none(), ratios), max_size=4)
cases = st.lists(st.tuples(st.floats(0, 1), lists), min_size=1, max_size=6)


def shots(values):
    return tuple(Shot(Message("breech face"), 5, 20, value) for value in values)


def evidence(rows, rest=1.0):
    """Give arms and rest whose probabilities sum to one."""
    total = sum(row[0] for row in rows) + rest
    arms = {
        number: Evidence(by_marks / total, shots(values))
        for number, (by_marks, values) in enumerate(rows, start=1)
    }
    return arms, Rest(rest * 0.75 / total, rest * 0.25 / total, 100)


@given(cases)
def test_all_shares_sum_to_one_and_absence_is_kept(rows):
    arms, rest = evidence(rows)

    found = erased.join(arms, rest)

    total = sum(one.probability for one in found.arms) + found.absent + found.others
    assert total == pytest.approx(1)
    assert found.absent > 0
    assert found.absent / max(found.others, 1e-12) == pytest.approx(3)


@given(cases)
def test_without_ratios_the_marks_stand_as_they_are(rows):
    arms, rest = evidence([(by_marks, []) for by_marks, _ in rows])

    found = erased.join(arms, rest)

    for one in found.arms:
        assert one.probability == pytest.approx(one.by_marks)
    assert found.absent == pytest.approx(rest.absent)


@given(cases, ratios, st.floats(0, 2))
def test_a_higher_ratio_never_lowers_its_arm_nor_raises_another(rows, ratio, more):
    rows[0] = (rows[0][0], [ratio])
    lower = erased.join(*evidence(rows))
    rows[0] = (rows[0][0], [ratio + more])
    higher = erased.join(*evidence(rows))

    before = {one.arm: one.probability for one in lower.arms}
    for one in higher.arms:
        change = one.probability - before[one.arm]
        assert change >= -1e-12 if one.arm == 1 else change <= 1e-12
    assert higher.absent <= lower.absent + 1e-12


@given(ratios, st.integers(1, 6))
def test_the_same_evidence_said_again_counts_once(ratio, times):
    once = erased.mean_ratio(shots([ratio]), EXCHANGED)

    assert erased.mean_ratio(shots([ratio] * times), EXCHANGED) == pytest.approx(once)


@given(st.lists(ratios, min_size=2, max_size=5))
def test_several_ratios_weigh_no_more_than_the_strongest(values):
    strongest = erased.mean_ratio(shots([max(values)]), EXCHANGED)

    found = erased.mean_ratio(shots(values), EXCHANGED)

    assert found <= strongest * (1 + 1e-12)


@given(st.lists(st.floats(-30, 3), min_size=1, max_size=3))
def test_disagreement_never_excludes_an_arm(values):
    assert erased.mean_ratio(shots(values), EXCHANGED) >= EXCHANGED


@given(st.lists(ratios, min_size=1, max_size=4), st.randoms())
def test_the_order_of_shots_does_not_matter(values, random):
    mixed = list(values)
    random.shuffle(mixed)

    one, other = (erased.mean_ratio(shots(v), EXCHANGED) for v in (values, mixed))

    assert one == pytest.approx(other)


@given(st.floats(0.01, 1), st.integers(1, 50), ratios)
def test_an_arm_that_only_shots_name_takes_its_part_of_the_others(
    others, unlisted, ratio
):
    assume(others < 1)
    rest = Rest(1 - others, others, unlisted)

    found = erased.join({7: Evidence(None, shots([ratio]))}, rest)

    (one,) = found.arms
    assert one.by_marks == pytest.approx(others / unlisted)
    assert one.probability + found.absent + found.others == pytest.approx(1)


def test_what_examiners_confirmed_orders_and_does_not_change_the_probability():
    plain = {1: Evidence(0.1), 2: Evidence(0.5), 3: Evidence(0.3)}
    said = plain | {
        1: Evidence(0.1, standing=Standing.IDENTIFIED),
        2: Evidence(0.5, standing=Standing.ELIMINATED),
    }
    rest = Rest(0.1)

    before, after = erased.join(plain, rest), erased.join(said, rest)

    assert [one.arm for one in after.arms] == [1, 3, 2]
    assert {o.arm: o.probability for o in before.arms} == {
        o.arm: o.probability for o in after.arms
    }


def test_what_has_no_reference_set_is_shown_and_not_weighed():
    arms = {1: Evidence(0.5, shots([None]), marks_words=Message("Serial agrees."))}

    found = erased.join(arms, Rest(0.5))

    (one,) = found.arms
    assert one.probability == 0.5
    assert one.log10_ratio is None
    assert "not weighed" in str(one.why[1])
    assert any("reference set" in str(sentence) for sentence in found.unknown)


def test_a_strong_ratio_overtakes_a_likelier_serial():
    arms = {1: Evidence(0.6), 2: Evidence(0.05, shots([2.0]))}

    found = erased.join(arms, Rest(0.35))

    assert found.arms[0].arm == 2
    assert found.arms[0].log10_ratio == pytest.approx(math.log10(0.9 * 100 + 0.1))
    assert found.absent > 0.05


@pytest.mark.parametrize("share", [0, -1, 1.1])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(ValueError, match="share"):
        erased.join({}, Rest(1.0), exchanged=share)
