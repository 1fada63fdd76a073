"""Parallel cases over the wire: open, read, write, ask, close.

A sealed case is there for the tokens of its members alone. Numbers of cases follow
no order, so that none is guessed: what is new is found by ``changed_since``.
"""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Schema
from pydantic import Field

from armstrace.api.errors import Sent, caller, how
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Reasoned,
    RecoveryNumber,
    Ref,
    Reference,
    Text,
    Words,
    build,
    shown_from,
    stated_by,
)
from armstrace.investigations import queries
from armstrace.investigations.actions import ending, entries, membership
from armstrace.investigations.inputs import (
    EntryInput,
    LessonInput,
    NewCase,
    OutcomeInput,
    SubjectInput,
)
from armstrace.procedures.actions import cases as following
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.investigations import (
    Aim,
    AimResult,
    CaseState,
    EntryKind,
    LessonKind,
)

router = Area("cases")
CaseNumber = Annotated[int, Reference("C", "Number of the case.")]
EntryNumber = Annotated[
    int, Path(ge=1, lt=2**31, description="Number of the entry in the case.")
]
CASE = ("title", "aims", "main_case", "agency", "lead", "state", "is_sealed", "why")


class CaseOut(Schema):
    """A case in a list."""

    case_id: str = Field(examples=["C4827193"])
    title: str
    aims: list[Aim]
    main_case: str
    agency: str
    lead: str
    state: CaseState
    is_sealed: bool
    why: str
    opened_at: datetime


class OutcomeOut(Schema):
    """How a case ended."""

    results: dict[Aim, AimResult]
    preventive_action: str
    lessons: list[str]
    known_at: datetime


@shown_from(queries.OverlapRow, without={"case_id"})
class OverlapOut(Schema):
    """Another unit that touches the same, and whom to call: never what it holds."""


@shown_from(queries.Contact)
class ContactOut(Schema):
    """Whom to ask for what a handling code holds back; what it is is not told."""


class SuggestionOut(Schema):
    """An offence to consider too: a proposal, not a finding."""

    offence: str
    because: list[Words]


class CaseDetail(CaseOut):
    """One case; its entries have an address of their own."""

    members: list[str]
    recovery_ids: list[str] = Field(examples=[["R12"]])
    outcomes: list[OutcomeOut]
    overlaps: list[OverlapOut]
    suggestions: list[SuggestionOut]
    held_back: list[ContactOut]


@shown_from(EntryInput, without={"file", "subjects"})
class EntryOut(Schema):
    """One numbered entry of a case, as it stands."""

    number: int
    done_on: date | None
    subject_kind: str
    role: str
    subject_id: int | None
    elements: dict[str, list[str]]
    seen: int = Field(description="Sent with a correction.")


@stated_by(NewCase)
class CaseIn(Sent):
    """A case that is opened."""

    recovery_ids: list[RecoveryNumber] = Field(
        [], max_length=2_000, description="What begins it.", examples=[["R12"]]
    )


@stated_by(SubjectInput)
class CaseSubjectIn(Sent):
    """Somebody or something that is written into the case with an entry."""


class NamesIn(Sent):
    """Whom and what an entry names besides."""

    mentions: list[int] = Field(
        [], max_length=2_000, description="Entries of the case.", examples=[[3]]
    )
    subjects: list[CaseSubjectIn] = Field(
        [], max_length=50, description="Written into the case, and named."
    )
    recovery_ids: list[RecoveryNumber] = Field(
        [], max_length=2_000, description="What it is about.", examples=[["R12"]]
    )


@stated_by(EntryInput, without={"when", "file"})
class EntryIn(NamesIn):
    """An entry; what its kind does not ask stays empty."""

    when: Text = Field(
        "", description="Day, month, year or span of them.", examples=["2026-03"]
    )
    reason: Text = Field("", description="Of a correction: why.")


class LessonIn(Sent):
    """One thing that a case taught."""

    kind: LessonKind = Field(description="What it is about.")
    text: Text = Field(description="In words.", examples=["By bus, in small lots."])


