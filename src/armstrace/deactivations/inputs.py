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
    """What a verifier signs of a deactivation."""

    # Essential parts that are inoperable for good, and what else was checked.
    parts: tuple[PartType, ...] = ()
    checks: tuple[VerifiedCheck, ...] = ()
    # Essential parts on which the mark of deactivation was seen.
    marked: tuple[PartType, ...] = ()
    # The body that verifies.
    verified_by: str = ""
    # Who is responsible there, and in which office.
    signatory: str = ""
    title: str = ""
    # Of the body, in the mark.
    symbol: str = ""
    # Whether it can be undone, as a lock or a removed part can.
    is_reversible: bool = False
    # Why it is verified although something is missing, or recognised, or refused.
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactivationInput:
    """That a deactivated arm was found to fire again."""

    found_on: date
    # What was found; nothing of how it was done.
    said: str
    # Number of the recovery, such as R12; empty where there is none.
    recovery: str = ""
