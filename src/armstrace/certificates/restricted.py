"""Certificates of licences that are suspended or revoked: they say too much.

A licence stands below its certificate and knows nothing of it, so what was decided on
the licence is looked up whenever somebody relies on the certificate.
"""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from armstrace.certificates.models import Certificate
from armstrace.licensing.models import LicenceTerms
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.licensing import LicenceStage

RESTRICTED = (LicenceStage.SUSPENDED, LicenceStage.REVOKED)


def since(one: Certificate) -> date | None:
    """Give the day from which the licence of a certificate is not in force."""
    if one.kind != CertificateKind.LICENCE:
        return None
    terms = _terms().filter(number=one.subject).first()
    return timezone.localdate(terms.known_at) if terms else None


def every() -> dict[int, date]:
    """Give the days from which certificates fail their holders, by key."""
    days = dict(_terms().values_list("number", "known_at"))
    rows = Certificate.objects.filter(
        kind=CertificateKind.LICENCE, subject__in=_terms().values("number")
    )
    issued = rows.exclude(token="").values_list("pk", "subject")
    return {key: timezone.localdate(days[number]) for key, number in issued}


def after(at: datetime) -> QuerySet[Certificate]:
    """Give the certificates whose licences were suspended or revoked since then."""
    numbers = _terms().filter(known_at__gt=at).values("number")
    rows = Certificate.objects.filter(
        kind=CertificateKind.LICENCE, subject__in=numbers, ended_at=None
    )
    return rows.exclude(token="")


def _terms() -> QuerySet[LicenceTerms]:
    return LicenceTerms.objects.current().filter(stage__in=RESTRICTED)
