"""The private keys of certificates: one file each, for its owner only.

They lie in the folder ``CERTIFICATE_KEYS``, which may be a mounted token. The
database holds the public halves alone.
"""

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.messages import message

OWNER_ONLY = 0o600
KID_DIGITS = 8


def make() -> tuple[str, bytes]:
    """Make a key; give the name of its file and its public half."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    kid = hashlib.sha256(public).hexdigest()[:KID_DIGITS]
    path = _path(kid)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=OWNER_ONLY, exist_ok=False)
    path.write_text(private.private_bytes_raw().hex() + "\n", encoding="ascii")
    return kid, public


def read(kid: str) -> Ed25519PrivateKey:
    """Read a private key.

    Raises:
        SourceUnavailable: Its file is not there, or is not that of this key.
    """
    try:
        seed = bytes.fromhex(_path(kid).read_text(encoding="ascii"))
        private = Ed25519PrivateKey.from_private_bytes(seed)
    except (OSError, ValueError) as error:
        raise _absent(kid) from error
    public = private.public_key().public_bytes_raw()
    if not hashlib.sha256(public).hexdigest().startswith(kid):
        raise _absent(kid)
    return private


def _absent(kid: str) -> SourceUnavailable:
    msg = message(
        "The key %(kid)s that signs certificates cannot be read; restore its file, or "
        "begin a new key with “armstrace certificate rotate”.",
        kid=kid,
    )
    return SourceUnavailable(msg)


def _path(kid: str) -> Path:
    return Path(settings.CERTIFICATE_KEYS) / f"{kid}.key"
