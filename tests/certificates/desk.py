"""Licences on record, certificates of them, and a key folder of one's own."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from armstrace.certificates.actions import issuing
from armstrace.certificates.models import Certificate
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.vocabulary.licensing import GroundClass, Restriction
from tests import cast
from tests.ledger_guard import written_directly  # noqa: F401 - offered

CLERK = cast.REGISTRAR
COLLEAGUE = replace(CLERK, name="second.vfr")
WRITER = replace(CLERK, name="third.vfr")
HOW: dict[str, Any] = {"by": CLERK, "at": cast.NOW}


def licence(number: str = "L-1", **stated: Any) -> str:
    """Put the licence of a holder of its own on record."""
    given = {"valid_until": date(2027, 6, 30)} | stated
    name = given.pop("name", "Eva Sample")
    holder = HolderInput(
        f"H-{number}", name, licence_number=number, licence_type="CARRY", **given
    )
    licensing.enter_holder(
        taken_over="county register, sheet 7", stated=holder, by=WRITER, at=cast.NOW
    )
    return number


def certified(number: str = "L-1", **stated: Any) -> Certificate:
    """Issue the certificate of a licence that is put on record for it."""
    return issuing.certify_licence(number=licence(number, **stated), **HOW)


def restrict(act: Restriction, at: datetime = cast.NOW, number: str = "L-1") -> None:
    """Suspend, reinstate or revoke a licence."""
    ground = None if act is Restriction.REINSTATE else GroundClass.BREACH
    licensing.restrict_licence(
        number=number,
        act=act,
        ground=ground,
        reason="alert 7",
        by=replace(cast.LICENSING, name=f"{act}.vfr"),
        at=at,
    )


def revoke(made: Certificate, reason: str = "the licence was withdrawn") -> Certificate:
    """Revoke a certificate."""
    return issuing.revoke_certificate(certificate_id=made.pk, reason=reason, **HOW)
