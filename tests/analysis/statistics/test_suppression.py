"""No withheld count can be worked out from what is published beside it."""

import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from armstrace.analysis.statistics import suppression
from armstrace.analysis.statistics.suppression import AtMost, Sum, Tables

pytestmark = pytest.mark.pure
LEAST = suppression.THRESHOLD


def feasible_range(tables, hidden, cell):
    """Give the least and the most that whoever knows all else can take a cell for."""
    system = suppression._System(tables, hidden)
    return system.extreme(cell, 1)[cell], system.extreme(cell, -1)[cell]


def invented(rng):
    """Invent a cross table, a second table of the same total, and contexts."""
    rows, columns = range(rng.randint(2, 5)), range(rng.randint(2, 5))
    scale = rng.choice([3, 8, 30, 200])
    values = {
        f"{i},{j}": 0 if rng.random() < 0.3 else int(rng.expovariate(1 / scale))
        for i, j in itertools.product(rows, columns)
    }
    sums = [Sum(f"r{i}", tuple(f"{i},{j}" for j in columns)) for i in rows]
    sums += [Sum(f"c{j}", tuple(f"{i},{j}" for i in rows)) for j in columns]
    values |= {each.total: sum(values[p] for p in each.parts) for each in sums}
    values["T"] = total = sum(values[f"r{i}"] for i in rows)
    cuts = sorted(rng.randint(0, total) for _ in range(rng.randint(1, 4)))
    parts = [b - a for a, b in itertools.pairwise([0, *cuts, total])]
    values |= {f"m{at}": part for at, part in enumerate(parts)}
    contexts = [f"x{at}" for at in range(rng.randint(0, 3))]
    values |= {name: rng.randint(0, total) for name in contexts}
    for names in ("r", "c", "m"):
        members = (n for n in values if n[0] == names)
        sums.append(Sum("T", tuple(members)))
    return Tables(
        values, tuple(sums), tuple(AtMost(context, "T") for context in contexts)
    )


def attacked(tables, hidden, cell):
    """Bound a hidden count as an outsider would: a linear program of its own.

    Every cell is a variable here, and what is published is a bound from both
    sides, so that nothing of the method under test is used.
    """
    names = sorted(tables.values)
    at = {name: place for place, name in enumerate(names)}
    most = 10 * max(tables.values.values()) + 10_000
    bounds = [
        (0, most) if name in hidden else (tables.values[name],) * 2 for name in names
    ]
    equal = np.zeros((len(tables.sums), len(names)))
    for row, each in zip(equal, tables.sums, strict=True):
        row[[at[part] for part in each.parts]] = 1
        row[at[each.total]] = -1
    below = np.zeros((len(tables.at_most), len(names)))
    for row, bound in zip(below, tables.at_most, strict=True):
        row[at[bound.part]], row[at[bound.whole]] = 1, -1
    ends = []
    for sign in (1, -1):
        aim = np.zeros(len(names))
        aim[at[cell]] = sign
        found = linprog(
            aim,
            A_ub=below if len(below) else None,
            b_ub=np.zeros(len(below)) if len(below) else None,
            A_eq=equal,
            b_eq=np.zeros(len(equal)),
            bounds=bounds,
            method="highs",
        )
        assert found.status == 0
        ends.append(sign * found.fun)
    return ends


def recovered(tables, hidden):
    """Give a hidden cell that an outsider can tell too closely, with its bounds."""
    for cell in sorted(hidden):
        low, high = attacked(tables, hidden, cell)
        if high - low < LEAST - 1e-6 or high < LEAST - 1e-6:
            return cell, low, high
    return None


def shown_to_hold(seed):
    tables = invented(random.Random(seed))
    hidden = suppression.withheld(tables)

    small = {cell for cell, value in tables.values.items() if value < LEAST}
    assert small <= hidden
    assert recovered(tables, hidden) is None


@pytest.mark.parametrize("seed", range(40))
def test_no_withheld_count_is_recovered_by_differencing(seed):
    shown_to_hold(seed)


@pytest.mark.parametrize("seed", range(6))
def test_every_cell_withheld_beside_the_small_ones_would_give_one_away(seed):
    tables = invented(random.Random(seed))
    hidden = suppression.withheld(tables)

    for cell, value in tables.values.items():
        if cell in hidden and value >= LEAST:
            told = suppression.cell_opened(tables, hidden, cell)
            assert told in hidden - {cell}
            low, high = attacked(tables, hidden - {cell}, told)
            assert high - low < LEAST


@pytest.mark.soak
def test_no_withheld_count_of_two_thousand_tables_is_recovered():
    for seed in range(2_000):
        shown_to_hold(seed)


def test_the_attack_finds_what_small_cells_alone_leave_open():
    caught = 0
    for seed in range(40):
        tables = invented(random.Random(seed))
        small = {cell for cell, value in tables.values.items() if value < LEAST}
        caught += bool(recovered(tables, small))

    assert caught > 20


def test_one_small_part_takes_a_second_with_it():
    tables = Tables({"a": 2, "b": 9, "c": 40, "t": 51}, (Sum("t", ("a", "b", "c")),))

    assert suppression.withheld(tables) == {"a", "b"}


def test_a_small_part_beside_zeros_is_not_told_by_them():
    tables = Tables({"a": 2, "b": 0, "c": 40, "t": 42}, (Sum("t", ("a", "b", "c")),))

    hidden = suppression.withheld(tables)

    assert hidden >= {"a", "b"}
    low, high = feasible_range(tables, hidden, "b")
    assert high - low >= LEAST


def test_a_total_that_other_tables_repeat_is_one_cell():
    tables = Tables(
        {"a": 2, "b": 40, "c": 21, "d": 21, "t": 42},
        (Sum("t", ("a", "b")), Sum("t", ("c", "d"))),
    )

    hidden = suppression.withheld(tables)

    assert {"a", "b"} <= hidden
    assert "t" not in hidden


def test_a_bound_of_another_table_is_known_to_the_outsider():
    tables = Tables(
        {"a": 2, "b": 9, "c": 40, "x": 3, "t": 51},
        (Sum("t", ("a", "b", "c")),),
        (AtMost("x", "a"), AtMost("a", "t")),
    )

    hidden = suppression.withheld(tables)

    low, high = feasible_range(tables, hidden, "x")
    assert high - low >= LEAST


def test_large_tables_are_published_whole():
    tables = Tables({"a": 20, "b": 30, "t": 50}, (Sum("t", ("a", "b")),))

    assert suppression.withheld(tables) == frozenset()


def test_what_an_earlier_edition_withheld_stays_withheld():
    tables = Tables({"a": 20, "b": 30, "c": 40, "t": 90}, (Sum("t", ("a", "b", "c")),))

    hidden = suppression.withheld(tables, always={"a"})

    assert "a" in hidden
    assert len(hidden) == 2


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=4))
def test_ranges_agree_with_trying_every_count(parts):
    names = [f"p{at}" for at in range(len(parts))]
    tables = Tables(
        dict(zip(names, parts, strict=True)) | {"t": sum(parts)},
        (Sum("t", tuple(names)),),
    )
    hidden = set(names[:-1])
    rest = sum(parts[:-1])

    possible = [
        chosen
        for chosen in itertools.product(range(rest + 1), repeat=len(hidden))
        if sum(chosen) == rest
    ]

    found = feasible_range(tables, hidden, "p0")
    assert found == (min(c[0] for c in possible), max(c[0] for c in possible))