@stated_by(OutcomeInput, without={"lessons"})
class CaseOutcomeIn(Sent):
    """How a case ended."""

    lessons: list[LessonIn] = Field(
        max_length=50, description="What it taught; at least one."
    )


class MemberIn(Reasoned):
    """Somebody who is to work on the case, or no longer."""

    person: Text = Field(description="Sign-in name.", examples=["maria"])
    is_member: bool = Field(default=True, description="False takes them off it.")


class SealIn(Reasoned):
    """Whether a case is seen by its members alone."""

    is_sealed: bool = Field(description="Whether it is sealed from now on.")


class ItemsIn(Sent):
    """What is put into a case."""

    recovery_ids: list[RecoveryNumber] = Field(
        min_length=1, max_length=2_000, description="Recovered items."
    )


class TaskDoneIn(Sent):
    """That a task was done."""

    done_on: date = Field(description="The day.", examples=["2026-01-31"])
    note: Text = Field("", description="What came of it.")


def _case(row: queries.CaseRow) -> dict[str, object]:
    case = row.case
    told = {name: getattr(case, name) for name in CASE}
    return told | {"case_id": case.reference, "opened_at": case.known_at}


@router.lists("", queries.case_rows, CaseOut, out=_case)
def list_cases() -> None:
    """List cases; their numbers follow no order, so ask what changed since."""


@router.writes("", Ref)
def open_case(request: HttpRequest, body: CaseIn) -> Ref:
    """Open a case beside the main one."""
    given = build(NewCase, body, recovery_ids=tuple(body.recovery_ids))
    return Ref(id=following.open_case(given=given, **how(request)).reference)


@router.reads("/{case}", CaseDetail)
def read_case(request: HttpRequest, case: CaseNumber) -> dict[str, object]:
    """Read one case: members, items, outcome, other units, offences to consider."""
    viewer = caller(request)
    page = queries.case_page(case, viewer=viewer)
    return _case(queries.CaseRow(page.case, len(page.items))) | {
        "members": [one.person for one in page.members],
        "recovery_ids": [item.reference for item in page.items],
        "outcomes": [
            {
                "results": one.results,
                "preventive_action": one.preventive_action,
                "lessons": [f"{x.kind}: {x.text}" for x in one.lessons.all()],
                "known_at": one.known_at,
            }
            for one in page.outcomes
        ],
        "overlaps": queries.overlaps_of(case, viewer=viewer),
        "held_back": queries.held_back(case, viewer=viewer),
        "suggestions": [
            {"offence": one.offence.code, "because": one.because}
            for one in queries.suggestions(case, viewer=viewer)
        ],
    }


@router.reads("/{case}/entries", list[EntryOut])
def list_entries(request: HttpRequest, case: CaseNumber) -> list[queries.Entry]:
    """List the standing entries of a case by number."""
    return queries.entries_of(case, viewer=caller(request))


@router.writes("/{case}/entries", Ref)
def add_entry(request: HttpRequest, case: CaseNumber, body: EntryIn) -> Ref:
    """Write an entry: an event, a person, a task, a decision, a charge."""
    made = entries.add_entry(case_id=case, given=_entry(body), **how(request))
    return Ref(id=str(made.number))


@router.writes("/{case}/entries/{number}", Ref)
def correct_entry(
    request: HttpRequest, case: CaseNumber, number: EntryNumber, body: EntryIn
) -> Ref:
    """Write an entry anew; what was written before stays in its history."""
    entries.correct_entry(
        case_id=case,
        number=number,
        given=_entry(body),
        reason=body.reason,
        **how(request),
    )
    return Ref(id=str(number))


@router.writes("/{case}/entries/{number}/names", Ref)
def add_to_entry(
    request: HttpRequest, case: CaseNumber, number: EntryNumber, body: NamesIn
) -> Ref:
    """Name more persons, things and recovered items in an entry that stands."""
    given = _entry_by_names(body, kind=EntryKind.EVENT, text="")
    entries.add_to_entry(case_id=case, number=number, given=given, **how(request))
    return Ref(id=str(number))


