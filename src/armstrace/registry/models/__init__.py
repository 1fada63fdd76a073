"""Registered arms, and what matching keeps of them, by noun."""

from armstrace.registry.models.arms import (
    REPORTED_MISSING,
    Arm,
    ArmJoin,
    ArmRecord,
    DescribedArm,
    EventWithdrawal,
    LifeEvent,
    LossReport,
    Withdrawal,
    arm_called,
    no_such_arm,
    no_such_event,
)
from armstrace.registry.models.marks import Mark, Part, SeenMark
from armstrace.registry.models.matching import (
    KeyStoreState,
    MatchingTuning,
    PopulationSnapshot,
    SerialKey,
    TuningInUse,
)
from armstrace.registry.models.trade import BusinessEnd, Notice, Reporting
