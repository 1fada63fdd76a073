"""Steps of the standing procedure over the wire: list, do, waive, close."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Schema
from pydantic import Field

from armstrace.api.errors import Sent, caller, how
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    RecoveryNumber,
    Seen,
    Text,
    build,
    shown_from,
    stated_by,
)
from armstrace.procedures import queries
from armstrace.procedures.actions import closing, steps
from armstrace.procedures.inputs import StepBack, StepDone, WaiverAsked, WaiverDecided

router = Area("steps")
STEP = "/{recovery}/{opening}/{code}"


class StepPlace(Schema):
    """Which step of which recovery."""

    recovery: RecoveryNumber
    opening: int = Field(ge=1, lt=2**15, description="The round of the step.")
    code: str = Field(max_length=40, description="The code of the step.")


@shown_from(queries.Ungranted)
class UngrantedOut(Schema):
    """A waiver that was asked for and refused, or taken back."""


@shown_from(queries.StepShown, without={"undecided_because"})
class StepOut(Schema):
    """One step of a recovery, and what the caller may do with it."""

    ungranted: list[UngrantedOut] = Field(description="Waivers asked for before.")


class ClosingOut(Schema):
    """That a recovery was closed, or opened again."""

    is_closed: bool
    decided_by: str
    known_at: datetime
    reason: str


@shown_from(queries.Panel, without={"recovery_id"})
class PanelOut(Schema):
    """What the standing procedure asks of a recovery."""

    steps: list[StepOut] = Field(description="Those asked in its present round.")
    earlier: list[StepOut] = Field(description="Those of before it was opened again.")
    closings: list[ClosingOut]


@shown_from(queries.CaseCounts)
class CountsOut(Schema):
    """What became of recoveries that must have a parallel case."""


class CasesOut(CountsOut):
    """The counts in all, and by agency."""

    waiting: int = Field(description="Recoveries that have no steps yet.")
    by_agency: dict[str, CountsOut]


@stated_by(StepDone)
class DoneIn(Sent):
    """That a step is done."""


@stated_by(WaiverAsked)
class WaiverIn(Sent):
    """That a step should go undone."""


@stated_by(WaiverDecided)
class WaiverDecisionIn(Sent):
    """Whether a step may go undone."""


@stated_by(StepBack)
class BackIn(Sent):
    """Why a step is opened again."""

    seen: Seen = None


class ClosingIn(Sent):
    """That a recovery is closed, or opened again."""

    is_closed: bool = Field(description="Whether it is closed.", examples=[True])
    reason: Text = Field("", description="Why; needed to open it again.")


@router.lists("", queries.inbox, StepOut, out=lambda row: row.step)
def list_steps() -> None:
    """List open steps; one that was acted on has changed."""


@router.reads("/figures", CasesOut)
def count_cases(request: HttpRequest) -> dict[str, object]:
    """Count recoveries that must have a parallel case, and what became of it."""
    found = queries.case_figures(viewer=caller(request), today=timezone.localdate())
    agencies = {name: asdict(each) for name, each in found.by_agency.items()}
    told = {"waiting": found.waiting, "by_agency": agencies}
    return asdict(found.whole) | told


@router.reads("/{recovery}", PanelOut)
def read_steps(request: HttpRequest, recovery: RecoveryNumber) -> queries.Panel:
    """Read the steps of a recovery."""
    return _panel(request, recovery)


@router.writes(f"{STEP}/done", PanelOut)
def do_step(
    request: HttpRequest, place: Path[StepPlace], body: DoneIn
) -> queries.Panel:
    """Say that a step is done, and what shows it."""
    return _act(request, place, steps.do_step, build(StepDone, body))


@router.writes(f"{STEP}/taken-back", PanelOut)
def take_step_back(
    request: HttpRequest, place: Path[StepPlace], body: BackIn
) -> queries.Panel:
    """Open a step again that a person said was done."""
    return _act(request, place, steps.take_back, build(StepBack, body))


@router.writes(f"{STEP}/waiver", PanelOut)
def ask_waiver(
    request: HttpRequest, place: Path[StepPlace], body: WaiverIn
) -> queries.Panel:
    """Ask that a step go undone; a second person decides."""
    return _act(request, place, steps.ask_waiver, build(WaiverAsked, body))


@router.writes(f"{STEP}/waiver-decision", PanelOut)
def decide_waiver(
    request: HttpRequest, place: Path[StepPlace], body: WaiverDecisionIn
) -> queries.Panel:
    """Let a step go undone, or not."""
    return _act(request, place, steps.decide_waiver, build(WaiverDecided, body))


@router.writes("/{recovery}/closing", PanelOut)
def close_recovery(
    request: HttpRequest, recovery: RecoveryNumber, body: ClosingIn
) -> queries.Panel:
    """Close a recovery whose steps have ended, or open it again."""
    act = closing.close_recovery if body.is_closed else closing.reopen_recovery
    act(recovery_id=recovery, reason=body.reason, **how(request))
    return _panel(request, recovery)


def _act(
    request: HttpRequest, place: StepPlace, act: Callable[..., object], said: object
) -> queries.Panel:
    which = (place.opening, place.code)
    step = queries.step_of_recovery(
        place.recovery, which, viewer=caller(request), today=timezone.localdate()
    )
    act(step_id=step.step_id, said=said, **how(request))
    return _panel(request, place.recovery)


def _panel(request: HttpRequest, recovery: int) -> queries.Panel:
    return queries.panel(recovery, viewer=caller(request), today=timezone.localdate())
