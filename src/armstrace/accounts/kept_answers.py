"""Keep what a programme was answered, so that a call that it repeats is done once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer

from armstrace.accounts.models import KeptAnswer
from armstrace.audit import consultations
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.ledger import Access
from armstrace.vocabulary.messages import message

KEPT_FOR = timedelta(hours=24)
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
            "The Idempotency-Key has 1 to %(most)s printable characters.",
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
            "This Idempotency-Key was used for another call; send another call under "
            "a key of its own."
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


def _seal(call: Repeatable) -> Signer:
    """Give what seals the answer of one call, so that no other row stands for it."""
    return Signer(salt=f"{call.caller} {call.key} {call.asked}")
