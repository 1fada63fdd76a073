"""The trade over the wire: the own stock, notices of it, and for whom it reports."""

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from armstrace.api.errors import Sent, how
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Done,
    HolderKey,
    Reason,
    Ref,
    Text,
    build,
    shown_from,
    stated_by,
)
from armstrace.api.words import WORDS
from armstrace.intake.actions import noticing
from armstrace.jobs.running import JobContext
from armstrace.registry.actions import trading as actions
from armstrace.registry.inputs import EventInput
from armstrace.registry.queries import trading
from armstrace.translation import translate

router = Area("trade")


@shown_from(trading.InStock, without={"arm_id"})
class InStockOut(Schema):
    """An arm that the own business has now."""


@router.lists("/stock", trading.in_stock, InStockOut)
def list_own_stock() -> None:
    """List the arms of the business for which the own agency reports."""


@stated_by(EventInput, without={"source_row", "known_at", "manner", "country"})
class NoticeIn(Sent):
    """What came to the business or went; the other side is named by its licence."""


class NoticeOut(Done):
    """What became of a notice; where it waits for the registry, why."""

    rule: str = Field("", description="Code of the rule by which it waits.")
    detail: str = Field("", description="Why it waits.")


@router.writes("/notices", NoticeOut)
def give_notice(request: HttpRequest, body: NoticeIn) -> NoticeOut:
    """Give notice; REFUSED where it is kept and waits for the registry."""
    notice = build(EventInput, body)
    found = noticing.give_notice(notice=notice, context=JobContext(), **how(request))
    return NoticeOut(
        id=f"A{found.record_id}" if found.record_id else "",
        fate=found.fate,
        rule=found.rule,
        detail=translate(found.reason),
    )


class ReportingIn(Sent):
    """Which agency of the trade reports for a holder."""

    agency: Text = Field(description="Code of an agency of the trade.")
    holder: Text = Field("", description="Number of the holder; empty ends it.")
    reason: Reason = Field(description=WORDS["reason"])


@router.writes("/reporting", Ref)
def assign_agency(request: HttpRequest, body: ReportingIn) -> Ref:
    """Record for which holder an agency of the trade reports."""
    made = actions.assign_agency(**body.model_dump(), **how(request))
    return Ref(id=str(made.pk))


@stated_by(actions.Closing)
class BusinessClosingIn(Sent):
    """From which day a business is closed, and what is left over."""


@router.writes("/closing/{holder}", Ref)
def close_business(
    request: HttpRequest, holder: HolderKey, body: BusinessClosingIn
) -> Ref:
    """Close the business of a holder from a day, or take the closing back."""
    closing = build(actions.Closing, body)
    made = actions.close_business(holder_id=holder, closing=closing, **how(request))
    return Ref(id=str(made.pk))
