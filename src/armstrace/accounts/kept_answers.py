"""Keep what was answered, so that a call or form that is sent twice is done once."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import DatabaseError
from django.http import HttpRequest

from armstrace.accounts.models import KeptAnswer
from armstrace.audit import consultations
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.ledger import Access
from armstrace.vocabulary.messages import message

KEPT_FOR = timedelta(hours=24)
# So long nobody else does what somebody began and did not end.
BEING_DONE = timedelta(minutes=2)
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A call that its programme may repeat."""

    # Digest of the token that was sent.
    caller: str
    # By which the programme knows the call, from ``Idempotency-Key``.
    key: str
    # Digest of the address and the body.
    asked: str


def find_answer(call: Repeatable, *, at: datetime) -> str | None:
    """Give what a call was answered before; None where it was not done yet.

    Who is shown an answer again consults what it shows: it is noted as the first.

    Raises:
        InvalidInput: The key is no key, or it was sent with another body.

    Source:
        IETF draft-ietf-httpapi-idempotency-key-header.
    """
    if not (call.key.isascii() and call.key.isprintable()) or not (
        0 < len(call.key) <= LONGEST_KEY
    ):
        msg = message(
            "The Idempotency-Key must have 1 to %(most)s printable characters.",
            most=LONGEST_KEY,
        )
        raise InvalidInput(msg, field="Idempotency-Key")
    rows = KeptAnswer.objects.filter(caller=call.caller, key=call.key)
    kept = rows.filter(expires_at__gt=at).first()
    if kept is None:
        return None
    try:
        answer = _seal(call).unsign(kept.answer)
    except BadSignature as why:
        msg = message(
            "This Idempotency-Key was used for another call; use a new key for each "
            "call."
        )
        raise InvalidInput(msg, field="Idempotency-Key") from why
    consultations.note_kind(Access.LIST)
    consultations.show_labelled(kept.shown)
    return answer


def keep_answer(call: Repeatable, answer: str, *, at: datetime) -> None:
    """Keep an answer beside what was done; call it in the same transaction.

    Of two at once that send one key, the second breaks the constraint, and what it
    did is undone with it.

    Source:
        IETF draft-ietf-httpapi-idempotency-key-header.
    """
    KeptAnswer.objects.filter(expires_at__lte=at).delete()
    KeptAnswer.objects.create(
        caller=call.caller,
        key=call.key,
        asked=call.asked,
        answer=_seal(call).sign(answer),
        shown=consultations.shown_so_far(),
        expires_at=at + KEPT_FOR,
    )


def claim(call: Repeatable, *, at: datetime) -> str | None:
    """Say that a form is being done, so that a second sending of it is not.

    Returns:
        None to the first who sends it; to others where it led, or "" while it is
        being done.
    """
    KeptAnswer.objects.filter(expires_at__lte=at).delete()
    row, is_first = KeptAnswer.objects.get_or_create(
        caller=call.caller,
        key=call.key,
        defaults={"asked": call.asked, "answer": "", "expires_at": at + BEING_DONE},
    )
    if is_first:
        return None
    return _seal(call).unsign(row.answer) if row.answer else ""


def settle(call: Repeatable, led_to: str, *, at: datetime) -> None:
    """Keep where a form led; one that led nowhere may be sent again."""
    rows = KeptAnswer.objects.filter(caller=call.caller, key=call.key)
    # What was done is done: without a database the claim ends by itself.
    with suppress(DatabaseError):
        if led_to:
            sealed = _seal(call).sign(led_to)
            rows.update(answer=sealed, expires_at=at + KEPT_FOR)
        else:
            rows.delete()


def digest_of(request: HttpRequest) -> str:
    """Give the digest of all that is asked; a form with files has no plain body."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}".encode())
    if request.content_type == "multipart/form-data":
        digest.update(repr(sorted(request.POST.lists())).encode())
        files: dict[str, Any] = dict(request.FILES.items())
        for name, file in sorted(files.items()):
            digest.update(f"{name} {file.name}".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    else:
        digest.update(request.body)
    return digest.hexdigest()


def _seal(call: Repeatable) -> Signer:
    """Give what seals the answer of one call, so that no other row stands for it."""
    return Signer(salt=f"{call.caller} {call.key} {call.asked}")
