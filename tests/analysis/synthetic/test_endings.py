"""The plan of depots that lose arms, and of arms that are seen again."""

from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.synthetic import endings


@given(seed=st.integers(0, 10_000), arms=st.integers(1, 40))
def test_a_depot_lists_what_is_there_and_covers_a_theft_for_some_months(seed, arms):
    plan = endings.plan_depot(seed, arms)

    assert [count.month for count in plan.counts] == list(range(1, 13))
    for count in plan.counts:
        left = {place for place, month in plan.taken.items() if month > count.month}
        there = {*range(arms)} - plan.taken.keys() | left
        assert not {*count.explained} & {*count.listed}
        assert {*count.explained} <= there
        covered = {*count.listed} - there
        assert all(0 <= count.month - plan.taken[place] < 4 for place in covered)
    assert plan == endings.plan_depot(seed, arms)


@given(seed=st.integers(0, 10_000))
def test_arms_are_seen_again_once_each_and_some_with_a_sign_missing(seed):
    seen = list(endings.plan_returns(seed, 40))

    assert [each.place for each in seen] == list(range(40))
    assert {each.read("AB12") for each in seen} == {"AB12", "AB1"}
