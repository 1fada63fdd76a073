"""What can be asked of the register."""

from armstrace.registry.queries.arms import (
    ArmFilter,
    ArmPage,
    ArmRow,
    arm_page,
    arm_rows,
    arms_by_id,
    every_arm,
    ids_by_source_number,
    lives_of,
)
from armstrace.registry.queries.candidates import (
    Reading,
    candidates_for,
    query_of,
    searcher,
)
from armstrace.registry.queries.choices import makes

__all__ = [
    "ArmFilter",
    "ArmPage",
    "ArmRow",
    "Reading",
    "arm_page",
    "arm_rows",
    "arms_by_id",
    "candidates_for",
    "every_arm",
    "ids_by_source_number",
    "lives_of",
    "makes",
    "query_of",
    "searcher",
]
