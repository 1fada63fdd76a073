"""What can be asked about parallel cases."""

from armstrace.investigations.queries.charges import (
    ChargeRow,
    Suggestion,
    charges_of,
    suggestions,
)
from armstrace.investigations.queries.contacts import Contact
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
)
from armstrace.investigations.queries.facts import Lane, TimeRow, timeline
from armstrace.investigations.queries.lists import CaseFilter, CaseRow, case_rows
from armstrace.investigations.queries.overlaps import (
    OverlapRow,
    overlaps_of,
    own_overlaps,
)
from armstrace.investigations.queries.recoveries import (
    Holding,
    cases_beside,
    cases_by_recovery,
    cases_holding,
    cases_of_recovery,
)