@router.writes("/{case}/entries/{number}/undo", Ref)
def undo_entry(
    request: HttpRequest, case: CaseNumber, number: EntryNumber, body: Reasoned
) -> Ref:
    """Take back the last change of an entry; the history keeps both."""
    entries.undo_entry(case_id=case, number=number, reason=body.reason, **how(request))
    return Ref(id=str(number))


@router.writes("/{case}/entries/{number}/withdrawal", Ref)
def withdraw_entry(
    request: HttpRequest, case: CaseNumber, number: EntryNumber, body: Reasoned
) -> Ref:
    """Take back an entry; it stays in the history."""
    entries.withdraw_entry(
        case_id=case, number=number, reason=body.reason, **how(request)
    )
    return Ref(id=str(number))


@router.writes("/{case}/entries/{number}/done", Ref)
def finish_task(
    request: HttpRequest, case: CaseNumber, number: EntryNumber, body: TaskDoneIn
) -> Ref:
    """Say that a task is done, or a deadline met."""
    entries.finish_task(
        case_id=case, number=number, **body.model_dump(), **how(request)
    )
    return Ref(id=str(number))


@router.writes("/{case}/items", Ref)
def add_items(request: HttpRequest, case: CaseNumber, body: ItemsIn) -> Ref:
    """Put recovered items into a case; what is in it already stays."""
    following.add_items(case_id=case, recovery_ids=body.recovery_ids, **how(request))
    return Ref(id=f"C{case}")


@router.writes("/{case}/items/{recovery}/removal", Ref)
def remove_item(
    request: HttpRequest, case: CaseNumber, recovery: RecoveryNumber, body: Reasoned
) -> Ref:
    """Take a recovered item out of a case; that it was in it stays on record."""
    following.remove_item(
        case_id=case, recovery_id=recovery, reason=body.reason, **how(request)
    )
    return Ref(id=f"C{case}")


@router.writes("/{case}/members", Ref)
def change_member(request: HttpRequest, case: CaseNumber, body: MemberIn) -> Ref:
    """Let somebody work on a case, or no longer."""
    change = membership.add_member if body.is_member else membership.remove_member
    change(case_id=case, person=body.person, reason=body.reason, **how(request))
    return Ref(id=f"C{case}")


@router.writes("/{case}/seal", Ref)
def seal_case(request: HttpRequest, case: CaseNumber, body: SealIn) -> Ref:
    """Show a case to its members alone, or again to its agency and the hub."""
    following.seal_case(case_id=case, **body.model_dump(), **how(request))
    return Ref(id=f"C{case}")


@router.writes("/{case}/ask", list[OverlapOut])
def ask_other_units(request: HttpRequest, case: CaseNumber) -> list[queries.OverlapRow]:
    """Ask the other units again; each side reads that it was asked."""
    ending.ask_others(case_id=case, **how(request))
    return queries.overlaps_of(case, viewer=caller(request))


@router.writes("/{case}/close", Ref)
def close_case(request: HttpRequest, case: CaseNumber, body: CaseOutcomeIn) -> Ref:
    """Close a case with its outcome and what it taught."""
    lessons = tuple(build(LessonInput, one) for one in body.lessons)
    given = build(OutcomeInput, body, lessons=lessons)
    ending.close_case(case_id=case, given=given, **how(request))
    return Ref(id=f"C{case}")


@router.writes("/{case}/reopen", Ref)
def reopen_case(request: HttpRequest, case: CaseNumber, body: Reasoned) -> Ref:
    """Open a closed case again; all that is in it stays."""
    ending.reopen_case(case_id=case, reason=body.reason, **how(request))
    return Ref(id=f"C{case}")


def _entry(body: EntryIn) -> EntryInput:
    return _entry_by_names(body, when=DateSpan.read(body.when) if body.when else None)


def _entry_by_names(body: NamesIn, **more: object) -> EntryInput:
    return build(
        EntryInput,
        body,
        recovery_ids=tuple(body.recovery_ids),
        subjects=tuple(build(SubjectInput, one) for one in body.subjects),
        **more,
    )
