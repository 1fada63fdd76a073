"""Record that an arm was deactivated, and that one fires again."""

from datetime import datetime

from django.utils import timezone

from armstrace.audit import declarations, ledger
from armstrace.deactivations import rules, standing
from armstrace.deactivations.inputs import DeactivationInput, ReactivationInput
from armstrace.deactivations.models import Deactivation, Reactivation
from armstrace.deactivations.rules import Asked, Facts
from armstrace.records import closing, lengths, scope
from armstrace.registry import at_desk
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

TEXTS = (
    *("performed_by", "performer", "licence", "foreign_standard"),
    *("foreign_certificate", "notes"),
)
LIMITS = lengths.limits(Deactivation, dict(zip(TEXTS, TEXTS, strict=True)))
FOUND = lengths.limits(Reactivation, {"said": "said", "recovery": "recovery"})
OFFENCE = "OPT-2"


def record_deactivation(
    *, stated: DeactivationInput, by: Actor, at: datetime
) -> Deactivation:
    """Record that an arm was deactivated; it counts once somebody verifies it.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``RG-01`` or ``RG-05``, the arm is not on the register;
            ``RG-02``, something happened to it later; ``DA-08``, the day is to come;
            ``DA-13``, it has a deactivation
            already; ``DA-15`` or ``DA-16``, it is missing or not here; ``DA-17``, the
            kind does not fit it; ``DA-18``, the certificate is another arm's.

    Source:
        Firearms Protocol, art. 9; Implementing Regulation (EU) 2015/2403, art. 3.
    """
    by.require("deactivation.record", agency=by.agency)
    lengths.require_fits(stated, *LIMITS)
    done = Facts(kind=stated.kind, performed_on=stated.performed_on)
    rules.DONE_BEFORE.require(Asked(done, None, (), timezone.localdate(at)))
    with ledger.entry("deactivation.recorded", by=by, at=at) as entry:
        taken = at_desk.take_arm(stated.arm_id, happened_on=stated.performed_on)
        arm = taken.arm
        standing.require_at_hand(taken)
        told = (arm.reference, taken.record.arm_type, stated.kind)
        rules.FITTING_KIND.require(told)
        _require_own(stated)
        others = Deactivation.objects.filter(arm=arm, reactivations=None)
        known = others.exclude(verification__state="REFUSED").first()
        number = known.reference if known else ""
        rules.ONE_AT_A_TIME.require((arm.reference, number, known is None))
        return closing.keep(
            Deactivation,
            entry,
            noted=["kind"],
            arm=arm,
            office=by.agency,
            recorded_by=by.name,
            kind=stated.kind,
            performed_on=stated.performed_on,
            parts=[each.value for each in stated.parts],
            country=stated.country,
            **{name: getattr(stated, name).strip() for name in TEXTS},
        )


def _require_own(stated: DeactivationInput) -> None:
    number = stated.foreign_certificate.strip()
    rows = Deactivation.objects.exclude(verification__state="REFUSED")
    same = {"country": stated.country, "foreign_certificate__iexact": number}
    other = rows.filter(**same).exclude(arm=stated.arm_id).first() if number else None
    told = (number, f"A{other.arm_id}", other.reference) if other else ("", "", "")
    rules.OWN_CERTIFICATE.require((*told, other is None))


def record_reactivation(
    *, deactivation_id: int, stated: ReactivationInput, by: Actor, at: datetime
) -> Reactivation:
    """Record that a deactivated arm fires again; nothing on record is changed.

    Raises:
        InvalidInput: There is no recovery of that number, or a text is too long.
        RuleBroken: ``DA-10``, nothing is said; ``DA-14``, it was never verified, or
            the day is before the deactivation or has not come.

    Source:
        Background paper (2018), paras. 41 and 45 (illicit reactivation).
    """
    by.require("deactivation.find")
    lengths.require_reason(rules.REASONED, stated.said)
    lengths.require_fits(stated, *FOUND)
    found = Deactivation.objects.get_visible(deactivation_id, by)
    today = timezone.localdate(at)
    days = found.performed_on, stated.found_on, today
    rules.FIRED_AGAIN.require((found.state, *days))
    with ledger.entry("deactivation.reactivated", by=by, at=at) as entry:
        return closing.keep(
            Reactivation,
            entry,
            deactivation=found,
            offence=OFFENCE,
            found_on=stated.found_on,
            recovery=_recovery(stated.recovery, by),
            said=stated.said.strip(),
            found_by=by.name,
        )


def _recovery(text: str, by: Actor) -> str:
    if not text.strip():
        return ""
    found = declarations.identify(text)
    if (
        found is None
        or found.number.letter != "R"
        or not scope.is_visible(found.app, found.number.model, found.key, viewer=by)
    ):
        said = message(
            "There is no recovery %(number)s here; write a number such as R12, or "
            "leave it empty.",
            number=text,
        )
        raise InvalidInput(said, field="recovery")
    return found.written
