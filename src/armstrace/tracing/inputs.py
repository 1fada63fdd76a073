"""What a person states when deciding on a trace."""

from dataclasses import dataclass, field
from datetime import date, datetime

from armstrace.vocabulary.tracing import (
    DiversionKind,
    Establishment,
    TraceAnswer,
    TraceChannel,
    TraceException,
    TraceGround,
    TraceOutcome,
    TraceStanding,
)

# What is said of a point of diversion, and what a proposal calls each of it.
POINT = {
    "kind": "kind",
    "on": "on",
    "earliest_on": "earliest",
    "latest_on": "latest",
    "place": "place",
    "region": "region",
    "country": "country",
}


@dataclass(frozen=True, slots=True)
class DiversionInput:
    """Where, when and how an arm left the legal world.

    Args:
        holder_number: Number of the last lawful holder; empty where not known.
    """

    kind: DiversionKind = DiversionKind.UNKNOWN
    on: date | None = None
    earliest_on: date | None = None
    latest_on: date | None = None
    place: str = ""
    region: str = ""
    country: str = ""
    holder_number: str = ""


@dataclass(frozen=True, slots=True)
class RequestInput:
    """That another State was asked about an arm.

    Args:
        country: The State that was asked, by its two letters.
        asked_on: The day on which it was asked.
        channel: By which way it was asked.
        reference: Number of the request, as it is kept here or there.
    """

    country: str
    asked_on: date
    channel: TraceChannel
    reference: str


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """What a State that was asked says.

    Args:
        country: The State that answers, by its two letters.
        answered_on: The day of its answer.
        answer: Whom it names, or that it has no record or refuses.
        told: In its words; may be empty.
    """

    country: str
    answered_on: date
    answer: TraceAnswer
    told: str = ""


@dataclass(frozen=True, slots=True)
class RecallInput:
    """That a request is taken back, such as one sent to the wrong State.

    Args:
        country: The State that was asked, by its two letters.
    """

    country: str
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """A decision on the trace of one recovery.

    Args:
        recovery_id: Identity of the recovery.
        arm_id: The registered arm that it is, where one was found.
        known_at: When it became known here; None for now.
        seen: Key of the decision that the person saw as the last, 0 for none; None
            asks for no check.
    """

    recovery_id: int
    standing: TraceStanding
    decided_on: date
    reason: str = ""
    ground: TraceGround | None = None
    exception: TraceException | None = None
    outcome: TraceOutcome | None = None
    established: Establishment = Establishment.NOT_ESTABLISHED
    diversion: DiversionInput = field(default_factory=DiversionInput)
    arm_id: int | None = None
    known_at: datetime | None = None
    seen: int | None = None
