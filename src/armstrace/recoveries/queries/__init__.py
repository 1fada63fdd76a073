"""What can be asked about recovered items."""

from armstrace.recoveries.queries.choices import Choices, choices
from armstrace.recoveries.queries.items import (
    RecoveredItem,
    part_rows,
    recovered_item,
)
from armstrace.recoveries.queries.lists import (
    ammunition_rows,
    records,
    recovery_row,
    recovery_rows,
)
from armstrace.recoveries.queries.persons import taken_from
from armstrace.recoveries.queries.shown import (
    AmmunitionRow,
    FurtherMark,
    Judged,
    MarkReading,
    PartRow,
    Photo,
    RecoveredArm,
    RecoveryFilter,
    RecoveryOrder,
    RecoveryRow,
    RecoveryVersion,
    Seen,
)
from armstrace.recoveries.queries.single import (
    current_record,
    ids_by_source_number,
    item_kind_of,
    judgements_of,
    readings_of,
    recovered_arm,
)

__all__ = [
    "AmmunitionRow",
    "Choices",
    "FurtherMark",
    "Judged",
    "MarkReading",
    "PartRow",
    "Photo",
    "RecoveredArm",
    "RecoveredItem",
    "RecoveryFilter",
    "RecoveryOrder",
    "RecoveryRow",
    "RecoveryVersion",
    "Seen",
    "ammunition_rows",
    "choices",
    "current_record",
    "ids_by_source_number",
    "item_kind_of",
    "judgements_of",
    "part_rows",
    "readings_of",
    "records",
    "recovered_arm",
    "recovered_item",
    "recovery_row",
    "recovery_rows",
    "taken_from",
]
