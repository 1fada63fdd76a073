"""What can be asked about traces, and about recoveries with their traces."""

from armstrace.tracing.queries.detail import (
    candidates_of,
    chain_of_arm,
    holders_named,
    summaries,
    trace_page,
)
from armstrace.tracing.queries.diversions import DivertedArm, diversions_of_arm
from armstrace.tracing.queries.lists import (
    Standing,
    TracedRow,
    Waiting,
    every_traced,
    newest,
    standings,
    trace_rows,
    traceable_ids,
    traces_by_outcome,
    waiting,
)
from armstrace.tracing.queries.retention import RecordDue, records_due
from armstrace.tracing.queries.rows import (
    Candidates,
    CandidateShown,
    DecisionShown,
    FindingShown,
    GapShown,
    TracePage,
)

__all__ = [
    "CandidateShown",
    "Candidates",
    "DecisionShown",
    "DivertedArm",
    "FindingShown",
    "GapShown",
    "RecordDue",
    "Standing",
    "TracePage",
    "TracedRow",
    "Waiting",
    "candidates_of",
    "chain_of_arm",
    "diversions_of_arm",
    "every_traced",
    "holders_named",
    "newest",
    "records_due",
    "standings",
    "summaries",
    "trace_page",
    "trace_rows",
    "traceable_ids",
    "traces_by_outcome",
    "waiting",
]
