"""Certificates as signed PDF files; only a signature over the whole file counts.

The X.509 certificate of the signer is made of the key of the code and signs itself,
so that whoever checks needs no other key.

Source:
    ISO 32000-2, 12.8; ETSI EN 319 142-1 (PAdES); RFC 8410.
"""

import importlib
import io
import logging
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.x509.oid import NameOID

from armstrace.analysis.certificates.envelope import IssuerKey, NotGenuine, key_named
from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.messages import message

LASTS = timedelta(days=50 * 365)
FIELD = "Certificate"
SIGNED = re.compile(rb"/Contents <([0-9A-F]+)>")
QUIET = logging.getLogger("pyhanko")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False  # it tells of every file that it cannot read
LACKING = message(
    "A signed PDF needs the extra pdf; install it with pip install '.[pdf]' in the "
    "folder of Armstrace, or print the page."
)


def sign_document(pdf: bytes, key: IssuerKey, private: Ed25519PrivateKey) -> bytes:
    """Sign a PDF file; its keywords are the text of the code.

    Raises:
        SourceUnavailable: The extra ``pdf`` is not installed.
    """
    signers = _load("pyhanko.sign.signers")
    cert = _signer(key, private)
    registry = _load("pyhanko_certvalidator.registry").SimpleCertificateStore()
    der = private.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    info = _load("asn1crypto.keys").PrivateKeyInfo.load(der)
    signer = signers.SimpleSigner(cert, info, registry)
    whole = _load("pyhanko.pdf_utils.incremental_writer").IncrementalPdfFileWriter(
        io.BytesIO(pdf)
    )
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha512",
        subfilter=_load("pyhanko.sign.fields").SigSeedSubFilter.PADES,
    )
    signed: bytes = signers.sign_pdf(whole, meta, signer).getvalue()
    return signed


def read_document(pdf: bytes, keys: Mapping[str, IssuerKey]) -> str:
    """Give the text of the code that a signed PDF file holds.

    Where nobody who is known is named, that is for the reader of the text to say.

    Raises:
        NotGenuine: It is not signed whole, or something was added or altered.
        SourceUnavailable: The extra ``pdf`` is not installed.
    """
    reader = _load("pyhanko.pdf_utils.reader").PdfFileReader
    try:
        opened = reader(io.BytesIO(pdf), strict=True)
        (signature,) = opened.embedded_signatures
        token = str(opened.trailer["/Info"]["/Keywords"])
        if key_named(token) not in keys:
            return token
        key = keys[f"{signature.signer_cert.serial_number:08x}"]
        is_theirs = keys[key_named(token)].issuer == key.issuer
        _require_whole(pdf, signature, key)
    except Exception as wrong:  # a hostile file fails anywhere in its reader
        raise NotGenuine from wrong
    if not is_theirs:
        raise NotGenuine
    return token


def _require_whole(pdf: bytes, signature: Any, key: IssuerKey) -> None:  # noqa: ANN401 - of pyhanko
    """Refuse a signature that is another key's, or leaves a byte of the file out."""
    validation = _load("pyhanko.sign.validation")
    context = _load("pyhanko_certvalidator").ValidationContext
    cert = signature.signer_cert
    signer = x509.load_der_x509_certificate(cert.dump())
    Ed25519PublicKey.from_public_bytes(key.public).verify(
        signer.signature, signer.tbs_certificate_bytes
    )
    trust = context(trust_roots=[cert], allow_fetching=False)
    usage = _load("pyhanko.sign.validation.settings").KeyUsageConstraints(key_usage=())
    status = validation.validate_pdf_signature(
        signature, trust, key_usage_settings=usage
    )
    whole = _load("pyhanko.sign.validation.status").SignatureCoverageLevel.ENTIRE_FILE
    if not status.bottom_line or status.coverage != whole:
        raise NotGenuine
    # The signature itself is in no signed range: it has one way to be written.
    size = len(signature.pkcs7_content)
    one_way = _frame(signature.signer_info, cert).ljust(size, b"\0")
    if SIGNED.findall(pdf) != [one_way.hex().upper().encode()]:
        raise NotGenuine


def _frame(signed: Any, cert: Any) -> bytes:  # noqa: ANN401 - of asn1crypto
    """Write the container of a signature anew, from what the signature vouches for."""
    cms = _load("asn1crypto.cms")
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            "issuer_and_serial_number",
            {"issuer": cert.issuer, "serial_number": cert.serial_number},
        ),
        "digest_algorithm": {"algorithm": "sha512"},
        "signed_attrs": signed["signed_attrs"],
        "signature_algorithm": {"algorithm": "ed25519"},
        "signature": signed["signature"],
    }
    content = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha512"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [cert],
        "signer_infos": [signer],
    }
    whole = cms.ContentInfo(
        {"content_type": "signed_data", "content": cms.SignedData(content)}
    )
    written: bytes = whole.dump()
    return written


def _signer(key: IssuerKey, private: Ed25519PrivateKey) -> Any:  # noqa: ANN401 - of pyhanko
    named = [(NameOID.ORGANIZATION_NAME, key.issuer), (NameOID.COMMON_NAME, key.kid)]
    name = x509.Name([x509.NameAttribute(which, value) for which, value in named])
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), int(key.kid, 16))
        .not_valid_before(key.since)
        .not_valid_after(key.since + LASTS)
        .sign(private, None)
    )
    der = made.public_bytes(serialization.Encoding.DER)
    return _load("asn1crypto.x509").Certificate.load(der)


def _load(name: str) -> Any:  # noqa: ANN401 - a module of the extra
    try:
        return importlib.import_module(name)
    except ImportError as wrong:
        raise SourceUnavailable(LACKING) from wrong
