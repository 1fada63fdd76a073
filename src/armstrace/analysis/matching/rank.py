"""Rank registered arms for a reading, with probabilities that share one total.

Each arm is weighed by how likely it is to have been read so (generative
Fellegi-Sunter), against the hypothesis that the arm is not in the registry at all.
The probabilities of all arms and of absence sum to one, so that twins share and
one of many siblings in a dense series is never certain.

Source:
    I. Fellegi, A. Sunter, "A theory for record linkage", JASA 64 (1969).
"""

import math
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from armstrace.analysis.matching import channel as channels
from armstrace.analysis.matching import explaining
from armstrace.analysis.matching.alignment import Aligner, Alignment
from armstrace.analysis.matching.calibration import Calibration
from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.channel import Channel
from armstrace.analysis.matching.editing import Place
from armstrace.analysis.matching.explaining import Evidence
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.readings import Reading, readings_of
from armstrace.analysis.matching.weighing import Description, Scales
from armstrace.vocabulary.matching import Difference, MatchClass

NAT = math.log(2)
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered arm that may be the one read, and why.

    Args:
        card: The registered arm.
        probability: That it is the arm, 0 to 1.
        evidence: What each field says, the serial last.
        match_class: How the serials agree; None where none were compared.
        places: The two serials, aligned column by column.
        taken_as: What was taken for what, where a field held another one's value.
    """

    card: Card
    probability: float
    evidence: tuple[Evidence, ...]
    match_class: MatchClass | None
    places: tuple[Place, ...]
    taken_as: str = ""

    @property
    def registry_id(self) -> str:
        """The registry's identifier of the arm."""
        return self.card.registry_id

    @property
    def bits(self) -> float:
        """The sum of the evidence, in bits."""
        return sum(row.bits for row in self.evidence)

    @property
    def differences(self) -> tuple[tuple[str, str, Difference], ...]:
        """The (registered, read, kind) columns that are not the same."""
        return tuple(
            (place.registered, place.read, place.kind)
            for place in self.places
            if place.kind is not Difference.SAME
        )

    @property
    def explanation(self) -> str:
        """All evidence in one line."""
        words = [row.words for row in self.evidence]
        return "; ".join([self.taken_as, *words] if self.taken_as else words)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates for one reading, likeliest first.

    Args:
        query: What was read.
        candidates: The likeliest arms; equal ones in the order of their numbers.
        probability_absent: That the arm is not in the registry, or was read
            beyond recognition.
        probability_others: That it is a registered arm that is not listed.
        model: Version of the rates.
        note: What the person at the desk needs to know; empty when all is well.
    """

    query: Query
    candidates: tuple[Candidate, ...]
    probability_absent: float
    probability_others: float = 0.0
    model: str = ""
    note: str = ""

    @property
    def best(self) -> float:
        """The probability of the likeliest arm; 0 where there is none."""
        return self.candidates[0].probability if self.candidates else 0.0

    @property
    def is_compared(self) -> bool:
        """Tell whether the register was searched, so that chances mean something."""
        return bool(self.candidates) or not self.note

    @property
    def stated_absent(self) -> float | None:
        """The probability of absence; None where nothing was compared."""
        return self.probability_absent if self.is_compared else None


@dataclass(frozen=True, slots=True)
class _Weighed:
    card: Card
    log_weight: float
    reading: int


@dataclass(frozen=True, slots=True)
class _Taken:
    """A reading of the query with what does not depend on the arm."""

    reading: Reading
    description: Description
    log_serial_expected: float

    @property
    def log_prior(self) -> float:
        return self.reading.log_prior

    @property
    def log_expected(self) -> float:
        """The log probability of all that was read on an unregistered arm."""
        return self.description.log_expected + self.log_serial_expected


class Ranker:
    """Ranks arms of one registry; remembers descriptions it has met.

    Args:
        population: The registry's counts.
        channel: The rates of misreading; those shipped when None.
        calibration: A table from confirmed cases, if there is one.
    """

    def __init__(
        self,
        population: Population,
        channel: Channel | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self.channel = channel or channels.standard()
        self.population = population
        self.scales = Scales(population, self.channel)
        self._aligner = Aligner(self.channel.serial)
        self._calibration = calibration

    def rank(
        self, query: Query, candidates: Iterable[Card], *, top: int | None = None
    ) -> Ranking:
        """Rank candidate arms for a reading; see the module's ``rank``."""
        taken = [self._take(r) for r in self.readings(query)]
        arms = list(dict.fromkeys(candidates))
        absent = math.log(self.channel.absent) + _log_sum(
            [row.log_prior + row.log_expected for row in taken]
        )
        weighed = self._weigh(taken, arms, worth=absent)
        unfetched = self._unfetched(taken, weighed)
        weights = [row.log_weight for row in weighed]
        shares = self._calibrated(_shares([*weights, unfetched, absent]))
        listed = weighed if top is None else weighed[:top]
        return Ranking(
            query=query,
            candidates=tuple(
                self._candidate(row, taken[row.reading], share)
                for row, share in zip(listed, shares, strict=False)
            ),
            probability_absent=shares[-1],
            probability_others=math.fsum(shares[len(listed) : -1]),
            model=self.channel.model,
        )

    def readings(self, query: Query) -> tuple[Reading, ...]:
        """List the ways to take a query, as written first."""
        return readings_of(query, self.population, self.channel)

    def _take(self, reading: Reading) -> _Taken:
        description = self.scales.describe(reading.query)
        serial = reading.query.serial
        expected = (
            self.scales.log_serial_expected(description, serial) if serial else 0.0
        )
        return _Taken(reading, description, expected)

    def _weigh(
        self, taken: Sequence[_Taken], cards: list[Card], *, worth: float
    ) -> list[_Weighed]:
        """Weigh the arms, leaving out those far behind what is worth naming."""
        rows: dict[Card, _Weighed] = {}
        for number, take in enumerate(taken):
            for bound, base, card in self._bounded(take, cards):
                if bound < worth - self.channel.search.negligible_nats:
                    break
                weight = base + self._log_serial(take, card)
                worth = max(worth, weight)
                known = rows.get(card)
                if known is None or known.log_weight < weight:
                    rows[card] = _Weighed(card, weight, number)
        return sorted(
            rows.values(), key=lambda row: (-row.log_weight, row.card.registry_id)
        )

    def _unfetched(self, taken: Sequence[_Taken], weighed: list[_Weighed]) -> float:
        """Weigh the arms alike that were not fetched, where no serial parts them."""
        if not self.population.size:
            return -math.inf
        left = -math.inf
        for number, take in enumerate(taken):
            if take.reading.query.serial:
                continue
            whole = math.log1p(-self.channel.absent) + take.log_prior
            whole += take.description.log_expected
            fetched = [row.log_weight for row in weighed if row.reading == number]
            share = math.fsum(math.exp(weight - whole) for weight in fetched)
            if share < 1 - ROUNDING:
                left = _log_sum([left, whole + math.log1p(-share)])
        return left

    def _bounded(
        self, take: _Taken, cards: list[Card]
    ) -> list[tuple[float, float, Card]]:
        """Give (upper bound, weight without the serial, arm), likeliest first."""
        prior = math.log((1 - self.channel.absent) / max(self.population.size, 1))
        prior += take.reading.log_prior
        read = take.reading.query.serial
        bounded = []
        for card in cards:
            base = prior + self.scales.log_weight(take.description, card)
            is_compared = read and card.serial
            bound = self._aligner.bound(card.serial, read) if is_compared else 0.0
            bounded.append((base + bound, base, card))
        bounded.sort(key=lambda row: (-row[0], row[2].registry_id))
        return bounded

    def _log_serial(self, take: _Taken, card: Card) -> float:
        read = take.reading.query.serial
        if not read:
            return 0.0
        if not card.serial:
            return take.log_serial_expected
        return self._aligner.log_probability(card.serial, read)

    def _calibrated(self, shares: list[float]) -> list[float]:
        """Mend the arms' shares; what is over stays with absence and the rest."""
        if self._calibration is None:
            return shares
        arms = [self._calibration.apply(share) for share in shares[:-2]]
        total, rest = math.fsum(arms), math.fsum(shares[-2:])
        if total > 1 or not rest:
            return [*(share / max(total, 1) for share in arms), 0.0, max(0, 1 - total)]
        return [*arms, *(share / rest * (1 - total) for share in shares[-2:])]

    def _candidate(self, row: _Weighed, take: _Taken, share: float) -> Candidate:
        evidence = [
            self._field_evidence(field, take, row.card)
            for field in take.description.emissions
        ]
        alignment: Alignment | None = None
        read = take.reading.query.serial
        if read and row.card.serial:
            alignment = self._aligner.align(row.card.serial, read)
            bits = (alignment.log_probability - take.log_serial_expected) / NAT
            evidence.append(
                explaining.serial_evidence(
                    alignment, (row.card.serial, read), bits=bits
                )
            )
        elif read:
            evidence.append(explaining.absent_serial_evidence(read))
        return Candidate(
            card=row.card,
            probability=share,
            evidence=tuple(evidence),
            match_class=alignment.match_class if alignment else None,
            places=alignment.places if alignment else (),
            taken_as=take.reading.words,
        )

    def _field_evidence(self, field: str, take: _Taken, card: Card) -> Evidence:
        weight, agreement = self.scales.field_weight(take.description, field, card)
        expected = take.description.expected[field]
        return explaining.field_evidence(
            field,
            agreement,
            (getattr(card, field), getattr(take.reading.query, field)),
            bits=math.log(max(weight, 1e-300) / expected) / NAT,
        )


