"""The register over the wire: arms, what happens to them, and search by marks."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from armstrace.analysis.marks import identify
from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching.rank import Candidate
from armstrace.analysis.provenance.events import Event, in_order
from armstrace.api.errors import Sent, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    ArmNumber,
    Done,
    Reason,
    Reasoned,
    Ref,
    Seen,
    Whole,
    build,
    done,
    shown_from,
    stated_by,
)
from armstrace.api.walking import Walk
from armstrace.api.words import LONG, WORDS
from armstrace.registry import queries
from armstrace.registry.actions import correcting, entering, joining, withdrawing
from armstrace.registry.inputs import ArmInput
from armstrace.translation import translate
from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.builds import Action, Bore, Ignition, Trait
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

router = Area("registry")
Size = Annotated[int, Field(ge=1, le=99_999)]


@stated_by(Description, without={"other"})
class Marks(Sent):
    """What can be read of an arm; ? stands for an unread character."""


class EvidenceOut(Schema):
    field: str
    bits: float
    words: str


class CandidateOut(Schema):
    """A registered arm that the marks may be of."""

    id: str
    make: str
    model: str
    calibre: str
    serial: str
    state: str
    probability: float = Field(ge=0, le=1)
    match_class: str
    evidence: list[EvidenceOut]


class CandidatesOut(Schema):
    """Candidates, likeliest first; all probabilities and both remainders sum to 1.

    Where nothing could be compared both remainders are null and the note says what
    is needed. Remarks say what is odd about the marks as they were sent.
    """

    candidates: list[CandidateOut]
    probability_absent: float | None
    probability_others: float | None
    model_version: str
    note: str
    remarks: list[str]


@router.reads("/candidates", CandidatesOut)
def find_candidates(
    request: HttpRequest,
    marks: Query[Marks],
    top: Annotated[
        int, Query(ge=1, le=50, description="How many candidates at most.")
    ] = 10,
) -> dict[str, object]:
    """Rank the registered arms that partly read marks may be of."""
    described = build(Description, marks)
    told = replace(described, type="", country="")
    if told == Description():
        msg = message("Nothing was read; give at least a part of the serial number.")
        raise InvalidInput(msg, field="serial")
    by = caller(request)
    read = identify.identify(described)
    ranking = queries.candidates_for(read, viewer=by, top=top)
    ids = [int(each.registry_id) for each in ranking.candidates]
    rows = queries.arms_by_id(ids, viewer=by)
    compared = ranking.is_compared
    return {
        "candidates": [
            _out(each, rows[int(each.registry_id)]) for each in ranking.candidates
        ],
        "probability_absent": ranking.absence_stated,
        "probability_others": ranking.probability_others if compared else None,
        "model_version": ranking.model,
        "note": translate(ranking.note),
        "remarks": [
            translate(note)
            for note in (*read.notes, identify.unread(read.serial_search))
            if note
        ],
    }


def _out(candidate: Candidate, row: queries.ArmRow) -> dict[str, object]:
    return {
        "id": row.reference,
        "make": row.make,
        "model": row.model,
        "calibre": row.calibre,
        "serial": row.serial_as_marked,
        "state": row.state,
        "probability": candidate.probability,
        "match_class": candidate.match_class or "",
        "evidence": [
            {"field": each.field, "bits": each.bits, "words": translate(each.words)}
            for each in candidate.evidence
        ],
    }


@stated_by(queries.ArmFilter, without={"lowest_first"})
class ArmQuery(Walk):
    """What narrows a list of registered arms."""


@shown_from(Description)
class DescriptionOut(Schema):
    """The marks of an arm exactly as they were written."""


@shown_from(queries.ArmRow)
class ArmOut(Schema):
    """A registered arm in a list; its holder is not named here."""


@shown_from(Event, without={"holder_kind_from", "holder_kind_to"})
class EventOut(Schema):
    """Something that happened to an arm; holders by number."""


@shown_from(queries.Act)
class ActOut(Schema):
    """An act that may follow, or why it may not."""


class PartOut(Schema):
    """A part of an arm that bears a number of its own."""

    id: int = Field(description="To be sent as removed, where it comes off.")
    part_type: PartType
    serial_as_marked: str


@shown_from(queries.PartMoved)
class ExchangeOut(Schema):
    """A part that an event put on the arm, or took off."""


class ArmDetail(Schema):
    """A registered arm with its whole life."""

    arm: ArmOut
    source: str
    source_number: str
    marks: DescriptionOut = Field(description="The marks as they were written.")
    year_of_manufacture: int | None
    category: str = Field(description="By the law of today; empty: not decided.")
    notes: str
    parts: list[PartOut] = Field(description="The parts with a number of their own.")
    events: list[EventOut]
    exchanges: list[ExchangeOut] = Field(description="The parts that events moved.")
    acts: list[ActOut] = Field(description="The acts that may follow.")
    seen: int = Field(description="To be sent with an act: the newest event.")
    version: int = Field(description="To be sent as seen with a correction.")
    known_at: datetime
    withdrawn_for: str | None = Field(description="The record that stands instead.")


@router.lists("/arms", queries.arm_rows, ArmOut, where=ArmQuery)
def list_arms() -> None:
    """List registered arms; one that something happened to has changed.

    A withdrawn arm is in no list; its own address says which record stands.
    """


@router.reads("/arms/{arm}", ArmDetail)
def read_arm(request: HttpRequest, arm: ArmNumber) -> dict[str, object]:
    """Read one arm; a report that was joined with a registered arm gives that one."""
    by = caller(request)
    joined = queries.arms_joined_with([arm], viewer=by)
    found = queries.arm_page(joined.get(arm, arm), viewer=by)
    return {
        "arm": found.row,
        "source": found.source,
        "source_number": found.row.source_number,
        "marks": found.record.description,
        "year_of_manufacture": found.record.year_of_manufacture,
        "category": found.category(now()).code,
        "notes": found.record.notes,
        "parts": found.parts,
        "events": in_order(found.events),
        "exchanges": found.exchanges,
        "acts": queries.acts_on(found, viewer=by, at=now()),
        "seen": found.newest_event,
        "version": found.record.pk,
        "known_at": found.record.known_at,
        "withdrawn_for": found.withdrawal and f"A{found.withdrawal.same_as_id}",
    }


@stated_by(ArmInput, without={"source_row", "known_at"})
class ArmInputIn(Sent):
    """An arm as its register states it."""

    rounds: Size | None = Field(None, description=WORDS["rounds"])
    barrel_mm: Size | None = Field(None, description=WORDS["barrel_mm"])
    overall_mm: Size | None = Field(None, description=WORDS["overall_mm"])


@stated_by(entering.Entering, without={"sent"})
class ArmIn(Sent):
    """An arm that comes on the register, and how it came."""

    arm: ArmInputIn = Field(description="What is stated of the arm.")


@router.writes("/arms", Done)
def register_arm(request: HttpRequest, body: ArmIn) -> Done:
    """Put an arm on the register, with the event that brought it there."""
    stated = build(entering.Entering, body)
    return done(entering.register_arm(entering=stated, **how(request)), "A")


@stated_by(Description)
class ArmCorrection(Sent):
    """What is to read otherwise; a field that is not sent stays as it is."""

    year_of_manufacture: Whole | None = Field(
        None, description=WORDS["year_of_manufacture"]
    )
    action: Action | None = Field(None, description=WORDS["action"])
    ignition: Ignition | None = Field(None, description=WORDS["ignition"])
    bore: Bore | None = Field(None, description=WORDS["bore"])
    trait: Trait | None = Field(None, description=WORDS["trait"])
    rounds: Size | None = Field(None, description=WORDS["rounds"])
    barrel_mm: Size | None = Field(None, description=WORDS["barrel_mm"])
    overall_mm: Size | None = Field(None, description=WORDS["overall_mm"])
    notes: str = Field("", max_length=LONG["notes"], description=WORDS["notes"])
    reason: Reason = Field(description=WORDS["reason"])
    seen: Seen = None


@router.writes("/arms/{arm}/correction", Done)
def correct_arm(request: HttpRequest, arm: ArmNumber, body: ArmCorrection) -> Done:
    """Correct the marks of an arm; the earlier state stays in its history."""
    recorded = correcting.correct_arm(
        arm_id=arm,
        changes=body.model_dump(exclude_unset=True, exclude={"reason", "seen"}),
        reason=body.reason,
        seen=body.seen,
        **how(request),
    )
    return done(recorded, "A")


class DoubleArmIn(Reasoned):
    """A record that another one is of the same arm."""

    same_as: ArmNumber = Field(description="The record that stands.")


@router.writes("/arms/{arm}/withdrawal", Ref)
def withdraw_arm(request: HttpRequest, arm: ArmNumber, body: DoubleArmIn) -> Ref:
    """Withdraw an arm that is on record twice; nothing is deleted."""
    withdrawing.withdraw_arm(
        arm_id=arm, same_as=body.same_as, reason=body.reason, **how(request)
    )
    return Ref(id=f"A{arm}")


@router.writes("/arms/{arm}/reinstatement", Ref)
def reinstate_arm(request: HttpRequest, arm: ArmNumber, body: Reasoned) -> Ref:
    """Bring back an arm that was withdrawn."""
    withdrawing.reinstate_arm(arm_id=arm, reason=body.reason, **how(request))
    return Ref(id=f"A{arm}")


@shown_from(queries.PairApart)
class PairOut(Schema):
    """An arm known from a report, and a registered arm of one make and number."""


@router.reads("/pairs", list[PairOut])
def list_pairs(request: HttpRequest) -> object:
    """List the pairs of a report and a registered arm on which nobody decided yet."""
    return queries.pairs_apart(viewer=caller(request))


@stated_by(joining.StatedJoin)
class JoinIn(Sent):
    """What a person says of a report and a registered arm."""


@router.writes("/pairs", Ref)
def decide_on_pair(request: HttpRequest, body: JoinIn) -> Ref:
    """Say that a reported arm and a registered arm are one, or are not."""
    stated = build(joining.StatedJoin, body)
    joining.decide_on_pair(stated=stated, **how(request))
    return Ref(id=f"A{stated.arm_id}")
