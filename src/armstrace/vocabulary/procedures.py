"""Steps of a standing procedure: what answers one, where it stands, why it is waived.

Source:
    Background paper (2018), paras. 62-66, 81, 93; INTERPOL firearms recovery
    protocol.
"""

from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.recoveries import RecoveryKind

# Roles that a step can be given to.
DOING = (
    *(Role.OFFICER, Role.CUSTODIAN, Role.EXAMINER, Role.CUSTOMS, Role.INVESTIGATOR),
    *(Role.ANALYST, Role.SUPERVISOR),
)
# Roles that may let a step go undone.
WAIVING = (Role.SUPERVISOR,)


class StepAnswer(Code):
    """Which record says that a step is done."""

    IDENTIFICATION = "IDENTIFICATION", "identification decided"
    TRACE = "TRACE", "trace decided"
    BALLISTICS = "BALLISTICS", "ballistic mark recorded"
    ORIGIN = "ORIGIN", "origin decided"
    CASE = "CASE", "parallel case opened"
    PERSON = "PERSON", "confirmed by a person, with evidence"


# What is decided or waived of each arm before it is closed (paras. 62-66).
DECISIONS = (
    *(StepAnswer.IDENTIFICATION, StepAnswer.TRACE, StepAnswer.BALLISTICS),
    StepAnswer.ORIGIN,
)
# Recoveries of arms that never left the legal world; nothing need be decided.
LAWFUL = (RecoveryKind.STATE_ARM, RecoveryKind.OWNERS_ARM)


class StepStanding(Code):
    """Where a step of a recovery stands."""

    LOCKED = "LOCKED", "waiting for an earlier step"
    OPEN = "OPEN", "open"
    DONE = "DONE", "done"
    WAIVED = "WAIVED", "waived"
    WITHDRAWN = "WITHDRAWN", "withdrawn with the change that opened it"


UNDONE = (StepStanding.LOCKED, StepStanding.OPEN)


class WaiverGround(Code):
    """Why a step is left undone; each needs a reason in words."""

    AMNESTY_COLLECTION = "AMNESTY_COLLECTION", "collected under an amnesty"
    ANOTHER_CASE = "ANOTHER_CASE", "answered in another case"
    LAWFULLY_HELD = "LAWFULLY_HELD", "lawfully held, to be returned"
    NOT_POSSIBLE = "NOT_POSSIBLE", "cannot be done with what there is"
    RECORDED_TWICE = "RECORDED_TWICE", "the same arm is on record twice"
    OTHER = "OTHER", "another ground, given in the reason"


class FactKind(Code):
    """What a fact of a recovery is made of."""

    CODES = "CODES", "one of a list"
    TEXT = "TEXT", "text"
    NUMBER = "NUMBER", "number"
    FLAG = "FLAG", "yes or no"


class FactTest(Code):
    """How a condition asks a fact."""

    ANY_OF = "any_of", "is any of"
    NONE_OF = "none_of", "is none of"
    AT_LEAST = "at_least", "is at least"
    AT_MOST = "at_most", "is at most"
    IS = "is", "is"


TESTS_OF = {
    FactKind.CODES: (FactTest.ANY_OF, FactTest.NONE_OF),
    FactKind.TEXT: (FactTest.ANY_OF, FactTest.NONE_OF),
    FactKind.NUMBER: (FactTest.AT_LEAST, FactTest.AT_MOST),
    FactKind.FLAG: (FactTest.IS,),
}
