"""Early warnings over the wire: list, read with what they rest on, decide."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from armstrace.api.cases import CaseIn
from armstrace.api.errors import Sent, caller, how
from armstrace.api.routing import Area
from armstrace.api.shapes import Key, Ref, Reference, Text, build, shown_from
from armstrace.investigations.inputs import NewCase
from armstrace.procedures.actions import cases
from armstrace.risk.actions import warnings as acts
from armstrace.risk.inputs import WarningDecision
from armstrace.risk.queries import early_warnings
from armstrace.vocabulary.warnings import WarningState

router = Area("warnings")
WarningNumber = Annotated[int, Reference("W", "Number of the warning.")]


@shown_from(early_warnings.WarningRow)
class WarningOut(Schema):
    """An early warning in a list."""

    warning_id: str = Field(validation_alias="reference", examples=["W12"])
    agency: str = Field(description="Empty where its records are of several.")
    person: str = Field(description="Who decided last; empty while it is new.")


@shown_from(early_warnings.EvidenceRow)
class WarningEvidenceOut(Schema):
    """A record that a warning rests on."""

    reference: str = Field(examples=["R12"])


class WarningDetail(WarningOut):
    """An early warning with the records beneath it that the caller may see."""

    chance: float = Field(description="How likely as much would be by chance alone.")
    evidence: list[WarningEvidenceOut]
    others: list[str] = Field(description="Numbers of further records.")
    case_number: str
    reason: str
    seen: int = Field(description="To be sent with a decision.")


class WarningDecisionIn(Sent):
    """What becomes of a warning."""

    state: WarningState = Field(
        description="TAKEN, DISMISSED, ACTED, or NEW to give it back."
    )
    reason: Text = Field("", description="Why, or what was done.")
    case_number: Text = Field("", description="Of the case that was opened for it.")
    seen: Key = Field(description="Number of the standing that was read.", examples=[1])


@router.lists("", early_warnings.warning_rows, WarningOut)
def list_warnings() -> None:
    """List early warnings; one that was decided on has changed."""


@router.reads("/{number}", WarningDetail)
def read_warning(request: HttpRequest, number: WarningNumber) -> dict[str, object]:
    """Read one early warning with what it rests on."""
    page = early_warnings.warning_page(
        number, viewer=caller(request), page=early_warnings.WHOLE
    )
    return _row(early_warnings.row_of(page.now)) | {
        "chance": page.warning.chance,
        "evidence": page.evidence,
        "others": list(page.others),
        "case_number": page.now.case_number,
        "reason": page.now.reason,
        "seen": page.now.pk,
    }


@router.writes("/{number}/decide", Ref)
def decide_warning(
    request: HttpRequest, number: WarningNumber, body: WarningDecisionIn
) -> Ref:
    """Take a warning, give it back, dismiss it, or say that it was acted on."""
    made = acts.decide(
        warning_id=number, decision=build(WarningDecision, body), **how(request)
    )
    return Ref(id=made.warning.reference)


class WarningCaseIn(CaseIn):
    """A case that is opened for a warning."""

    seen: Key = Field(description="Number of the standing that was read.", examples=[1])


@router.writes("/{number}/case", Ref)
def open_case_for_warning(
    request: HttpRequest, number: WarningNumber, body: WarningCaseIn
) -> Ref:
    """Open a case for an early warning; the warning names it from then on."""
    given = build(NewCase, body, recovery_ids=tuple(body.recovery_ids))
    opened = cases.open_case_for_warning(
        warning_id=number, given=given, seen=body.seen, **how(request)
    )
    return Ref(id=opened.reference)


def _row(row: early_warnings.WarningRow) -> dict[str, object]:
    names = ("reference", *WarningOut.model_fields)
    return {name: getattr(row, name) for name in names}
