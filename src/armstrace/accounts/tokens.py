"""Secrets of API tokens: made once, shown once, kept as a digest."""

import hashlib
import secrets

PREFIX = "armstrace_"
SECRET_BYTES = 32


def new_secret() -> str:
    """Make a secret of 256 bits; a door shows it once."""
    return PREFIX + secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """Give what is stored of a secret; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
