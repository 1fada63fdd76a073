"""The key that signs now: its private half is a file for its owner only.

The files lie in the folder ``CERTIFICATE_KEYS``, which may be a token that is
mounted; the database holds the public halves alone.
"""

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from armstrace.analysis.certificates import numbers
from armstrace.analysis.certificates.envelope import IssuerKey
from armstrace.audit import ledger
from armstrace.certificates.models import CertificateKey
from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.messages import message

KID_DIGITS = 8


def signing_key(entry: ledger.Entry) -> tuple[IssuerKey, Ed25519PrivateKey]:
    """Give both halves of the key; the first one begins when it is needed.

    Raises:
        SourceUnavailable: The private half cannot be read, or is another's.
    """
    current = CertificateKey.objects.filter(ended_at=None).first()
    key = (current or begin_key(entry)).value
    try:
        seed = bytes.fromhex(_path(key.kid).read_text(encoding="ascii"))
        private = Ed25519PrivateKey.from_private_bytes(seed)
    except (OSError, ValueError):
        private = None
    if private is None or private.public_key().public_bytes_raw() != key.public:
        msg = message(
            "The key %(kid)s that signs certificates cannot be read; restore its "
            "file, or begin a new key with “armstrace certificate rotate”.",
            kid=key.kid,
        )
        raise SourceUnavailable(msg)
    return key, private


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
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    kid = hashlib.sha256(public).hexdigest()[:KID_DIGITS]
    path = _path(kid)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(private.private_bytes_raw().hex() + "\n", encoding="ascii")
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


def _path(kid: str) -> Path:
    return Path(settings.CERTIFICATE_KEYS) / f"{kid}.key"
