"""Declarations on record, for tests."""

from datetime import date
from typing import Any

from armstrace.analysis.risk.declarations import Declaration as Goods
from armstrace.risk.actions import examining, recording
from armstrace.risk.inputs import DeclarationInput, ExaminationInput
from armstrace.risk.models import Declaration, ExaminationList
from armstrace.vocabulary.actors import Actor, Purpose, Role
from armstrace.vocabulary.risk import DeclarationKind, Find
from tests import cast

CARL = cast.actor(Role.CUSTOMS, "VCU", Purpose.INVESTIGATION)
OTHER = cast.actor(Role.CUSTOMS, "VCX", Purpose.INVESTIGATION)
DAY = date(2026, 11, 24)


def goods(number: str, **stated: Any) -> Goods:
    """Give plain goods of the day."""
    told = {"kind": DeclarationKind.PARCEL, "declared_on": DAY, "hs_code": "61091000"}
    return Goods(number=number, **(told | stated))


def declare(*given: Goods, by: Actor = CARL, reason: str = "") -> list[Declaration]:
    """Record declarations of an agency."""
    recording.record_declarations(
        stated=[DeclarationInput(each) for each in given],
        source=by.agency,
        reason=reason,
        by=by,
        at=cast.NOW,
    )
    numbers = [each.number for each in given]
    rows = Declaration.objects.filter(source=by.agency, source_number__in=numbers)
    return list(rows.order_by("pk"))


def draw(
    capacity: int = 2, seed: int = 1, by: Actor = CARL, day: date = DAY
) -> ExaminationList:
    """Draw the list of the day."""
    return examining.draw_list(
        day=day, capacity=capacity, seed=seed, by=by, at=cast.NOW
    )


def examine(declaration: Declaration, find: Find, **told: Any) -> None:
    """Say what was found."""
    by = told.pop("by", CARL)
    reason = told.pop("reason", "")
    stated = ExaminationInput(find, told.pop("examined_on", DAY), **told)
    examining.record_examination(
        declaration_id=declaration.pk, stated=stated, reason=reason, by=by, at=cast.NOW
    )
