"""What can be asked about parallel cases."""

from armstrace.investigations.queries.detail import CasePage, case_page, colleagues
from armstrace.investigations.queries.lists import CaseFilter, CaseRow, case_rows
from armstrace.investigations.queries.recoveries import (
    cases_by_recovery,
    cases_of_recovery,
)

__all__ = [
    "CaseFilter",
    "CasePage",
    "CaseRow",
    "case_page",
    "case_rows",
    "cases_by_recovery",
    "cases_of_recovery",
    "colleagues",
]
