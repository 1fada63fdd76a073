"""Ballistic marks over the wire: enrol, search, compare, conclude, link."""

from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from ninja import File, Form, Path, Schema
from ninja.files import UploadedFile
from pydantic import Field

from armstrace.api.errors import Sent, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Key,
    Reason,
    Reasoned,
    Ref,
    Reference,
    RunKey,
    build,
    shown_from,
    stated_by,
)
from armstrace.api.walking import Walk
from armstrace.api.words import WORDS
from armstrace.ballistics import inputs, queries
from armstrace.ballistics.actions import comparing, concluding, enrolling, searching
from armstrace.jobs import tasks
from armstrace.procedures.actions import following
from armstrace.vocabulary.ballistics import (
    ConclusionStanding,
    MarkOrigin,
    MarkType,
    Verdict,
)

router = Area("ballistics")
MarkNumber = Annotated[int, Reference("B", "Number of the mark.")]
ComparisonNumber = Annotated[int, Reference("K", "Number of the comparison.")]
RowKey = Annotated[Key, Path(description="Number of the row.")]
Scan = Annotated[UploadedFile, File(description="The scan, an X3P file.")]


@stated_by(queries.MarkFilter)
class MarkQuery(Walk):
    """What narrows a list of marks."""

    mark_type: MarkType | None = Field(None, description="What printed itself.")
    origin: MarkOrigin | None = Field(None, description="Exhibit or test fire.")


@shown_from(queries.MarkRow)
class MarkOut(Schema):
    """A mark in a list."""


@shown_from(queries.ConclusionShown)
class ConclusionOut(Schema):
    """A conclusion about two marks, with its review."""


@shown_from(queries.ComparisonRow)
class ComparisonOut(Schema):
    """A kept comparison of two marks."""


@shown_from(queries.LinkShown)
class MarkLinkOut(Schema):
    """A link between two marks, as it is seen from one of them."""


@shown_from(queries.SearchRow)
class SearchOut(Schema):
    """A search with how far it has come."""


@shown_from(queries.SearchPage)
class SearchDetail(Schema):
    """A search with its candidates, best first."""


class MarkDetail(Schema):
    """One mark with its comparisons, conclusions, searches and links."""

    row: MarkOut
    comparisons: list[ComparisonOut]
    conclusions: list[ConclusionOut]
    searches: list[SearchOut]
    links: list[MarkLinkOut]


@stated_by(inputs.ClassInput)
class _ClassForm(Sent):
    """What a mark says of the class of arm."""


@stated_by(inputs.MarkInput, without={"region", "described", "part_id"})
class MarkForm(_ClassForm):
    """A mark to be enrolled from the scan that is sent with it."""


@router.lists("/marks", queries.mark_rows, MarkOut, where=MarkQuery)
def list_marks() -> None:
    """List marks."""


@router.writes("/marks", Ref)
def enrol_mark(request: HttpRequest, form: Form[MarkForm], scan: Scan) -> Ref:
    """Enrol a mark from its scan, an X3P file; its region is proposed."""
    described = build(inputs.ClassInput, form)
    by = caller(request)
    made = enrolling.enrol_mark(
        stated=build(inputs.MarkInput, form, described=described),
        scan=inputs.ReceivedScan(scan.read(), scan.name or ""),
        folder=settings.MEDIA_ROOT,
        by=by,
        at=now(),
    )
    if made.recovery_id:
        following.follow_procedure(recoveries=[made.recovery_id], by=by, at=now())
    return Ref(id=made.reference)


@router.reads("/marks/{mark}", MarkDetail)
def read_mark(request: HttpRequest, mark: MarkNumber) -> queries.MarkPage:
    """Read one mark with its comparisons, conclusions, searches and links."""
    return queries.mark_page(mark, viewer=caller(request))


@router.lists("/searches", queries.search_rows, SearchOut)
def list_searches() -> None:
    """List searches; one that went on has changed."""


@stated_by(inputs.SearchInput)
class SearchIn(Sent):
    """A search to be made."""

    reach_deg: float = Field(
        180, gt=0, le=180, description="Farthest turn from the mark as placed."
    )
    compare_closer: int = Field(
        10, ge=0, le=100, description="How many of the first are compared closer."
    )


