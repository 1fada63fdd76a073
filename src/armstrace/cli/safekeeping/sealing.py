"""Seal a stream of bytes for a public key; open it with the private one.

The format, version 1: a line ``armstrace-sealed 1``, 32 bytes of an X25519 public key
made for this file alone, then parts of 64 KiB, each sealed by ChaCha20-Poly1305 (16
bytes longer). The key is HKDF-SHA256 of the shared secret, with both public keys as
salt. The nonce of a part is its number (11 bytes) and one byte that is 1 for the last
part, so that a file that was cut, reordered or lengthened does not open.

Source:
    RFC 7748, 6.1; RFC 5869; RFC 8439; the STREAM construction of Hoang, Reyhanitabar,
    Rogaway and Vizár (CRYPTO 2015), as age uses it.
"""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
MAGIC = b"armstrace-sealed 1\n"
KEY_BYTES = 32
PART = 64 * 1024
TAG = 16
PUBLIC, PRIVATE = "armstrace-backup-public-", "armstrace-backup-private-"


def make_pair() -> tuple[str, str]:
    """Make a private key and its public key, as they are written down."""
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return _write(PRIVATE, private.private_bytes_raw()), _write(PUBLIC, public)


def read_public(text: str) -> X25519PublicKey:
    """Read a public key.

    Raises:
        InvalidInput: It is none.
    """
    return X25519PublicKey.from_public_bytes(_read(PUBLIC, text))


def read_private(text: str) -> X25519PrivateKey:
    """Read a private key.

    Raises:
        InvalidInput: It is none.
    """
    return X25519PrivateKey.from_private_bytes(_read(PRIVATE, text))


def _write(prefix: str, raw: bytes) -> str:
    return prefix + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _read(prefix: str, text: str) -> bytes:
    given = text.strip()
    try:
        raw = base64.urlsafe_b64decode(given.removeprefix(prefix) + "=")
    except ValueError:
        raw = b""
    if not given.startswith(prefix) or len(raw) != KEY_BYTES:
        raise InvalidInput(SAID.say("NO_PUBLIC_KEY", prefix=prefix), field="key")
    return raw


class Sealer(io.RawIOBase):
    """A file to write to; what is written comes out sealed.

    Args:
        target: Where the sealed bytes go; it is not closed.
    """

    def __init__(self, target: IO[bytes], public: X25519PublicKey) -> None:
        super().__init__()
        own = X25519PrivateKey.generate()
        self._target = target
        self._cipher = _cipher(own.exchange(public), own.public_key(), public)
        self._waiting = bytearray()
        self._number = 0
        target.write(MAGIC + own.public_key().public_bytes_raw())

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, given: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        """Take bytes; whole parts go out, the last one waits for the end."""
        self._waiting += given
        while len(self._waiting) > PART:
            self._put(bytes(self._waiting[:PART]), is_last=False)
            del self._waiting[:PART]
        return len(given)

    def close(self) -> None:
        """Seal the last part; without it the file does not open."""
        if not self.closed:
            self._put(bytes(self._waiting), is_last=True)
        super().close()

    def _put(self, part: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._target.write(self._cipher.encrypt(nonce, part, None))
        self._number += 1


def open_sealed(source: IO[bytes], private: X25519PrivateKey) -> Iterator[bytes]:
    """Give the parts of a sealed file, each proved before it is given.

    Raises:
        InvalidInput: It is no such file, was altered or cut, or has another key.
    """
    if source.read(len(MAGIC)) != MAGIC:
        raise _refuse_key()
    try:
        theirs = X25519PublicKey.from_public_bytes(source.read(KEY_BYTES))
        shared = private.exchange(theirs)
    except ValueError as error:
        raise _refuse_key() from error
    cipher = _cipher(shared, theirs, private.public_key())
    number, part = 0, source.read(PART + TAG)
    while True:
        following = source.read(PART + TAG)
        try:
            nonce = _nonce(number, is_last=not following)
            yield cipher.decrypt(nonce, part, None)
        except InvalidTag as error:
            raise _refuse_key() from error
        if not following:
            return
        number, part = number + 1, following


class Unsealed(io.RawIOBase):
    """A sealed file, read as the stream that it holds."""

    def __init__(self, source: IO[bytes], private: X25519PrivateKey) -> None:
        super().__init__()
        self._parts = open_sealed(source, private)
        self._left = b""

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer from the next part."""
        if not self._left:
            self._left = next(self._parts, b"")
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def read_private_file(path: Path) -> X25519PrivateKey:
    """Read the private key from the file that holds it.

    Raises:
        InvalidInput: The file cannot be read, or holds no such key.
    """
    try:
        return read_private(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            SAID.say("KEY_UNREAD", path=str(path)), field="key"
        ) from error


def _cipher(
    shared: bytes, made: X25519PublicKey, recipient: X25519PublicKey
) -> ChaCha20Poly1305:
    salt = made.public_bytes_raw() + recipient.public_bytes_raw()
    derived = HKDF(SHA256(), KEY_BYTES, salt, MAGIC.strip()).derive(shared)
    return ChaCha20Poly1305(derived)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])


def _refuse_key() -> InvalidInput:
    return InvalidInput(
        SAID.say("KEY_DOES_NOT_OPEN"),
        field="key",
    )
