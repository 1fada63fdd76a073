"""The lives of registered arms over the wire: below the address of the register."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest
from pydantic import Field

from armstrace.api import registry
from armstrace.api.errors import Sent, caller, how
from armstrace.api.shapes import (
    ArmNumber,
    Done,
    EventKey,
    Reason,
    Reasoned,
    Ref,
    Seen,
    build,
    done,
    stated_by,
)
from armstrace.api.words import WORDS
from armstrace.registry.actions import (
    converting,
    happening,
    life,
    marks,
    parts,
    passing,
)
from armstrace.registry.inputs import EventInput, Happening
from armstrace.registry.told_events import OfLife
from armstrace.vocabulary.arms import LOSSES, LifeEventKind
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Recorded, RowOutcome

UNSEEN = message(
    "Nothing says who gives the arm; send the number of that holder as giver, or as "
    "seen the state of the arm that was read."
)


class _SeenIn(Sent):
    seen: Seen = None


def _done(
    request: HttpRequest,
    arm: int,
    body: _SeenIn,
    act: Callable[..., Recorded],
    **told: object,
) -> Done:
    """Do an act of the desk on an arm, and say that it is done."""
    act(arm_id=arm, seen=body.seen, **told, **how(request)).require_done()
    return Done(id=f"A{arm}", fate=RowOutcome.NEW)


@stated_by(passing.Handover)
class HandoverIn(_SeenIn):
    """How an arm passes to another holder: sale, gift, inheritance and the rest."""


@registry.router.writes("/arms/{arm}/handover", Done)
def pass_arm(request: HttpRequest, arm: ArmNumber, body: HandoverIn) -> Done:
    """Pass an arm from the holder on record to another one, both sides in one act.

    Either ``giver`` or ``seen`` is sent: of two who pass on the same arm, the second
    is refused.
    """
    caller(request).require("registry.event")
    handover = build(passing.Handover, body)
    if body.seen is None and not handover.giver:
        raise InvalidInput(UNSEEN, field="giver")
    return _done(request, arm, body, passing.pass_arm, handover=handover)


@stated_by(parts.Exchange)
class ExchangeIn(_SeenIn):
    """A part that comes on an arm, one that comes off, or both."""


@registry.router.writes("/arms/{arm}/parts", Done)
def exchange_part(request: HttpRequest, arm: ArmNumber, body: ExchangeIn) -> Done:
    """Exchange a part of an arm that bears a number of its own."""
    exchange = build(parts.Exchange, body)
    return _done(request, arm, body, parts.exchange_part, exchange=exchange)


@stated_by(marks.NewMark)
class ArmMarkIn(_SeenIn):
    """A mark that was put on an arm."""


@registry.router.writes("/arms/{arm}/marks", Done)
def mark_arm(request: HttpRequest, arm: ArmNumber, body: ArmMarkIn) -> Done:
    """Record a mark that an arm was given; earlier marks stay on record."""
    mark = build(marks.NewMark, body)
    return _done(request, arm, body, marks.mark_arm, mark=mark)


class ConversionIn(registry.ArmCorrection, _SeenIn):
    """What a conversion changed; a field that is not sent stays as it is."""

    happened_on: date = Field(description=WORDS["happened_on"])
    place: str = Field("", max_length=120, description=WORDS["place"])
    document: str = Field("", max_length=200, description=WORDS["document"])


@registry.router.writes("/arms/{arm}/conversion", Done)
def convert_arm(request: HttpRequest, arm: ArmNumber, body: ConversionIn) -> Done:
    """Record the conversion of an arm; its category in law follows."""
    own = {"happened_on", "place", "document", "reason", "seen"}
    changes = body.model_dump(exclude_unset=True, exclude=own)
    told = build(converting.Conversion, body, changes=changes)
    return _done(request, arm, body, converting.convert_arm, conversion=told)


@stated_by(Happening)
class HappeningIn(_SeenIn):
    """What happened to an arm: loss, theft, return, destruction and the rest."""


@registry.router.writes("/arms/{arm}/events", Done)
def record_event(request: HttpRequest, arm: ArmNumber, body: HappeningIn) -> Done:
    """Record what happened to an arm that changes no hands."""
    told = build(Happening, body)
    is_loss = told.kind in LOSSES
    record = happening.report_loss if is_loss else happening.record_happening
    return _done(request, arm, body, record, happening=told)


@stated_by(
    EventInput,
    without={"number", "arm_number", "kind", "holder_from", "source_row", "known_at"},
)
class EventCorrection(Sent):
    """What is to read otherwise; a field that is not sent stays as it is."""

    kind: LifeEventKind = Field(
        LifeEventKind.LOST, description="LOST or STOLEN, of a report of either."
    )
    reason: Reason = Field(description=WORDS["reason"])
    seen: Seen = None


@registry.router.writes("/arms/{arm}/events/{event_key}/correction", Done)
def correct_event(
    request: HttpRequest, arm: ArmNumber, event_key: EventKey, body: EventCorrection
) -> Done:
    """Correct an event of an arm's life, and the report of a loss with it."""
    recorded = life.correct_event(
        event=OfLife(arm, event_key, body.seen),
        changes=body.model_dump(exclude_unset=True, exclude={"reason", "seen"}),
        reason=body.reason,
        **how(request),
    )
    return done(recorded, "A")


@registry.router.writes("/arms/{arm}/events/{event_key}/withdrawal", Ref)
def withdraw_event(
    request: HttpRequest, arm: ArmNumber, event_key: EventKey, body: Reasoned
) -> Ref:
    """Withdraw an event that did not happen; nothing is deleted."""
    life.withdraw_event(
        event=OfLife(arm, event_key), reason=body.reason, **how(request)
    )
    return Ref(id=f"A{arm}")
