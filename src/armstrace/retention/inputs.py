"""What is stated of holds and erasures, and what narrows their lists."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """What narrows the records of one kind."""

    # A code of ``KeptKind``.
    kind: str = "HOLDER"
    # A code of ``KeptState``; empty means any.
    state: str = ""
    # One record, as people write it; empty means any.
    number: str = ""
    # The day on which the law is asked; None for today.
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class HoldInput:
    """A legal hold."""

    # The record, as people write it: ``A3``, ``H5``, ``R12``.
    number: str
    reason: str
    # When somebody looks again whether it is still needed.
    review_on: date
    order_number: str = ""
