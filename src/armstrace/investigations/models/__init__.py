"""Records of parallel cases, by noun."""

from armstrace.investigations.models.cases import (
    Case,
    CaseChange,
    CaseMember,
    CaseRecovery,
    cases_of,
    no_such_case,
)
from armstrace.investigations.models.entries import (
    CaseEntry,
    CaseLesson,
    CaseOutcome,
    Overlap,
)
