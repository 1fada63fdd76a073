"""What a person states of a technique and of its authority."""

from dataclasses import dataclass
from datetime import datetime

from armstrace.vocabulary.techniques import DeliveryMode, OperationOutcome, Technique


@dataclass(frozen=True, slots=True)
class OperationInput:
    technique: Technique
    # How goods go on, of a controlled delivery; None of others.
    mode: DeliveryMode | None
    # What it is for; no covert name belongs here.
    objective: str


@dataclass(frozen=True, slots=True)
class AuthorityInput:
    # Code of a provision of the profile.
    basis: str
    # Sign-in name of who is asked to decide.
    authoriser: str
    # Codes of the States on whose territory it is to hold.
    states: tuple[str, ...]
    # When it is to begin, as the local clock shows it.
    begins: datetime
    # When it is to end, as the local clock shows it.
    ends: datetime
    # Name of the time zone of both.
    zone: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What an authoriser decides."""

    is_granted: bool
    reason: str
    # Number of the order; it may be empty where it is refused.
    order_number: str = ""


@dataclass(frozen=True, slots=True)
class ConsentInput:
    country: str
    # Whether it consents; false where it withdraws.
    is_given: bool
    # Number of its letter.
    reference: str
    # The office that said so.
    given_by: str
    # When a consent ends, as the local clock shows it.
    ends: datetime | None = None
    # Name of the time zone of its end.
    zone: str = ""


@dataclass(frozen=True, slots=True)
class HandOverInput:
    """One leg of a controlled delivery."""

    # Code of the State that hands over.
    from_state: str
    # Code of the State that receives; the same within one State.
    to_state: str
    place: str
    # The office that hands over.
    handed_by: str
    # The office that receives.
    received_by: str
    # Sign-in name of who receives and signs for it; empty for a service without an
    # account here.
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationInput:
    """What was learned."""

    outcome: OperationOutcome
    # What others should know; no covert name belongs here.
    learned: str
    # What people should be trained in; may be empty.
    training: str = ""
