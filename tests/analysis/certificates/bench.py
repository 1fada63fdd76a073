"""A key, certificates that it signs, and whom a verifier believes."""

from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from armstrace.analysis.certificates import checking, envelope, numbers, status_list
from armstrace.vocabulary.certificates import CertificateKind

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
ISSUER = numbers.issuer_of("XV", PUBLIC)
KEY = envelope.IssuerKey("0a1b2c3d", ISSUER, PUBLIC, NOW - timedelta(days=100))


def token(serial: int = 12, *, last_day: date | None = date(2027, 1, 1)) -> str:
    """Sign a certificate."""
    stated = envelope.Statement(
        numbers.number_of(ISSUER, serial),
        CertificateKind.LICENCE,
        "CARRY",
        "LIC-2019-0041234",
        "Eva Sample",
        NOW - timedelta(days=10),
        last_day,
    )
    signed = envelope.certify(stated, KEY.kid, PRIVATE)
    assert signed is not None
    return signed


def lists(
    revoked: dict[int, date], last: int = 100, age: timedelta = timedelta(days=1)
) -> tuple[str, str]:
    """Sign a list of revoked ones."""
    head = status_list.Head(ISSUER, NOW - age, 30)
    return status_list.publish(revoked, head, KEY.kid, PRIVATE, last=last)


def trust_text(revoked: dict[int, date], age: timedelta = timedelta(days=1)) -> str:
    """Write whom to believe, as it is handed out."""
    return checking.write_trust([KEY], list(lists(revoked, age=age)))


def trust(revoked: dict[int, date]) -> checking.Trust:
    """Read whom to believe."""
    return checking.read_trust(trust_text(revoked))
