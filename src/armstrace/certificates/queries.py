"""What can be asked about certificates."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Q

from armstrace.accounts.models import Agency
from armstrace.analysis.certificates import checking, numbers
from armstrace.analysis.certificates.checking import Checked
from armstrace.audit import consultations, disclosures
from armstrace.certificates import asking, published, restricted
from armstrace.certificates.models import (
    Certificate,
    CertificateKey,
    PublishedList,
    no_such_certificate,
)
from armstrace.licensing import queries as licensing
from armstrace.licensing.models import Holder, Licence, LicenceTerms
from armstrace.records.lookups import among, counts_of, page_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.certificates import CertificateKind, CertificateState
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill

STATES = {
    CertificateState.WAITING: Q(issued_at=None, ended_at=None),
    CertificateState.REFUSED: Q(issued_at=None, ended_at__isnull=False),
    CertificateState.ISSUED: Q(issued_at__isnull=False, ended_at=None),
    CertificateState.REVOKED: Q(issued_at__isnull=False, ended_at__isnull=False),
}


@dataclass(frozen=True, slots=True)
class CertificateFilter:
    """What narrows a list of certificates; empty means any.

    Args:
        text: Number of a certificate, or of what it is about.
        kind: What is certified.
        state: What became of it.
        is_outdated: Only those to be issued anew: the name of the holder was corrected.
    """

    text: str = ""
    kind: CertificateKind | None = None
    state: CertificateState | None = None
    is_outdated: bool = False


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One certificate in a list.

    Args:
        name: Of the holder; the number to whom no name was disclosed.
        is_failing: Whether it is issued, and counts as revoked by what is on record.
        last_day: On which it is valid; None where it has no end.
        token: Signed text of the code, which holds the name; empty while it waits,
            where the name was erased, and to whom no name was disclosed.
    """

    certificate_id: int
    number: str
    kind: CertificateKind
    detail: str
    subject: str
    name: str
    holder_id: int | None
    agency: str
    state: CertificateState
    is_failing: bool
    issued_at: datetime | None
    last_day: date | None
    ended_at: datetime | None
    token: str


def certificate_rows(
    where: CertificateFilter,
    *,
    viewer: Actor,
    at: datetime,
    page: PageRequest,
    reason: str = "",
) -> Page[CertificateRow]:
    """Give one page of certificates, the latest first.

    Args:
        reason: Why the viewer needs the names; without it they see numbers, unless
            they keep the holders.
    """
    rows = Certificate.objects.visible_to(viewer).order_by("-pk")
    if where.kind:
        rows = rows.filter(kind=where.kind)
    if where.state:
        rows = rows.filter(STATES[where.state])
    if where.is_outdated:
        outdated = restricted.outdated(restricted.of_corrected(rows))
        rows = rows.filter(among("id", outdated))
    text = consultations.note_search(where.text)
    if text:
        number = numbers.read_number(text) or text
        rows = rows.filter(Q(number=number) | Q(subject=text))
    found = page_of(rows, page)
    consultations.show_all(Certificate, [each.pk for each in found.rows])
    shown = _disclose(found.rows, viewer, at, reason)
    failing = _failing([each.pk for each in found.rows])
    return found.showing([_row(*each, failing) for each in shown])


def certificate(
    certificate_id: int, *, viewer: Actor, at: datetime, reason: str = ""
) -> tuple[Certificate, int | None]:
    """Give one certificate and the key of its holder; unsaved, as it may be seen.

    Args:
        reason: Why the viewer needs the name.
    """
    consultations.show_opened(Certificate, certificate_id)
    found = Certificate.objects.get_visible(certificate_id, viewer)
    (shown,) = _disclose([found], viewer, at, reason)
    return shown


