"""Recoveries over the wire: list, read, record, correct."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from ninja import Query, Schema
from pydantic import Field, StringConstraints

from armstrace.analysis.marks import readings
from armstrace.api.errors import Sent, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Country,
    Done,
    Reason,
    Reasoned,
    RecoveryNumber,
    Ref,
    Seen,
    build,
    done,
    having,
    shown_from,
    stated_by,
)
from armstrace.api.walking import Rows, Walk, answer_step
from armstrace.api.words import EXAMPLES, WORDS
from armstrace.intake.actions import messages
from armstrace.procedures.actions import following, withdrawing
from armstrace.recoveries import queries
from armstrace.recoveries.actions import correcting, observing, repeat_recoveries
from armstrace.recoveries.fields import (
    FIELDS,
    IN_FILES_ALONE,
    PERSONAL,
    RecoveryField,
    changes_of,
    days_of,
)
from armstrace.recoveries.queries.rows import FurtherMark as FurtherMarkRow
from armstrace.recoveries.queries.rows import Photo
from armstrace.tracing import queries as tracing
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.recoveries import RecoveryKind

router = Area("recoveries")


# Fields whose names are shorter on the wire than elsewhere.
NAMES = {"kind": "recovery_kind", "type": "arm_type"}
WIRE = {name: wire for wire, name in NAMES.items()}
# Stated apart, or not at all; persons are no part of it.
APART = {"recovery_kind", "recovered_on", "agency", *IN_FILES_ALONE, *PERSONAL}
WHEN = (
    "The day as 2019-03-01; where it is not known, the month as 2019-03, the year as "
    "2019, or two of these with a slash between (ISO 8601)."
)


@shown_from(readings.Reading)
class Reading(Schema):
    """A mark as written and as read."""


@shown_from(FurtherMarkRow)
class FurtherMark(Schema):
    """A further mark, verbatim, with who saw it."""


@shown_from(Photo)
class Photograph(Schema):
    """A photograph; its own address gives the picture."""


class RecoveryOut(Schema):
    """A recovered arm in a list."""

    id: str
    kind: RecoveryKind
    recovered_on: str = Field(description=WHEN)
    agency: str
    place: str
    region: str
    arm_type: str
    make: str
    model: str
    calibre: str
    serial_as_marked: str
    serial_status: str
    case_number: str
    trace: str = Field(description="OPEN, CLOSED, EXCEPTED or empty: no decision")


def shape(each: RecoveryField, *, is_sent: bool) -> tuple[Any, Any]:
    """Give the type of a field, with its limits where it is sent, and its words."""
    wire, kind, default = WIRE.get(each.name, each.name), each.hint, each.default
    if each.is_several:
        kind, default = list[each.codes], []  # type: ignore[name-defined]
    if is_sent and each.longest is not None:
        longest = StringConstraints(max_length=each.longest)
        kind = Country if each.name == "country" else Annotated[str, longest]
    words = WORDS.get(wire) or f"{capfirst(str(words_of(each.name)))}."
    return kind, Field(default, description=words, examples=EXAMPLES.get(wire))


STATED = {WIRE.get(e.name, e.name): e for e in FIELDS if e.name not in APART}


@having({wire: shape(each, is_sent=False) for wire, each in STATED.items()})
class RecoveryDetail(Schema):
    """A recovered arm: what is stated of it, and its marks as they are read."""

    id: str
    source: str
    source_number: str
    kind: RecoveryKind
    recovered_on: str = Field(description=WHEN)
    agency: str
    known_at: datetime
    versions: int
    seen: int = Field(description="To be sent with a correction.")
    readings: list[Reading]
    marks: list[FurtherMark]
    photographs: list[Photograph]
    withdrawn_for: str | None = Field(
        description="The record that stands instead, where this one is withdrawn."
    )


@having({wire: shape(each, is_sent=True) for wire, each in STATED.items()})
class RecoveryFields(Sent):
    """What an agency states of a recovered arm; a field not sent is not touched."""


class RecoveryIn(RecoveryFields):
    """A recovered arm as stated by its agency."""

    source_number: Annotated[str, StringConstraints(min_length=1, max_length=120)] = (
        Field(description="The number by which its agency knows it.")
    )
    kind: RecoveryKind = Field(description="Seized, found, surrendered or other.")
    recovered_on: Annotated[str, StringConstraints(max_length=21)] = Field(
        description=WHEN, examples=["2025-06-01"]
    )
    agency: Annotated[str, StringConstraints(min_length=1, max_length=40)] = Field(
        description="Code of the agency that recovered it."
    )
    reason: str = Field(
        "",
        max_length=500,
        description="Why the record changes, where it is on record already.",
    )


class RecoveryCorrection(RecoveryFields):
    """What is to read otherwise; a field that is not sent stays as it is."""

    kind: RecoveryKind | None = Field(None, description="Why it is on file.")
    recovered_on: Annotated[str, StringConstraints(max_length=21)] | None = Field(
        None, description=WHEN, examples=["2025-06-01"]
    )
    reason: Reason = Field(description=WORDS["reason"])
    seen: Seen = None


class RecordedOut(Schema):
    id: str
    fate: Literal["NEW", "CORRECTED", "UNCHANGED", "ERASED"]


@stated_by(
    queries.RecoveryFilter, without={"arm_type", "serial_status", "year", "order"}
)
class Narrowing(Walk):
    """What narrows a list of recoveries."""

    kind: RecoveryKind | None = Field(None, description="Kind of recovery.")
    standing: tracing.Standing | None = Field(
        None, description="How the trace stands, or what waits for a person."
    )


@router.reads("", Rows[RecoveryOut])
def list_recoveries(
    request: HttpRequest, narrowing: Query[Narrowing]
) -> dict[str, object]:
    """List recovered arms; a corrected one and one whose trace moved has changed."""
    found = tracing.trace_rows(
        build(queries.RecoveryFilter, narrowing),
        standing=narrowing.standing,
        viewer=caller(request),
        page=narrowing.page(),
        today=timezone.localdate(),
    )
    return answer_step(found, _out)


@router.reads("/{recovery}", RecoveryDetail)
def read_recovery(request: HttpRequest, recovery: RecoveryNumber) -> dict[str, object]:
    """Read one recovered arm, a withdrawn one too; persons are no part of it."""
    by = caller(request)
    arm = queries.arm_detail(recovery, viewer=by, even_withdrawn=True)
    withdrawn, stated = queries.withdrawal_of(recovery, viewer=by), arm.stated
    return {
        **{wire: stated[each.name] for wire, each in STATED.items()},
        "id": arm.reference,
        "source": arm.source,
        "source_number": arm.source_number,
        "kind": arm.record.recovery_kind,
        "recovered_on": str(arm.record.recovered),
        "agency": arm.record.agency,
        "known_at": arm.record.known_at,
        "versions": len(arm.history),
        "seen": arm.record.pk,
        "marks": arm.marks,
        "photographs": arm.photographs,
        "readings": arm.readings,
        "withdrawn_for": withdrawn and f"R{withdrawn.same_as_id}",
    }


@router.writes("", RecordedOut)
def record_recovery(request: HttpRequest, body: RecoveryIn) -> dict[str, object]:
    """Record a recovered arm; the same number again corrects it, with a reason.

    Sending what is on record already changes nothing, and a field that is not sent
    stays as it is.
    """
    by = caller(request)
    recorded = messages.receive_recovery(
        source=f"api {by.agency}",
        number=body.source_number,
        given=_given(body),
        reason=body.reason,
        by=by,
        at=now(),
    )
    recorded.require_done()
    repeat_recoveries.note_resightings(
        recovery_ids=[recorded.record_id], by=by, at=now()
    )
    following.follow_procedure(recoveries=[recorded.record_id], by=by, at=now())
    return {"id": f"R{recorded.record_id}", "fate": recorded.fate.value}


@router.writes("/{recovery}/correction", Done)
def correct_recovery(
    request: HttpRequest, recovery: RecoveryNumber, body: RecoveryCorrection
) -> Done:
    """Correct what is known of a recovered arm; what stood stays in its history."""
    by = caller(request)
    queries.current_record(recovery, viewer=by)
    recorded = correcting.correct_recovery(
        recovery_id=recovery,
        changes=changes_of(_given(body)),
        reason=body.reason,
        seen=body.seen,
        by=by,
        at=now(),
    )
    following.follow_procedure(recoveries=[recovery], by=by, at=now())
    return done(recorded, "R")


class DoubleIn(Reasoned):
    """A recovery that another record is of too."""

    same_as: RecoveryNumber = Field(description="The record that stands.")


@router.writes("/{recovery}/withdrawal", Ref)
def withdraw_recovery(
    request: HttpRequest, recovery: RecoveryNumber, body: DoubleIn
) -> Ref:
    """Withdraw a recovery that was entered twice; nothing is deleted."""
    withdrawing.withdraw_recovery(
        recovery_id=recovery, same_as=body.same_as, reason=body.reason, **how(request)
    )
    return Ref(id=f"R{recovery}")


@router.writes("/{recovery}/reinstatement", Ref)
def reinstate_recovery(
    request: HttpRequest, recovery: RecoveryNumber, body: Reasoned
) -> Ref:
    """Bring back a recovery that was withdrawn, with what ended with it."""
    withdrawing.reinstate_recovery(
        recovery_id=recovery, reason=body.reason, **how(request)
    )
    return Ref(id=f"R{recovery}")


@stated_by(observing.StatedMark)
class MarkIn(Sent):
    """A further mark as it was seen."""


@router.writes("/{recovery}/marks", Ref)
def add_mark(request: HttpRequest, recovery: RecoveryNumber, body: MarkIn) -> Ref:
    """Record a further mark, verbatim."""
    observing.add_mark(
        recovery_id=recovery, stated=build(observing.StatedMark, body), **how(request)
    )
    return Ref(id=f"R{recovery}")


def _given(body: RecoveryIn | RecoveryCorrection) -> dict[str, object]:
    """Give the fields that were sent, by their names."""
    apart = {"source_number", "reason", "seen"}
    plain = body.model_dump(mode="json", exclude_unset=True, exclude=apart)
    named = {
        NAMES.get(name, name): value
        for name, value in plain.items()
        if value is not None
    }
    return named | _days(body.recovered_on)


def _days(text: str | None) -> dict[str, object]:
    if text is None:
        return {}
    try:
        return {**days_of(DateSpan.read(text))}
    except InvalidInput as refused:
        raise InvalidInput(refused.message, field="recovered_on") from refused


def _out(row: tracing.TracedRow) -> dict[str, object]:
    shown = {name: getattr(row.recovery, name, "") for name in RecoveryOut.model_fields}
    return shown | {
        "id": row.recovery.reference,
        "recovered_on": str(row.recovery.recovered_on),
        "trace": row.standing or "",
    }
