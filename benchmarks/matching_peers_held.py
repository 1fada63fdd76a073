"""A register as one peer holds it."""

from collections.abc import Callable
from dataclasses import dataclass

from armstrace.analysis.matching.cards import Query


@dataclass(frozen=True, slots=True)
class Held:
    """A register that answers readings one by one.

    Args:
        find: Gives the places of the likeliest arms, ``FETCHED`` at most.
        stored_bytes: On disk or in a server; nothing where it is held in memory.
        close: Gives the space back.
    """

    find: Callable[[Query], list[int]]
    stored_bytes: int | None = None
    close: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class HeldForBatch:
    """A register that answers readings all at once.

    Args:
        train: Learns its rates from the readings, without being told the truth.
        answer: Gives by the query's id the registry ids with their score, best first.
    """

    train: Callable[[list[Query]], None]
    answer: Callable[[], dict[str, list[tuple[str, float]]]]
