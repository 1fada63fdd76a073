"""A synthetic country: Varnia, its registered arms and its recoveries.

Every row is a function of the seed and of its own number: two runs agree, a
small country is quick, a large one needs no memory. Nothing in it describes a
real person, holder, dealer or case; makers and models are real ones.
"""

from collections.abc import Iterator
from datetime import date

from armstrace.analysis.synthetic import (
    cases,
    geography,
    holders,
    lives,
    outcomes,
    plans,
    planted,
    planting,
    recoveries,
)
from armstrace.analysis.synthetic.kinds import BUSY, Kind
from armstrace.analysis.synthetic.plants import Plants
from armstrace.analysis.synthetic.slots import Category, Slots, Story

AGENCIES = cases.AGENCIES
HOME = geography.HOME
NAME = geography.NAME
ENDS_ON = date(2026, 10, 31)
_BLOCK = 2048

type Row = dict[str, str]


class SyntheticCountry:
    """A country whose truth is known.

    Args:
        seed: Any integer from 0; the same seed gives the same country.
        arms: Registered arms, from 1 to tens of millions.
        recoveries: Recovered items over four years, no more than arms.
        ends_on: The last day of the records.
        kind: Its rates, places and names.

    Raises:
        InvalidInput: There are more recoveries than arms.
    """

    def __init__(
        self,
        seed: int,
        arms: int,
        recoveries: int,
        *,
        ends_on: date = ENDS_ON,
        kind: Kind = BUSY,
    ) -> None:
        self.seed, self.ends_on, self.kind = seed, ends_on, kind
        self.scale = holders.scale_of(arms, recoveries)
        self._last_day = ends_on.toordinal()
        self._planting = planting.Planting(seed, self.scale, self._last_day, kind)
        plots = (*self._planting.recovered, *self._planting.unrecovered)
        self._slots = Slots(
            seed, arms, recoveries, ends_on=ends_on, rates=kind.rates, plots=plots
        )
        self._lawful = plans.Plans(seed, self.scale, self._slots)
        self._cases = cases.Cases(seed, self._slots, self._lawful)

    def plants(self) -> Plants:
        """Tell what was planted, for scoring alone."""
        return planted.plants_of(self._planting, self._slots, self._cases)

    def holders(self) -> Iterator[Row]:
        """Give every holder: State bodies, traders, clubs, foreign, persons."""
        yield from map(self.kind.tell, self._holders())

    def _holders(self) -> Iterator[Row]:
        yield from holders.institutions(self.scale, self.ends_on)
        for number in range(self.scale.persons):
            ended = plans.licence_ended(number, self._last_day)
            on = date.fromordinal(ended) if ended else None
            yield holders.person_row(number, self.ends_on, on)
        yield from self._special_persons()

    def registry(self) -> Iterator[Row]:
        """Give every registered arm, with its last holder on record."""
        for plan in self._plans():
            yield self.kind.tell(lives.registry_row(plan))

    def events(self) -> Iterator[Row]:
        """Give every life event, arm by arm, in the order of the life."""
        for plan in self._plans():
            yield from map(self.kind.tell, lives.event_rows(plan, self._last_day))

    def losses(self) -> Iterator[Row]:
        """Give every report of loss or theft."""
        for plan in self._plans():
            rows = lives.loss_rows(plan, self.seed, self._last_day)
            yield from map(self.kind.tell, rows)

    def recoveries(self) -> Iterator[Row]:
        """Give every recovery as the agencies' clerks enter it."""
        for case in self.all_cases():
            yield self.kind.tell(recoveries.recovery_row(case))

    def decisions(self) -> Iterator[Row]:
        """Give what past analysts decided on the recoveries of arms."""
        for case in self.all_cases():
            if case.slot.category is Category.AMMUNITION:
                continue
            row = outcomes.decision_row(case, self.seed, self._last_day)
            if row is not None:
                yield self.kind.tell(row)

    def truth(self) -> Iterator[Row]:
        """Give the truth of every recovery, for scoring alone."""
        for case in self.all_cases():
            yield self.kind.tell(outcomes.truth_row(case, self.seed, self._last_day))

    def events_of(self, arm_number: str) -> Iterator[Row]:
        plan = self._lawful.of(int(arm_number[1:]))
        yield from map(self.kind.tell, lives.event_rows(plan, self._last_day))

    def _plans(self) -> Iterator[plans.Plan]:
        for start in range(0, self.scale.arms, _BLOCK):
            stop = min(start + _BLOCK, self.scale.arms)
            yield from self._lawful.of_span(range(start, stop))

    def all_cases(self) -> Iterator[cases.Case]:
        """Give every recovery with its truth, for scoring alone."""
        for number in range(self.scale.recoveries):
            yield self._cases.of(number)

    def _special_persons(self) -> Iterator[Row]:
        for key in self._planting.new_buyers():
            yield holders.person_row(key, self.ends_on, None)
        buyers: set[int] = set()
        for number in range(self.scale.recoveries):
            slot = self._slots.of(number)
            key = self.scale.persons + number
            if slot.plot is not None:
                break
            if slot.story is Story.STRAW and slot.buyer not in buyers:
                buyers = {slot.buyer}
                key = holders.straw_buyer(self.scale, slot.buyer)
                yield holders.person_row(key, self.ends_on, None)
            elif slot.story in {Story.LICENCE_ENDED, Story.ESTATE}:
                limit = self._lawful.of(self._slots.arm_of(number)).limit
                yield holders.person_row(key, self.ends_on, date.fromordinal(limit))
