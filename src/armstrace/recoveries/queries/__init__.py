"""What can be asked about recovered items."""

from armstrace.recoveries.queries.choices import Choices, choices
from armstrace.recoveries.queries.detail import (
    arm_detail,
    current_record,
    ids_by_source_number,
    item_kind_of,
    judgements_of,
    readings_of,
)
from armstrace.recoveries.queries.items import RecoveredItem, item_detail, part_rows
from armstrace.recoveries.queries.lists import (
    ammunition_rows,
    records,
    recovery_row,
    recovery_rows,
)
from armstrace.recoveries.queries.matching_runs import (
    FoundRow,
    PairPage,
    ResultFilter,
    RunCard,
    Said,
    every_found_row,
    found_rows,
    matching_run,
    matching_run_record,
    matching_runs,
    pair,
)
from armstrace.recoveries.queries.persons import taken_from
from armstrace.recoveries.queries.repeats import Repeats, repeats
from armstrace.recoveries.queries.rows import (
    AmmunitionRow,
    FurtherMark,
    Judged,
    PairJudged,
    PartRow,
    Photo,
    RecoveredArm,
    RecoveryFilter,
    RecoveryOrder,
    RecoveryRow,
    RecoveryVersion,
    Seen,
)
from armstrace.recoveries.queries.sightings import (
    Sighting,
    sightings_of_arms,
    sightings_of_marks,
)
from armstrace.recoveries.queries.tunings import (
    Monitor,
    TuningCard,
    matching_tunings,
    monitor,
)

__all__ = [
    "AmmunitionRow",
    "Choices",
    "FoundRow",
    "FurtherMark",
    "Judged",
    "Monitor",
    "PairJudged",
    "PairPage",
    "PartRow",
    "Photo",
    "RecoveredArm",
    "RecoveredItem",
    "RecoveryFilter",
    "RecoveryOrder",
    "RecoveryRow",
    "RecoveryVersion",
    "Repeats",
    "ResultFilter",
    "RunCard",
    "Said",
    "Seen",
    "Sighting",
    "TuningCard",
    "ammunition_rows",
    "arm_detail",
    "choices",
    "current_record",
    "every_found_row",
    "found_rows",
    "ids_by_source_number",
    "item_detail",
    "item_kind_of",
    "judgements_of",
    "matching_run",
    "matching_run_record",
    "matching_runs",
    "matching_tunings",
    "monitor",
    "pair",
    "part_rows",
    "readings_of",
    "records",
    "recovery_row",
    "recovery_rows",
    "repeats",
    "sightings_of_arms",
    "sightings_of_marks",
    "taken_from",
]
