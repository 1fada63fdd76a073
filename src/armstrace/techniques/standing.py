"""Whether a technique is lawful at a moment, and where: over plain values.

Nothing is switched off when time passes: each question is answered from the windows
of the authorities, the consents and the run, for the moment that is asked about.
"""

from dataclasses import dataclass
from datetime import datetime

from armstrace.vocabulary.techniques import OperationStep


@dataclass(frozen=True, slots=True)
class Window:
    """An authority that was granted: from a moment until before another.

    Args:
        ends: When it ends; where it was withdrawn, when that was.
        states: Codes of the States on whose territory it holds.
    """

    begins: datetime
    ends: datetime
    states: frozenset[str]

    def holds(self, at: datetime) -> bool:
        """Tell whether it is in force."""
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True)
class Consent:
    """The consent of a State, from a moment until it was withdrawn."""

    country: str
    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Tell whether it is given."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Run:
    """The carrying out of a technique, from its start until it was stopped."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides what is lawful.

    Args:
        home: Code of the own State, whose authority is its consent.
        runs: The earliest first.
        is_asked: Whether a request waits for its decision.
    """

    home: str
    windows: tuple[Window, ...] = ()
    consents: tuple[Consent, ...] = ()
    runs: tuple[Run, ...] = ()
    is_asked: bool = False

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
        until = since
        while reached := [one.ends for one in self.windows if one.holds(until)]:
            until = max(reached)
        return until

    def is_active(self, at: datetime) -> bool:
        """Tell whether it is carried out, lawfully, at a moment.

        After a gap in the cover it takes a new start: what ended does not revive.
        """
        return bool(self.territory(at)) and any(
            one.since <= at
            and (one.until is None or at < one.until)
            and at < self.cover_ends(one.since)
            for one in self.runs
        )

    def step(self, at: datetime) -> OperationStep:
        """Say how far it has come."""
        if self.is_active(at):
            return OperationStep.ACTIVE
        if self.states_asked(at):
            return OperationStep.STOPPED if self.runs else OperationStep.READY
        if any(at < one.begins < one.ends for one in self.windows):
            return OperationStep.AHEAD
        if self.windows:
            return OperationStep.ENDED
        return OperationStep.ASKED if self.is_asked else OperationStep.REFUSED
