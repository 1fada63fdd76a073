"""What can be asked about traces, and about recoveries with their traces."""

from armstrace.tracing.queries.detail import (
    DecisionShown,
    DivertedArm,
    Finding,
    TracePage,
    candidates_of,
    diversions_of_arm,
    holders_named,
    summaries,
    trace_page,
    trace_pages,
)
from armstrace.tracing.queries.lists import (
    Standing,
    TracedRow,
    Waiting,
    every_traced,
    first_of,
    standings,
    trace_rows,
    traceable_ids,
    waiting,
)
from armstrace.tracing.queries.supervision import (
    ActDone,
    WaiverFilter,
    acts_of_people,
    left_behind,
    waiting_with,
    waivers,
    waivers_by_ground,
    workloads,
)
from armstrace.tracing.queries.work import (
    NOBODY,
    WorkFilter,
    assignment_of,
    next_work,
    own_work,
    saved_filters,
    work_counts,
    work_rows,
)
