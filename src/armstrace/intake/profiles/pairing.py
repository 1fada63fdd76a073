"""The pairs of rows and columns whose worth adds up to the most."""

from collections.abc import Sequence


def best_pairs(worth: Sequence[Sequence[float]]) -> dict[int, int]:
    """Give each row one column at most, so that the scores add up to the most.

    Args:
        worth: One list a row, of equal lengths; 0 where the two do not fit.

    Returns:
        Row to column, of pairs that score more than 0.
    """
    if not worth:
        return {}
    # Loaded where columns are paired: it takes half of the time of a short command.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    rows, columns = linear_sum_assignment(worth, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {row: column for row, column in pairs if worth[row][column] > 0}