def rank(
    query: Query,
    candidates: Iterable[Card],
    population: Population,
    *,
    top: int | None = None,
) -> Ranking:
    """Rank candidate arms for what was read.

    Args:
        query: Canonical values as read.
        candidates: Registered arms to weigh, in any order; the same arm twice
            counts once.
        population: The registry's counts, of which the arms are part.
        top: How many to list; all when None. Those not listed keep their share
            in ``probability_others``.

    Returns:
        The ranking; its probabilities, the others' and that of absence sum to
        one. Limits of use: the absent share is a probability, never a verdict.
    """
    return ranker_of(population).rank(query, candidates, top=top)


def ranker_of(population: Population) -> Ranker:
    """Give the ranker of a registry with the shipped rates."""
    found = _RANKERS.get(population)
    if found is None:
        found = _RANKERS[population] = Ranker(population)
    return found


def with_note(ranking: Ranking, note: str) -> Ranking:
    """Give a ranking a note for the person at the desk."""
    return replace(ranking, note=note)


_RANKERS: weakref.WeakKeyDictionary[Population, Ranker] = weakref.WeakKeyDictionary()


def _log_sum(values: Sequence[float]) -> float:
    highest = max(values)
    if highest == -math.inf:
        return highest
    return highest + math.log(math.fsum(math.exp(v - highest) for v in values))


def _shares(log_weights: Sequence[float]) -> list[float]:
    highest = max(log_weights)
    weights = [math.exp(value - highest) for value in log_weights]
    total = math.fsum(weights)
    return [weight / total for weight in weights]
