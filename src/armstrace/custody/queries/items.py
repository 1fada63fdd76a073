"""What an exhibit was recovered as, whatever kind of item it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from armstrace.audit import consultations
from armstrace.records.lookups import among
from armstrace.recoveries.models import (
    AmmunitionRecord,
    PartRecord,
    Recovery,
    RecoveryRecord,
)
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.dates import DateSpan

TABLES: dict[ItemKind, Any] = {
    ItemKind.ARM: RecoveryRecord,
    ItemKind.AMMUNITION: AmmunitionRecord,
    ItemKind.PART: PartRecord,
}


@dataclass(frozen=True, slots=True)
class Item:
    """A recovered item in a line, without the person.

    Args:
        words: Make, model and calibre as far as they are known.
        serial: As marked; empty where there is none.
    """

    recovery_id: int
    kind: ItemKind
    type_code: str
    words: str
    serial: str
    quantity: int | None
    recovered: DateSpan
    agency: str
    case_number: str
    seal_number: str
    custody_number: str

    @property
    def vocabulary(self) -> str:
        """Name the closed list that the code of its type is of."""
        return {
            ItemKind.ARM: "ArmType",
            ItemKind.AMMUNITION: "AmmunitionKind",
            ItemKind.PART: "PartType",
        }[self.kind]

    @property
    def reference(self) -> str:
        """The number that people write and type."""
        return f"R{self.recovery_id}"


def describe(recovery_ids: Iterable[int]) -> dict[int, Item]:
    """Describe recovered items: at most one query a kind of item."""
    left, found = set(recovery_ids), {}
    for kind, table in TABLES.items():
        if not left:
            break
        rows = table.objects.current().filter(among("recovery_id", left))
        for row in rows:
            found[row.recovery_id] = _item(row, kind)
        left -= found.keys()
    return found


def _item(row: Any, kind: ItemKind) -> Item:  # noqa: ANN401 - a record of any kind
    consultations.show(Recovery, row.recovery_id)
    named = ("make", "model", "calibre")
    codes = ("arm_type", "ammunition_kind", "part_type")
    return Item(
        recovery_id=row.recovery_id,
        kind=kind,
        type_code=next(getattr(row, name) for name in codes if hasattr(row, name)),
        words=" ".join(filter(None, (getattr(row, name, "") for name in named))),
        serial=getattr(row, "serial_as_marked", ""),
        quantity=getattr(row, "quantity", None),
        recovered=row.recovered,
        agency=row.agency,
        case_number=row.case_number,
        seal_number=row.seal_number,
        custody_number=row.custody_number,
    )
