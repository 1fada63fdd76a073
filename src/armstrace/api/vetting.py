"""Vetting over the wire: requests, answers, hits and what people found of them."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Schema
from pydantic import Field

from armstrace.api.errors import Sent, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Key,
    Reasoned,
    Ref,
    Reference,
    Seen,
    Text,
    build,
    shown_from,
    stated_by,
)
from armstrace.vetting.actions import hits as judging
from armstrace.vetting.actions import vetting as acts
from armstrace.vetting.inputs import VettingInput
from armstrace.vetting.queries import hits, requests
from armstrace.vocabulary.vetting import Examined, VettingAnswer

router = Area("vetting")
HitKey = Annotated[Key, Path(description="The id of a state of a hit.")]
RequestNumber = Annotated[int, Reference("V", "Number of the request.")]


@shown_from(requests.VettingRow, without={"request_id"})
class VettingOut(Schema):
    """A request for vetting with the answer that stands."""

    reference: str


@shown_from(hits.HitRow)
class HitOut(Schema):
    """A subject near an entry of a list."""


@stated_by(VettingInput)
class VettingIn(Sent):
    """Whom to vet."""


class VettingAnswerIn(Sent):
    """What vetting found."""

    answer: VettingAnswer = Field(description="What was found; not why.")
    valid_until: date | None = Field(None, description="The last day it holds.")
    reason: Text = Field(
        "",
        description="Why an earlier answer is replaced, or is clear beside open hits.",
    )
    seen: Seen = None


class HitJudgementIn(Reasoned):
    """What a person found of two names."""

    examined: Examined = Field(description="WAITING takes a judgement back.")


@router.lists("/requests", requests.vetting_rows, VettingOut)
def list_vettings() -> None:
    """List requests for vetting with their answers."""


@router.writes("/requests", Ref)
def ask_vetting(request: HttpRequest, body: VettingIn) -> Ref:
    """Ask to vet a person."""
    stated = build(VettingInput, body)
    made = acts.ask_vetting(stated=stated, **how(request))
    return Ref(id=made.reference)


@router.reads("/requests/{vetting}", VettingOut)
def read_vetting(request: HttpRequest, vetting: RequestNumber) -> requests.VettingRow:
    """Read one request with its answer."""
    today = timezone.localdate(now())
    return requests.vetting_page(vetting, viewer=caller(request), today=today)[0]


@router.writes("/requests/{vetting}/answer", Ref)
def answer_vetting(
    request: HttpRequest, vetting: RequestNumber, body: VettingAnswerIn
) -> Ref:
    """Answer a request; who asked does not answer."""
    told = {name: getattr(body, name) for name in VettingAnswerIn.model_fields}
    acts.answer_vetting(request_id=vetting, **told, **how(request))
    return Ref(id=f"V{vetting}")


@router.lists("/hits", hits.hit_rows, HitOut)
def list_hits() -> None:
    """List subjects that are near an entry of a list."""


@router.writes("/hits/{hit}/judgement", Ref)
def judge_hit(request: HttpRequest, hit: HitKey, body: HitJudgementIn) -> Ref:
    """Say whether the subject and the entry are the same, or take that back."""
    made = judging.judge_hit(
        hit_id=hit, examined=body.examined, reason=body.reason, **how(request)
    )
    return Ref(id=str(made.pk))
