"""Records of what was recovered, by noun."""

from armstrace.recoveries.models.matching import (
    ComparedRecord,
    MatchingResult,
    MatchingRun,
    PairJudgement,
    RecoveryKey,
)
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
    Withdrawal,
    no_such_photograph,
    no_such_recovery,
)
