"""The pairs of rows and columns whose worth adds up to the most.

Written out, for the library that has it takes half of the time of a short command to
load.

Source:
    D. Crouse, "On implementing 2D rectangular assignment algorithms", IEEE
    Transactions on Aerospace and Electronic Systems 52 (2016).
"""

import math
from collections.abc import Sequence

type Costs = Sequence[Sequence[float]]


def best_pairs(worth: Costs) -> dict[int, int]:
    """Give each row one column at most, so that the scores add up to the most.

    Args:
        worth: One list a row, of equal lengths; 0 where the two do not fit.

    Returns:
        Row to column, of pairs that score more than 0.
    """
    if not worth:
        return {}
    is_wide = len(worth) <= len(worth[0])
    rows = worth if is_wide else zip(*worth, strict=True)
    costs = [[-value for value in row] for row in rows]
    found = enumerate(_Pairing(costs).columns())
    pairs = found if is_wide else sorted((column, row) for row, column in found)
    return {row: column for row, column in pairs if worth[row][column] > 0}


class _Pairing:
    """One column for each row, at the least cost; no more rows than columns."""

    def __init__(self, costs: Costs) -> None:
        self.costs = costs
        self.of_rows, self.of_columns = [0.0] * len(costs), [0.0] * len(costs[0])
        self.column_of, self.row_of = [-1] * len(costs), [-1] * len(costs[0])

    def columns(self) -> list[int]:
        for row in range(len(self.costs)):
            self._add(row)
        return self.column_of

    def _add(self, first: int) -> None:
        """Give a row its column, and others another one where that costs less."""
        path, cost_of, passed, column = self._shortest(first)
        self.of_rows[first] += cost_of[column]
        for each in passed:
            less = cost_of[column] - cost_of[each]
            self.of_columns[each] -= less
            self.of_rows[self.row_of[each]] += less
        row = -1
        while row != first:
            row = path[column]
            self.row_of[column] = row
            self.column_of[row], column = column, self.column_of[row]

    def _shortest(self, row: int) -> tuple[list[int], list[float], list[int], int]:
        """Find the cheapest way from a row to a free column.

        Returns:
            The row before each column, the cost of each, the columns passed, and the
            one that was reached.
        """
        free = range(len(self.row_of))
        path, cost_of = [-1 for _ in free], [math.inf for _ in free]
        passed: list[int] = []
        left, lowest = list(reversed(free)), 0.0
        while True:
            for column in left:
                cost = lowest + self.costs[row][column] - self.of_rows[row]
                cost -= self.of_columns[column]
                if cost < cost_of[column]:
                    path[column], cost_of[column] = row, cost
            place = self._cheapest(left, cost_of)
            column = left[place]
            if self.row_of[column] < 0:
                return path, cost_of, passed, column
            passed.append(column)
            row, lowest = self.row_of[column], cost_of[column]
            left[place] = left[-1]
            left.pop()

    def _cheapest(self, left: Sequence[int], cost_of: Sequence[float]) -> int:
        """Give the place of the cheapest column, the last free one among equals."""
        lowest = min(cost_of[column] for column in left)
        equal = [at for at, column in enumerate(left) if cost_of[column] == lowest]
        free = [at for at in equal if self.row_of[left[at]] < 0]
        return free[-1] if free else equal[0]
