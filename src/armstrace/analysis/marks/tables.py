"""Read the data files that people can extend with an editor."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """Read a tab-separated file of this package, headings in the first line.

    Args:
        name: File name, such as ``makes.tsv``. Lines that begin with ``#`` and
            empty lines are left out; a missing last cell is empty.

    Returns:
        One mapping a line, heading to cell without outer spaces.
    """
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    headings = [cell.strip() for cell in kept[0].split("\t")]
    return [_row(headings, line) for line in kept[1:]]


def several(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values parted by ``|``."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _row(headings: list[str], line: str) -> dict[str, str]:
    cells = [cell.strip() for cell in line.split("\t")]
    padded = cells + [""] * (len(headings) - len(cells))
    return dict(zip(headings, padded, strict=False))
