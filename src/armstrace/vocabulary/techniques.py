"""Words for special investigative techniques.

Source:
    Convention against Transnational Organized Crime, arts. 2 (i), 19, 20 and 26.
"""

from armstrace.vocabulary.codes import Code


class Technique(Code):
    CONTROLLED_DELIVERY = "CONTROLLED_DELIVERY", "controlled delivery"
    UNDERCOVER = "UNDERCOVER", "undercover operation"
    INFORMANT = "INFORMANT", "use of an informant"
    SURVEILLANCE = "SURVEILLANCE", "surveillance"
    JOINT_TEAM = "JOINT_TEAM", "joint investigation team"


class DeliveryMode(Code):
    """How goods go on in a controlled delivery (art. 20, para. 4)."""

    INTACT = "INTACT", "intact"
    REMOVED = "REMOVED", "removed"
    REPLACED_WHOLE = "REPLACED_WHOLE", "replaced in whole"
    REPLACED_PART = "REPLACED_PART", "replaced in part"


class RunEnd(Code):
    """How the carrying out of a technique ended."""

    STOPPED = "STOPPED", "stopped"
    UNCOVERED = "UNCOVERED", "its authority or consent ended"
    RESTARTED = "RESTARTED", "started again"


class OperationOutcome(Code):
    """What came of a technique."""

    REACHED = "REACHED", "its aim was reached"
    PARTLY = "PARTLY", "its aim was partly reached"
    NOT_REACHED = "NOT_REACHED", "its aim was not reached"
    BROKEN_OFF = "BROKEN_OFF", "abandoned"


class OperationStep(Code):
    """How far an operation has come."""

    ASKED = "ASKED", "waits for authority"
    REFUSED = "REFUSED", "authority refused"
    LAPSED = "LAPSED", "request not decided in time"
    AHEAD = "AHEAD", "authority begins later"
    READY = "READY", "authorised, not started"
    ACTIVE = "ACTIVE", "active"
    STOPPED = "STOPPED", "stopped"
    ENDED = "ENDED", "authority ended"
