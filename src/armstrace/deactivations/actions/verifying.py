"""Verify a deactivation, recognise one of another State, or refuse it."""

from datetime import datetime

from django.utils import timezone

from armstrace.accounts import independence
from armstrace.audit import ledger
from armstrace.certificates import asking
from armstrace.certificates.models import Certificate
from armstrace.deactivations import checking, rules
from armstrace.deactivations.inputs import VerificationInput
from armstrace.deactivations.models import Deactivation, Verification
from armstrace.deactivations.rules import Asked
from armstrace.deactivations.standing import facts_of, marks_of, require_at_hand
from armstrace.records import closing, jurisdiction, lengths, numbering
from armstrace.registry import at_desk
from armstrace.registry.deactivating import Deactivated, deactivate_arm
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.deactivation import DeactivationState
from armstrace.vocabulary.errors import RuleBroken

TEXTS = ("verified_by", "signatory", "title")
LIMITS = lengths.limits(Verification, dict(zip(TEXTS, TEXTS, strict=True)))
SYMBOL = lengths.Limit("symbol", lambda told: told.symbol, 40)


def verify_deactivation(
    *, deactivation_id: int, signed: VerificationInput, by: Actor, at: datetime
) -> Verification:
    """Verify a deactivation by the standard of the day, or recognise one done abroad.

    The life of the arm tells of it, its marks are on record, and a certificate is
    asked for, which another person signs where the profile says so.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``DA-01`` to ``DA-09``, a duty is not met; ``DA-10``, it is
            recognised, or verified although something is missing, without a reason;
            ``DA-11``, ``by`` recorded it; ``DA-12``, it is decided; ``DA-15`` or
            ``DA-16``, the arm is missing or not here; ``CF-03`` or ``CF-05``;
            or a rule of the register and of the life cycle.

    Source:
        Firearms Protocol, art. 9; Implementing Regulation (EU) 2015/2403, arts. 3, 5.
    """

    def act() -> Verification:
        with ledger.entry("deactivation.verified", by=by, at=at) as entry:
            record = _take(deactivation_id, by, at)
            require_at_hand(at_desk.take_arm(record.arm_id))
            lengths.require_fits(signed, *LIMITS, SYMBOL)
            facts = facts_of(record, signed)
            law, today = jurisdiction.profile(), timezone.localdate(at)
            found = checking.missing(facts, law, today)
            for each in found:
                if each.blocks:
                    raise RuleBroken(each.code, each.said)
            if found or facts.country:
                lengths.require_reason(rules.REASONED, signed.reason)
            asked = checking.provision_of(facts, law, today)
            return _keep_verified(record, asked, signed, entry)

    # Two first certificates may both begin a key, of which one is kept.
    return numbering.retry(act)


def refuse_deactivation(
    *, deactivation_id: int, reason: str, by: Actor, at: datetime
) -> Verification:
    """Refuse a deactivation; the arm stays a live firearm.

    Raises:
        RuleBroken: ``DA-10``, there is no reason; ``DA-11``, ``by`` recorded it;
            ``DA-12``, it is decided.

    Source:
        Firearms Protocol, art. 9 (b) (verification by a competent authority).
    """
    lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("deactivation.refused", by=by, at=at) as entry:
        return closing.keep(
            Verification,
            entry,
            deactivation=_take(deactivation_id, by, at),
            state=DeactivationState.REFUSED,
            decided_by=by.name,
            reason=reason.strip(),
        )


def _take(deactivation_id: int, by: Actor, at: datetime) -> Deactivation:
    """Lock a deactivation that waits for another person than who recorded it."""
    by.require("deactivation.verify")
    rows = Deactivation.objects.get_queryset().select_for_update()
    record = rows.get_visible(deactivation_id, by)
    rules.STILL_WAITS.require(record.state)
    rules.ANOTHER_VERIFIES.require((record.recorded_by, by.name))
    independence.require(record.recorded_by, by.name, at)
    return record


def _keep_verified(
    record: Deactivation, asked: Asked, signed: VerificationInput, entry: ledger.Entry
) -> Verification:
    is_abroad = bool(asked.facts.country)
    made = Verification(
        deactivation=record,
        state=DeactivationState.RECOGNISED if is_abroad else DeactivationState.VERIFIED,
        parts=[each.value for each in signed.parts],
        checks=[each.value for each in signed.checks],
        decided_by=entry.by.name,
        reason=signed.reason.strip(),
        known_at=entry.at,
        **{name: getattr(signed, name).strip() for name in TEXTS},
    )
    if asked.standard and not is_abroad:
        made.standard = asked.standard.code
        told = marks_of(asked.standard, signed.symbol, asked.on.year)
        made.mark, made.part_mark = told
        asking.ask(_certificate(record, made), entry)
    made.save()
    entry.about(made, state=made.state)
    marks = _marks(asked, made) if made.mark else {}
    stamped = Deactivated(record.reference, asked.on, marks)
    deactivate_arm(record.arm_id, stamped, entry)
    return made


def _certificate(record: Deactivation, made: Verification) -> Certificate:
    return Certificate(
        kind=CertificateKind.DEACTIVATION,
        detail=made.standard,
        subject=record.reference,
        name=record.performed_by,
        agency=record.office,
    )


def _marks(asked: Asked, made: Verification) -> dict[PartType, str]:
    """Give the full mark of the frame, and that of each other essential part."""
    frame = PartType.FRAME_OR_RECEIVER
    return {
        part: made.mark if part is frame else made.part_mark for part in asked.parts
    }
