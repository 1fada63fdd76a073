"""Traces over the wire: run, and read what was found."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from armstrace.api.errors import Sent, caller, now
from armstrace.api.recoveries import number_of
from armstrace.api.routing import Area
from armstrace.tracing import queries
from armstrace.tracing.actions import findings
from armstrace.translation import translate
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import Message, message

router = Area("traces")


class TraceOut(Schema):
    """The fields of the command-line contract."""

    id: str
    source_number: str
    outcome: str
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
    recoveries: Annotated[list[str], Field(min_length=1, max_length=200)]


@router.reads("/{recovery}", TraceOut)
def read_trace(request: HttpRequest, recovery: str) -> dict[str, object]:
    """Read where the trace of a recovered arm stands."""
    found = queries.summaries([number_of(recovery, "R")], viewer=caller(request))
    if not found:
        msg = message(
            "There is no recovery %(recovery)s here; check the number.",
            recovery=recovery[:40],
        )
        raise NotFound(msg)
    told: dict[str, object] = _in_language(found[0])
    return told


@router.writes("", list[TraceOut])
def run_traces(request: HttpRequest, body: TracesIn) -> list[dict[str, object]]:
    """Trace recovered arms at home; a proposal waits for a person's word."""
    ids = [number_of(each, "R") for each in body.recoveries]
    by = caller(request)
    findings.trace_at_home(
        recovery_ids=ids, home_country=settings.HOME_COUNTRY, by=by, at=now()
    )
    found = queries.summaries(ids, viewer=by)
    return [_in_language(each) for each in found]


def _in_language(told: Any) -> Any:  # noqa: ANN401 - plain values and messages
    """Say the messages among plain values in the language of the request."""
    if isinstance(told, Message):
        return translate(told)
    if isinstance(told, dict):
        return {name: _in_language(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_in_language(value) for value in told]
    return told
