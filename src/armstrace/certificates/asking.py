"""Keep what a certificate is to say, and sign it; inside the entry of an act."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from armstrace.analysis.certificates import envelope, numbers
from armstrace.analysis.certificates.envelope import Statement
from armstrace.audit import declarations, ledger
from armstrace.certificates import restricted, rules, signing
from armstrace.certificates.models import Certificate
from armstrace.records import jurisdiction
from armstrace.vocabulary.certificates import CertificateKind, CertificateState
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rows import fill

# Why a certificate ended whose licence was issued another.
REPLACED = message("Another certificate takes its place.")


def of_subject(kind: str, subject: str, last_day: date | None) -> Q:
    """Keep what is issued or waits for a subject as it is now; nothing that ended."""
    return Q(kind=kind, subject=subject, last_day=last_day, ended_at=None)


def ask(asked: Certificate, entry: ledger.Entry) -> Certificate:
    """Keep what a certificate is to say; sign it where one person is enough.

    Args:
        asked: The certificate, not kept yet; without an agency it is the actor's.
        entry: Of the act that it follows from.

    Raises:
        RuleBroken: ``CF-03``, there is one already; ``CF-05``, it has no room.

    Source:
        Background paper (2018), para. 32 (documents that can be checked).
    """
    others = Certificate.objects.filter(
        of_subject(asked.kind, asked.subject, asked.last_day)
    )
    rules.ONE_AT_A_TIME.require((asked.subject, not others.exists()))
    asked.agency, asked.asked_by = asked.agency or entry.by.agency, entry.by.name
    asked.known_at = entry.at
    asked.save()
    entry.about(asked)
    law, kind = jurisdiction.profile(), CertificateKind(asked.kind)
    if not law.asks_two_people(kind, timezone.localdate(entry.at)):
        sign(asked, entry)
    return asked


def withheld(one: Certificate) -> list[RuleBroken]:
    """Say why a certificate that waits is not signed, whoever asks."""
    if one.state is not CertificateState.WAITING:
        return []
    asked = declarations.functions(lambda app: app.withheld)
    found = [tell(one.kind, one.subject) for tell in asked]
    if one.pk in restricted.renamed(Certificate.objects.filter(pk=one.pk)):
        found.append(rules.NAMED_AS_NOW.broken((one.subject, False)))
    elif one.kind == CertificateKind.LICENCE and restricted.since(one):
        found.append(rules.IN_FORCE.broken((one.subject, False)))
    return [each for each in found if each is not None]


def end(one: Certificate, reason: str, entry: ledger.Entry) -> None:
    """Revoke a certificate, or refuse one that waits."""
    one.ended_at, one.ended_by, one.ended_reason = entry.at, entry.by.name, reason
    one.save()
    entry.about(one)


def end_outdated(licence: str, entry: ledger.Entry) -> None:
    """End the certificates in whose place another of the licence is issued."""
    rows = Certificate.objects.get_queryset().select_for_update()
    own = Certificate.objects.filter(
        kind=CertificateKind.LICENCE, subject=licence, ended_at=None
    )
    for one in rows.filter(pk__in=restricted.failing(own)):
        if one.state is CertificateState.ISSUED:
            end(one, REPLACED.template, entry)


def end_all(
    kind: CertificateKind, subject: str, reason: str, entry: ledger.Entry
) -> None:
    """End the certificates of a record that is corrected: they say what was wrong."""
    rows = Certificate.objects.get_queryset().select_for_update()
    for one in rows.filter(kind=kind, subject=subject, ended_at=None).order_by("pk"):
        end(one, reason, entry)


def sign(one: Certificate, entry: ledger.Entry) -> None:
    """Sign a certificate with the key of this moment.

    Raises:
        RuleBroken: ``CF-05``, its code has no room.
    """
    key, private = signing.signing_key(entry)
    number = numbers.number_of(key.issuer, one.pk)
    stated = fill(Statement, one, number=number, issued_at=entry.at)
    token = envelope.certify(stated, key.kid, private)
    rules.HAS_ROOM.require((one.subject, token is not None))
    one.number, one.token = number, token or ""
    one.issued_at, one.issued_by = entry.at, entry.by.name
    one.save()
    entry.about(one)
