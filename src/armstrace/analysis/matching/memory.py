"""A registry held in memory, for files without a database and for tests."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.marks.folding import Folding
from armstrace.analysis.matching import keys as key_tables
from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.population import Counts
from armstrace.analysis.matching.retrieval import Cards

# A key that more arms bear than this tells nothing; only so many are looked at.
MOST_ROWS = 20_000

Kept = tuple[str, ...]


class MemoryRegistry:
    """Arms in columns with a sorted key table: about 250 bytes an arm.

    Args:
        cards: The registered arms; taken in once, in order.
        classes: The classes of look-alikes; those in force when None.
    """

    # Places in the order of their serials, made when it is first asked for.
    _by_serial: NDArray[np.int32] | None = None

    def __init__(self, cards: Iterable[Card], classes: Folding | None = None) -> None:
        self.counts = Counts()
        self._ids: list[str] = []
        self._serials: list[str] = []
        self._kept: list[Kept] = []
        places: dict[Kept, int] = {}
        profiles: list[int] = []
        ends: dict[int, tuple[str, ...]] = {}
        others: dict[int, tuple[str, ...]] = {}
        for row, card in enumerate(cards):
            if card.ends:
                ends[row] = card.ends
            if card.others:
                others[row] = card.others
            self.counts.add(card)
            self._ids.append(card.registry_id)
            self._serials.append(card.serial)
            kept = card.without_serial
            place = places.setdefault(kept, len(places))
            if place == len(self._kept):
                self._kept.append(kept)
            profiles.append(place)
        self._profiles = np.array(profiles, np.int32)
        self._of_make: dict[str, list[int]] = defaultdict(list)
        for place, kept in enumerate(self._kept):
            self._of_make[kept[1]].append(place)
        self._keys, self._rows = key_tables.storage_key_table(
            self._serials, classes, ends=ends, others=others
        )

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def bytes_held(self) -> int:
        """Bytes of the key table."""
        return self._keys.nbytes + self._rows.nbytes

    def cards_for(
        self,
        keys: Sequence[int],
        *,
        makes: AbstractSet[str] | None = None,
        limit: int,
        before: int | None = None,
    ) -> list[Card]:
        """Give the arms that bear any of the keys; see ``retrieval.Registry``.

        Args:
            makes: Only arms of these makes or of none; any where None.
            before: Only those that were taken in before this place; all where None.
        """
        rows = self._among(self._rows_for(np.array(keys, np.int64)), makes, before)
        found, shared = np.unique(rows, return_counts=True)
        left_out = max(0, len(found) - limit)
        if left_out:
            # A stable sort keeps equal arms in the registry's order.
            found = found[np.argsort(-shared, kind="stable")[:limit]]
        cards = Cards(self._card(row) for row in found.tolist())
        cards.left_out = left_out
        return cards

    def cards_beginning(
        self,
        beginning: str,
        *,
        makes: AbstractSet[str] | None = None,
        limit: int,
        before: int | None = None,
    ) -> list[Card]:
        """Give the arms whose serial goes on from what was read; see ``Registry``."""
        if self._by_serial is None:
            ordered = sorted(range(len(self._serials)), key=self._serials.__getitem__)
            self._by_serial = np.array(ordered, np.int32)
        first, past = (
            bisect_left(self._by_serial, text, key=self._serials.__getitem__)
            for text in (beginning, f"{beginning}\U0010ffff")
        )
        rows = self._by_serial[first : min(past, first + MOST_ROWS)]
        found = np.sort(self._among(rows, makes, before))
        cards = Cards(self._card(row) for row in found[:limit].tolist())
        cards.left_out = max(0, len(found) - limit)
        return cards

    def _among(
        self,
        rows: NDArray[np.int32],
        makes: AbstractSet[str] | None,
        before: int | None,
    ) -> NDArray[np.int32]:
        """Keep the arms of these makes or of none, taken in before a place."""
        if before is not None:
            rows = rows[rows < before]
        if makes is not None and rows.size:
            wanted = [n for make in (*makes, "") for n in self._of_make.get(make, ())]
            is_wanted = np.zeros(len(self._kept), bool)
            is_wanted[wanted] = True
            rows = rows[is_wanted[self._profiles[rows]]]
        return rows

    def cards_described(self, query: Query, *, limit: int) -> list[Card]:
        """Give arms of the make, model and calibre read; see ``Registry``."""
        fields = (query.make, query.model, query.calibre)
        alike = np.array(
            [
                all(not f or f == k for f, k in zip(fields, kept[1:4], strict=True))
                for kept in self._kept
            ],
            bool,
        )
        if not any(fields) or not alike.any():
            return []
        rows = np.flatnonzero(alike[self._profiles])[:limit]
        return [self._card(row) for row in rows.tolist()]

    def _rows_for(self, keys: NDArray[np.int64]) -> NDArray[np.int32]:
        starts = np.searchsorted(self._keys, keys, "left")
        ends = np.searchsorted(self._keys, keys, "right")
        held = ends > starts
        pieces = [
            self._rows[start : min(end, start + MOST_ROWS)]
            for start, end in zip(
                starts[held].tolist(), ends[held].tolist(), strict=True
            )
        ]
        return np.concatenate(pieces) if pieces else self._rows[:0]

    def _card(self, row: int) -> Card:
        kept = self._kept[self._profiles[row]]
        return Card._make(
            (self._ids[row], *kept[:4], self._serials[row], *kept[4:], (), ())
        )
