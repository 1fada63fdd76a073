"""Passkeys: what a browser is asked, and what its answer proves.

The state of a question is kept by the session that asked it and serves one answer.

Source:
    W3C Web Authentication, level 3.
"""

import binascii
import ipaddress
import re
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from fido2 import server, utils, webauthn

from armstrace.audit import keys
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

# What the library meets in an answer that no authenticator gave.
MALFORMED = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError,
    OverflowError, RecursionError, struct.error, binascii.Error, UnsupportedAlgorithm,
)  # fmt: skip
LOCAL = "localhost"
VERIFIED = webauthn.UserVerificationRequirement.REQUIRED


_ID = re.compile(r"[A-Za-z0-9_-]{1,2000}")


@dataclass(frozen=True, slots=True)
class Site:
    """The address under which the pages are open; a passkey belongs to its host."""

    # Name without port.
    host: str
    # Scheme, name and port, as the browser states them.
    origin: str

    @property
    def can_carry(self) -> bool:
        """Tell whether browsers allow passkeys here."""
        return carries(self.host, is_secure=self.origin.startswith("https://"))


@dataclass(frozen=True, slots=True)
class Question:
    """What the browser is asked, as JSON, and the state that its answer needs."""

    options: Mapping[str, Any]
    state: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser answered to a question, not yet believed."""

    site: Site
    # Of the question; None where none was asked, or too long ago.
    state: Mapping[str, Any] | None
    # The answer, read from JSON.
    given: object

    @property
    def credential_id(self) -> str:
        """The passkey that answers; empty where it names none."""
        named = self.given.get("id") if isinstance(self.given, Mapping) else None
        return named if isinstance(named, str) and _ID.fullmatch(named) else ""


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey that a browser has made."""

    credential_id: str
    # Its public half, as it is stored.
    kept: str
    # How often it was used, where it counts.
    counter: int


def carries(host: str, *, is_secure: bool) -> bool:
    """Tell whether browsers allow passkeys at an address.

    Args:
        host: Name without port, or a number.
        is_secure: Whether it is reached over https.

    Source:
        W3C Web Authentication, 5.1.3: a valid domain in a secure context.
    """
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        is_here = host == LOCAL or host.endswith(f".{LOCAL}")
        return bool(host) and (is_secure or is_here)
    return False


def ask_for_new(site: Site, name: str, known: Iterable[str]) -> Question:
    """Ask the browser to make a passkey.

    Args:
        known: Ids of passkeys that the person has; their devices make no second one.
    """
    options, state = _server(site).register_begin(
        webauthn.PublicKeyCredentialUserEntity(
            id=bytes.fromhex(keys.hidden(f"passkeys of {name}")),
            name=name,
            display_name=name,
        ),
        [_descriptor(each) for each in known],
        resident_key_requirement=webauthn.ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
    )
    return Question(dict(options), state)


def ask_for_one(site: Site, known: Iterable[str] = ()) -> Question:
    """Ask the browser for a passkey.

    Args:
        known: Ids of the person's passkeys; nobody is known yet where empty.
    """
    described = [_descriptor(each) for each in known] or None
    options, state = _server(site).authenticate_begin(described, VERIFIED)
    return Question(dict(options), state)


def read_new(answer: Answer) -> NewPasskey:
    """Read the passkey that a browser has made.

    Raises:
        InvalidInput: The answer does not fit the question.
    """

    def read() -> NewPasskey:
        made = _server(answer.site).register_complete(answer.state, _given(answer))
        credential = made.credential_data
        return NewPasskey(
            utils.websafe_encode(credential.credential_id),  # type: ignore[union-attr]
            utils.websafe_encode(bytes(credential)),  # type: ignore[arg-type]
            made.counter,
        )

    return _believe(answer, read)


def read_use(answer: Answer, kept: str) -> int:
    """Check that a passkey signed the answer; give how often it was used.

    Args:
        kept: The public half, as ``NewPasskey`` gave it.

    Raises:
        InvalidInput: The answer does not fit the question or the passkey.
    """

    def read() -> int:
        credential = webauthn.AttestedCredentialData(utils.websafe_decode(kept))
        given = _given(answer)
        _server(answer.site).authenticate_complete(answer.state, [credential], given)
        response = webauthn.AuthenticationResponse.from_dict(given)
        return response.response.authenticator_data.counter

    return _believe(answer, read)


def refusal() -> InvalidInput:
    """Give the one answer to every passkey that does not hold."""
    msg = message("The passkey was not accepted; try again.")
    return InvalidInput(msg, field="credential")


def _believe[T](answer: Answer, read: Callable[[], T]) -> T:
    if answer.state is None:
        raise refusal()
    try:
        return read()
    except MALFORMED as error:
        raise refusal() from error


def _given(answer: Answer) -> Mapping[str, Any]:
    if not isinstance(answer.given, Mapping):
        raise TypeError
    return answer.given


def _server(site: Site) -> server.Fido2Server:
    return server.Fido2Server(
        webauthn.PublicKeyCredentialRpEntity(id=site.host, name="Armstrace"),
        attestation=webauthn.AttestationConveyancePreference.NONE,
        verify_origin=lambda origin: origin == site.origin,
    )


def _descriptor(credential_id: str) -> webauthn.PublicKeyCredentialDescriptor:
    return webauthn.PublicKeyCredentialDescriptor(
        type=webauthn.PublicKeyCredentialType.PUBLIC_KEY,
        id=utils.websafe_decode(credential_id),
    )
