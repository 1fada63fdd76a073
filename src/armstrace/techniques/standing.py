"""Whether a technique is lawful at a moment, and where: over plain values.

Nothing is switched off when time passes: each question is answered from the windows
of the authorities, the consents and the run, for the moment that is asked about.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from armstrace.vocabulary.techniques import OperationStep


@dataclass(frozen=True, slots=True)
class Window:
    """An authority that was granted: from a moment until before another."""

    begins: datetime
    # When it ends; where it was withdrawn, when that was.
    ends: datetime
    # Codes of the States on whose territory it holds.
    states: frozenset[str]

    def holds(self, at: datetime) -> bool:
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True)
class Consent:
    """The consent of a State, from a moment until it ends or was withdrawn."""

    country: str
    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Run:
    """The carrying out of a technique, from its start until it was stopped."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides what is lawful."""

    # Code of the own State, whose authority is its consent.
    home: str
    windows: tuple[Window, ...] = ()
    consents: tuple[Consent, ...] = ()
    # The earliest first.
    runs: tuple[Run, ...] = ()
    # Until when a request that nobody decided on can be granted.
    asked_until: datetime | None = None

    def states_asked(self, at: datetime) -> frozenset[str]:
        """Give the States of the authorities that are in force."""
        held = (one.states for one in self.windows if one.holds(at))
        return frozenset().union(*held)

    def territory(self, at: datetime) -> frozenset[str]:
        """Give the States where it may go on: under authority and with consent."""
        agreed = {one.country for one in self.consents if one.holds(at)}
        return self.states_asked(at) & (agreed | {self.home})

    def lacking(self, at: datetime) -> frozenset[str]:
        """Give the States of the authority that have not consented."""
        return self.states_asked(at) - self.territory(at)

    def cover_ends(self, since: datetime) -> datetime:
        """Give when an unbroken cover by authorities ends that holds at a moment."""
        return _end_of_cover(self.windows, since)

    def run_ends(self, since: datetime) -> datetime:
        """Give when a run from a moment is lawful in no State any more."""
        states = self.states_asked(since)
        return max((self._lawful_until(one, since) for one in states), default=since)

    def running(self, at: datetime) -> frozenset[str]:
        """Give the States where it is carried out at a moment, lawfully.

        After a gap in the cover of a State, by authority or by consent, it takes a
        new start there: what ended does not revive.
        """
        starts = [
            one.since
            for one in self.runs
            if one.since <= at and (one.until is None or at < one.until)
        ]
        return frozenset(
            state
            for state in self.territory(at)
            if any(at < self._lawful_until(state, start) for start in starts)
        )

    def is_active(self, at: datetime) -> bool:
        """Tell whether it is carried out anywhere at a moment, lawfully."""
        return bool(self.running(at))

    def _lawful_until(self, state: str, since: datetime) -> datetime:
        """Give when an unbroken cover of a State ends that holds at a moment."""
        held = [one for one in self.windows if state in one.states]
        if state == self.home:
            return _end_of_cover(held, since)
        agreed = [one for one in self.consents if one.country == state]
        both = (
            Window(
                max(one.begins, said.since),
                _earlier(one.ends, said.until),
                one.states,
            )
            for one in held
            for said in agreed
        )
        return _end_of_cover(tuple(both), since)

    def step(self, at: datetime) -> OperationStep:
        """Say how far it has come."""
        if self.is_active(at):
            return OperationStep.ACTIVE
        if self.states_asked(at):
            return OperationStep.STOPPED if self.runs else OperationStep.READY
        if any(at < one.begins < one.ends for one in self.windows):
            return OperationStep.AHEAD
        return OperationStep.ENDED if self.windows else self._step_without_one(at)

    def _step_without_one(self, at: datetime) -> OperationStep:
        if self.asked_until is None:
            return OperationStep.REFUSED
        return OperationStep.ASKED if at < self.asked_until else OperationStep.LAPSED


def _end_of_cover(windows: Collection[Window], since: datetime) -> datetime:
    until = since
    while reached := [one.ends for one in windows if one.holds(until)]:
        until = max(reached)
    return until


def _earlier(one: datetime, other: datetime | None) -> datetime:
    return one if other is None else min(one, other)
