"""Issue certificates of what is on record, and end them."""

from datetime import datetime

from django.utils import timezone

from armstrace.accounts import independence
from armstrace.analysis.certificates import documents
from armstrace.audit import ledger
from armstrace.audit.naming import writer_of
from armstrace.certificates import asking, restricted, rules, signing
from armstrace.certificates.models import Certificate
from armstrace.licensing import standing
from armstrace.licensing.models import HolderRecord, Licence, LicenceTerms
from armstrace.records import lengths, numbering
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.certificates import CertificateKind, CertificateState
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message


def certify_licence(
    *, number: str, by: Actor, at: datetime, agency: str = ""
) -> Certificate:
    """Issue the certificate of a licence, as it is on record today.

    What says that it ends later, or names its holder otherwise, ends with it.

    Args:
        agency: Code of the agency that keeps it; that of who asks where empty.

    Returns:
        The certificate, which waits where the profile asks for a second person.

    Raises:
        RuleBroken: ``CF-02``, it is not in force today; ``CF-03``, it has a certificate
            already; ``CF-05``, its number is too long; ``CF-07``, who asks wrote the
            licence on record.

    Source:
        Background paper (2018), para. 32 (falsified documents); paras. 29 to 31.
    """
    kept_by = agency or by.agency
    by.require("certificate.issue", agency=kept_by)

    def act() -> Certificate:
        with ledger.entry("certificate.asked", by=by, at=at) as entry:
            licence = _licence(number, by)
            holder = HolderRecord.objects.current().get(holder=licence.holder_id)
            is_in_force = standing.in_force([licence], timezone.localdate(at))
            rules.IN_FORCE.require((licence.number, bool(is_in_force)))
            rules.WRITTEN_BY_ANOTHER.require(
                (licence.number, _writer(licence), by.name)
            )
            asking.end_outdated(licence.number, entry)
            asked = Certificate(
                kind=CertificateKind.LICENCE,
                detail=licence.licence_type,
                subject=licence.number,
                name=holder.name,
                last_day=licence.valid_until,
                agency=kept_by,
            )
            return asking.ask(asked, entry)

    # Two first certificates may both begin a key, of which one is kept.
    return numbering.retry(act)


def certify(*, asked: Certificate, grant: str, by: Actor, at: datetime) -> Certificate:
    """Issue the certificate of a record of another app, as that app states it.

    Args:
        asked: Kind, detail, subject and name, not saved.
        grant: What opens the record.

    Returns:
        The certificate, which waits where the profile asks for a second person.

    Raises:
        RuleBroken: ``CF-03``, the record has a certificate already; ``CF-05``, its
            number is too long.

    Source:
        Background paper (2018), para. 32 (falsified documents).
    """
    by.require(grant, agency=by.agency)

    def act() -> Certificate:
        asked.pk = None
        with ledger.entry("certificate.asked", by=by, at=at) as entry:
            return asking.ask(asked, entry)

    return numbering.retry(act)


def sign_certificate(*, certificate_id: int, by: Actor, at: datetime) -> Certificate:
    """Sign a certificate for which a colleague asked.

    Raises:
        RuleBroken: ``CF-02``, its licence is suspended or revoked; ``CF-04``, who asked
            does not sign; ``CF-06``, it is decided already; ``AC-09``, one of the two
            set up the other's account; ``CF-08``, its holder has another name now;
            ``DA-19``, the arm was found to fire again.

    Source:
        Rule of this design: separation of duties.
    """
    with ledger.entry("certificate.signed", by=by, at=at) as entry:
        one = _lock(certificate_id, "certificate.issue", by)
        rules.STILL_OPEN.require((one.state, False))
        rules.ANOTHER_SIGNS.require((one.asked_by, by.name))
        independence.require(one.asked_by, by.name, at)
        for broken in asking.withheld(one):
            raise broken
        asking.sign(one, entry)
    return one


def revoke_certificate(
    *, certificate_id: int, reason: str, seen: str = "", by: Actor, at: datetime
) -> Certificate:
    """Revoke a certificate, or refuse one that waits; the next list shows it.

    Args:
        reason: Why; it stands on its page and in no list.
        seen: Its state as the person saw it; empty asks for no check.

    Raises:
        RuleBroken: ``CF-01``, there is no reason; ``CF-06``, it has ended already;
            ``CF-10``, it was signed since.

    Source:
        Background paper (2018), para. 32 (falsified documents, diversion).
    """
    lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("certificate.revoked", by=by, at=at) as entry:
        one = _lock(certificate_id, "certificate.revoke", by)
        rules.STILL_OPEN.require((one.state, True))
        rules.SEEN.require((str(one), seen in {"", one.state.value}))
        asking.end(one, reason.strip(), entry)
    return one


def sign_document(*, certificate_id: int, pdf: bytes, by: Actor, at: datetime) -> bytes:
    """Sign the PDF of a certificate, which holds the text of its code.

    Raises:
        RuleBroken: ``CF-09``, it was ended, or counts as revoked.
        SourceUnavailable: The extra ``pdf`` is not installed.

    Source:
        ETSI EN 319 142-1 (PAdES).
    """
    with ledger.entry("certificate.printed", by=by, at=at) as entry:
        one = _lock(certificate_id, "certificate.issue", by)
        is_good = one.state is CertificateState.ISSUED and not restricted.since(one)
        rules.STILL_GOOD.require((str(one), is_good))
        entry.beside(Certificate, [one.pk])
        key, private = signing.signing_key(entry)
        return documents.sign_document(pdf, key, private)


def _licence(number: str, by: Actor) -> Licence:
    """Find a licence; its lock keeps two from asking for its certificate at once."""
    rows = Licence.objects.visible_to(by).current().select_for_update()
    found = rows.filter(number=number.strip()).first()
    if found is None:
        msg = message(
            "There is no licence %(number)s here; look on the page of its holder.",
            number=number,
        )
        raise NotFound(msg)
    return found


def _writer(licence: Licence) -> str:
    """Name who wrote a licence on record as it is, where no application led to it."""
    terms = LicenceTerms.objects.current().filter(number=licence.number)
    if terms.filter(application__isnull=False).exists():
        return ""
    return licence.corrected_by or writer_of(licence, "holder.entered")


def _lock(certificate_id: int, grant: str, by: Actor) -> Certificate:
    by.require(grant)
    rows = Certificate.objects.get_queryset().select_for_update()
    one = rows.get_visible(certificate_id, by)
    by.require(grant, agency=one.agency)
    return one
