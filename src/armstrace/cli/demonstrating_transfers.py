"""Shipments of the synthetic country: true papers, a forged one, a diverted leg."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings

from armstrace.analysis.synthetic.pictures import plate
from armstrace.cli.demonstrating_decisions import DEMO, person
from armstrace.licensing.inputs import FileInput
from armstrace.transfers.actions import authorisations, consignments, decisions
from armstrace.transfers.inputs import (
    AuthorisationInput,
    ConsignmentInput,
    GoodsInput,
    ItemInput,
    PaperInput,
    StepInput,
    Verdict,
)
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.transfers import (
    Direction,
    PaperKind,
    Step,
    TransferAct,
)

TRANSIT, TO = "SI", "AT"
PISTOLS, SENT = 40, 20
YEAR = timedelta(days=365)
type Story = Mapping[str, Any]
"""What became of one export, as ``data/demo.toml`` tells it."""


def send_shipments() -> None:
    """Live the stories, each act by the person who does it, on its day."""
    for story in DEMO["exports"]:
        _live(story)


def _live(story: Story) -> None:
    recorder, customs = person("licensing"), person("customs")
    at = datetime.now(UTC) - timedelta(days=story["age"])
    made = authorisations.record_authorisation(
        given=_authorisation(story, at), key=uuid4().hex, by=recorder, at=at
    )
    how = {"authorisation_id": made.pk, "by": recorder, "at": at}
    goods = GoodsInput(ItemKind.ARM, PISTOLS, "B", "Pistols, 9x19, new")
    authorisations.set_goods(given=goods, **how)  # type: ignore[arg-type]
    for kind in map(PaperKind, story["papers"]):
        picture = plate([kind.label[:15], story["consignee"][:15]], seed=made.pk)
        file = FileInput(picture, f"{kind.value.lower()}.png", settings.MEDIA_ROOT)
        given = _paper(story, kind, at)
        authorisations.attach_paper(given=given, file=file, **how)  # type: ignore[arg-type]
    if "steps" not in story:
        return
    issued = at + timedelta(days=6)
    decisions.decide_authorisation(
        authorisation_id=made.pk,
        act=TransferAct.ISSUE,
        said=Verdict("All papers are on file."),
        by=person("licensing2"),
        at=issued,
    )
    left = issued + timedelta(days=4)
    sent = consignments.send_consignment(
        authorisation_id=made.pk,
        given=ConsignmentInput(
            left.date(),
            (ItemInput(1, SENT),),
            post="Port Vell",
            waybill=f"WB-{made.pk:04}",
            expected_on=(left + timedelta(days=12)).date(),
            reason="Known to this post.",
        ),
        key=uuid4().hex,
        by=customs,
        at=left,
    )
    for day, (word, *more) in enumerate(story["steps"], 1):
        when, step = left + timedelta(days=3 * day), Step(word)
        quantity = next((each for each in more if isinstance(each, int)), None)
        reason = next((each for each in more if isinstance(each, str)), "")
        country = TRANSIT if step in {Step.ENTERED, Step.LEFT, Step.DIVERTED} else TO
        paper = f"R-{made.pk:04}" if step is Step.RECEIPT else ""
        told = StepInput(step, when.date(), country, "", quantity, paper, reason)
        consignments.record_step(
            consignment_id=sent.pk, given=told, by=customs, at=when
        )


def _authorisation(story: Story, at: datetime) -> AuthorisationInput:
    return AuthorisationInput(
        Direction.EXPORT,
        exporter="Varnia Arms Works",
        importer=story["consignee"],
        consignee=story["consignee"],
        recipient=story["consignee"],
        end_user=story["consignee"],
        end_use="Sport",
        is_brokered=False,
        export_country=settings.HOME_COUNTRY,
        import_country=TO,
        exit_country=settings.HOME_COUNTRY,
        transit=(TRANSIT,),
        issue_place="Casamar",
        valid_until=(at + YEAR / 2).date(),
    )


def _paper(story: Story, kind: PaperKind, at: datetime) -> PaperInput:
    day = (at - timedelta(days=9)).date()
    is_of_transit = kind in {PaperKind.NO_OBJECTION, PaperKind.TRANSIT_NOTICE}
    told = PaperInput(
        kind,
        country=TRANSIT if is_of_transit else TO,
        issued_on=day,
        received_on=day,
        valid_until=None if is_of_transit else (at + YEAR).date(),
    )
    if kind is not PaperKind.END_USER:
        return told
    return replace(
        told,
        number=story["statement"],
        recipient=story["consignee"],
        quantity=PISTOLS,
        signatory="A. Sample",
        signatory_title="Managing director",
        is_civilian=True,
    )
