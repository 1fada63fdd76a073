"""Traces over the wire: run, and read what was found."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from armstrace.api.errors import Sent, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    RecoveryNumber,
    Ref,
    Seen,
    Text,
    build,
    shown_from,
    stated_by,
)
from armstrace.procedures.actions import following
from armstrace.tracing import queries
from armstrace.tracing.actions import abroad, assigning, decisions, findings
from armstrace.tracing.inputs import (
    AnswerInput,
    DecisionInput,
    RecallInput,
    RequestInput,
)
from armstrace.translation import translate
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.tracing import TraceChannel

router = Area("traces")


class TraceOut(Schema):
    """The fields of the command-line contract."""

    id: str
    source_number: str
    outcome: str
    seen: int = Field(description="To be sent with a decision.")
    first_hop: str
    first_hop_country: str
    arm: str | None
    last_lawful_holder: str | None = Field(description="The holder's number")
    point_of_diversion: dict[str, Any] | None
    confidence: float
    is_lawfully_held: bool | None = Field(
        description="The holder on record still had it: no diversion is proposed"
    )
    time_to_crime_days: int | None
    gaps: list[dict[str, Any]]


class TracesIn(Sent):
    recoveries: list[RecoveryNumber] = Field(
        min_length=1, max_length=200, description="The recoveries to trace."
    )


class AssignmentIn(Sent):
    """Whose work some recovered arms are."""

    recoveries: list[RecoveryNumber] = Field(
        min_length=1, max_length=2_000, description="The recovered arms."
    )
    person: Text = Field(
        "", description="Sign-in name of who traces them; empty for nobody."
    )
    note: Text = Field("", description="What is said to that person.")


class AssignedOut(Schema):
    """How many recovered arms changed hands."""

    count: int


@router.writes("/assignments", AssignedOut)
def assign_recoveries(request: HttpRequest, body: AssignmentIn) -> dict[str, int]:
    """Give recovered arms to a person to trace, or free them for everybody."""
    chosen, by, at = body.recoveries, caller(request), now()
    if not body.person:
        freed = assigning.release_recoveries(recovery_ids=chosen, by=by, at=at)
        return {"count": freed}
    given = assigning.assign_recoveries(
        recovery_ids=chosen, to=body.person, note=body.note, by=by, at=at
    )
    return {"count": given}


@router.reads("/{recovery}", TraceOut)
def read_trace(request: HttpRequest, recovery: RecoveryNumber) -> dict[str, object]:
    """Read where the trace of a recovered arm stands."""
    found = queries.summaries([recovery], viewer=caller(request))
    if not found:
        msg = message(
            "There is no recovery %(recovery)s here; check the number.",
            recovery=f"R{recovery}",
        )
        raise NotFound(msg)
    told: dict[str, object] = _in_language(found[0])
    return told


@router.writes("", list[TraceOut])
def run_traces(request: HttpRequest, body: TracesIn) -> list[dict[str, object]]:
    """Trace recovered arms at home; a proposal waits for a person's word."""
    ids = body.recoveries
    by = caller(request)
    findings.trace_at_home(
        recovery_ids=ids, home_country=settings.HOME_COUNTRY, by=by, at=now()
    )
    found = queries.summaries(ids, viewer=by)
    return [_in_language(each) for each in found]


@shown_from(queries.DecisionShown)
class DecisionOut(Schema):
    """A decision on a trace; the holder by number."""


@router.reads("/{recovery}/decisions", list[DecisionOut])
def list_decisions(request: HttpRequest, recovery: RecoveryNumber) -> object:
    """List the decisions on a trace, the latest first, replaced ones too."""
    page = queries.trace_page(
        recovery, home_country=settings.HOME_COUNTRY, viewer=caller(request)
    )
    return page.decisions


@stated_by(DecisionInput, without={"recovery_id", "known_at"})
class TraceDecisionIn(Sent):
    """A decision on the trace of one recovery."""

    seen: Seen = None


@router.writes("/{recovery}/decisions", TraceOut)
def decide_on_trace(
    request: HttpRequest, recovery: RecoveryNumber, body: TraceDecisionIn
) -> dict[str, object]:
    """Open, close or except a trace, or confirm a point of diversion."""
    by = caller(request)
    stated = build(DecisionInput, body, recovery_id=recovery)
    decisions.decide_traces(stated=[stated], by=by, at=now())
    following.follow_procedure(recoveries=[recovery], by=by, at=now())
    told: dict[str, object] = _in_language(queries.summaries([recovery], viewer=by)[0])
    return told


class RequestOut(Schema):
    """A request to another State, and what it answered."""

    country: str
    asked_on: date
    channel: TraceChannel
    reference: str
    answer: str = Field(description="A code of TraceAnswer; empty without an answer.")
    answered_on: date | None
    told: str
    reason: str = Field(description="Why it was recalled.")


@router.reads("/{recovery}/requests", list[RequestOut])
def list_requests(request: HttpRequest, recovery: RecoveryNumber) -> object:
    """List what other States were asked about an arm, the latest first."""
    return queries.trace_page(
        recovery, home_country=settings.HOME_COUNTRY, viewer=caller(request)
    ).requests


@stated_by(RequestInput)
class RequestIn(Sent):
    """That another State was asked about an arm."""


@stated_by(AnswerInput)
class StateAnswerIn(Sent):
    """What a State that was asked says."""


@router.writes("/{recovery}/requests", Ref)
def ask_state(request: HttpRequest, recovery: RecoveryNumber, body: RequestIn) -> Ref:
    """Record that another State was asked about an arm."""
    given = build(RequestInput, body)
    abroad.ask_state(recovery_id=recovery, given=given, **how(request))
    return Ref(id=f"R{recovery}")


@router.writes("/{recovery}/requests/answer", Ref)
def record_answer(
    request: HttpRequest, recovery: RecoveryNumber, body: StateAnswerIn
) -> Ref:
    """Record what a State that was asked says."""
    given = build(AnswerInput, body)
    abroad.record_answer(recovery_id=recovery, given=given, **how(request))
    return Ref(id=f"R{recovery}")


@stated_by(RecallInput)
class RecallIn(Sent):
    """That a request is taken back."""


@router.writes("/{recovery}/requests/recall", Ref)
def recall_request(
    request: HttpRequest, recovery: RecoveryNumber, body: RecallIn
) -> Ref:
    """Recall a request, such as one sent to the wrong State."""
    given = build(RecallInput, body)
    abroad.recall_request(recovery_id=recovery, given=given, **how(request))
    return Ref(id=f"R{recovery}")


def _in_language(told: Any) -> Any:  # noqa: ANN401 - plain values and messages
    """Say the messages among plain values in the language of the request."""
    if isinstance(told, Message):
        return translate(told)
    if isinstance(told, dict):
        return {name: _in_language(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_in_language(value) for value in told]
    return told
