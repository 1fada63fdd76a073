"""A device that makes passkeys and answers with them, as a browser would send it."""

import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cose, utils, webauthn

FLAGS = webauthn.AuthenticatorData.FLAG


class Authenticator:
    """One device with one passkey.

    Args:
        origin: That its browser states.
        is_verified: Whether it asked the person for a finger or a number.
    """

    def __init__(self, origin="https://arms.example", *, is_verified=True):
        self.origin = origin
        self.flags = FLAGS.UP | (FLAGS.UV if is_verified else 0)
        self.counter = 0
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)

    def make(self, options):
        """Answer what asks for a new passkey."""
        asked = options["publicKey"]
        public = cose.ES256.from_cryptography_key(self._key.public_key())
        credential = webauthn.AttestedCredentialData.create(
            webauthn.Aaguid.NONE, self.id, public
        )
        data = self._data(asked["rp"]["id"], FLAGS.AT, credential)
        made = webauthn.AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", asked["challenge"])
        return self._answer(clientDataJSON=client, attestationObject=made)

    def answer(self, options):
        """Answer what asks for a passkey."""
        asked = options["publicKey"]
        data = self._data(asked["rpId"])
        client = self._client("webauthn.get", asked["challenge"])
        signature = self._key.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=client, authenticatorData=data, signature=signature
        )

    def _data(self, host, more=0, credential=b""):
        digest = utils.sha256(host.encode())
        return webauthn.AuthenticatorData.create(
            digest, self.flags | more, self.counter, credential
        )

    def _client(self, kind, challenge):
        return webauthn.CollectedClientData.create(kind, challenge, self.origin)

    def _answer(self, **response):
        named = utils.websafe_encode(self.id)
        told = {name: utils.websafe_encode(value) for name, value in response.items()}
        return {"id": named, "rawId": named, "type": "public-key", "response": told}
