"""Runs of matching over the wire: begin one, watch it, read what it found."""

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from armstrace.api.errors import Sent, caller, now
from armstrace.api.routing import Area
from armstrace.api.shapes import RunKey, Year, build, shown_from
from armstrace.api.walking import Rows, Walk, answer_step
from armstrace.jobs import tasks
from armstrace.recoveries import queries
from armstrace.recoveries.actions import matching_runs
from armstrace.vocabulary.matching import MatchAgainst, MatchQuestion

router = Area("matching")


@shown_from(queries.RunCard)
class RunOut(Schema):
    """One run of matching with its counts."""


@shown_from(queries.FoundRow)
class FoundOut(Schema):
    """What a run found for one recovery and one question."""


class FoundQuery(Walk):
    """What narrows what a run found."""

    question: MatchQuestion | None = Field(None, description="Of one question.")
    least: float = Field(0, ge=0, le=1, description="Of this probability or more.")
    undecided: bool = Field(default=False, description="Only what nobody judged yet.")
    reported: bool = Field(default=False, description="Only arms reported missing.")


class RunIn(Sent):
    """What is to be matched."""

    against: MatchAgainst = Field(MatchAgainst.ALL, description="Against what.")
    year: Year | None = Field(
        None, description="Recoveries of one year.", examples=[2025]
    )


@router.lists("", queries.matching_runs, RunOut)
def list_runs() -> None:
    """List the runs of matching."""


@router.writes("", RunOut)
def begin_run(request: HttpRequest, body: RunIn) -> queries.RunCard:
    """Begin to match recoveries; it goes on by itself."""
    by, at = caller(request), now()
    run = matching_runs.begin_run(against=body.against, year=body.year, by=by, at=at)
    tasks.enqueue(run.job_id, by=by, at=at)
    return queries.matching_run(run.pk, viewer=by)


@router.reads("/{run}", RunOut)
def read_run(request: HttpRequest, run: RunKey) -> queries.RunCard:
    """Tell how far a run has come, or how it ended."""
    return queries.matching_run(run, viewer=caller(request))


@router.reads("/{run}/found", Rows[FoundOut])
def list_found(
    request: HttpRequest, run: RunKey, where: Query[FoundQuery]
) -> dict[str, object]:
    """List what a run found."""
    narrowed = build(queries.ResultFilter, where)
    by = caller(request)
    return answer_step(queries.found_rows(run, narrowed, viewer=by, page=where.page()))
