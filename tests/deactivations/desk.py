"""Deactivations on record, and what a verifier signs of them."""

from dataclasses import replace
from datetime import date
from typing import Any

from armstrace.certificates.actions import issuing
from armstrace.certificates.models import Certificate
from armstrace.deactivations import actions
from armstrace.deactivations.inputs import (
    DeactivationInput,
    ReactivationInput,
    VerificationInput,
)
from armstrace.deactivations.models import Deactivation, Verification
from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.deactivation import ArmKind, VerifiedCheck
from tests import builders, cast

DAY = date(2026, 11, 20)
BOTH = (VerifiedCheck.INOPERABLE, VerifiedCheck.IRREVERSIBLE)
PARTS = (
    PartType.FRAME_OR_RECEIVER,
    PartType.BARREL,
    PartType.SLIDE_OR_CYLINDER,
    PartType.BOLT_OR_BREECH_BLOCK,
)


def recorded(arm: str = "1", by: Any = cast.REGISTRAR, **changes: Any) -> Deactivation:
    """Put an arm and its deactivation on record."""
    (arm_id,) = builders.registered(
        builders.an_arm(arm, description=builders.glock(f"ABC{arm}"))
    )
    stated: dict[str, Any] = {
        "arm_id": arm_id,
        "kind": ArmKind.PISTOL,
        "performed_on": DAY,
        "performed_by": "Old Mill Gunsmiths",
        "performer": "Jo Smith",
        "parts": PARTS,
    }
    stated |= changes
    return actions.record_deactivation(
        stated=DeactivationInput(**stated), by=by, at=cast.NOW
    )


def signed(**changes: Any) -> VerificationInput:
    """Sign all that the standards ask of a pistol."""
    stated: dict[str, Any] = {
        "parts": PARTS,
        "checks": tuple(VerifiedCheck),
        "marked": PARTS,
        "verified_by": "Proof House",
        "signatory": "Vera Proof",
        "title": "Proof master",
        "symbol": "PH",
        "reason": "the licence was seen on paper",
    }
    return VerificationInput(**(stated | changes))


def verify(made: Deactivation, by: Any = cast.EXAMINER, **changes: Any) -> Verification:
    """Verify a deactivation."""
    return actions.verify_deactivation(
        deactivation_id=made.pk, signed=signed(**changes), by=by, at=cast.NOW
    )


def issued(arm: str = "1") -> Deactivation:
    """Verify a deactivation whose certificate a colleague signs."""
    made = recorded(arm)
    verify(made, parts=PARTS, checks=BOTH)
    waiting = Certificate.objects.get(subject=made.reference)
    other = replace(cast.REGISTRAR, name="second.vfr")
    issuing.sign_certificate(certificate_id=waiting.pk, by=other, at=cast.NOW)
    return made


def fires_again(made: Deactivation, **changes: Any) -> Any:
    """Record that a deactivated arm fires again."""
    stated: dict[str, Any] = {"found_on": DAY, "said": "it was test-fired"}
    return actions.record_reactivation(
        deactivation_id=made.pk,
        stated=ReactivationInput(**(stated | changes)),
        by=cast.EXAMINER,
        at=cast.NOW,
    )
