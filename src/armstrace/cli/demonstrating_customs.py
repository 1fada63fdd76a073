"""A month at the border: declarations, lists for examination, what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.synthetic.country import SyntheticCountry
from armstrace.analysis.synthetic.customs import Customs, Modus
from armstrace.analysis.synthetic.plants import Ring
from armstrace.risk.actions import examining, recording
from armstrace.risk.inputs import DeclarationInput, ExaminationInput
from armstrace.risk.queries import lists
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.networks import NodeKind
from armstrace.vocabulary.risk import DeclarationKind, Find, Payment

SOURCE = "VARNIA-CUSTOMS"
COUNT, DAYS, ILLICIT = 600, 24, 0.03
CAPACITY = 10
# How many days ago lists were drawn and examined; today's is open.
SHIFTS = (20, 16, 12, 8, 4)

_ARMS = frozenset({Modus.UNDERVALUED, Modus.EXPIRED_LICENCE, Modus.BLANK_FIRING})


def examine(land: SyntheticCountry, by: Actor) -> None:
    """Record a month of declarations and examine what its lists named."""
    now = datetime.now(UTC)
    kind = replace(land.kind, illicit=ILLICIT)
    customs = Customs(land.seed, COUNT, ends_on=now.date(), kind=kind, days=DAYS)
    finds = {
        one.number: Find.ARMS if one.modus in _ARMS else Find.PARTS
        for one in customs.truth()
    }
    parcel = _of_ring(customs.number_of(COUNT), land.plants().rings[0], now.date())
    declared = [*customs.declarations(), parcel]
    for days in (*SHIFTS, 0):
        day = now.date() - timedelta(days=days)
        at = min(now, datetime.combine(day, time(7), UTC))
        known = [one for one in declared if one.declared_on and one.declared_on <= day]
        declared = declared[len(known) :]
        _record(known, by, at)
        examining.draw_list(
            day=day, capacity=CAPACITY, seed=land.seed + days, by=by, at=at
        )
        if days:
            _find(finds, day, by)


def _record(known: Sequence[Declaration], by: Actor, at: datetime) -> None:
    stated = [DeclarationInput(each) for each in known]
    recording.record_declarations(stated=stated, source=SOURCE, by=by, at=at)


def _find(finds: Mapping[str, Find], day: date, by: Actor) -> None:
    shift = lists.shift(viewer=by, day=day)
    for row in shift.rows if shift else ():
        stated = ExaminationInput(finds.get(row.number, Find.NOTHING), day)
        examining.record_examination(
            declaration_id=row.declaration_id,
            stated=stated,
            by=by,
            at=min(datetime.now(UTC), datetime.combine(day, time(15), UTC)),
        )


def _of_ring(number: str, ring: Ring, on: date) -> Declaration:
    """Give the parcel that goes to the address of the ring of the story."""
    label = {subject.kind: subject.label for subject in ring.subjects}
    return Declaration(
        number=number,
        kind=DeclarationKind.PARCEL,
        declared_on=on,
        hs_code="731829",
        description="100 steel pin samples",
        quantity=Decimal(1),
        weight_kg=Decimal("1.40"),
        value=Decimal("12.00"),
        currency="USD",
        consignor="Shop 712044",
        consignee=label[NodeKind.PERSON],
        consignee_address=label[NodeKind.ADDRESS],
        consignee_is_person=True,
        origin="CN",
        departure="CN",
        destination="XV",
        phone=label[NodeKind.PHONE],
        account="acc712044",
        account_opened_on=on - timedelta(days=9),
        payment=Payment.PREPAID,
        xray_flag=True,
    )
