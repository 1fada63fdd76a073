"""Weigh fetched arms for one reading, more of them as a search widens.

What was weighed stays weighed: a wider circle adds to it. An arm is aligned exactly
only where a quick bound says that it may matter.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.matching.alignment import Aligner
from armstrace.analysis.matching.cards import Card
from armstrace.analysis.matching.likelihood_ratio import Description, Scales
from armstrace.analysis.matching.readings import OTHER_ON_RECORD, Reading

ROUNDING = 1e-9
FIRST = 8
# So few are aligned as quickly as bounded.
FEW = 4


@dataclass(frozen=True, slots=True)
class Taken:
    """A reading of the query with what does not depend on the arm."""

    reading: Reading
    description: Description
    log_serial_expected: float

    @property
    def log_prior(self) -> float:
        """The natural logarithm of how often fields are mixed up so."""
        return self.reading.log_prior

    @property
    def serial(self) -> str:
        """The serial as this reading takes it."""
        return self.reading.query.serial

    @property
    def log_expected(self) -> float:
        """The log probability of all that was read on an unregistered arm."""
        return self.description.log_expected + self.log_serial_expected


@dataclass(frozen=True, slots=True)
class Weighed:
    """An arm with its weight under the reading that suits it best."""

    card: Card
    log_weight: float
    reading: int


class Weighing:
    """The arms weighed so far for one query.

    Attributes:
        log_absent: Weight of the hypothesis that the arm is not registered.
    """

    def __init__(
        self, taken: Sequence[Taken], scales: Scales, aligner: Aligner
    ) -> None:
        self.taken, self._ways = list(taken), len(taken)
        self._scales, self._aligner = scales, aligner
        self._channel = scales.channel
        size = max(scales.population.size, 1)
        self._log_present = math.log(1 - self._channel.absent)
        self._log_each = self._log_present - math.log(size)
        self.log_absent = math.log(self._channel.absent) + log_sum(
            [row.log_prior + row.log_expected for row in taken]
        )
        self._worth = self.log_absent
        self._rows: dict[Card, Weighed] = {}
        self._seen: set[Card] = set()
        self._log_left = -math.inf

    def add(self, cards: Sequence[Card], *, left_out: int = 0) -> None:
        """Weigh arms that were not weighed yet, but for those far behind.

        Args:
            left_out: How many more there were; they are taken to weigh as much as
                the one in the middle of those given.
        """
        fresh = [card for card in dict.fromkeys(cards) if card not in self._seen]
        self._seen.update(fresh)
        for number, take in enumerate(self.taken[: self._ways] if fresh else ()):
            self._weigh(number, take, fresh)
        weights = sorted(self._rows[c].log_weight for c in cards if c in self._rows)
        if left_out and len(weights) * 2 > len(cards):
            middle = weights[len(weights) - len(cards) // 2 - 1]
            self._log_left = max(self._log_left, middle + math.log(left_out))

    def add_by_other_number(self, cards: Sequence[Card]) -> None:
        """Weigh arms on which what was read stands as another number.

        Args:
            cards: Those that bear it beside their own; each is weighed by the number
                that suits it better.
        """
        if not cards:
            return
        take = self.taken[0]
        rate = math.log(self._channel.readings["other_number"])
        prior = take.log_prior + rate
        other = replace(take.reading, log_prior=prior, words=OTHER_ON_RECORD)
        self.taken.append(replace(take, reading=other))
        read = self._aligner.log_probability(take.serial, take.serial)
        for card, base in zip(cards, self._bases(take, list(cards)), strict=True):
            weight, known = float(base) + rate + read, self._rows.get(card)
            if known is not None and known.log_weight >= weight:
                continue
            self._rows.pop(card, None)
            borne = card._replace(serial=take.serial)
            self._rows[borne] = Weighed(borne, weight, len(self.taken) - 1)

    def heaviest_first(self) -> list[Weighed]:
        """Give the arms that matter, heaviest first, equal ones by their number."""
        return sorted(
            self._rows.values(), key=lambda row: (-row.log_weight, row.card.registry_id)
        )

    def log_unfetched(self, weighed: Sequence[Weighed]) -> float:
        """Weigh the arms that were not fetched: too many, or parted by no serial."""
        left = self._log_left
        if not self._scales.population.size:
            return left
        for number, take in enumerate(self.taken):
            if take.serial:
                continue
            whole = self._log_present + take.log_prior + take.description.log_expected
            fetched = [row.log_weight for row in weighed if row.reading == number]
            share = math.fsum(math.exp(weight - whole) for weight in fetched)
            if share < 1 - ROUNDING:
                left = log_sum([left, whole + math.log1p(-share)])
        return left

    def _weigh(self, number: int, take: Taken, cards: list[Card]) -> None:
        base = self._bases(take, cards)
        bounds = base
        if take.serial and len(cards) > FEW:
            bounds = base + self._aligner.bounds([c.serial for c in cards], take.serial)
        # The likeliest first: what they weigh spares most of the others.
        likeliest = bounds >= np.sort(bounds)[-FIRST:][0]
        for part in (likeliest, ~likeliest):
            least = self._worth - self._channel.search.negligible_nats
            places = np.flatnonzero(part & (bounds >= least))
            arms = [cards[place] for place in places.tolist()]
            weights = base[places] + self._log_serials(take, arms)
            for card, weight in zip(arms, weights.tolist(), strict=True):
                known = self._rows.get(card)
                if known is None or known.log_weight < weight:
                    self._rows[card] = Weighed(card, weight, number)
            self._worth = max(self._worth, weights.max(initial=-math.inf))

    def _bases(self, take: Taken, cards: list[Card]) -> NDArray[np.float64]:
        """(cards,) log weights without what the serials say."""
        held, scales = take.description.held, self._scales
        found = np.empty(len(cards))
        for place, card in zip(count(), cards, strict=False):
            weight = held.get(card.without_serial)
            if weight is None:
                weight = scales.log_weight(take.description, card)
            found[place] = weight
        return found + (self._log_each + take.log_prior)

    def _log_serials(self, take: Taken, cards: list[Card]) -> NDArray[np.float64]:
        if not take.serial:
            return np.zeros(len(cards))
        serials = [card.serial for card in cards]
        found = self._aligner.log_probabilities(serials, take.serial)
        unmarked = [place for place, serial in enumerate(serials) if not serial]
        found[unmarked] = take.log_serial_expected
        return found


def log_sum(values: Sequence[float]) -> float:
    """Add what is given as natural logarithms."""
    highest = max(values)
    if highest == -math.inf:
        return highest
    return highest + math.log(math.fsum(math.exp(v - highest) for v in values))
