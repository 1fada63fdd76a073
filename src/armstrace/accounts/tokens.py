"""Secrets of API tokens: made once, shown once, kept as a digest; who issued one."""

import hashlib
import secrets
from typing import TYPE_CHECKING

from armstrace.audit import naming

if TYPE_CHECKING:
    from armstrace.accounts.models import ApiToken

PREFIX = "armstrace_"
ISSUED = "token.issued"
SECRET_BYTES = 32


def new_secret() -> str:
    """Make a secret of 256 bits; a door shows it once."""
    return PREFIX + secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """Give what is stored of a secret; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issuer_of(token: "ApiToken") -> str:
    """Name who issued a token, by the ledger."""
    return naming.writer_of(token, ISSUED)
