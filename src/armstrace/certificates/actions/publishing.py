"""Publish which certificates are revoked, so that posts without a network know."""

from datetime import datetime

from django.utils import timezone

from armstrace.analysis.certificates import status_list
from armstrace.analysis.certificates.status_list import Head
from armstrace.audit import ledger
from armstrace.certificates import restricted, signing
from armstrace.certificates.models import Certificate, PublishedList
from armstrace.records import jurisdiction, numbering
from armstrace.vocabulary.actors import Actor

LIST_DEADLINE = "CERTIFICATE_LIST"
GOOD_DAYS = 30


def publish_list(*, by: Actor, at: datetime) -> PublishedList:
    """Sign the list of revoked certificates as it is now.

    Those that say more than their licence, as one that is suspended or now ends
    earlier, are in it as long as that lasts.

    Source:
        Rule of this design: a post without a network knows what is revoked, and how
        old that knowledge is.
    """
    by.require("certificate.publish")

    def act() -> PublishedList:
        with ledger.entry("certificate.list_published", by=by, at=at) as entry:
            key, private = signing.signing_key(entry)
            law = jurisdiction.profile()
            days = law.deadline_days(LIST_DEADLINE, timezone.localdate(at)) or GOOD_DAYS
            issued = Certificate.objects.exclude(token="")
            ended = issued.filter(ended_at__isnull=False)
            revoked = restricted.every()
            revoked |= dict(ended.values_list("pk", "ended_at__date"))
            last = issued.order_by("-pk").values_list("pk", flat=True).first()
            bits, told = status_list.publish(
                revoked, Head(key.issuer, at, days), key.kid, private, last=last or 0
            )
            made = PublishedList.objects.create(
                revoked=len(revoked),
                published_by=by.name,
                bits=bits,
                days=told,
                known_at=at,
            )
            entry.about(made)
            return made

    return numbering.retry(act)
