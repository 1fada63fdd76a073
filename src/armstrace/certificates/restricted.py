"""Certificates that say other than what is on record now.

Their licence is suspended or revoked, or ends earlier, or its holder has another name;
or their arm is destroyed.

A licence stands below its certificate and knows nothing of it, so what became of the
licence is looked up whenever somebody relies on the certificate.
"""

from collections import defaultdict
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from armstrace.audit import declarations
from armstrace.certificates.models import Certificate
from armstrace.licensing.models import HolderRecord, Licence, LicenceTerms
from armstrace.records.lookups import among
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.licensing import LicenceStage

RESTRICTED = (LicenceStage.SUSPENDED, LicenceStage.REVOKED)


def since(one: Certificate) -> date | None:
    """Give the day since which a certificate says other than what is on record."""
    rows = Certificate.objects.filter(pk=one.pk)
    at = next(iter(failing(rows).values()), None)
    return at and timezone.localdate(at)


def is_suspended(one: Certificate) -> bool:
    """Tell whether the licence of a certificate is suspended, and may be reinstated."""
    terms = LicenceTerms.objects.current().filter(stage=LicenceStage.SUSPENDED)
    is_of_licence = one.kind == CertificateKind.LICENCE
    return is_of_licence and terms.filter(number=one.subject).exists()


def failing(rows: QuerySet[Certificate]) -> dict[int, datetime]:
    """Give since when a few certificates fail their holders, by key."""
    return _moments(rows, renamed(rows) | _of_arms_gone(rows))


def every() -> dict[int, date]:
    """Give the days from which certificates fail their holders, by key."""
    issued = Certificate.objects.exclude(token="")
    return {
        key: timezone.localdate(at)
        for key, at in _moments(issued, _of_names_and_arms(issued)).items()
    }


def count_after(at: datetime) -> int:
    """Count the certificates that came to say other than what is on record since."""
    terms = LicenceTerms.objects.current().filter(stage__in=RESTRICTED)
    # Few licences changed: the others need not be looked up certificate by certificate.
    changed = [
        Q(subject__in=rows.filter(known_at__gt=at).values("number"))
        for rows in (terms, Licence.objects.current())
    ]
    issued = Certificate.objects.filter(ended_at=None).exclude(token="")
    rows = _with_restrictions(issued.filter(changed[0] | changed[1]))
    found = set(rows.filter(restricted_at__gt=at).values_list("pk", flat=True))
    others = _of_names_and_arms(issued)
    return len(found | {key for key, when in others.items() if when > at})


def outdated(rows: QuerySet[Certificate]) -> set[int]:
    """Give those to be issued anew: the licence is in force, the name is another."""
    issued = rows.filter(ended_at=None, issued_at__isnull=False)
    found = renamed(issued)
    stopped = _with_restrictions(issued.filter(among("id", found))).exclude(
        stopped_at=None
    )
    return {*found} - {*stopped.values_list("pk", flat=True)}


def of_corrected(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Keep those of holders who were corrected: few, where many are asked about."""
    corrected = HolderRecord.objects.filter(superseded_at__isnull=False)
    held = Licence.objects.current().filter(holder__in=corrected.values("holder"))
    return rows.filter(subject__in=held.values("number"))


def renamed(rows: QuerySet[Certificate]) -> dict[int, datetime]:
    """Give when the holders of certificates came to have another name, by key.

    Case and blanks make no other name, and an erased one is none.
    """
    held = Licence.objects.current().filter(number=OuterRef("subject"))
    named = rows.filter(kind=CertificateKind.LICENCE).exclude(name="")
    told = list(
        named.annotate(holder=Subquery(held.values("holder")[:1]))
        .exclude(holder=None)
        .values_list("pk", "name", "holder")
    )
    names = _names({holder for _, _, holder in told})
    since = (
        (key, _time_of_renaming(name, names[holder])) for key, name, holder in told
    )
    return {key: at for key, at in since if at is not None}


def _of_names_and_arms(issued: QuerySet[Certificate]) -> dict[int, datetime]:
    """Give since when any of all has another name, or no arm any more, by key."""
    return renamed(of_corrected(issued)) | _of_arms_gone()


def _of_arms_gone(rows: QuerySet[Certificate] | None = None) -> dict[int, datetime]:
    """Give since when the arms of certificates are destroyed, by key.

    Args:
        rows: A few certificates; all that are issued where None.
    """
    found = Certificate.objects.exclude(token="") if rows is None else rows
    found = found.filter(kind=CertificateKind.DEACTIVATION, ended_at=None)
    subjects = None if rows is None else set(found.values_list("subject", flat=True))
    if subjects == set():
        return {}
    asked = declarations.functions(lambda app: app.outlived)
    since = {one: at for tell in asked for one, at in tell(subjects).items()}
    told = found.filter(among("subject", since)).values_list("pk", "subject")
    return {key: since[subject] for key, subject in told}


def _names(holders: set[int]) -> dict[int, list[tuple[str, datetime]]]:
    """Give the names of holders, the latest first, and since when each is known."""
    rows = HolderRecord.objects.filter(among("holder_id", holders))
    rows, names = rows.order_by("-known_at", "-pk"), defaultdict(list)
    for holder, name, known_at in rows.values_list("holder_id", "name", "known_at"):
        names[holder].append((name, known_at))
    return names


def _time_of_renaming(name: str, known: list[tuple[str, datetime]]) -> datetime | None:
    own = {_plain(name), ""}
    others = takewhile(lambda each: _plain(each[0]) not in own, known)
    return min((since for _, since in others), default=None)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _moments(
    rows: QuerySet[Certificate], named: dict[int, datetime]
) -> dict[int, datetime]:
    """Give since when certificates say other than what is on record, by key."""
    told = _with_restrictions(rows).values_list("pk", "restricted_at")
    return named | dict(told)


def _with_restrictions(rows: QuerySet[Certificate]) -> QuerySet[Any]:
    """Keep those whose licence is restricted, or ends earlier than they say."""
    own = {"number": OuterRef("subject")}
    terms = LicenceTerms.objects.current().filter(stage__in=RESTRICTED, **own)
    held = Licence.objects.current().filter(**own)
    is_shortened = Q(ends__lt=F("last_day")) | Q(ends__isnull=False, last_day=None)
    rows = rows.filter(kind=CertificateKind.LICENCE).annotate(
        ends=Subquery(held.values("valid_until")[:1]),
        stopped_at=Subquery(terms.values("known_at")[:1]),
        shortened_at=Case(
            When(is_shortened, then=Subquery(held.values("known_at")[:1]))
        ),
        restricted_at=Coalesce("stopped_at", "shortened_at"),
    )
    return rows.filter(restricted_at__isnull=False)
