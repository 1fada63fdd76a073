"""What a profile says of deactivation: standards, and the parts that they ask for."""

from dataclasses import dataclass

from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.deactivation import ArmKind, VerifiedCheck
from armstrace.vocabulary.profiles.provisions import Provision, Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class DeactivationStandard(Provision):
    """By what arms are deactivated, and who verifies it."""

    # By which a certificate cites it.
    code: str
    # What is signed beside the essential parts.
    checks: tuple[VerifiedCheck, ...]
    # What comes of it where who deactivated verifies.
    apart: Strength
    # What comes of it where who deactivated has no licence to.
    authorised: Strength
    # Mark of the frame, with places for country, symbol of the verifying body and
    # year; empty where it is no duty, so that its absence warns.
    mark: str = ""
    # Mark of the other essential parts.
    part_mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsInoperable(Provision):
    """The essential parts that are inoperable for good in some kinds of arm."""

    code: str
    # Codes of the standards that ask for it.
    standards: tuple[str, ...]
    kinds: tuple[ArmKind, ...]
    parts: tuple[PartType, ...]
