"""Certificates, the public keys that sign them, and the lists of revoked ones."""

from django.db import models
from django.db.models import Q

from armstrace.analysis.certificates.envelope import IssuerKey
from armstrace.records.constraints import check, index, unique
from armstrace.records.scope import Scoped, at, no_such
from armstrace.records.versions import KnownRecord
from armstrace.vocabulary.certificates import CertificateKind, CertificateState
from armstrace.vocabulary.messages import message

no_such_certificate = no_such(
    message("There is no certificate %(number)s here; check the number.")
)

# Of the last part of a token, which stays of one whose name was erased.
SIGNATURE_LENGTH = 86


class CertificateKey(KnownRecord):
    """The public half of a key that signs; the other half is in a file.

    ``known_at`` is when it began to sign. ``country`` is that of the issuer.
    """

    kid = models.CharField(max_length=16, unique=True)
    country = models.CharField(max_length=2)
    issuer = models.CharField(max_length=12)
    public = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)

    scope = Scoped("certificate.view")

    class Meta:
        constraints = [
            unique("certificate_key_current", "country", where=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return self.kid

    @property
    def value(self) -> IssuerKey:
        """The key as whoever checks takes it."""
        public = bytes.fromhex(self.public)
        return IssuerKey(self.kid, self.issuer, public, self.known_at, self.ended_at)


class Certificate(KnownRecord):
    """A certificate: asked for, issued where no second person is asked, and ended.

    ``subject`` is the number of what it is about, such as a licence; ``token`` is the
    signed text of its code: empty while it waits, and only its signature where the
    name was erased. Its serial number is its key.
    """

    kind = models.CharField(max_length=20, choices=CertificateKind.choices())
    detail = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    last_day = models.DateField(null=True, blank=True)
    agency = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=150)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.CharField(max_length=150, blank=True)
    number = models.CharField(max_length=40, null=True, blank=True, unique=True)
    token = models.CharField(max_length=350, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_reason = models.CharField(max_length=500, blank=True)

    scope = Scoped("certificate.view", at("agency"), missing=no_such_certificate)

    class Meta:
        indexes = [
            index("certificate_subject", "kind", "subject"),
            index(
                "certificate_waiting", "agency", where=Q(issued_at=None, ended_at=None)
            ),
            index("certificate_ended", "ended_at", where=Q(ended_at__isnull=False)),
        ]
        constraints = [
            check(
                "certificate_issued_whole",
                Q(issued_at=None, number=None, token="")
                | Q(issued_at__isnull=False, number__isnull=False) & ~Q(token=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.subject

    @property
    def code(self) -> str:
        """What its code holds; empty while it waits, and where the name was erased."""
        return self.token if len(self.token) > SIGNATURE_LENGTH else ""

    @property
    def state(self) -> CertificateState:
        """How far it has come; that its last day has passed ends nothing."""
        if self.ended_at is not None:
            is_issued = self.issued_at is not None
            return CertificateState.REVOKED if is_issued else CertificateState.REFUSED
        if self.issued_at is None:
            return CertificateState.WAITING
        return CertificateState.ISSUED


class PublishedList(KnownRecord):
    """A list of revoked certificates as it was signed and handed out."""

    revoked = models.PositiveIntegerField()
    published_by = models.CharField(max_length=150)
    bits = models.TextField()
    days = models.TextField()

    scope = Scoped("certificate.view")
