"""What can be asked of the register."""

from armstrace.registry.queries.acts import (
    Act,
    Amended,
    acts_on,
    event_of,
    events_of_holder,
    events_with_amendments,
    foretell,
    foretell_withdrawal,
    lacking_to_pass,
    may_amend,
    note_extract,
    passings_with_reason,
)
from armstrace.registry.queries.arms import (
    ArmFilter,
    ArmPage,
    ArmRow,
    PartMoved,
    arm_count,
    arm_page,
    arm_rows,
    arms_by_id,
    count_stopped,
    every_arm,
    ids_by_source_number,
    is_serial,
    lives_of,
)
from armstrace.registry.queries.candidates import (
    POSSIBLE,
    SURE,
    arms_likely,
    basis_in_use,
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
from armstrace.registry.queries.losses import (
    LossFilter,
    LossTold,
    latest_losses,
    loss_rows,
    losses_among,
)
from armstrace.registry.queries.marks import Borne, borne
