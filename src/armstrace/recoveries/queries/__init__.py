"""What can be asked about recovered items."""

from armstrace.recoveries.queries.choices import Choices, choices
from armstrace.recoveries.queries.detail import (
    arm_detail,
    current_record,
    current_records,
    id_by_number,
    ids_by_source_number,
    is_on_record,
    item_kind_of,
    judgements_of,
    photographs_of,
    readings_of,
)
from armstrace.recoveries.queries.items import (
    RecoveredItem,
    ammunition_rows,
    item_detail,
    part_rows,
)
from armstrace.recoveries.queries.lists import (
    for_list,
    records,
    recovery_row,
    recovery_rows,
)
from armstrace.recoveries.queries.matching_runs import (
    FoundRow,
    ResultFilter,
    RunCard,
    every_found_row,
    found_rows,
    matching_run,
    matching_runs,
)
from armstrace.recoveries.queries.pairs import PairPage, Proposed, pair
from armstrace.recoveries.queries.persons import (
    is_person_on_file,
    keeps_no_name,
    taken_from,
)
from armstrace.recoveries.queries.rows import (
    Judged,
    Photo,
    RecoveredArm,
    RecoveryFilter,
    RecoveryOrder,
    RecoveryRow,
)
from armstrace.recoveries.queries.sightings import (
    ReadMarks,
    Sighting,
    makes_of_serials,
    sightings_of_arms,
    sightings_of_marks,
    sightings_that_fit,
)
from armstrace.recoveries.queries.tunings import (
    Monitor,
    TuningCard,
    matching_tunings,
    monitor,
    tuning_uses,
)
from armstrace.recoveries.queries.withdrawn import (
    doubles_of,
    last_record,
    photograph_page,
    withdrawal_of,
)
