"""Applications for licences over the wire: apply, act on one, check, restrict."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Form, Query, Schema
from pydantic import Field

from armstrace.api.acting import Checked, MissingOut, Paper, file_of, require_here
from armstrace.api.errors import Sent, asking, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Reasoned,
    Ref,
    Reference,
    Text,
    build,
    shown_from,
    stated_by,
)
from armstrace.licensing import actions, queries
from armstrace.licensing.actions.steps import ENTRIES
from armstrace.licensing.inputs import ApplicationInput, Said
from armstrace.translation import translate
from armstrace.vocabulary.licensing import (
    DocumentKind,
    GroundClass,
    LicenceAct,
    Restriction,
    StopCause,
)

router = Area("licences")
Number = Annotated[int, Reference("Q", "Number of the application.")]
Written = Annotated[
    str,
    Query(
        description="Number of an application or of a licence.",
        max_length=64,
        examples=["Q12"],
    ),
]


@shown_from(queries.ApplicationRow)
class ApplicationOut(Schema):
    """An application in a list."""


class QuestionOut(Schema):
    """A question that stops the clock."""

    id: int = Field(description="To be sent with the answer.")
    cause: StopCause
    words: str


class ApplicationDetail(Checked):
    """One application with what explains where it is."""

    row: ApplicationOut
    questions: list[QuestionOut] = Field(description="Questions that are open.")
    acts: list[LicenceAct] = Field(description="What the caller may do now.")
    days_stopped: int
    ahead: list[str] = Field(description="What is to be thought of before a decision.")
    appeal_to: str = Field(
        description="The body that hears an appeal against a refusal; empty where the "
        "profile names none."
    )
    appeal_until: date | None = Field(description="Its last day.")


@shown_from(queries.Standing)
class LicenceCheckOut(Schema):
    """What stands in the way of an application, or of using a licence."""

    missing: list[MissingOut]


@shown_from(queries.Otherwise)
class OtherwiseOut(Schema):
    """An open application that the law would now decide otherwise."""

    missing: list[MissingOut]


@stated_by(ApplicationInput)
class ApplicationIn(Sent):
    """What somebody applies for."""

    key: Text = Field(description="Made by the caller: the same key makes one.")


@stated_by(Said)
class LicenceActIn(Sent):
    """An act on an application; each says its own part of these."""

    act: LicenceAct = Field(description="What is done.")


class RestrictionIn(Reasoned):
    """Why a licence is suspended, reinstated or revoked."""

    number: Text = Field(description="Number of the licence.")
    act: Restriction = Field(description="What is done with it.")
    ground: GroundClass | None = Field(
        None, description="Class of ground; none where it is reinstated."
    )


class DocumentForm(Sent):
    """What a document is."""

    kind: DocumentKind = Field(description="What it is.")


@router.lists("", queries.application_rows, ApplicationOut)
def list_applications() -> None:
    """List applications."""


@router.reads("/changed", list[OtherwiseOut])
def list_decided_otherwise(request: HttpRequest) -> list[queries.Otherwise]:
    """List the open applications that the law would now decide otherwise."""
    return list(queries.otherwise_decided(**asking(request)))


@router.reads("/check", LicenceCheckOut)
def check_licence(request: HttpRequest, number: Written) -> queries.Standing:
    """Say what blocks an application, or the use of a licence, today."""
    return queries.standing_of(number, **asking(request))


@router.writes("/restrictions", Ref)
def restrict_licence(request: HttpRequest, body: RestrictionIn) -> Ref:
    """Suspend, reinstate or revoke a licence."""
    told = {n: getattr(body, n) for n in ("number", "act", "reason", "ground")}
    actions.restrict_licence(**told, **how(request))
    return Ref(id=body.number)


@router.reads("/{application}", ApplicationDetail)
def read_application(request: HttpRequest, application: Number) -> dict[str, object]:
    """Read one application; the ledger keeps who looked."""
    by = caller(request)
    page = queries.application_page(application, viewer=by, at=now())
    return {
        "row": page.row,
        "missing": page.missing,
        "questions": [one.question for one in page.stops if one.is_open],
        "acts": page.acts(by),
        "days_stopped": page.days_stopped,
        "ahead": list(map(translate, page.ahead)),
        "appeal_to": page.appeal.body,
        "appeal_until": page.appeal.until,
        "seen": page.record.pk,
    }


@router.writes("", Ref)
def draft_application(request: HttpRequest, body: ApplicationIn) -> Ref:
    """Write an application down; it is not sent yet."""
    given = build(ApplicationInput, body)
    made = actions.draft_application(given=given, key=body.key, **how(request))
    return Ref(id=made.reference)


@router.writes("/{application}/documents", Ref)
def attach_document(
    request: HttpRequest, application: Number, form: Form[DocumentForm], file: Paper
) -> Ref:
    """Attach a document to an application."""
    actions.attach_document(
        application_id=application,
        kind=form.kind,
        file=file_of(file),
        **how(request),
    )
    return Ref(id=f"Q{application}")


@router.writes("/{application}/acts", Ref)
def act_on_application(
    request: HttpRequest, application: Number, body: LicenceActIn
) -> Ref:
    """Do an act on an application whose stage allows it."""
    require_here(body.act, ENTRIES)
    actions.act_on_application(
        application_id=application, act=body.act, said=build(Said, body), **how(request)
    )
    return Ref(id=f"Q{application}")
