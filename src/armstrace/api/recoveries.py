"""Recoveries over the wire: list, read, record, correct."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field, StringConstraints

from armstrace.api.errors import Sent, caller, now
from armstrace.api.routing import Area
from armstrace.api.walking import Rows, Walk, walked
from armstrace.intake.actions import messages
from armstrace.recoveries import queries
from armstrace.recoveries.actions import repeat_recoveries
from armstrace.recoveries.fields import days_of
from armstrace.tracing import queries as tracing
from armstrace.translation import translate
from armstrace.vocabulary.arms import Modification
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.recoveries import (
    CriminalContext,
    LegalJustification,
    PlaceKind,
    RecoveryKind,
)

router = Area("recoveries")
Short = Annotated[str, StringConstraints(max_length=120, strip_whitespace=True)]
Text120 = Annotated[str, StringConstraints(max_length=120)]
Text200 = Annotated[str, StringConstraints(max_length=200)]
Long = Annotated[str, StringConstraints(max_length=400)]
Country = Annotated[str, StringConstraints(pattern="^([A-Za-z]{2})?$")]


WHEN = (
    "The day as 2019-03-01; where it is not known, the month as 2019-03, the year as "
    "2019, or two of these with a slash between (ISO 8601)."
)


class Reading(Schema):
    """A mark as written and as read."""

    field: str
    as_written: str
    value: str
    certainty: str
    rule: str
    note: str


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


class RecoveryDetail(Schema):
    """A recovered arm with its marks as written beside their reading."""

    id: str
    source: str
    source_number: str
    kind: RecoveryKind
    recovered_on: str = Field(description=WHEN)
    agency: str
    known_at: datetime
    versions: int
    readings: list[Reading]


class RecoveryIn(Sent):
    """A recovered arm as stated by its agency; a field not sent is not touched."""

    source_number: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    kind: RecoveryKind
    recovered_on: Annotated[str, StringConstraints(max_length=21)] = Field(
        description=WHEN
    )
    agency: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    type: Text120 = ""
    make: Text200 = ""
    model: Text200 = ""
    calibre: Text120 = ""
    serial: Long = ""
    country_of_manufacture: Text120 = ""
    import_mark: Text200 = ""
    other_marks: Long = ""
    modification: Modification = Modification.UNKNOWN
    place: Text200 = ""
    region: Text120 = ""
    country: Country = ""
    place_kind: PlaceKind = PlaceKind.UNKNOWN
    case_number: Text120 = ""
    legal_justification: LegalJustification = LegalJustification.UNKNOWN
    criminal_contexts: list[CriminalContext] = []
    offences: Annotated[str, StringConstraints(max_length=4000)] = ""
    seal_number: Text120 = ""
    custody_number: Text120 = ""
    notes: Annotated[str, StringConstraints(max_length=4000)] = ""
    reason: Annotated[str, StringConstraints(max_length=500)] = Field(
        "", description="Why the record changes, where it is on record already."
    )


NAMES = {"kind": "recovery_kind", "type": "arm_type"}
"""Names of fields that are shorter on the wire than elsewhere."""
NOT_OFFERED = frozenset(
    {
        "year_of_manufacture",  # read from the marks
        "production_class",  # read from the marks
        "latitude",
        "longitude",
        "recovered_until",  # part of when it was recovered
        "taken_from",  # persons are not part of the API
        "taken_from_is_holder",
    }
)


class RecordedOut(Schema):
    id: str
    fate: Literal["NEW", "CORRECTED", "UNCHANGED"]


class Narrowing(Walk):
    """What narrows a list of recoveries."""

    text: Short = ""
    kind: RecoveryKind | None = None
    make: Short = ""
    region: Short = ""
    agency: Short = ""
    since: date | None = None
    until: date | None = None
    standing: tracing.Standing | None = None


@router.reads("", Rows[RecoveryOut])
def list_recoveries(
    request: HttpRequest, narrowing: Query[Narrowing]
) -> dict[str, object]:
    """List recovered arms; a corrected one and one whose trace moved has changed."""
    where = queries.RecoveryFilter(
        text=narrowing.text,
        kind=narrowing.kind or "",
        make=narrowing.make,
        region=narrowing.region,
        agency=narrowing.agency,
        since=narrowing.since,
        until=narrowing.until,
    )
    found = tracing.trace_rows(
        where,
        standing=narrowing.standing,
        viewer=caller(request),
        page=narrowing.page(),
        today=now().date(),
    )
    return walked(found, _out)


@router.reads("/{recovery}", RecoveryDetail)
def read_recovery(request: HttpRequest, recovery: str) -> dict[str, object]:
    """Read one recovered arm; persons are not part of the answer."""
    arm = queries.arm_detail(number_of(recovery, "R"), viewer=caller(request))
    return {
        "id": arm.reference,
        "source": arm.source,
        "source_number": arm.source_number,
        "kind": arm.record.recovery_kind,
        "recovered_on": str(arm.record.recovered),
        "agency": arm.record.agency,
        "known_at": arm.record.known_at,
        "versions": len(arm.history),
        "readings": [
            {
                "field": reading.field,
                "as_written": reading.as_written,
                "value": reading.value,
                "certainty": reading.certainty,
                "rule": reading.rule,
                "note": translate(reading.note),
            }
            for reading in arm.readings
        ],
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
    if recorded.record_id is not None:
        repeat_recoveries.note_resightings(
            recovery_ids=[recorded.record_id], by=by, at=now()
        )
    return {"id": f"R{recorded.record_id}", "fate": recorded.fate.value}


def number_of(reference: str, letter: str) -> int:
    """Give the identity in a reference such as R12.

    Raises:
        InvalidInput: It is no such reference.
    """
    digits = reference[1:] if reference[:1].upper() == letter else reference
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 15:
        msg = message(
            "%(reference)s is not a reference; write it as %(letter)s12.",
            reference=repr(reference[:40]),
            letter=letter,
        )
        raise InvalidInput(msg, field="id")
    return int(digits)


def _given(body: RecoveryIn) -> dict[str, object]:
    """Give the fields that were sent, by their names."""
    plain = body.model_dump(
        mode="json", exclude_unset=True, exclude={"source_number", "reason"}
    )
    named = {NAMES.get(name, name): value for name, value in plain.items()}
    return named | days_of(_when(body.recovered_on))


def _when(text: str) -> DateSpan:
    try:
        return DateSpan.read(text)
    except InvalidInput as refused:
        raise InvalidInput(refused.message, field="recovered_on") from refused


def _out(row: tracing.TracedRow) -> dict[str, object]:
    one = row.recovery
    return {
        "id": one.reference,
        "kind": one.kind,
        "recovered_on": str(one.recovered_on),
        "agency": one.agency,
        "place": one.place,
        "region": one.region,
        "arm_type": one.arm_type,
        "make": one.make,
        "model": one.model,
        "calibre": one.calibre,
        "serial_as_marked": one.serial_as_marked,
        "serial_status": one.serial_status,
        "case_number": one.case_number,
        "trace": row.standing or "",
    }
