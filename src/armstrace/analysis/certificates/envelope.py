"""A signed statement in one line of text: a compact JWS with an Ed25519 signature.

Every statement is written in one way alone, so that no other text passes for it.

Source:
    RFC 7515, RFC 7519, RFC 8037, RFC 9864.
"""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from armstrace.analysis.certificates.numbers import read_number
from armstrace.vocabulary.certificates import CertificateKind

ALGORITHM = "Ed25519"
# Bytes of a certificate that a code can hold and a worn print still shows.
LONGEST = 350
PART = re.compile(r"[A-Za-z0-9_-]+")
CUT = "…"


class NotGenuine(Exception):
    """The text is no statement of whoever it names."""


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A public key, of whom it is, and when it signed."""

    # By which statements name it.
    kid: str
    issuer: str
    # The 32 bytes of the key.
    public: bytes
    since: datetime
    # The end of its use; None while it signs. What it signed stays valid.
    until: datetime | None = None

    def was_in_use(self, at: datetime) -> bool:
        """Tell whether the key was in use, to the second that statements name."""
        begun = self.since.replace(microsecond=0) <= at
        return begun and (self.until is None or at <= self.until)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a certificate says."""

    number: str
    kind: CertificateKind
    # Of its kind, such as what a licence allows.
    detail: str
    # Number of what it is about, such as a licence.
    subject: str
    # Of whom; cut where the code has no room.
    name: str
    issued_at: datetime
    # On which it is still valid, where it is checked; None where it has no end. It is
    # signed as the last second of that day in UTC, in no zone of anybody.
    last_day: date | None = None


def sign(content: bytes, kid: str, private: Ed25519PrivateKey) -> str:
    """Sign any content."""
    key = OKPKey.import_key(private)
    return jws.serialize_compact(
        {"alg": ALGORITHM, "kid": kid}, content, key, algorithms=[ALGORITHM]
    )


def certify(stated: Statement, kid: str, private: Ed25519PrivateKey) -> str | None:
    """Write and sign a certificate; None where the code has no room for it."""
    name = stated.name
    while True:
        token = sign(_content(stated, name), kid, private)
        if len(token) <= LONGEST:
            return token
        if not name:
            return None
        name = name.removesuffix(CUT)[:-1].rstrip()
        name += CUT if name else ""


def key_named(token: str) -> str:
    """Give the key that a statement names, before anything of it is believed.

    Raises:
        NotGenuine: It is not written as statements are.
    """
    parts = token.split(".")
    if len(parts) != 3 or not all(map(_is_plain, parts)):
        raise NotGenuine
    header = _read(_decode(parts[0]))
    if header.keys() != {"alg", "kid"} or header["alg"] != ALGORITHM:
        raise NotGenuine
    return str(header["kid"])


def open_signed(token: str, key: IssuerKey) -> bytes:
    """Give the content that a key signed.

    Raises:
        NotGenuine: The signature is not that key's.
    """
    key_named(token)
    public = OKPKey.import_key(
        {"kty": "OKP", "crv": ALGORITHM, "x": encode(key.public)}
    )
    try:
        found = jws.deserialize_compact(token, public, algorithms=[ALGORITHM])
    except (JoseError, ValueError) as wrong:
        raise NotGenuine from wrong
    return found.payload


def read_statement(content: bytes) -> Statement:
    """Read what a certificate says, once its signature is known to be right.

    Raises:
        NotGenuine: It is another statement than a certificate.
    """
    told = _read(content)
    try:
        kind, detail, name = told["cert"]
        number = str(told["jti"])
        if read_number(number) != number:
            raise NotGenuine
        ends = told.get("exp")
        return Statement(
            number=number,
            kind=CertificateKind(kind),
            detail=str(detail),
            subject=str(told["sub"]),
            name=str(name),
            issued_at=moment(told["iat"]),
            last_day=None if ends is None else moment(ends).date(),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as wrong:
        raise NotGenuine from wrong


def encode(content: bytes) -> str:
    """Write bytes as base64url without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def moment(seconds: float) -> datetime:
    """Read a time as JWT writes it."""
    return datetime.fromtimestamp(seconds, UTC)


def jwk_of(key: IssuerKey) -> dict[str, object]:
    """Write a public key for whoever checks."""
    told: dict[str, object] = {
        "kty": "OKP",
        "crv": ALGORITHM,
        "kid": key.kid,
        "x": encode(key.public),
        "iss": key.issuer,
        "nbf": int(key.since.timestamp()),
    }
    return told if key.until is None else told | {"exp": int(key.until.timestamp())}


def read_keys(told: Iterable[Mapping[str, object]]) -> dict[str, IssuerKey]:
    """Read public keys as they are handed out, by the name of each.

    Raises:
        NotGenuine: They are not written as keys are.
    """
    try:
        return {str(each["kid"]): _key(each) for each in told}
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise NotGenuine from wrong


def _key(told: Mapping[str, object]) -> IssuerKey:
    until = told.get("exp")
    return IssuerKey(
        kid=str(told["kid"]),
        issuer=str(told["iss"]),
        public=_decode(str(told["x"])),
        since=moment(float(str(told["nbf"]))),
        until=None if until is None else moment(float(str(until))),
    )


def _content(stated: Statement, name: str) -> bytes:
    told: dict[str, object] = {
        "jti": stated.number,
        "iat": int(stated.issued_at.timestamp()),
    }
    if stated.last_day is not None:
        end = datetime.combine(stated.last_day, time(23, 59, 59), UTC)
        told["exp"] = int(end.timestamp())
    told |= {"sub": stated.subject, "cert": [stated.kind, stated.detail, name]}
    return write(told)


def write(told: Mapping[str, object]) -> bytes:
    """Write plain values in the shortest way."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _read(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise NotGenuine from wrong
    if not isinstance(told, dict):
        raise NotGenuine
    return told


def _is_plain(part: str) -> bool:
    """Tell whether a part is the only way to write its bytes."""
    return bool(PART.fullmatch(part)) and encode(_decode(part)) == part


def _decode(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError as wrong:
        raise NotGenuine from wrong
