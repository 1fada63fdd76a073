"""What people state: whom to vet, and what a refusal says."""

from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.vetting import Capacity, Duration, RefusalKind


@dataclass(frozen=True, slots=True)
class VettingInput:
    """Whom to vet.

    Args:
        name: Full name, as written.
        capacity: As what the person is vetted.
        subject: Number of the record that the person stands in, such as H12; empty
            for an associate or staff without one.
        born_on: Day of birth, where known.
    """

    name: str
    capacity: Capacity
    subject: str = ""
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class Screened:
    """A name that lists are searched for."""

    # Rises with every statement; a run goes on after the last.
    key: int
    subject: str
    name: str
    schema: str
    # Days or years, as 1960-05-01 or 1960.
    born: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusalInput:
    """A refusal to acquire or possess a firearm; its ground is not said.

    Source:
        Delegated Regulation (EU) 2021/1423, art. 3(1) and (2).
    """

    name: str
    decided_on: date
    # Who decided, with contact details; ``contact`` is whom to ask, if others.
    authority: str
    duration: Duration
    kind: RefusalKind
    born_on: date | None = None
    birth_place: str = ""
    birth_country: str = ""
    nationality: str = ""
    # A document or tax number, where it is needed to identify.
    identity_number: str = ""
    national_reference: str = ""
    contact: str = ""
    ends_on: date | None = None
    # Day of the last review that found it still in force.
    confirmed_on: date | None = None
    revoked_on: date | None = None
    is_annulled: bool = False
