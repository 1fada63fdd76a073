"""Pair columns and fields so that the sum of their scores is the greatest."""

from collections.abc import Sequence


def best_pairs(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Give each row one column at most, so that the scores add up to the most.

    Args:
        scores: One list a row, of equal lengths; 0 where the two do not fit.

    Returns:
        Row to column, of pairs that score more than 0.

    Source:
        Kuhn (1955), in the form with potentials and shortest augmenting paths.
    """
    if not scores or not scores[0]:
        return {}
    rows, width = len(scores), len(scores[0])
    if rows > width:
        turned = best_pairs(list(zip(*scores, strict=True)))
        return {row: column for column, row in turned.items()}
    # Rows may stay alone: each has a column of its own that scores nothing.
    costs = [[-score for score in row] + [0.0] * rows for row in scores]
    taken = _assign(costs)
    return {
        row: column
        for column, row in taken.items()
        if column < width and scores[row][column] > 0
    }


def _assign(costs: list[list[float]]) -> dict[int, int]:
    width = len(costs[0])
    by_row, by_column = [0.0] * len(costs), [0.0] * width
    taken: dict[int, int] = {}
    for start in range(len(costs)):
        came_from, column = _shortest_path(costs, start, taken, (by_row, by_column))
        while column >= 0:
            before = came_from[column]
            taken[column] = start if before < 0 else taken[before]
            column = before
    return taken


def _shortest_path(
    costs: list[list[float]],
    start: int,
    taken: dict[int, int],
    potentials: tuple[list[float], list[float]],
) -> tuple[list[int], int]:
    """Find the way from a row to a free column, and shift the potentials."""
    by_row, by_column = potentials
    width = len(by_column)
    least = [float("inf")] * width
    came_from = [-1] * width
    seen: list[int] = []
    free = list(range(width))
    row, column = start, -1
    while True:
        for each in free:
            slack = costs[row][each] - by_row[row] - by_column[each]
            if slack < least[each]:
                least[each], came_from[each] = slack, column
        column = min(free, key=least.__getitem__)
        step = least[column]
        by_row[start] += step
        for each in seen:
            by_row[taken[each]] += step
            by_column[each] -= step
        for each in free:
            least[each] -= step
        if column not in taken:
            return came_from, column
        seen.append(column)
        free.remove(column)
        row = taken[column]
