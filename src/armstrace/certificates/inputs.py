"""Certificates as somebody asks for them."""

from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.certificates import CertificateKind


@dataclass(frozen=True, slots=True)
class CertificateInput:
    """What a certificate is to say.

    Args:
        detail: Of its kind, a code such as ``LicenceType`` has.
        subject: Number of what it is about, such as a licence.
        name: Of whom.
        last_day: On which it is valid; None where it has no end.
    """

    kind: CertificateKind
    detail: str
    subject: str
    name: str
    last_day: date | None = None
