"""What a person states of a technique and of its authority."""

from dataclasses import dataclass
from datetime import datetime

from armstrace.vocabulary.techniques import DeliveryMode, OperationOutcome, Technique


@dataclass(frozen=True, slots=True)
class OperationInput:
    """What is to be done.

    Args:
        technique: Which technique.
        mode: How goods go on, of a controlled delivery; None of others.
        objective: What it is for; no covert name belongs here.
    """

    technique: Technique
    mode: DeliveryMode | None
    objective: str


@dataclass(frozen=True, slots=True)
class AuthorityInput:
    """The authority that is asked for.

    Args:
        basis: Code of a provision of the profile.
        authoriser: Sign-in name of who is asked to decide.
        states: Codes of the States on whose territory it is to hold.
        begins: When it is to begin, as the local clock shows it.
        ends: When it is to end, as the local clock shows it.
        zone: Name of the time zone of both.
        reason: Why it is needed.
    """

    basis: str
    authoriser: str
    states: tuple[str, ...]
    begins: datetime
    ends: datetime
    zone: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What an authoriser decides.

    Args:
        is_granted: Whether it is given.
        reason: Why.
        order_number: Number of the order; it may be empty where it is refused.
    """

    is_granted: bool
    reason: str
    order_number: str = ""


@dataclass(frozen=True, slots=True)
class ConsentInput:
    """What a State says.

    Args:
        country: Its code.
        is_given: Whether it consents; false where it withdraws.
        reference: Number of its letter.
        given_by: The office that said so.
        ends: When a consent ends, as the local clock shows it.
        zone: Name of the time zone of its end.
    """

    country: str
    is_given: bool
    reference: str
    given_by: str
    ends: datetime | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class HandOverInput:
    """One leg of a controlled delivery.

    Args:
        from_state: Code of the State that hands over.
        to_state: Code of the State that receives; the same within one State.
        place: Where.
        handed_by: The office that hands over.
        received_by: The office that receives.
        receiver: Sign-in name of who receives and signs for it; empty for a service
            without an account here.
    """

    from_state: str
    to_state: str
    place: str
    handed_by: str
    received_by: str
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationInput:
    """What was learned.

    Args:
        learned: What others should know; no covert name belongs here.
        training: What people should be trained in; may be empty.
    """

    outcome: OperationOutcome
    learned: str
    training: str = ""
