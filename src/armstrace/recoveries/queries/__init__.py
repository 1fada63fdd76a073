"""What can be asked about recovered items."""

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
    Photo,
    RecoveredArm,
    RecoveryFilter,
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
    "FurtherMark",
    "Judged",
    "MarkReading",
    "Photo",
    "RecoveredArm",
    "RecoveryFilter",
    "RecoveryRow",
    "RecoveryVersion",
    "Seen",
    "ammunition_rows",
    "current_record",
    "ids_by_source_number",
    "item_kind_of",
    "judgements_of",
    "readings_of",
    "records",
    "recovered_arm",
    "recovery_row",
    "recovery_rows",
    "taken_from",
]
