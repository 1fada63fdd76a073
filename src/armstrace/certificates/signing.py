"""The key that signs now; the first one begins when it is needed."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from armstrace.analysis.certificates import numbers
from armstrace.analysis.certificates.envelope import IssuerKey
from armstrace.audit import ledger
from armstrace.certificates import keystore
from armstrace.certificates.models import CertificateKey
from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.messages import message


def signing_key(entry: ledger.Entry) -> tuple[IssuerKey, Ed25519PrivateKey]:
    """Give both halves of the key."""
    current = CertificateKey.objects.filter(ended_at=None).first()
    found = current or begin_key(entry)
    return found.value, keystore.read(found.kid)


def begin_key(entry: ledger.Entry) -> CertificateKey:
    """Make a key and put its public half on record.

    Raises:
        SourceUnavailable: The settings name no country.
    """
    country = settings.HOME_COUNTRY
    if not country:
        msg = message(
            "A certificate names its country, and the settings have none; set "
            "ARMSTRACE_COUNTRY."
        )
        raise SourceUnavailable(msg)
    kid, public = keystore.make()
    first = CertificateKey.objects.order_by("pk").first()
    made = CertificateKey.objects.create(
        kid=kid,
        country=country,
        issuer=first.issuer if first else numbers.issuer_of(country, public),
        public=public.hex(),
        known_at=entry.at,
    )
    entry.about(made)
    return made
