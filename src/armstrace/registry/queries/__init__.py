"""What can be asked of the register."""

from armstrace.registry.queries.acts import (
    HAPPENINGS,
    Act,
    acts_on,
    events_of_holder,
    note_extract,
)
from armstrace.registry.queries.arms import (
    ArmFilter,
    ArmPage,
    ArmRow,
    arm_count,
    arm_page,
    arm_rows,
    arms_by_id,
    every_arm,
    ids_by_source_number,
    is_serial,
    lives_of,
)
from armstrace.registry.queries.candidates import (
    Reading,
    candidates_for,
    last_record,
    makes_of_serials,
    model_in_use,
    query_of,
    rankings,
    searcher,
)
from armstrace.registry.queries.choices import makes
from armstrace.registry.queries.joins import (
    PairApart,
    arms_joined_with,
    count_pairs_apart,
    joins_of,
    pairs_apart,
    reports_joined_with,
)
from armstrace.registry.queries.losses import LossTold, latest_losses, losses_among

__all__ = [
    "HAPPENINGS",
    "Act",
    "ArmFilter",
    "ArmPage",
    "ArmRow",
    "LossTold",
    "PairApart",
    "Reading",
    "acts_on",
    "arm_count",
    "arm_page",
    "arm_rows",
    "arms_by_id",
    "arms_joined_with",
    "candidates_for",
    "count_pairs_apart",
    "events_of_holder",
    "every_arm",
    "ids_by_source_number",
    "is_serial",
    "joins_of",
    "last_record",
    "latest_losses",
    "lives_of",
    "losses_among",
    "makes",
    "makes_of_serials",
    "model_in_use",
    "note_extract",
    "pairs_apart",
    "query_of",
    "rankings",
    "reports_joined_with",
    "searcher",
]
