"""The linked picture over the wire: subjects, links, judgements, neighbourhoods."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Schema
from pydantic import Field

from armstrace.analysis.networks.graph import Graph
from armstrace.api.errors import Sent, asking, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Reason,
    Reasoned,
    Ref,
    Reference,
    Seen,
    Why,
    build,
    shown_from,
    stated_by,
)
from armstrace.api.walking import Walk
from armstrace.intelligence import queries
from armstrace.intelligence.actions import links, sameness, subjects
from armstrace.intelligence.inputs import LinkInput, Provenance, SubjectInput
from armstrace.intelligence.queries import Origins, Passed
from armstrace.intelligence.queries.nodes import no_such_record
from armstrace.translation import translate
from armstrace.vocabulary.intelligence import Sameness
from armstrace.vocabulary.networks import HandlingCode, LinkKind

router = Area("intelligence")
SubjectNumber = Annotated[int, Reference("P", "Number of the subject.")]
LinkNumber = Annotated[int, Reference("L", "Number of the link.")]
RecordNumber = Annotated[
    str,
    Path(
        pattern="^[A-Za-z][1-9][0-9]{0,17}$",
        description="Number of a record of any kind.",
        examples=["R12"],
    ),
]
Record = Annotated[
    str, Field(max_length=24, description="Number of a record.", examples=["P12"])
]


@shown_from(queries.SubjectRow)
class SubjectOut(Schema):
    """One subject in a list."""


@shown_from(Provenance)
class GradedOut(Schema):
    """Where information comes from, how good it is and how it is handled."""

    agency: str
    known_at: datetime


@shown_from(SubjectInput, without={"provenance"})
class SubjectDetail(GradedOut):
    """What is known of a subject."""

    subject_id: str = Field(examples=["P12"])
    is_withdrawn: bool
    reason: str
    told_by: str
    seen: int = Field(description="To be sent with a correction.")


class LinkOut(GradedOut):
    """One asserted link, standing or removed."""

    link_id: str = Field(validation_alias="reference", examples=["L12"])
    start: str = Field(examples=["P12"])
    end: str = Field(examples=["R5"])
    kind: LinkKind
    told: str
    from_on: date | None
    until_on: date | None
    asserted_by: str
    removed_at: datetime | None
    removed_by: str
    removed_because: str


@shown_from(Graph)
class GraphOut(Schema):
    """Records and the links between them; computed and asserted ones say so."""


@shown_from(Origins)
class OriginsOut(Schema):
    """Where the arms of a group or person came from, chain by chain."""


@shown_from(Passed)
class PassedOut(Schema):
    """The arms that passed somebody, and what became of them."""


@stated_by(queries.SubjectFilter, without={"review_by"})
class SubjectQuery(Walk):
    """What narrows a list of subjects."""


class AroundQuery(Schema):
    """How far a neighbourhood goes."""

    hops: int = Field(1, ge=0, le=3, description="How many links away.")
    kind: list[LinkKind] = Field([], description="Only links of these kinds.")
    until: date | None = Field(None, description="As it was on this day.")
    most: int = Field(300, ge=1, le=2_000, description="Most records.")


@stated_by(SubjectInput)
class SubjectIn(Sent):
    """A subject as a source names it."""


class CorrectionIn(SubjectIn):
    """What is to read otherwise of a subject; a field that is not sent stays."""

    reason: Reason = Field(description="Why.", examples=["read again"])
    seen: Seen = None


@stated_by(LinkInput)
class LinkIn(Sent):
    """A link between two records."""


class SamenessIn(Sent):
    """A judgement on two records."""

    first: Record
    second: Record
    judgement: Sameness = Field(description="What is said of the two.")
    reason: Reason = Field(description="On what it rests.", examples=["one passport"])
    handling: HandlingCode = Field(
        HandlingCode.H0, description="What is let be done with the judgement."
    )


class SamenessOut(Ref):
    """A judgement that was made, and what it contradicts."""

    contradictions: list[str] = Field(
        description="What cannot hold beside the other judgements, in sentences."
    )


@router.lists("/subjects", queries.subject_rows, SubjectOut, where=SubjectQuery)
def list_subjects() -> None:
    """List subjects in use; one that was corrected has changed."""


@router.writes("/subjects", Ref)
def record_subject(request: HttpRequest, body: SubjectIn) -> Ref:
    """Record a subject of one's own agency."""
    stated = build(SubjectInput, body)
    made = subjects.record_subject(stated=stated, **how(request))
    return Ref(id=made.reference)


