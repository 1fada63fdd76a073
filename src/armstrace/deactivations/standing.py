"""What is known of a deactivation on record, as the rules ask it."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from django.conf import settings

from armstrace.accounts.models import User
from armstrace.deactivations import rules
from armstrace.deactivations.inputs import VerificationInput
from armstrace.deactivations.models import Deactivation, Reactivation
from armstrace.deactivations.rules import Facts
from armstrace.licensing import standing as licences
from armstrace.licensing.models import HolderRecord, Licence
from armstrace.records.lookups import among
from armstrace.registry import at_desk
from armstrace.registry.models import LifeEvent
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmState, LifeEventKind, PartType
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.deactivation import ArmKind
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.licensing import LicenceType
from armstrace.vocabulary.look_alikes import is_one_person
from armstrace.vocabulary.profiles import DeactivationStandard


def facts_of(record: Deactivation, signed: VerificationInput | None = None) -> Facts:
    """Give what is known of a deactivation, with what somebody signs of it.

    Args:
        signed: None while nobody does; then what the deactivator states counts.
    """
    told = signed or VerificationInput(parts=tuple(map(PartType, record.parts)))
    return Facts(
        kind=ArmKind(record.kind),
        performed_on=record.performed_on,
        performed_by=record.performed_by,
        performer=record.performer,
        is_authorised=_is_authorised(record),
        country=record.country if record.country != settings.HOME_COUNTRY else "",
        foreign_standard=record.foreign_standard,
        foreign_certificate=record.foreign_certificate,
        **asdict(told),
    )


def names_of(by: Actor) -> set[str]:
    """Give the sign-in name and the name of a person who decides."""
    rows = User.objects.filter(name=by.name)
    return {by.name, *rows.values_list("full_name", flat=True)}


def require_at_hand(taken: at_desk.AtDesk) -> None:
    """Refuse an arm that is missing, abroad or destroyed.

    Raises:
        RuleBroken: ``DA-15`` or ``DA-16``.
    """
    arm, now = taken.arm.reference, taken.now
    rules.NOT_MISSING.require((arm, now.state, now.loss_is_open))
    rules.HERE.require((arm, now.state))


def withhold(kind: str, subject: str) -> RuleBroken | None:
    """Say why the certificate of an arm that fires again, or is no more, is not signed.

    Args:
        kind: Of the certificate.
        subject: Number of the deactivation.
    """
    if kind != CertificateKind.DEACTIVATION:
        return None
    rows = Reactivation.objects.filter(deactivation=int(subject[1:]))
    found = rows.order_by("found_on").first()
    if found is not None:
        return rules.NO_FINDING.broken((subject, found.found_on, False))
    is_gone = bool(gone_since([subject]))
    return rules.STILL_THERE.broken((subject, False)) if is_gone else None


def gone_since(subjects: Collection[str] | None = None) -> dict[str, datetime]:
    """Give since when the register has deactivated arms as destroyed, by number.

    Args:
        subjects: Numbers of deactivations; all where None.
    """
    rows = Deactivation.objects.filter(
        arm__state=ArmState.DESTROYED, verification__isnull=False
    )
    if subjects is not None:
        keys = [int(each[1:]) for each in subjects if each.startswith("U")]
        rows = rows.filter(among("pk", keys))
    arms = dict(rows.values_list("pk", "arm_id"))
    ends = LifeEvent.objects.current().filter(
        among("arm_id", set(arms.values())), kind=LifeEventKind.DESTROYED
    )
    since = dict(ends.order_by("known_at").values_list("arm_id", "known_at"))
    return {f"U{key}": since[arm] for key, arm in arms.items() if arm in since}


def certificate_of(event: str) -> tuple[str, str] | None:
    """Name kind and subject of the certificate that says what an event does.

    Args:
        event: Its number, by which the life of the arm tells of a deactivation.
    """
    told, _, number = event.partition(" ")
    return (CertificateKind.DEACTIVATION, number) if told == "deactivation" else None


def marks_of(standard: DeactivationStandard, symbol: str, year: int) -> tuple[str, str]:
    """Give the mark of the frame and that of the other essential parts.

    Source:
        Implementing Regulation (EU) 2015/2403, Annex II.
    """
    told = {"country": settings.HOME_COUNTRY, "symbol": symbol.strip(), "year": year}
    whole, of_part = (
        " ".join(text.format(**told).split())
        for text in (standard.mark, standard.part_mark)
    )
    return whole, of_part


def _is_authorised(record: Deactivation) -> Known:
    if not record.licence:
        return Known.UNKNOWN
    named = Licence.objects.current().filter(
        number=record.licence, licence_type=LicenceType.DEACTIVATE
    )
    holders = HolderRecord.objects.current().filter(holder__in=named.values("holder"))
    called = dict(holders.values_list("holder_id", "name"))
    did = (record.performed_by, record.performer)
    own = [
        each
        for each in named
        if any(is_one_person(called.get(each.holder_id, ""), name) for name in did)
    ]
    return Known.YES if licences.in_force(own, record.performed_on) else Known.NO
