"""Records of what was recovered, by noun."""

from armstrace.recoveries.models.recoveries import (
    AmmunitionRecord,
    CandidateJudgement,
    Circumstances,
    ObservedMark,
    PartRecord,
    Recovery,
    RecoveryPhotograph,
    RecoveryRecord,
    Resighting,
)

__all__ = [
    "AmmunitionRecord",
    "CandidateJudgement",
    "Circumstances",
    "ObservedMark",
    "PartRecord",
    "Recovery",
    "RecoveryPhotograph",
    "RecoveryRecord",
    "Resighting",
]
