"""Operations, the authorities they rest on, and what is done under them."""

from armstrace.techniques.models.doing import (
    CoverIdentity,
    Evaluation,
    HandOver,
    LiveArmsFlag,
    OperationRun,
    StateConsent,
)
from armstrace.techniques.models.operations import (
    Authority,
    Operation,
    OperationPerson,
    in_force,
    no_such_operation,
)
