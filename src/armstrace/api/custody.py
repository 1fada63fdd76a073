"""Exhibits over the wire: receive, hand over, seal, count."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field, StringConstraints

from armstrace.api.errors import Sent, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Key,
    OneOf,
    RecoveryNumber,
    Ref,
    Reference,
    Seen,
    Text,
    build,
    shown_from,
    stated_by,
)
from armstrace.api.walking import Walk
from armstrace.api.words import WORDS
from armstrace.custody import queries
from armstrace.custody.actions import counting, handing
from armstrace.custody.counting import Compared
from armstrace.custody.queries.items import Item
from armstrace.custody.standing import Standing, Told
from armstrace.vocabulary.custody import RECEIPTS, CountAnswer, CountFinding, CustodyAct

router = Area("custody")
ExhibitNumber = Annotated[int, Reference("E", "Number of the exhibit.")]
CountNumber = Annotated[int, Reference("N", "Number of the count.")]
ACTS = ("by", "agency", "photograph_id")
ReceiptAct = Annotated[CustodyAct, OneOf(RECEIPTS)]
LaterAct = Annotated[CustodyAct, OneOf(frozenset(CustodyAct) - RECEIPTS)]


@shown_from(Standing, without={"home"})
class StandingOut(Schema):
    """Who holds an exhibit, where and in what state."""


@shown_from(Item)
class ItemOut(Schema):
    """What the exhibit is."""


class _Exhibit(Schema):
    item: ItemOut
    now: StandingOut


class ExhibitOut(_Exhibit):
    """An exhibit in a list."""

    exhibit_id: str = Field(validation_alias="reference", examples=["E12"])
    is_late: bool


class CustodyEventOut(StandingOut):
    """What was done with an exhibit, and how it stood since."""

    act: CustodyAct
    told_by: str
    told_agency: str
    witness: str
    known_at: datetime
    reason: str


@shown_from(queries.ExhibitPage, without={"exhibit"})
class ExhibitDetail(_Exhibit):
    """One exhibit and all that was done with it."""

    exhibit_id: str = Field(examples=["E12"])
    events: list[CustodyEventOut]
    seen: int = Field(description="To be sent with an act.")


@stated_by(queries.ExhibitFilter)
class ExhibitQuery(Walk):
    """What narrows a list of exhibits."""

    store_id: Key | None = Field(None, description="In this store.", examples=[1])


@stated_by(Told, without=ACTS)
class ReceiptIn(Sent):
    """What is said of an item that comes into custody."""

    recovery_id: RecoveryNumber = Field(description=WORDS["recovery_id"])
    act: ReceiptAct = Field(
        CustodyAct.RECEIVED,
        description="RECEIVED by a custodian, or BROUGHT by an officer.",
    )


@stated_by(Told, without=ACTS)
class ActIn(Sent):
    """An act on an exhibit; what it does not ask stays empty."""

    act: LaterAct = Field(description="What is done.")
    seen: Seen = None


@router.lists("", queries.exhibit_rows, ExhibitOut, where=ExhibitQuery)
def list_exhibits() -> None:
    """List exhibits; one that was acted on has changed."""


@router.writes("", Ref)
def receive_exhibit(request: HttpRequest, body: ReceiptIn) -> Ref:
    """Take a recovered item into custody; it gets its number."""
    made = handing.receive_exhibit(
        recovery_id=body.recovery_id,
        told=build(Told, body),
        act=body.act,
        **how(request),
    )
    return Ref(id=made.reference)


@shown_from(queries.StoreRow)
class StoreOut(Schema):
    """A store, and how many exhibits are in it."""


class StoreIn(Sent):
    """A store that is opened."""

    name: Annotated[str, StringConstraints(max_length=120)] = Field(
        description=WORDS["name"], examples=["Evidence room 2"]
    )


@router.reads("/stores", list[StoreOut])
def list_stores(request: HttpRequest) -> list[queries.StoreRow]:
    """List stores with how many exhibits are in each."""
    return queries.stores(viewer=caller(request))


@router.writes("/stores", StoreOut)
def open_store(request: HttpRequest, body: StoreIn) -> dict[str, object]:
    """Open a store of one's own agency."""
    by = caller(request)
    made = counting.open_store(name=body.name, by=by, at=now())
    return {"store_id": made.pk, "name": made.name, "agency": made.agency, "held": 0}


@shown_from(queries.CountRow)
class CountOut(Schema):
    """One counting of a store."""


