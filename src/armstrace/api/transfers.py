"""Transfers over the wire: record, put on file, decide, ask what blocks."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Form, Path, Query, Schema
from pydantic import Field

from armstrace.api.acting import Checked, MissingOut, Paper, file_of, require_here
from armstrace.api.errors import Sent, asking, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Key,
    Reasoned,
    Ref,
    Reference,
    Text,
    build,
    shown_from,
    stated_by,
)
from armstrace.transfers import actions, queries
from armstrace.transfers.actions.decisions import ENTRIES
from armstrace.transfers.inputs import (
    AuthorisationInput,
    GoodsInput,
    PaperInput,
    Verdict,
)
from armstrace.vocabulary.transfers import TransferAct

router = Area("transfers")
Number = Annotated[int, Reference("G", "Number of the authorisation.")]
Written = Annotated[
    str,
    Query(
        description="Number of an authorisation, here or on paper.",
        max_length=64,
        examples=["G12"],
    ),
]
Place = Annotated[Key, Path(description="Its place among the documents.")]


@shown_from(queries.AuthorisationRow)
class AuthorisationOut(Schema):
    """An authorisation in a list."""


class AuthorisationDetail(Checked):
    """One authorisation with what blocks it."""

    row: AuthorisationOut
    acts: list[TransferAct] = Field(description="What the caller may do now.")


@shown_from(queries.TransferStanding)
class TransferCheckOut(Schema):
    """What stands in the way of a transfer."""

    missing: list[MissingOut]
    later: list[MissingOut]


@stated_by(AuthorisationInput)
class AuthorisationIn(Sent):
    """What is to be authorised."""

    key: Text = Field(description="Made by the caller: the same key makes one.")


@stated_by(GoodsInput)
class GoodsIn(Sent):
    """A line of goods."""


@stated_by(PaperInput)
class PaperForm(Sent):
    """A document with what it says."""


@stated_by(Verdict)
class TransferActIn(Sent):
    """An act on an authorisation; each says its own part of these."""

    act: TransferAct = Field(description="What is done.")


@router.lists("", queries.authorisation_rows, AuthorisationOut)
def list_transfers() -> None:
    """List authorisations; the refused ones are the register of denials."""


@router.reads("/check", TransferCheckOut)
def check_transfer(request: HttpRequest, number: Written) -> queries.TransferStanding:
    """Say what blocks a transfer today."""
    return queries.standing_of(number, **asking(request))


@router.reads("/{authorisation}", AuthorisationDetail)
def read_authorisation(
    request: HttpRequest, authorisation: Number
) -> dict[str, object]:
    """Read one authorisation; the ledger keeps who looked."""
    by = caller(request)
    page = queries.authorisation_page(authorisation, viewer=by, at=now())
    told = {"row": page.row, "missing": page.missing, "acts": page.acts(by)}
    return told | {"seen": page.record.pk}


@router.writes("", Ref)
def record_authorisation(request: HttpRequest, body: AuthorisationIn) -> Ref:
    """Record what is to be authorised; somebody else decides."""
    given = build(AuthorisationInput, body)
    made = actions.record_authorisation(given=given, key=body.key, **how(request))
    return Ref(id=made.reference)


@router.writes("/{authorisation}/goods", Ref)
def set_goods(request: HttpRequest, authorisation: Number, body: GoodsIn) -> Ref:
    """Add a line of goods, change it, or take it off with the quantity 0."""
    given = build(GoodsInput, body)
    line = actions.set_goods(
        authorisation_id=authorisation, given=given, **how(request)
    )
    return Ref(id=str(line.line))


@router.writes("/{authorisation}/documents", Ref)
def attach_paper(
    request: HttpRequest, authorisation: Number, form: Form[PaperForm], file: Paper
) -> Ref:
    """Put a document on the file of an authorisation."""
    made = actions.attach_paper(
        authorisation_id=authorisation,
        given=build(PaperInput, form),
        file=file_of(file),
        **how(request),
    )
    return Ref(id=str(made.place))


@router.writes("/{authorisation}/documents/{place}/removal", Ref)
def remove_paper(
    request: HttpRequest, authorisation: Number, place: Place, body: Reasoned
) -> Ref:
    """Take a document off the file; it is kept as it was."""
    actions.remove_paper(
        authorisation_id=authorisation, place=place, reason=body.reason, **how(request)
    )
    return Ref(id=f"G{authorisation}")


@router.writes("/{authorisation}/acts", Ref)
def decide_authorisation(
    request: HttpRequest, authorisation: Number, body: TransferActIn
) -> Ref:
    """Issue, refuse, withdraw, suspend, reinstate or revoke an authorisation."""
    require_here(body.act, ENTRIES)
    said = build(Verdict, body)
    actions.decide_authorisation(
        authorisation_id=authorisation, said=said, act=body.act, **how(request)
    )
    return Ref(id=f"G{authorisation}")
