"""Exhibits of the synthetic country: shelved, out, offered, with a broken seal."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from armstrace.cli.demonstrating_decisions import moment, person
from armstrace.custody.actions import counting, handing
from armstrace.custody.standing import Told
from armstrace.recoveries import queries as recoveries
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.custody import CustodyAct, Errand, SealState, WayOut
from armstrace.vocabulary.paging import PageRequest

if TYPE_CHECKING:
    from armstrace.custody.models import Exhibit, Store

KEPT = 40
LABORATORY = "VFL"


def keep_exhibits() -> None:
    """Receive the latest recoveries of the police and leave a desk with work."""
    custodian, examiner = person("custodian"), person("examiner")
    now = datetime.now(UTC)
    store = counting.open_store(name="Central evidence store", by=custodian, at=now)
    rows = recoveries.recovery_rows(
        recoveries.RecoveryFilter(), viewer=custodian, page=PageRequest(1, KEPT)
    ).rows
    for number, row in enumerate(reversed(rows)):
        recorded = recoveries.current_record(row.recovery_id, viewer=custodian)
        kept = handing.receive_exhibit(
            recovery_id=row.recovery_id,
            told=_receive(number, recorded.seal_number, store),
            by=custodian,
            at=min(now, moment(str(recorded.recovered_on)) + timedelta(number % 3 + 1)),
        )
        _go_on(number, kept, (custodian, examiner), now)
    counting.open_count(store_id=store.pk, place="Room 1", by=custodian, at=now)


def _receive(number: int, seal: str, store: "Store") -> Told:
    is_broken, is_placed = bool(seal) and number % 13 == 5, number % 7 != 3
    return Told(
        seal_number=seal,
        seal_state=SealState.BROKEN if is_broken else _unbroken(seal),
        reason="The bag was torn on arrival." if is_broken else "",
        received_from="Patrol",
        store_id=store.pk if is_placed else None,
        place=f"Room {number % 3 + 1} / Shelf {number % 5 + 1}" if is_placed else "",
    )


def _unbroken(seal: str) -> SealState:
    return SealState.UNBROKEN if seal else SealState.NONE


def _go_on(
    number: int, kept: "Exhibit", people: tuple[Actor, Actor], now: datetime
) -> None:
    """Send every fourth to the laboratory; propose a disposal for every eleventh."""
    custodian, examiner = people
    seal = kept.events.get().seal_number
    offer = Told(
        to_agency=LABORATORY,
        errand=Errand.EXAMINATION,
        due_back_on=now.date() + timedelta(days=30),
    )
    signed = Told(seal_number=seal, seal_state=_unbroken(seal))
    way_out = Told(way_out=WayOut.DESTROY, reason="The case is closed.")
    way = (
        (CustodyAct.OFFERED, offer, custodian),
        (CustodyAct.ACCEPTED, signed, examiner),
        (CustodyAct.OFFERED, Told(to_agency=kept.agency), examiner),
    )
    disposal = ((CustodyAct.PROPOSED, way_out, custodian),)
    acts = {0: way[:1], 1: way[:2], 2: way, 3: disposal}
    for act, told, by in acts.get(number % 11, ()):
        handing.act_on_exhibit(exhibit_id=kept.pk, act=act, told=told, by=by, at=now)
