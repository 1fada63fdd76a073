"""What somebody states of a deactivation, its verification, a reactivation."""

from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.deactivation import ArmKind, VerifiedCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class DeactivationInput:
    """That an arm was deactivated, as its holder or the deactivator states it.

    Args:
        arm_id: The registered arm.
        kind: What kind of arm it is, by the standard.
        performed_on: Day on which it was deactivated.
        performed_by: Person or body that deactivated it.
        performer: Name of who did the work there.
        licence: Number of their licence to deactivate.
        parts: Essential parts that were made inoperable.
        country: The State where it was done, where that is another one.
        foreign_standard: By which it was done there, as its certificate says.
        foreign_certificate: Number of that certificate.
        notes: What else is known.
    """

    arm_id: int
    kind: ArmKind
    performed_on: date
    performed_by: str
    performer: str = ""
    licence: str = ""
    parts: tuple[PartType, ...] = ()
    country: str = ""
    foreign_standard: str = ""
    foreign_certificate: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationInput:
    """What a verifier signs of a deactivation.

    Args:
        parts: Essential parts that are inoperable for good.
        checks: What else was checked.
        verified_by: The body that verifies.
        signatory: Name of who is responsible there.
        title: Title of that person.
        symbol: Symbol of the body in the mark.
        is_reversible: Whether it can be undone, as a lock or a removed part can.
        reason: Why it is verified although something is missing, or recognised, or
            refused.
    """

    parts: tuple[PartType, ...] = ()
    checks: tuple[VerifiedCheck, ...] = ()
    verified_by: str = ""
    signatory: str = ""
    title: str = ""
    symbol: str = ""
    is_reversible: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactivationInput:
    """That a deactivated arm was found to fire again.

    Args:
        found_on: Day on which it was found.
        recovery: Number of the recovery, such as R12; empty where there is none.
        said: What was found; nothing of how it was done.
    """

    found_on: date
    said: str
    recovery: str = ""
