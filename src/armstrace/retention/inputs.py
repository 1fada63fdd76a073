"""What is stated of holds and erasures, and what narrows their lists."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """What narrows the records of one kind.

    Args:
        kind: A code of ``KeptKind``.
        state: A code of ``KeptState``; empty means any.
        number: One record, as people write it; empty means any.
        as_of: The day on which the law is asked; None for today.
    """

    kind: str = "HOLDER"
    state: str = ""
    number: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class HoldInput:
    """A legal hold.

    Args:
        number: The record, as people write it: ``A3``, ``H5``, ``R12``.
        review_on: When somebody looks again whether it is still needed.
    """

    number: str
    reason: str
    review_on: date
    order_number: str = ""
