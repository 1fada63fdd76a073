"""Rank registered arms for a reading, with probabilities that share one total.

Each arm is weighed by how likely it is to have been read so (generative
Fellegi-Sunter), against the hypothesis that the arm is not in the registry at all.
The probabilities of all arms and of absence sum to one, so that twins share and
one of many siblings in a dense series is never certain.

Source:
    I. Fellegi, A. Sunter, "A theory for record linkage", JASA 64 (1969).
"""

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from armstrace.analysis.matching import channel as channels
from armstrace.analysis.matching import explaining
from armstrace.analysis.matching.alignment import Aligner, Alignment
from armstrace.analysis.matching.calibration import Calibration
from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.channel import Channel
from armstrace.analysis.matching.editing import Place
from armstrace.analysis.matching.explaining import Evidence
from armstrace.analysis.matching.likelihood_ratio import Scales
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.readings import Reading, readings_of
from armstrace.analysis.matching.weighed import Taken, Weighed, Weighing
from armstrace.vocabulary.matching import Agreement, MatchClass
from armstrace.vocabulary.messages import NOTHING, Message

NAT = math.log(2)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered arm that may be the one read, and why."""

    card: Card
    # That it is the arm, 0 to 1.
    probability: float
    # Why; worked out when it is first asked for.
    told: "Told" = field(compare=False, repr=False)
    # What was taken for what, where a field held another one's value.
    taken_as: Message = NOTHING

    @property
    def registry_id(self) -> str:
        return self.card.registry_id

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What each field says, the serial last."""
        return self.told.evidence

    @property
    def match_class(self) -> MatchClass | None:
        """How the serials agree; None where none were compared."""
        alignment = self.told.alignment
        return alignment.match_class if alignment else None

    @property
    def places(self) -> tuple[Place, ...]:
        """The two serials, aligned column by column."""
        alignment = self.told.alignment
        return alignment.places if alignment else ()

    @property
    def bits(self) -> float:
        """The sum of the evidence, in bits."""
        return sum(row.bits for row in self.evidence)

    @property
    def explanation(self) -> Message:
        """All evidence in one line."""
        return explaining.explanation(self.taken_as, self.evidence)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates for one reading, likeliest first."""

    query: Query
    # The likeliest arms; equal ones in the order of their numbers.
    candidates: tuple[Candidate, ...]
    # That the arm is not in the registry, or was read beyond recognition.
    probability_absent: float
    # That it is a registered arm that is not listed.
    probability_others: float = 0.0
    model: str = ""
    # What the person at the desk needs to know; empty when all is well.
    note: Message = NOTHING
    # What the rates of misread serials rest on.
    basis: Message = NOTHING

    @property
    def best(self) -> float:
        """The probability of the likeliest arm; 0 where there is none."""
        return self.candidates[0].probability if self.candidates else 0.0

    @property
    def is_compared(self) -> bool:
        """Tell whether the register was searched, so that chances mean something."""
        return bool(self.candidates) or not self.note

    @property
    def absence_stated(self) -> float | None:
        """The probability of absence; None where nothing was compared."""
        return self.probability_absent if self.is_compared else None


class Ranker:
    """Ranks arms of one registry; remembers descriptions it has met.

    Args:
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
        """Rank candidate arms for what was read.

        Args:
            candidates: Registered arms to weigh, in any order; the same arm twice
                counts once.
            top: How many to list; all when None. Those not listed keep their share
                in ``probability_others``.

        Returns:
            The ranking; its probabilities, the others' and that of absence sum to
            one. Limits of use: the absent share is a probability, never a verdict.
        """
        weighing = self.weighing(query)
        weighing.add(list(candidates))
        return self.ranking(query, weighing, top=top)

    def weighing(self, query: Query) -> Weighing:
        """Begin to weigh arms for a query; they are added as they are fetched."""
        taken = [self._take(reading) for reading in self.readings(query)]
        return Weighing(taken, self.scales, self._aligner)

    def ranking(
        self, query: Query, weighing: Weighing, *, top: int | None = None
    ) -> Ranking:
        """Rank the arms weighed so far."""
        weighed = weighing.heaviest_first()
        shares = self._shares(weighing, weighed)
        listed = weighed if top is None else weighed[:top]
        return Ranking(
            query=query,
            candidates=tuple(
                self._candidate(row, weighing.taken[row.reading], share)
                for row, share in zip(listed, shares, strict=False)
            ),
            probability_absent=shares[-1],
            probability_others=math.fsum(shares[len(listed) : -1]),
            model=self.channel.model,
            basis=self.channel.basis,
        )

    def outlook(self, weighing: Weighing) -> tuple[float, MatchClass | None]:
        """Give the best probability so far, and whether its serial agrees."""
        weighed = weighing.heaviest_first()
        if not weighed:
            return 0.0, None
        best = weighed[0]
        serial = weighing.taken[best.reading].serial
        clear = self._aligner.class_of(best.card.serial, serial)
        return self._shares(weighing, weighed)[0], clear

    def readings(self, query: Query) -> tuple[Reading, ...]:
        """List the ways to take a query, as written first."""
        return readings_of(query, self.population, self.channel)

    def _take(self, reading: Reading) -> Taken:
        description = self.scales.describe(reading.query)
        serial = reading.query.serial
        expected = (
            self.scales.log_serial_expected(description, serial) if serial else 0.0
        )
        return Taken(reading, description, expected)

    def _shares(self, weighing: Weighing, weighed: Sequence[Weighed]) -> list[float]:
        """Give the share of each arm, of those not fetched, and of absence."""
        unfetched = weighing.log_unfetched(weighed)
        weights = [row.log_weight for row in weighed]
        return self._calibrate(_shares([*weights, unfetched, weighing.log_absent]))

    def _calibrate(self, shares: list[float]) -> list[float]:
        """Mend the arms' shares; what is over stays with absence and the rest."""
        if self._calibration is None:
            return shares
        arms = [self._calibration.apply(share) for share in shares[:-2]]
        total, rest = math.fsum(arms), math.fsum(shares[-2:])
        if total > 1 or not rest:
            return [*(share / max(total, 1) for share in arms), 0.0, max(0, 1 - total)]
        return [*arms, *(share / rest * (1 - total) for share in shares[-2:])]

    def _candidate(self, row: Weighed, take: Taken, share: float) -> Candidate:
        told = Told(row.card, take, self.scales, self._aligner)
        return Candidate(row.card, share, told, take.reading.words)