@router.writes("/searches", SearchOut)
def begin_search(request: HttpRequest, body: SearchIn) -> queries.SearchRow:
    """Begin to search a mark; it goes on by itself."""
    by, at = caller(request), now()
    run = searching.begin_search(stated=build(inputs.SearchInput, body), by=by, at=at)
    tasks.enqueue(run.job_id, by=by, at=at)
    return queries.search_row(run.pk, viewer=by)


@router.reads("/searches/{run}", SearchDetail)
def read_search(request: HttpRequest, run: RunKey) -> queries.SearchPage:
    """Read a search with its candidates, best first."""
    return queries.search_page(run, viewer=caller(request))


@router.writes("/searches/{run}/stop", SearchOut)
def stop_search(request: HttpRequest, run: RunKey) -> queries.SearchRow:
    """Stop a search that is no longer wanted."""
    by = caller(request)
    by.require("ballistics.compare")
    queries.search_row(run, viewer=by)
    searching.stop_search(run_id=run, by=by, at=now())
    return queries.search_row(run, viewer=by)


@router.lists("/comparisons", queries.comparison_rows, ComparisonOut)
def list_comparisons() -> None:
    """List kept comparisons."""


class ComparisonIn(Sent):
    """Two marks to be compared."""

    first_id: MarkNumber = Field(description="One of the marks.")
    second_id: MarkNumber = Field(description="The other mark.")


@router.writes("/comparisons", Ref)
def compare_marks(request: HttpRequest, body: ComparisonIn) -> Ref:
    """Compare two marks in both directions and keep the result."""
    made = comparing.compare_marks(
        **body.model_dump(), folder=settings.MEDIA_ROOT, **how(request)
    )
    return Ref(id=made.reference)


class ConclusionQuery(Walk):
    """What narrows a list of conclusions."""

    standing: ConclusionStanding | None = Field(None, description="How it stands.")


class ConclusionIn(Sent):
    """What an examiner concludes about two marks."""

    first_id: MarkNumber = Field(description="One of the marks.")
    second_id: MarkNumber = Field(description="The other mark.")
    verdict: Verdict = Field(description=WORDS["verdict"])
    reason: Reason = Field(description="What decided it.")
    comparison_id: ComparisonNumber | None = Field(
        None, description=WORDS["comparison_id"]
    )


class ReviewIn(Reasoned):
    """A second examiner's own conclusion."""

    verdict: Verdict = Field(description=WORDS["verdict"])


@router.lists(
    "/conclusions", queries.conclusion_rows, ConclusionOut, where=ConclusionQuery
)
def list_conclusions() -> None:
    """List the conclusions that stand."""


@router.writes("/conclusions", ConclusionOut)
def conclude(request: HttpRequest, body: ConclusionIn) -> object:
    """Record an examiner's conclusion about two marks."""
    by = caller(request)
    stated = inputs.ConclusionInput(
        (body.first_id, body.second_id), body.verdict, body.reason, body.comparison_id
    )
    made = concluding.conclude(stated=stated, by=by, at=now())
    return queries.conclusion(made.pk, viewer=by)


@router.writes("/conclusions/{row}/review", ConclusionOut)
def review_conclusion(request: HttpRequest, row: RowKey, body: ReviewIn) -> object:
    """Record a second examiner's own conclusion."""
    by = caller(request)
    concluding.review_conclusion(
        conclusion_id=row, **body.model_dump(), by=by, at=now()
    )
    return queries.conclusion(row, viewer=by)


@router.lists("/links", queries.link_rows, MarkLinkOut)
def list_links() -> None:
    """List the links that stand."""


@router.writes("/links/{row}/removal", MarkLinkOut)
def remove_link(request: HttpRequest, row: RowKey, body: Reasoned) -> object:
    """Remove a link by a new record; what it rested on stays on record."""
    by = caller(request)
    made = concluding.remove_link(link_id=row, reason=body.reason, by=by, at=now())
    return queries.link_row(made.pk, viewer=by)
