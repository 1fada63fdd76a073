"""One-time codes that an app shows for thirty seconds each.

Source:
    RFC 6238 with RFC 4226, as every such app reads them: SHA-1, six digits.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

SECRET_BYTES = 20
DIGITS = 6
STEP_SECONDS = 30
ISSUER = "Armstrace"


def new_secret() -> bytes:
    """Make the secret that an app and the server share."""
    return secrets.token_bytes(SECRET_BYTES)


def code_at(secret: bytes, step: int) -> str:
    """Give the code of one time step.

    Args:
        step: Number of the thirty seconds since 1970.
    """
    digest = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha1)
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_of(secret: bytes, typed: str, *, at: datetime, after: int) -> int | None:
    """Find the time step whose code was typed; None for a wrong code.

    The step before and the one after are read too, for clocks that are apart.

    Args:
        typed: As typed; blanks between the digits are left out.
        after: The last step of which a code was used; no code opens twice.

    Source:
        RFC 6238, 5.2; ASVS 5.0, 6.5.1 and 6.5.5.
    """
    code = "".join(typed.split())
    now = int(at.timestamp()) // STEP_SECONDS
    for step in (now, now - 1, now + 1):
        is_right = hmac.compare_digest(code_at(secret, step).encode(), code.encode())
        if step > after and is_right:
            return step
    return None


def spelt(secret: bytes) -> str:
    """Write a secret as it is typed into an app, four signs together."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def address_of(secret: bytes, name: str) -> str:
    """Give the address that an app reads from a QR code.

    Args:
        name: Sign-in name, under which the app lists it.
    """
    asked = urlencode({"secret": base64.b32encode(secret).decode(), "issuer": ISSUER})
    return f"otpauth://totp/{ISSUER}:{quote(name)}?{asked}"
