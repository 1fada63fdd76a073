"""Exports are planned alike for a seed, with every forgery and diversion in them."""

from hypothesis import given
from hypothesis import strategies as st

from benchmarks import planned_shipments as shipments


@given(st.integers(0, 2**32))
def test_plans_are_alike_for_a_seed_and_nothing_returns_from_a_diversion(seed):
    plans = list(shipments.plan_shipments(seed, 40))

    assert plans == list(shipments.plan_shipments(seed, 40))
    for plan in plans:
        kept = [each["quantity"] for each in plan.passages if "quantity" in each]
        days = [each["days"] for each in plan.passages]
        assert days == sorted(days)
        assert (set(kept) == {shipments.SENT}) == (
            plan.diverted in {"", shipments.FALSE_RECEIPT}
        )


def test_many_exports_have_every_forgery_and_every_diversion_and_most_are_true():
    plans = list(shipments.plan_shipments(1, 120))

    assert {each.forged for each in plans} == {"", *shipments.FORGERIES}
    assert {each.diverted for each in plans} == {"", *shipments.DIVERSIONS}
    assert sum(not each.forged and not each.diverted for each in plans) > 40