def withheld(certificate_id: int, *, viewer: Actor) -> list[Message]:
    """Say why a certificate that waits is not signed, or an issued one fails."""
    found = Certificate.objects.get_visible(certificate_id, viewer)
    day = restricted.since(found) if found.issued_at and not found.ended_at else None
    if day and found.kind == CertificateKind.DEACTIVATION:
        said = message(
            "On %(day)s the arm of %(number)s was recorded as destroyed: this "
            "certificate counts as revoked, at posts without a network from the next "
            "list on.",
            number=found.subject,
            day=day,
        )
        return [said]
    if day:
        said = message(
            "On %(day)s licence %(licence)s was suspended, revoked or shortened, or "
            "the name of its holder was corrected: this certificate counts as "
            "revoked, at posts without a network from the next list on.",
            licence=found.subject,
            day=day,
        )
        return [said]
    return [each.message for each in asking.withheld(found)]


def licence_certified(
    certificate_id: int, *, viewer: Actor
) -> tuple[Licence, LicenceTerms | None] | None:
    """Give the licence of a certificate with its terms; None of other records."""
    found = Certificate.objects.get_visible(certificate_id, viewer)
    rows = Licence.objects.current().select_related("holder")
    held = rows.filter(number=found.subject).first()
    if found.kind != CertificateKind.LICENCE or held is None:
        return None
    consultations.show(Holder, held.holder_id)
    terms = LicenceTerms.objects.current().filter(number=held.number)
    return held, terms.first()


def certificate_row(
    certificate_id: int, *, viewer: Actor, at: datetime, reason: str = ""
) -> CertificateRow:
    """Give one certificate as lists show it."""
    found = certificate(certificate_id, viewer=viewer, at=at, reason=reason)
    return _row(*found, _failing([certificate_id]))


def certificates_of(holder_id: int, *, viewer: Actor) -> list[CertificateRow]:
    """Give the certificates of licences of a holder that is the viewer's own."""
    viewer.require("trade.view")
    held = Licence.objects.current().filter(holder_id=holder_id).values("number")
    rows = Certificate.objects.filter(kind=CertificateKind.LICENCE, subject__in=held)
    issued = list(rows.filter(issued_at__isnull=False).order_by("-pk"))
    keys = [each.pk for each in issued]
    consultations.show_all(Certificate, keys)
    failing = _failing(keys)
    for each in issued:
        each.token = each.code
    return [_row(each, holder_id, failing) for each in issued]


def certificate_called(number: str, *, viewer: Actor) -> int:
    """Give the key of the certificate of a number, as a person types it.

    Raises:
        NotFound: There is none, or another office issued the one of that number.
    """
    read = numbers.read_number(number)
    rows = Certificate.objects.visible_to(viewer)
    found = rows.filter(number=read).first() if read else None
    if found is None:
        raise NotFound(no_such_certificate(number))
    return found.pk


def certificate_of_licence(number: str, *, viewer: Actor) -> Certificate | None:
    """Give the certificate of a licence as it is now, issued or waiting."""
    held = Licence.objects.current().filter(number=number).first()
    if held is None:
        return None
    wanted = asking.of_subject(CertificateKind.LICENCE, number, held.valid_until)
    rows = Certificate.objects.visible_to(viewer).filter(wanted)
    return rows.exclude(pk__in=restricted.outdated(rows)).first()


def waiting_count(*, viewer: Actor) -> int:
    """Count the certificates that the viewer may sign, up to ``COUNTED``."""
    agencies = viewer.agencies("certificate.issue")
    rows = Certificate.objects.get_queryset().of(agencies)
    waiting = rows.filter(STATES[CertificateState.WAITING])
    to_sign = waiting.exclude(asked_by=viewer.name)
    (found,) = counts_of(("certificates", viewer.name, agencies), lambda: [to_sign])
    return found


def is_outdated(found: Certificate, *, viewer: Actor) -> bool:
    """Tell whether a certificate is to be issued anew, as records stand now."""
    own = Certificate.objects.visible_to(viewer).filter(pk=found.pk)
    return bool(restricted.outdated(own))


