"""Traces over the wire: run, and read what was found."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from armstrace.api.errors import Refusal, now
from armstrace.api.recoveries import caller, number_of
from armstrace.tracing import queries
from armstrace.tracing.actions import findings
from armstrace.vocabulary.errors import NotFound

router = Router(tags=["traces"])


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


class TracesIn(Schema):
    recoveries: Annotated[list[str], Field(min_length=1, max_length=200)]


@router.get("/{recovery}", response={200: TraceOut, 403: Refusal, 404: Refusal})
def read_trace(request: HttpRequest, recovery: str) -> dict[str, object]:
    """Read where the trace of a recovered arm stands."""
    found = queries.summaries([number_of(recovery, "R")], viewer=caller(request))
    if not found:
        msg = f"There is no recovery {recovery[:40]} here; check the number."
        raise NotFound(msg)
    return found[0]


@router.post("", response={200: list[TraceOut], 403: Refusal, 422: Refusal})
def run_traces(request: HttpRequest, body: TracesIn) -> list[dict[str, object]]:
    """Trace recovered arms at home; a proposal waits for a person's word."""
    ids = [number_of(each, "R") for each in body.recoveries]
    by = caller(request)
    findings.trace_at_home(
        recovery_ids=ids, home_country=settings.HOME_COUNTRY, by=by, at=now()
    )
    return queries.summaries(ids, viewer=by)
