"""Certificates that say more than their licences: suspended, revoked or shortened.

A licence stands below its certificate and knows nothing of it, so what became of the
licence is looked up whenever somebody relies on the certificate.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from armstrace.certificates.models import Certificate
from armstrace.licensing.models import Licence, LicenceTerms
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.licensing import LicenceStage

RESTRICTED = (LicenceStage.SUSPENDED, LicenceStage.REVOKED)


def since(one: Certificate) -> date | None:
    """Give the day since which a certificate says more than its licence."""
    told = _restricted().filter(pk=one.pk).values_list("restricted_at", flat=True)
    return next(map(timezone.localdate, told), None)


def every() -> dict[int, date]:
    """Give the days from which certificates fail their holders, by key."""
    issued = _restricted().exclude(token="")
    told = issued.values_list("pk", "restricted_at")
    return {key: timezone.localdate(at) for key, at in told}


def after(at: datetime) -> QuerySet[Certificate]:
    """Give the certificates whose licences came to allow less since then."""
    terms = LicenceTerms.objects.current().filter(stage__in=RESTRICTED)
    # Few licences changed: the others need not be looked up certificate by certificate.
    changed = [
        Q(subject__in=rows.filter(known_at__gt=at).values("number"))
        for rows in (terms, Licence.objects.current())
    ]
    rows = _restricted().filter(changed[0] | changed[1], restricted_at__gt=at)
    return rows.filter(ended_at=None).exclude(token="")


def _restricted() -> QuerySet[Any]:
    """Keep those whose licence is restricted, or ends earlier than they say."""
    own = {"number": OuterRef("subject")}
    terms = LicenceTerms.objects.current().filter(stage__in=RESTRICTED, **own)
    held = Licence.objects.current().filter(**own)
    is_shortened = Q(ends__lt=F("last_day")) | Q(ends__isnull=False, last_day=None)
    rows = Certificate.objects.filter(kind=CertificateKind.LICENCE).annotate(
        ends=Subquery(held.values("valid_until")[:1]),
        stopped_at=Subquery(terms.values("known_at")[:1]),
        shortened_at=Case(
            When(is_shortened, then=Subquery(held.values("known_at")[:1]))
        ),
        restricted_at=Coalesce("stopped_at", "shortened_at"),
    )
    return rows.filter(restricted_at__isnull=False)
