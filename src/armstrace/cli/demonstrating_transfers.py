"""Shipments of the synthetic country: true papers, a forged one, a diverted leg."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from armstrace.analysis.synthetic.pictures import plate
from armstrace.cli.demonstrating_decisions import DEMO, person
from armstrace.licensing.inputs import FileInput
from armstrace.transfers import queries
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
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.transfers import Direction, PaperKind, Step, TransferAct

TRANSIT, TO = "SI", "AT"
PISTOLS, SENT = 40, 20
YEAR = timedelta(days=365)
TRUTH = "demo-shipments.jsonl"
type Fact = dict[str, str]
type Story = Mapping[str, Any]
"""What became of one export, as ``data/demo.toml`` tells it."""


def send_shipments() -> None:
    """Live the stories of the demo, and keep apart what is true of them."""
    tell_truth(map(live, DEMO["exports"]))


def tell_truth(facts: Iterable[Sequence[Fact]]) -> None:
    with (settings.HOME / TRUTH).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(each) + "\n" for told in facts for each in told)


def live(story: Story) -> Sequence[Fact]:
    """Live an export; give what is true of its papers, and of its goods if it left."""
    at = datetime.now(UTC) - timedelta(days=story["age"])
    key = _ask(story, at)
    number, viewer = f"G{key}", person("licensing")
    papers = _fact("FORGED", "GENUINE", number, story.get("forged"), at)
    found = queries.standing_of(number, viewer=viewer, at=at).missing
    if "steps" not in story or found:
        return [papers]
    issued = at + timedelta(days=6)
    decisions.decide_authorisation(
        authorisation_id=key,
        act=TransferAct.ISSUE,
        said=Verdict("All papers are on file."),
        by=person("licensing2"),
        at=issued,
    )
    left, customs = issued + timedelta(days=4), person("customs")
    sent = _send(key, customs, left)
    for passage in story["steps"]:
        _pass(sent, passage, left, customs)
    gone = left + timedelta(days=story.get("after", 0))
    goods = _fact("DIVERTED", "ARRIVED", f"J{sent}", story.get("diverted"), gone)
    return [papers, goods]


def _ask(story: Story, at: datetime) -> int:
    """Ask for an authorisation, with its goods and papers; give its key."""
    recorder = person("licensing")
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
    return made.pk


def _send(authorisation_id: int, by: Actor, at: datetime) -> int:
    made = consignments.send_consignment(
        authorisation_id=authorisation_id,
        given=ConsignmentInput(
            timezone.localdate(at),
            (ItemInput(1, SENT),),
            post="Port Vell",
            waybill=f"WB-{authorisation_id:04}",
            expected_on=timezone.localdate(at + timedelta(days=12)),
            reason="Known to this post.",
        ),
        key=uuid4().hex,
        by=by,
        at=at,
    )
    return made.pk


def _pass(sent: int, passage: Mapping[str, Any], left: datetime, by: Actor) -> None:
    step, when = Step(passage["step"]), left + timedelta(days=passage["days"])
    inside = TRANSIT if step in {Step.ENTERED, Step.LEFT, Step.DIVERTED} else TO
    told = StepInput(
        step,
        timezone.localdate(when),
        passage.get("country", inside),
        "",
        passage.get("quantity"),
        f"R-{sent:04}" if step is Step.RECEIPT else "",
        passage.get("reason", ""),
    )
    consignments.record_step(consignment_id=sent, given=told, by=by, at=when)


def _fact(bad: str, good: str, number: str, how: str | None, at: datetime) -> Fact:
    on = timezone.localdate(at).isoformat()
    return {"what": bad if how else good, "number": number, "on": on, "how": how or ""}


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
        valid_until=timezone.localdate(at + YEAR / 2),
    )


def _paper(story: Story, kind: PaperKind, at: datetime) -> PaperInput:
    day = timezone.localdate(at - timedelta(days=9))
    is_of_transit = kind in {PaperKind.NO_OBJECTION, PaperKind.TRANSIT_NOTICE}
    told = PaperInput(
        kind,
        country=TRANSIT if is_of_transit else TO,
        issued_on=day,
        received_on=day,
        valid_until=None if is_of_transit else timezone.localdate(at + YEAR),
    )
    how = story.get("forged")
    if kind is PaperKind.IMPORT_LICENCE and how == "OTHER":
        return replace(told, recipient="Another Sports House")
    if kind is not PaperKind.END_USER:
        return told
    ended = timezone.localdate(at - timedelta(days=2))
    return replace(
        told,
        number=story["statement"],
        recipient=story["consignee"],
        quantity=PISTOLS - 5 * (how == "FEWER"),
        signatory="A. Sample",
        signatory_title="" if how == "UNSIGNED" else "Managing director",
        valid_until=ended if how == "ENDED" else told.valid_until,
        is_civilian=True,
    )