class AnswerOut(Schema):
    """What a person said of a difference."""

    answer: CountAnswer
    explanation: str
    told_by: str


class DifferenceOut(Schema):
    """A difference that a count found."""

    finding: CountFinding
    number: str
    where: str
    answer: AnswerOut | None


@shown_from(Compared)
class ComparedOut(Schema):
    """The five lists of a count."""


@shown_from(queries.CountPage, without={"count", "last"})
class CountDetail(Schema):
    """A count with its comparison; a blind one has none before its close."""

    count_id: str = Field(examples=["N12"])
    compared: ComparedOut | None
    differences: list[DifferenceOut]


class CountIn(Sent):
    """Which store, or part of it, is counted."""

    store_id: Key = Field(description=WORDS["store_id"], examples=[1])
    place: Text = Field("", description="Only this place: room / shelf / bin.")
    is_blind: bool = Field(
        default=True, description="Whether what is expected stays hidden."
    )


class NumbersIn(Sent):
    """Numbers as they were scanned, as often as they were."""

    numbers: list[Annotated[str, StringConstraints(max_length=120)]] = Field(
        min_length=1, max_length=2_000, description="One a scan.", examples=[["E12"]]
    )


@stated_by(counting.StatedDifference)
class AnswerIn(Sent):
    """What became of a difference."""

    finding: CountFinding = Field(description="What the count found.")
    answer: CountAnswer = Field(description="What became of it.")
    explanation: Text = Field(description="In words.")


@router.lists("/counts", queries.count_rows, CountOut)
def list_counts() -> None:
    """List counts of stores."""


@router.writes("/counts", Ref)
def open_count(request: HttpRequest, body: CountIn) -> Ref:
    """Begin to count a store, or a part of it."""
    made = counting.open_count(**body.model_dump(), **how(request))
    return Ref(id=made.reference)


@router.reads("/counts/{count}", CountDetail)
def read_count(request: HttpRequest, count: CountNumber) -> dict[str, object]:
    """Read a count with its comparison."""
    page = queries.count_page(count, viewer=caller(request))
    return {
        "count_id": page.count.reference,
        "scanned": page.scanned,
        "expected": page.expected,
        "compared": page.compared,
        "differences": page.differences,
    }


@router.writes("/counts/{count}/numbers", Ref)
def add_numbers(request: HttpRequest, count: CountNumber, body: NumbersIn) -> Ref:
    """Note what was scanned, as often as it was."""
    counting.add_numbers(count_id=count, texts=body.numbers, **how(request))
    return Ref(id=f"N{count}")


@router.writes("/counts/{count}/strike", Ref)
def strike_numbers(request: HttpRequest, count: CountNumber, body: NumbersIn) -> Ref:
    """Strike out numbers that were noted in error, each once."""
    counting.strike_numbers(count_id=count, texts=body.numbers, **how(request))
    return Ref(id=f"N{count}")


@router.writes("/counts/{count}/close", Ref)
def close_count(request: HttpRequest, count: CountNumber) -> Ref:
    """End a count; its comparison is that of this moment."""
    counting.close_count(count_id=count, **how(request))
    return Ref(id=f"N{count}")


@router.writes("/counts/{count}/answers", Ref)
def answer_difference(request: HttpRequest, count: CountNumber, body: AnswerIn) -> Ref:
    """Explain a difference of a closed count, or report it as an incident."""
    counting.answer_differences(
        count_id=count, stated=[build(counting.StatedDifference, body)], **how(request)
    )
    return Ref(id=f"N{count}")


@router.reads("/{exhibit}", ExhibitDetail)
def read_exhibit(request: HttpRequest, exhibit: ExhibitNumber) -> dict[str, object]:
    """Read one exhibit and all that was done with it."""
    page = queries.exhibit_page(exhibit, viewer=caller(request))
    return {
        "exhibit_id": page.exhibit.reference,
        "item": page.item,
        "now": page.now,
        "acts": page.acts,
        "events": page.events,
        "is_nameless": page.is_nameless,
        "seen": page.now.pk,
    }


@router.writes("/{exhibit}/acts", Ref)
def act_on_exhibit(request: HttpRequest, exhibit: ExhibitNumber, body: ActIn) -> Ref:
    """Move, offer, accept, hand over, seal, propose, decide or correct."""
    handing.act_on_exhibit(
        exhibit_id=exhibit,
        act=body.act,
        told=build(Told, body),
        seen=body.seen,
        **how(request),
    )
    return Ref(id=f"E{exhibit}")
