"""What can be asked about parallel cases."""

from armstrace.investigations.queries.detail import (
    CaseItem,
    CasePage,
    case_item,
    case_page,
    colleagues,
)
from armstrace.investigations.queries.entries import (
    Entry,
    court_entries,
    due_entries,
    entries_of,
    entry_history,
    held_back,
    open_entries,
    open_work_of,
)
from armstrace.investigations.queries.facts import (
    TimeLane,
    TimeRow,
    charges_of,
    suggestions,
    timeline,
)
from armstrace.investigations.queries.lists import (
    CaseFilter,
    CaseRow,
    Contact,
    Holding,
    OverlapRow,
    case_rows,
    cases_beside,
    cases_holding,
    cases_of_recovery,
    overlaps_of,
    own_overlaps,
)
