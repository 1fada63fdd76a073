"""A desk of transfers: an export that lacks nothing, part by part."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from armstrace.licensing.inputs import FileInput
from armstrace.transfers import actions
from armstrace.transfers.facts import Document, Facts, Goods
from armstrace.transfers.inputs import (
    AuthorisationInput,
    ConsignmentInput,
    GoodsInput,
    ItemInput,
    PaperInput,
    StepInput,
    Verdict,
)
from armstrace.transfers.models import (
    Authorisation,
    AuthorisationRecord,
    Consignment,
    ConsignmentStep,
    Paper,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.licensing import GroundClass
from armstrace.vocabulary.transfers import PaperKind, Step, TransferAct
from tests.cast import CUSTOMS, LICENSING

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = MONDAY.date()
DAY = timedelta(days=1)
CLERK = LICENSING
DECIDER = replace(LICENSING, name="second.vfr")
COLLEAGUE = replace(CUSTOMS, name="second.vcg")
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
STATES = ("FR", "BE")
RECIPIENT = "Sport Shop of Ghent"

IMPORT = Document(
    PaperKind.IMPORT_LICENCE,
    number="NL-77",
    country="NL",
    issued_on=TODAY - 20 * DAY,
    valid_until=TODAY + 200 * DAY,
    recipient=RECIPIENT,
    quantity=50,
)
STATEMENT = Document(
    PaperKind.END_USER,
    number="EUS-1",
    country="NL",
    issued_on=TODAY - 30 * DAY,
    valid_until=TODAY + 100 * DAY,
    quantity=50,
    signatory="Ada Buyer",
    signatory_title="Director",
    is_civilian=True,
)


def rule_of(act) -> str:
    """Give the rule by which an act is refused."""
    with pytest.raises(RuleBroken) as refused:
        act()
    return refused.value.rule


def no_objection(country: str, on: date = TODAY - 5 * DAY) -> Document:
    return Document(
        PaperKind.NO_OBJECTION, f"NO-{country}", country, issued_on=on, received_on=on
    )


def notice(country: str, on: date = TODAY - DAY) -> Document:
    return Document(PaperKind.TRANSIT_NOTICE, country=country, received_on=on)


PAPERS = (
    IMPORT,
    STATEMENT,
    Document(PaperKind.ASSESSMENT, issued_on=TODAY - 3 * DAY),
    *(no_objection(each) for each in STATES),
    *(notice(each) for each in STATES),
)
SOUND = Facts(
    consignee="Port Agents of Rotterdam",
    recipient=RECIPIENT,
    is_brokered=False,
    export_country="AT",
    import_country="NL",
    exit_country="AT",
    transit=STATES,
    issue_place="Casamar",
    issued_on=TODAY,
    valid_until=TODAY + 180 * DAY,
    goods=(Goods(ItemKind.ARM, "rifle, calibre .308", 40, "B"),),
    papers=PAPERS,
)
"""An export through two States that lacks nothing."""


def with_own_papers(mark: object, facts: Facts = SOUND) -> Facts:
    """Give an export whose documents have numbers of their own."""
    papers = (replace(each, number=f"{each.number}{mark}") for each in facts.papers)
    return replace(facts, papers=tuple(papers))


SAME = [each.name for each in fields(AuthorisationInput)]


def sound(on: date) -> Facts:
    """Give the sound export as it stands on another day."""
    moved = on - TODAY
    days = ("issued_on", "received_on", "valid_until")

    def later(paper: Document) -> Document:
        told = {name: getattr(paper, name) for name in days}
        return replace(paper, **{n: day and day + moved for n, day in told.items()})

    return replace(
        SOUND,
        issued_on=on,
        valid_until=on + 180 * DAY,
        papers=tuple(later(each) for each in PAPERS),
    )


def recorded(
    facts: Facts = SOUND, *, key: str = "", by: Actor = CLERK, **stated: Any
) -> Authorisation:
    """Record a transfer with its goods, without documents."""
    told = {name: getattr(facts, name) for name in SAME} | stated
    made = actions.record_authorisation(
        given=AuthorisationInput(**told), key=key or uuid4().hex, by=by, at=MONDAY
    )
    for each in facts.goods:
        line = GoodsInput(
            each.item_kind, each.quantity, each.category, each.description
        )
        actions.set_goods(authorisation_id=made.pk, given=line, by=by, at=MONDAY)
    return made


def noted(made: Authorisation, paper: Document) -> Paper:
    """Note a document on the file of a transfer, without the document itself."""
    told = {name: getattr(paper, name) for name in PaperInput.__dataclass_fields__}
    return actions.attach_paper(
        authorisation_id=made.pk,
        given=PaperInput(**told),
        file=None,
        by=CLERK,
        at=MONDAY,
    )


def attached(
    made: Authorisation, paper: Document, folder: Path, at: datetime | None = None
) -> Paper:
    """Put a document on the file of a transfer, on its own day where not said."""
    came = max(TODAY, paper.came_on or TODAY) if at is None else TODAY
    told = {name: getattr(paper, name) for name in PaperInput.__dataclass_fields__}
    return actions.attach_paper(
        authorisation_id=made.pk,
        given=PaperInput(**told),
        file=FileInput(PDF, "paper.pdf", folder),
        by=CLERK,
        at=at or MONDAY + (came - TODAY),
    )


def ready(folder: Path, facts: Facts = SOUND, **stated: Any) -> Authorisation:
    """Record a transfer with all its documents."""
    made = recorded(facts, **stated)
    for each in facts.papers:
        attached(made, each, folder)
    return made


def decide(
    made: Authorisation,
    act: TransferAct = TransferAct.ISSUE,
    *,
    by: Actor = DECIDER,
    at: datetime = MONDAY,
    **said: Any,
) -> AuthorisationRecord:
    """Do an act on a transfer."""
    return actions.decide_authorisation(
        authorisation_id=made.pk, act=act, said=Verdict(**said), by=by, at=at
    )


def issued(folder: Path, facts: Facts = SOUND, **stated: Any) -> Authorisation:
    """Give a transfer that was issued."""
    made = ready(folder, facts, **stated)
    decide(made, reason="all is in order")
    return made


REFUSED = {"reason": "risk of diversion", "ground": GroundClass.SECURITY}


def refused(facts: Facts = SOUND) -> Authorisation:
    made = recorded(facts)
    decide(made, TransferAct.REFUSE, **REFUSED)
    return made


def record_of(made: Authorisation) -> AuthorisationRecord:
    return AuthorisationRecord.objects.current().get(authorisation=made)


def sent(
    made: Authorisation,
    quantity: int = 0,
    *,
    items: tuple[ItemInput, ...] = (),
    key: str = "",
    on: date = TODAY,
    by: Actor = CUSTOMS,
    at: datetime | None = None,
    **told: Any,
) -> Consignment:
    """Let goods of the first line leave, on the day itself where not said."""
    items = items or ((ItemInput(1, quantity),) if quantity else ())
    return actions.send_consignment(
        authorisation_id=made.pk,
        given=ConsignmentInput(departed_on=on, items=items, **told),
        key=key or uuid4().hex,
        by=by,
        at=at or max(MONDAY, MONDAY + (on - TODAY)),
    )


def stepped(
    made: Consignment,
    kind: Step,
    on: date,
    quantity: int | None = None,
    *,
    by: Actor = CUSTOMS,
    at: datetime | None = None,
    **told: Any,
) -> ConsignmentStep:
    """Record a step of a consignment on its day."""
    return actions.record_step(
        consignment_id=made.pk,
        given=StepInput(kind, on, quantity=quantity, **told),
        by=by,
        at=at or max(MONDAY, MONDAY + (on - TODAY)),
    )
