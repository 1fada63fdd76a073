"""What everybody may ask of a certificate: whether the code on it is valid."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from armstrace.analysis.certificates import checking
from armstrace.analysis.certificates.checking import Checked, Trust
from armstrace.analysis.certificates.envelope import NotGenuine
from armstrace.certificates import restricted
from armstrace.certificates.models import Certificate, CertificateKey
from armstrace.vocabulary.certificates import Validity
from armstrace.vocabulary.messages import Message


def answer(code: str, at: datetime) -> tuple[Message, str, str]:
    """Say whether a certificate is valid, of what kind it is, and its detail.

    Nothing is said of whom it names, and no kind of what is not to be believed.
    """
    found = check(code, at)
    stated = found.stated
    return (
        found.sentence,
        stated.kind if stated else "",
        stated.detail if stated else "",
    )


def check(shown: str | bytes, at: datetime) -> Checked:
    """Check a certificate by what is on record now, and not by a list.

    What comes of it names the holder; everybody gets the answer alone.
    """
    rows = CertificateKey.objects.get_queryset()
    keys = {each.kid: each.value for each in rows}
    try:
        token = checking.text_of(shown, keys)
    except NotGenuine:
        return checking.refusal(shown)
    found = checking.check(token, Trust(keys, {}), timezone.localtime(at))
    if found.stated is None:
        return found
    one = Certificate.objects.filter(number=found.stated.number).first()
    # Of one whose name was erased the signature is left.
    if one is None or not token.endswith(one.token):
        return Checked(Validity.NOT_GENUINE)
    ended = one.ended_at and timezone.localdate(one.ended_at)
    if day := ended or restricted.since(one):
        is_for_now = not ended and restricted.is_suspended(one)
        answer = Validity.SUSPENDED if is_for_now else Validity.REVOKED
        return replace(found, answer=answer, on=day)
    # By the keys alone, without a list, what is in order is too old.
    is_told = found.answer is not Validity.LIST_TOO_OLD
    return found if is_told else replace(found, answer=Validity.VALID)
