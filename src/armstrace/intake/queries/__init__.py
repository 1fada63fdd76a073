"""What can be asked about files that were or would be loaded."""

from armstrace.intake.conflicts import Side
from armstrace.intake.queries.classes import (
    SHOWN,
    ClassedRow,
    batch_rows_of,
    file_rows_of,
)
from armstrace.intake.queries.files import (
    ProfileText,
    SavedProfile,
    preview,
    profile_for,
    profile_text,
    profiles,
    profiles_on_record,
    proposal,
    refusal_of,
    understanding,
)
from armstrace.intake.queries.loads import (
    BatchCard,
    HeldRowCard,
    batch,
    batch_record,
    batches,
    conflict_sides,
    held_of_year,
    held_record,
    held_row,
    held_row_named,
    held_rows,
    open_held_count,
)
from armstrace.intake.queries.sources import ABOUT_ARMS, Whose, whose
