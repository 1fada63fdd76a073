"""What matching asks of a registry, whatever holds it."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol

from armstrace.analysis.matching.cards import Card, Query


class Cards(list[Card]):
    """Cards of one look-up, and how many more bore the keys and were left out."""

    left_out: int = 0


class Registry(Protocol):
    """A registry that can be searched by stored keys."""

    def cards_for(
        self,
        keys: Sequence[int],
        *,
        makes: AbstractSet[str] | None = None,
        limit: int,
    ) -> list[Card]:
        """Give the arms that bear any of the keys.

        Args:
            keys: Signed 64-bit keys from ``keys.query_keys``, ascending.
            makes: Canonical makes to look among; all when None. Arms without
                a recorded make are always among them.
            limit: Most arms to give. Where more bear a key, those that bear
                most of the keys are preferred; ``Cards`` says how many were not.
        """
        ...

    def cards_beginning(
        self, beginning: str, *, makes: AbstractSet[str] | None = None, limit: int
    ) -> list[Card]:
        """Give the arms whose serial goes on from what was read.

        Args:
            beginning: Search key, whole.
            makes: As for ``cards_for``.
            limit: Most arms to give; ``Cards`` says how many were left out.
        """
        ...

    def cards_described(self, query: Query, *, limit: int) -> list[Card]:
        """Give arms whose make, model and calibre are those read.

        Args:
            query: Only its non-empty make, model and calibre count, exactly.
            limit: Most arms to give; one more than that tells that there are more.
        """
        ...
