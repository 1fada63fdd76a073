"""Place a legal hold on a record, and lift it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from armstrace.accounts import independence
from armstrace.audit import declarations, ledger
from armstrace.records import lengths, scope
from armstrace.retention import rules
from armstrace.retention.inputs import HoldInput
from armstrace.retention.models import LegalHold
from armstrace.retention.periods import KINDS
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import message

LIMITS = lengths.limits(LegalHold, {"order_number": "order_number"})


def place_hold(*, given: HoldInput, by: Actor, at: datetime) -> LegalHold:
    """Keep a record whatever its period, until the hold is lifted.

    A hold on a recovery keeps the arm it was traced to and its holders too.

    Raises:
        InvalidInput: The number is of no record that is ever erased.
        RuleBroken: ``ER-01``, no reason; ``ER-06``, it is held already; ``ER-08``,
            the day of the review is past.

    Source:
        Rule of this design (security.md, a legal hold blocks erasure).
    """
    by.require("retention.hold")
    number = _held_number(given.number, by)
    lengths.require_reason(rules.REASONED, given.reason)
    lengths.require_fits(given, *LIMITS)
    rules.REVIEWED.require((given.review_on, timezone.localdate(at)))
    try:
        with ledger.entry("hold.placed", by=by, at=at) as entry:
            held = LegalHold.objects.create(
                number=number,
                reason=given.reason.strip(),
                order_number=given.order_number.strip(),
                review_on=given.review_on,
                placed_by=by.name,
                source=by.agency,
                known_at=at,
            )
            entry.about(held)
    except IntegrityError:
        raise rules.FREE.broken((number, False)) from None
    return held


def lift_hold(*, hold_id: int, reason: str, by: Actor, at: datetime) -> LegalHold:
    """End a legal hold; the record goes when its time is over.

    Raises:
        RuleBroken: ``ER-01``, no reason; ``ER-07``, it was lifted already; ``ER-11``,
            ``by`` placed it; ``AC-09``, the two are perhaps one.

    Source:
        Rule of this design (security.md, a legal hold blocks erasure).
    """
    by.require("retention.hold")
    lengths.require_reason(rules.REASONED, reason)
    with transaction.atomic():
        rows = LegalHold.objects.get_queryset().select_for_update()
        held = rows.get_visible(hold_id, by)
        rules.STANDS.require((held.number, held.superseded_at is None))
        rules.ANOTHER_LIFTS.require((held.placed_by, by.name))
        independence.require(held.placed_by, by.name, at)
        with ledger.entry("hold.lifted", by=by, at=at) as entry:
            held.lifted_by, held.lifted_why = by.name, reason.strip()
            held.superseded_at = max(at, held.known_at)
            held.save()
            entry.about(held)
    return held


def _held_number(text: str, by: Actor) -> str:
    found = declarations.identify(text)
    letters = {one.letter for one in KINDS.values()} - {""}
    if found is None or found.number.letter not in letters:
        msg = message(
            "A hold is placed on an arm, a holder, a recovery or another record that "
            "is kept for a time, such as A3, H5, R12 or G7; write its number."
        )
        raise InvalidInput(msg, field="number")
    named = found.number.model
    if not scope.is_visible(found.app, named, found.key, viewer=by):
        msg = message("There is no record %(number)s here.", number=found.written)
        raise NotFound(msg)
    return found.written
