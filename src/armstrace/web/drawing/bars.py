"""Counts as bars, one to a row of their table."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 120.0


@dataclass(frozen=True, slots=True)
class Count:
    """A counted thing."""

    name: str
    # How many; None where it is blank.
    count: int | None
    # Address of what lies behind it.
    href: str = ""
    # Why it is blank, or what else to know.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the table with its bar."""

    name: str
    count: int | None
    # Address of what lies behind it.
    href: str
    note: str
    # Of the bar, in pixels of ``WIDTH``.
    length: float
    # Share of the whole; None where there is no whole.
    percent: float | None


@dataclass(frozen=True, slots=True)
class Bars:
    width: float
    rows: tuple[Bar, ...]
    whole: int


def draw(counts: Sequence[Count], *, whole: int | None = None) -> Bars:
    """Size bars by the largest count, and give each its share.

    Args:
        whole: What shares are taken of; the sum where None.
    """
    known = [each.count or 0 for each in counts]
    most = max(known, default=0)
    base = sum(known) if whole is None else whole
    return Bars(
        WIDTH,
        tuple(
            Bar(
                each.name,
                each.count,
                each.href,
                each.note,
                round(WIDTH * (each.count or 0) / most, 1) if most else 0.0,
                100 * (each.count or 0) / base if base else None,
            )
            for each in counts
        ),
        base,
    )
