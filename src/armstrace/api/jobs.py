"""Long work over the wire: how far it has come."""

from django.http import HttpRequest
from ninja import Schema

from armstrace.api.errors import caller
from armstrace.api.routing import Area
from armstrace.api.shapes import RunKey, shown_from
from armstrace.jobs import queries

router = Area("jobs")


@shown_from(queries.JobRow)
class JobOut(Schema):
    """How far a job has come."""


@router.lists("", queries.job_rows, JobOut)
def list_jobs() -> None:
    """List jobs: one's own, or all for who looks after the system."""


@router.reads("/{run}", JobOut)
def read_job(request: HttpRequest, run: RunKey) -> queries.JobRow:
    """Tell how far a job has come."""
    return queries.job_row(run, viewer=caller(request))