@router.reads("/subjects/{subject}", SubjectDetail)
def read_subject(
    request: HttpRequest, subject: SubjectNumber, justification: Why = ""
) -> dict[str, object]:
    """Read what is known of a subject; the reading is logged."""
    page = queries.subject_page(subject, **asking(request), reason=justification)
    shown = {
        name: getattr(page.record, name)
        for name in SubjectDetail.model_fields
        if hasattr(page.record, name)
    }
    return shown | {
        "subject_id": page.subject.reference,
        "kind": page.subject.kind,
        "seen": page.record.pk,
    }


@router.writes("/subjects/{subject}/corrections", Ref)
def correct_subject(
    request: HttpRequest, subject: SubjectNumber, body: CorrectionIn
) -> Ref:
    """Correct what is known of a subject; what was known before stays on record."""
    told = body.model_dump(exclude_unset=True)
    subjects.correct_subject(
        subject_id=subject,
        stated=build(SubjectInput, body),
        reason=body.reason,
        sent={*told, *told.get("provenance", {})},
        seen=body.seen,
        **how(request),
    )
    return Ref(id=f"P{subject}")


@router.writes("/subjects/{subject}/withdrawal", Ref)
def withdraw_subject(
    request: HttpRequest, subject: SubjectNumber, body: Reasoned
) -> Ref:
    """Take a subject out of use."""
    subjects.withdraw_subject(subject_id=subject, reason=body.reason, **how(request))
    return Ref(id=f"P{subject}")


@router.writes("/links", Ref)
def assert_link(request: HttpRequest, body: LinkIn) -> Ref:
    """Say that two records are linked."""
    made = links.assert_link(stated=build(LinkInput, body), **how(request))
    return Ref(id=made.reference)


@router.reads("/links/{link}", LinkOut)
def read_link(request: HttpRequest, link: LinkNumber) -> object:
    """Read one asserted link, standing or removed."""
    found, _ = queries.link(link, viewer=caller(request))
    return found


@router.writes("/links/{link}/removal", Ref)
def remove_asserted_link(request: HttpRequest, link: LinkNumber, body: Reasoned) -> Ref:
    """Take a link out of the picture; it stays on record with the reason."""
    links.remove_link(link_id=link, reason=body.reason, **how(request))
    return Ref(id=f"L{link}")


@router.writes("/sameness", SamenessOut)
def judge_sameness(request: HttpRequest, body: SamenessIn) -> SamenessOut:
    """Judge whether two records mean the same, or take that back."""
    by, at = caller(request), now()
    pair = {"first": body.first.upper(), "second": body.second.upper()}
    near = queries.compare_pair(**pair, viewer=by, at=at, reason=body.reason)
    sameness.judge_sameness(
        **pair,
        judgement=body.judgement,
        reason=body.reason,
        shown=near.score if near else None,
        handling=body.handling,
        by=by,
        at=at,
    )
    against = queries.contradictions(pair["first"], viewer=by)
    return SamenessOut(id=pair["first"], contradictions=list(map(translate, against)))


@router.reads("/of/{record}", GraphOut)
def read_neighbourhood(
    request: HttpRequest, record: RecordNumber, where: Query[AroundQuery]
) -> Graph:
    """Read the records around one, with the links between them."""
    key = record.upper()
    found = queries.neighbourhood(
        [key],
        viewer=caller(request),
        hops=where.hops,
        kinds=where.kind or None,
        until=where.until,
        most=where.most,
    )
    if all(node.key != key for node in found.nodes):
        raise no_such_record(key)
    return found


@router.reads("/of/{record}/origins", OriginsOut)
def read_origins(request: HttpRequest, record: RecordNumber) -> Origins:
    """Read where the arms of a group or person came from."""
    return queries.origins(record.upper(), viewer=caller(request))


@router.reads("/of/{record}/passed", PassedOut)
def read_passed(request: HttpRequest, record: RecordNumber) -> Passed:
    """Read which arms passed a holder or subject, and what became of them."""
    return queries.arms_that_passed(record.upper(), viewer=caller(request))
