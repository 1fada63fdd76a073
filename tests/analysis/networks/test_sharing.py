"""Recoveries that share rare things: what joins them, and what does not."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.networks import sharing
from armstrace.analysis.networks.sharing import Facts

DAY = date(2026, 3, 2)


def strangers(count=200):
    """Recoveries that have nothing rare in common: all of one large dealer."""
    return [
        Facts(f"R{n}", DAY + timedelta(20 * n), f"VNP {n}", dealer="H1", sold_on=DAY)
        for n in range(1, count + 1)
    ]


def three(**changes):
    given = {"dealer": "H2", "sold_on": date(2025, 6, 2), "buyer": "H9"} | changes
    return [
        Facts(f"R90{n}", DAY + timedelta(90 * n), f"VCG {n}", **given) for n in range(3)
    ]


def groups(found):
    return [each.keys for each in sharing.find_groups(found)]


def test_a_buyer_and_a_week_of_sale_join_and_are_said():
    (found,) = sharing.find_groups([*strangers(), *three()])

    assert found.keys == ("R900", "R901", "R902")
    assert [str(why) for why in found.why] == [
        "3 last bought by H9",
        "3 sold by H2 within a week",
    ]


def test_one_thing_alone_joins_nobody():
    assert groups([*strangers(), *three(dealer="")]) == []
    assert groups([*strangers(), *three(buyer="")]) == []


def test_a_case_a_place_and_a_person_are_one_thing():
    together = [
        Facts(f"R90{n}", DAY, "VCG 7", "Quay", people=("P1",)) for n in range(3)
    ]

    assert groups([*strangers(), *together]) == []


def test_what_many_have_in_common_joins_nobody():
    assert groups(strangers()) == []


def test_near_serial_numbers_of_one_buyer_join():
    run = [
        Facts(f"R90{n}", DAY, make="GLOCK", serial=f"BK{48010 + 3 * n}", buyer="H9")
        for n in range(3)
    ]

    (found,) = sharing.find_groups([*strangers(), *run])

    assert "3 with serial numbers near each other: GLOCK BK·····" in map(str, found.why)


@given(st.permutations(range(3)))
def test_the_order_of_recoveries_changes_no_group(order):
    ring = three()
    turned = [ring[n] for n in order]

    (found,) = groups([*turned, *strangers(60)])

    assert set(found) == {each.key for each in ring}


def test_nothing_shares_nothing():
    assert sharing.find_groups([]) == ()
