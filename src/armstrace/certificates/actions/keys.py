"""Change the key that signs."""

from datetime import datetime

from armstrace.audit import ledger
from armstrace.certificates import signing
from armstrace.certificates.models import CertificateKey
from armstrace.vocabulary.actors import Actor


def rotate_key(*, by: Actor, at: datetime) -> CertificateKey:
    """Begin a new key; what the one before signed stays valid.

    Raises:
        SourceUnavailable: The settings name no country.

    Source:
        NIST SP 800-57 part 1, 5.3: a key signs for a limited time.
    """
    by.require("certificate.key")
    with ledger.entry("certificate.key_rotated", by=by, at=at) as entry:
        current = CertificateKey.objects.get_queryset().select_for_update()
        earlier = current.filter(ended_at=None).first()
        if earlier is not None:
            earlier.ended_at, earlier.ended_by = at, by.name
            earlier.save()
            entry.about(earlier)
        return signing.begin_key(entry)
