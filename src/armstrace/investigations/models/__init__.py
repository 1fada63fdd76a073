"""Records of parallel cases, by noun."""

from armstrace.investigations.models.cases import (
    Case,
    CaseChange,
    CaseMember,
    CaseRecovery,
    no_such_case,
)

__all__ = [
    "Case",
    "CaseChange",
    "CaseMember",
    "CaseRecovery",
    "no_such_case",
]