def count_outdated(*, viewer: Actor) -> int:
    """Count the certificates that the viewer may issue anew, as records stand now."""
    rows = Certificate.objects.get_queryset().of(viewer.agencies("certificate.issue"))
    return len(restricted.outdated(restricted.of_corrected(rows)))


def count_unpublished(*, viewer: Actor) -> int:
    """Count the revoked certificates that posts without a network know as valid."""
    viewer.require("certificate.publish")
    newest = newest_list(viewer=viewer)
    since = newest.known_at if newest else datetime.min.replace(tzinfo=UTC)
    ended = Certificate.objects.filter(ended_at__isnull=False, ended_at__gt=since)
    issued = ended.filter(issued_at__isnull=False)
    return issued.count() + restricted.count_after(since)


def newest_list(*, viewer: Actor) -> PublishedList | None:
    """Give the list of revoked certificates that was published last."""
    viewer.require("certificate.verify")
    return PublishedList.objects.get_queryset().order_by("-known_at", "-pk").first()


def trust_file(*, viewer: Actor) -> str:
    """Give the public keys and the newest list as they are handed out."""
    newest = newest_list(viewer=viewer)
    tokens = [newest.bits, newest.days] if newest else []
    keys = CertificateKey.objects.get_queryset().order_by("pk")
    return checking.write_trust([each.value for each in keys], tokens)


def keeper_of(number: str, agency: str, *, viewer: Actor) -> str:
    """Give the agency that is to keep the certificate of a licence.

    Args:
        number: Of the licence.
        agency: Code of the one that was named; empty asks the licence's application,
            and takes the only agency there is where a register stated the licence.

    Returns:
        Its code; that of who asks where several might be meant.

    Raises:
        InvalidInput: There is no such agency that is open.
    """
    viewer.require("certificate.issue")
    terms = LicenceTerms.objects.current().filter(number=number.strip())
    applied = terms.values_list("application__agency", flat=True).first()
    codes = set(Agency.objects.filter(is_open=True).values_list("code", flat=True))
    code = agency or applied or ""
    if not code:
        return codes.pop() if len(codes) == 1 else viewer.agency
    if code not in codes:
        msg = message(
            "Name with --agency the code of the open agency that keeps the "
            "certificate of %(licence)s, hands it out and may revoke it.",
            licence=number,
        )
        raise InvalidInput(msg, field="agency")
    return code


def check(shown: str | bytes, *, viewer: Actor, at: datetime) -> Checked:
    """Check a certificate by what is on record now, and not by a list."""
    viewer.require("certificate.verify")
    return published.check(shown, at)


def _disclose(
    rows: Sequence[Certificate], viewer: Actor, at: datetime, reason: str
) -> list[tuple[Certificate, int | None]]:
    """Give certificates with their names, or with numbers to who gave no reason."""
    licences = Licence.objects.current().filter(
        number__in=[one.subject for one in rows]
    )
    holders = {
        number: (key, called)
        for number, key, called in licences.values_list(
            "number", "holder_id", "holder__number"
        )
    }
    naming = [one for one in rows if one.kind == CertificateKind.LICENCE]
    if naming and licensing.may_name(viewer, reason):
        act = "certificate.viewed"
        disclosures.disclose(
            viewer=viewer, at=at, act=act, records=naming, reason=reason
        )
    else:
        for one in naming:
            one.name, one.token = holders.get(one.subject, (None, one.subject))[1], ""
    for one in rows:
        one.token = one.code
    consultations.show_all(Holder, {key for key, _ in holders.values()})
    return [(one, holders.get(one.subject, (None, ""))[0]) for one in rows]


def _failing(keys: list[int]) -> Collection[int]:
    issued = Certificate.objects.filter(STATES[CertificateState.ISSUED])
    return restricted.failing(issued.filter(among("pk", keys)))


def _row(
    record: Certificate, holder_id: int | None, failing: Collection[int]
) -> CertificateRow:
    return fill(
        CertificateRow,
        record,
        certificate_id=record.pk,
        number=record.number or "",
        holder_id=holder_id,
        is_failing=record.pk in failing,
    )
