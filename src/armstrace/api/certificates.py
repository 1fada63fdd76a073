"""Certificates over the wire: list, issue, sign, revoke, check, publish."""

from datetime import date

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from armstrace.analysis.certificates.checking import Checked
from armstrace.analysis.certificates.envelope import Statement
from armstrace.api.errors import Sent, asking, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import Reasoned, RunKey, Text, Why, shown_from
from armstrace.certificates import queries
from armstrace.certificates.actions import issuing, publishing
from armstrace.vocabulary.certificates import Validity

router = Area("certificates")


@shown_from(queries.CertificateRow)
class CertificateOut(Schema):
    """One certificate."""


class LicenceIn(Sent):
    """The licence of which a certificate is issued."""

    licence: Text = Field(description="Number of the licence.")


class CodeIn(Sent):
    """A certificate that somebody shows."""

    code: str = Field(description="Text of the code.", max_length=1000)


@shown_from(Statement, without=("issued_at",))
class StatementOut(Schema):
    """What a certificate says."""


class CheckedOut(Schema):
    """What comes of checking a certificate."""

    answer: Validity
    on: date | None = Field(description="Day of revocation, or the last day.")
    stated: StatementOut | None


class StatusListOut(Schema):
    """A list of revoked certificates that was published."""

    revoked: int = Field(description="How many it shows.")


class TrustOut(Schema):
    """Whom to believe: public keys and signed lists."""

    text: str = Field(description="The file that the verifier and the command read.")


@router.lists("", queries.certificate_rows, CertificateOut)
def list_certificates() -> None:
    """List certificates, the latest first."""


@router.reads("/trust", TrustOut)
def read_trust(request: HttpRequest) -> dict[str, str]:
    """Read the keys and the newest list, as they are handed out."""
    return {"text": queries.trust_file(viewer=caller(request))}


@router.writes("/check", CheckedOut)
def check_certificate(request: HttpRequest, body: CodeIn) -> Checked:
    """Check a certificate by what is on record now."""
    return queries.check(body.code, **asking(request))


@router.writes("/lists", StatusListOut)
def publish_list(request: HttpRequest) -> object:
    """Publish the list of revoked certificates."""
    return publishing.publish_list(**how(request))


@router.reads("/{number}", CertificateOut)
def read_certificate(
    request: HttpRequest, number: RunKey, why: Why = ""
) -> queries.CertificateRow:
    """Read one certificate, by the certificate_id of the list."""
    return _row(number, request, why)


@router.writes("", CertificateOut)
def issue_certificate(request: HttpRequest, body: LicenceIn) -> queries.CertificateRow:
    """Issue the certificate of a licence; it waits where two people are asked."""
    by = caller(request)
    made = issuing.certify_licence(number=body.licence, by=by, at=now())
    return _row(made.pk, request)


@router.writes("/{number}/signature", CertificateOut)
def sign_certificate(request: HttpRequest, number: RunKey) -> queries.CertificateRow:
    """Sign a certificate for which a colleague asked."""
    issuing.sign_certificate(certificate_id=number, **how(request))
    return _row(number, request)


@router.writes("/{number}/revocation", CertificateOut)
def revoke_certificate(
    request: HttpRequest, number: RunKey, body: Reasoned
) -> queries.CertificateRow:
    """Revoke a certificate, or refuse one that waits."""
    by = caller(request)
    issuing.revoke_certificate(
        certificate_id=number, reason=body.reason, by=by, at=now()
    )
    return _row(number, request)


def _row(number: int, request: HttpRequest, why: str = "") -> queries.CertificateRow:
    viewer = caller(request)
    return queries.certificate_row(number, viewer=viewer, at=now(), reason=why)