class Told:
    """Why an arm is proposed, worked out when it is asked for.

    Args:
        scales: Weighs the described fields.
    """

    def __init__(
        self, card: Card, take: Taken, scales: Scales, aligner: Aligner
    ) -> None:
        self._card, self._take = card, take
        self._scales, self._aligner = scales, aligner

    @cached_property
    def alignment(self) -> Alignment | None:
        """The serials laid side by side; None where there are not two."""
        if not (self._take.serial and self._card.serial):
            return None
        return self._aligner.align(self._card.serial, self._take.serial)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What each field says, the serial last."""
        fields = [self._field(field) for field in self._take.description.emissions]
        read = self._take.serial
        if not read:
            return tuple(fields)
        alignment = self.alignment
        if alignment is None:
            absent = Evidence("serial", Agreement.NOT_RECORDED, 0.0, read, "")
            return (*fields, absent)
        bits = (alignment.log_probability - self._take.log_serial_expected) / NAT
        values = (self._card.serial, read)
        return (*fields, explaining.serial_evidence(alignment, values, bits=bits))

    def _field(self, field: str) -> Evidence:
        description, card = self._take.description, self._card
        weight, agreement = self._scales.field_weight(description, field, card)
        expected = description.expected[field]
        return Evidence(
            field,
            agreement,
            math.log(max(weight, 1e-300) / expected) / NAT,
            read=getattr(self._take.reading.query, field),
            registered=getattr(card, field),
        )


def ranker_of(
    population: Population,
    rates: Hashable = None,
    make: Callable[[Population], Ranker] = Ranker,
) -> Ranker:
    """Give the ranker of a registry with some rates; it is made once.

    Args:
        population: The registry's counts, which keep it.
        rates: Names the rates; those shipped when None.
    """
    known = population.rankers
    if rates not in known:
        known[rates] = make(population)
    found: Ranker = known[rates]
    return found


def _shares(log_weights: Sequence[float]) -> list[float]:
    highest = max(log_weights)
    weights = [math.exp(value - highest) for value in log_weights]
    total = math.fsum(weights)
    return [weight / total for weight in weights]
