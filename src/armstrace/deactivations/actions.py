"""Record, verify or refuse a deactivation, and record that an arm fires again."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from armstrace.accounts import independence
from armstrace.analysis.marks import places
from armstrace.audit import declarations, ledger
from armstrace.certificates import asking
from armstrace.certificates.models import Certificate
from armstrace.deactivations import checking, rules, standing
from armstrace.deactivations.inputs import (
    DeactivationInput,
    ReactivationInput,
    VerificationInput,
)
from armstrace.deactivations.models import Deactivation, Reactivation, Verification
from armstrace.deactivations.rules import Asked, Facts
from armstrace.records import closing, jurisdiction, lengths, numbering, scope
from armstrace.registry import at_desk
from armstrace.registry.deactivating import Deactivated, deactivate_arm
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmType, PartType
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.deactivation import DeactivationState
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.look_alikes import is_one_number
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import is_visible

STATED = (
    *("performed_by", "performer", "licence", "foreign_standard"),
    *("foreign_certificate", "notes"),
)
LIMITS = lengths.limits(Deactivation, STATED, of=DeactivationInput)
FOUND = lengths.limits(Reactivation, ["said", "recovery"])
OFFENCE = "OPT-2"
SIGNED = ("verified_by", "signatory", "title")
SIGNED_LIMITS = lengths.limits(Verification, SIGNED)
SYMBOL = lengths.Limit("symbol", lambda told: told.symbol, 40)


def record_deactivation(
    *, stated: DeactivationInput, by: Actor, at: datetime
) -> Deactivation:
    """Record that an arm was deactivated; it counts once somebody verifies it.

    Raises:
        InvalidInput: A text is too long, nobody is named, or the country is none.
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
    country = places.require_country(stated.country)
    if not is_visible(stated.performed_by):
        raise InvalidInput(message("Write who deactivated the arm."), field=STATED[0])
    done = Facts(kind=stated.kind, performed_on=stated.performed_on)
    rules.DONE_BEFORE.require(Asked(done, None, (), timezone.localdate(at)))
    with ledger.entry("deactivation.recorded", by=by, at=at) as entry:
        taken = at_desk.take_arm(stated.arm_id, happened_on=stated.performed_on)
        arm = taken.arm
        standing.require_at_hand(taken)
        told = (arm.reference, ArmType(taken.record.arm_type), stated.kind)
        rules.FITTING_KIND.require(told)
        _require_own(replace(stated, country=country))
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
            country=country,
            **{name: getattr(stated, name).strip() for name in STATED},
        )


def _require_own(stated: DeactivationInput) -> None:
    number = stated.foreign_certificate.strip()
    rows = Deactivation.objects.exclude(verification__state="REFUSED")
    others = rows.filter(country=stated.country).exclude(arm=stated.arm_id)
    same = (one for one in others if is_one_number(one.foreign_certificate, number))
    other = next(same, None)
    told = ("", "", "")
    if other:
        told = (other.foreign_certificate, f"A{other.arm_id}", other.reference)
    rules.OWN_CERTIFICATE.require((*told, other is None))


def record_reactivation(
    *, deactivation_id: int, stated: ReactivationInput, by: Actor, at: datetime
) -> Reactivation:
    """Record that a deactivated arm fires again; its certificate ends with that.

    Raises:
        InvalidInput: There is no recovery of that number, or a text is too long.
        RuleBroken: ``DA-10``, nothing is said; ``DA-14``, it was never verified, or
            the day is before the deactivation or has not come; ``DA-21``, a finding of
            that day is on record.

    Source:
        Background paper (2018), paras. 41 and 45 (illicit reactivation).
    """
    by.require("deactivation.find")
    lengths.require_reason(rules.REASONED, stated.said)
    lengths.require_fits(stated, *FOUND)
    with ledger.entry("deactivation.reactivated", by=by, at=at) as entry:
        rows = Deactivation.objects.get_queryset().select_for_update()
        found = rows.get_visible(deactivation_id, by)
        days = found.performed_on, stated.found_on, timezone.localdate(at)
        rules.FIRED_AGAIN.require((found.state, *days))
        same = found.reactivations.filter(found_on=stated.found_on)
        told = (found.reference, stated.found_on, not same.exists())
        rules.FURTHER_FINDING.require(told)
        _end_certificates(found, stated.said.strip(), entry)
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


def _end_certificates(found: Deactivation, said: str, entry: ledger.Entry) -> None:
    """End what was signed; what waits is withheld from who would sign it."""
    rows = Certificate.objects.get_queryset().select_for_update()
    kind, subject = CertificateKind.DEACTIVATION, found.reference
    signed = rows.filter(kind=kind, subject=subject, ended_at=None).exclude(token="")
    for one in signed:
        asking.end(one, said, entry)


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


def verify_deactivation(
    *, deactivation_id: int, signed: VerificationInput, by: Actor, at: datetime
) -> Verification:
    """Verify a deactivation by the standard of the day, or recognise one done abroad.

    The life of the arm tells of it, its marks are on record, and a certificate is
    asked for, which another person signs where the profile says so.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``DA-01`` to ``DA-09`` or ``DA-40``, a duty is not met; ``DA-10``,
            it is recognised without a reason; ``DA-20``, it is verified without one
            although something is missing; ``DA-11`` or ``DA-22``, ``by`` recorded it
            or did it; ``DA-12``, it is decided; ``DA-15`` or ``DA-16``, the arm is
            missing or not here;
            ``CF-03`` or ``CF-05``; or a rule of the register and of the life cycle.

    Source:
        Firearms Protocol, art. 9; Implementing Regulation (EU) 2015/2403, arts. 3, 5.
    """

    def act() -> Verification:
        with ledger.entry("deactivation.verified", by=by, at=at) as entry:
            record = _take(deactivation_id, by, at)
            standing.require_at_hand(at_desk.take_arm(record.arm_id))
            lengths.require_fits(signed, *SIGNED_LIMITS, SYMBOL)
            lengths.require_fits(signed.reason, lengths.REASON)
            facts = standing.facts_of(record, signed)
            law, today = jurisdiction.profile(), timezone.localdate(at)
            found = checking.missing(facts, law, today)
            for each in found:
                if each.blocks:
                    raise RuleBroken(each.code, each.said)
            rules.REASONED_WARNINGS.require((found, signed.reason))
            if facts.country:
                rules.REASONED.require(signed.reason)
            asked = checking.provision_of(facts, law, today)
            return _keep_verified(record, asked, signed, entry)

    # Two first certificates may both begin a key, of which one is kept.
    return numbering.retry(act)


def refuse_deactivation(
    *, deactivation_id: int, reason: str, by: Actor, at: datetime
) -> Verification:
    """Refuse a deactivation; the arm stays a live firearm.

    Raises:
        RuleBroken: ``DA-10``, there is no reason; ``DA-11`` or ``DA-22``, ``by``
            recorded it or did it; ``DA-12``, it is decided.

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
    did = record.performer or record.performed_by
    rules.NOT_OWN_WORK.require((record.reference, did, standing.names_of(by)))
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
        marked=[each.value for each in signed.marked],
        decided_by=entry.by.name,
        reason=signed.reason.strip(),
        known_at=entry.at,
        **{name: getattr(signed, name).strip() for name in SIGNED},
    )
    if asked.standard and not is_abroad:
        made.standard = asked.standard.code
        told = standing.marks_of(asked.standard, signed.symbol, asked.on.year)
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
    frame = PartType.FRAME_OR_RECEIVER
    return {
        part: made.mark if part is frame else made.part_mark for part in asked.parts
    }
