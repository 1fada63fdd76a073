"""Certificates as somebody asks for them."""

from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.certificates import CertificateKind


@dataclass(frozen=True, slots=True)
class CertificateInput:
    """What a certificate is to say."""

    kind: CertificateKind
    # Of its kind, a code such as ``LicenceType`` has.
    detail: str
    # Number of what it is about, such as a licence.
    subject: str
    name: str
    # On which it is valid; None where it has no end.
    last_day: date | None = None
