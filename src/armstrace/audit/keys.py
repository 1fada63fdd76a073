"""The keys of an installation: to sign checkpoints, hide names, seal secrets.

They lie in the folder ``keys`` of ``ARMSTRACE_HOME``, readable by their owner
only. Public keys of earlier signing keys stay, so that old checkpoints verify.
"""

import base64
import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import shorten

SAID = Sentences(__package__)
SIGNING = "ledger-signing"
HIDING = "name-hiding"
SEALING = "secret-sealing"
ED25519 = b"\x01"
PUBLIC_BYTES = 32
NONCE_BYTES = 12
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under the name that its notes bear."""

    # The log's name; it begins every checkpoint.
    name: str
    # The 32 bytes of the Ed25519 key.
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes that mark the key's signatures (C2SP signed-note)."""
        content = self.name.encode() + b"\n" + ED25519 + self.public
        return hashlib.sha256(content).digest()[:4]

    @property
    def text(self) -> str:
        """The key as notes' verifiers exchange it."""
        key = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    def accepts(self, signature: bytes, content: bytes) -> bool:
        """Tell whether a signature is this key's."""
        try:
            key = ed25519.Ed25519PublicKey.from_public_bytes(self.public)
            key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """The private key that signs checkpoints, and its verifier."""

    private: ed25519.Ed25519PrivateKey
    verifier: Verifier


def folder() -> Path:
    """Give the folder of this installation's keys."""
    return Path(settings.HOME) / "keys"


def make_missing(place: Path) -> None:
    """Make the keys that a folder lacks; keep those that it has.

    Args:
        place: The folder; made for its owner only.
    """
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    seed = _kept(place / SIGNING, secrets.token_bytes(32).hex())
    public = _private(seed).public_key().public_bytes_raw()
    name = f"armstrace-{hashlib.sha256(public).hexdigest()[:12]}"
    verifier = Verifier(name, public)
    _kept(place / f"{SIGNING}-{verifier.key_id.hex()}.pub", verifier.text)
    _kept(place / HIDING, secrets.token_bytes(32).hex())
    _kept(place / SEALING, secrets.token_bytes(32).hex())


def signer(place: Path) -> Signer:
    """Read the signing key.

    Raises:
        SourceUnavailable: There is none.
    """
    private = _private(_read(place / SIGNING))
    public = private.public_key().public_bytes_raw()
    for verifier in verifiers(place):
        if verifier.public == public:
            return Signer(private, verifier)
    raise SourceUnavailable(SAID.say("NO_PUBLIC_PART", place=str(place)))


def verifiers(place: Path) -> list[Verifier]:
    """Read the public keys, earlier ones included."""
    found = sorted(place.glob(f"{SIGNING}-*.pub"))
    return [read_verifier(path.read_text(encoding="ascii").strip()) for path in found]


def read_verifier(text: str) -> Verifier:
    """Read a public key as it is exchanged.

    Raises:
        SourceUnavailable: The text is no Ed25519 verifier key.
    """
    name, _, rest = text.partition("+")
    stated, _, key = rest.partition("+")
    try:
        raw = base64.b64decode(key, validate=True)
    except ValueError:
        raw = b""
    verifier = Verifier(name, raw[1:])
    whole = raw[:1] == ED25519 and len(verifier.public) == PUBLIC_BYTES
    if not whole or verifier.key_id.hex() != stated:
        raise SourceUnavailable(SAID.say("NO_PUBLIC_KEY", text=shorten(text, 40)))
    return verifier


def hidden(text: str) -> str:
    """Give the keyed digest that stands for a name in the ledger.

    Without the key it cannot be guessed back; with the key gone it is erased.
    """
    make_missing(folder())
    key = bytes.fromhex(_read(folder() / HIDING))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest().upper()


def seal(secret: bytes, about: str) -> str:
    """Encrypt a secret that has to be read again, such as that of an app of codes.

    Args:
        about: Whose it is; what was sealed opens for nobody else.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _sealing().encrypt(nonce, secret, about.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(sealed: str, about: str) -> bytes:
    """Read a secret that was sealed.

    Raises:
        SourceUnavailable: It was sealed with another key or for another person.
    """
    raw = base64.b64decode(sealed)
    try:
        nonce, rest = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
        return _sealing().decrypt(nonce, rest, about.encode())
    except InvalidTag as error:
        raise SourceUnavailable(SAID.say("SECRET_UNREAD", path=SEALING)) from error


def _sealing() -> AESGCM:
    make_missing(folder())
    return AESGCM(bytes.fromhex(_read(folder() / SEALING)))


def _private(seed: str) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SourceUnavailable(SAID.say("KEY_UNREAD", path=path.name)) from error


def _kept(path: Path, text: str) -> str:
    """Write a file for its owner only, unless it is there; give what it holds."""
    if not path.exists():
        # Whole before it has its name: nobody reads a key that is half written.
        whole = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
        whole.touch(mode=OWNER_ONLY)
        whole.write_text(text + "\n", encoding="ascii")
        with suppress(FileExistsError):  # another process was quicker
            path.hardlink_to(whole)
        whole.unlink()
    return path.read_text(encoding="ascii").strip()
