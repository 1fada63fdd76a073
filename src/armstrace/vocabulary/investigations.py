"""Words for parallel cases: what they aim at, what is in them, how they end.

Source:
    Background paper (Vienna, 2018), ¶49, 60-67, 77; Directive (EU) 2016/680, arts. 6
    and 7.
"""

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.networks import NodeKind


class Aim(Code):
    """What a parallel case is for: the four aims of ¶60."""

    DISRUPT = "DISRUPT", "disrupt the flow of arms"
    DISMANTLE = "DISMANTLE", "dismantle the group"
    DEPRIVE = "DEPRIVE", "take away proceeds and assets"
    PREVENT = "PREVENT", "keep it from forming again"


class CaseState(Code):
    OPEN = "OPEN", "open"
    CLOSED = "CLOSED", "closed"


class CaseAct(Code):
    """What was done with a case as a whole."""

    OPENED = "OPENED", "opened"
    CORRECTED = "CORRECTED", "corrected"
    MEMBER_ADDED = "MEMBER_ADDED", "member added"
    MEMBER_REMOVED = "MEMBER_REMOVED", "member removed"
    ITEMS_ADDED = "ITEMS_ADDED", "recovered items added"
    ITEM_REMOVED = "ITEM_REMOVED", "recovered item removed"
    SEALED = "SEALED", "sealed"
    UNSEALED = "UNSEALED", "unsealed"
    CLOSED = "CLOSED", "closed"
    REOPENED = "REOPENED", "reopened"


class EntryKind(Code):
    """What an entry of the file is; all are numbered in one row."""

    EVENT = "EVENT", "event"
    SUBJECT = "SUBJECT", "person or thing"
    TASK = "TASK", "task"
    DEADLINE = "DEADLINE", "deadline"
    DECISION = "DECISION", "decision"
    COUNSEL = "COUNSEL", "counsel"
    DOCUMENT = "DOCUMENT", "document"
    CHARGE = "CHARGE", "charge to consider"


class PersonRole(Code):
    """In what part a person stands in a case (art. 6)."""

    SUSPECT = "SUSPECT", "suspect"
    CONVICTED = "CONVICTED", "convicted"
    VICTIM = "VICTIM", "victim"
    WITNESS = "WITNESS", "witness"
    OTHER = "OTHER", "contact or other person"


class AimResult(Code):
    """How far an aim was reached."""

    REACHED = "REACHED", "reached"
    PARTLY = "PARTLY", "reached in part"
    NOT_REACHED = "NOT_REACHED", "not reached"


class LessonKind(Code):
    """What a closed case taught (¶49, 77)."""

    SOURCE = "SOURCE", "a source of arms"
    ROUTE = "ROUTE", "a route"
    METHOD = "METHOD", "a way of working"
    GROUP = "GROUP", "a group and its parts"
    LAW = "LAW", "a gap in the law"
    CONTROL = "CONTROL", "a gap in controls or records"


class OverlapKind(Code):
    """What two cases touch both."""

    ITEM = "ITEM", "the same recovered item"
    ARM = "ARM", "the same registered arm"
    HOLDER = "HOLDER", "arms of the same last lawful holder or dealer"
    SUBJECT = "SUBJECT", "the same person or thing"


# Kinds of person and thing that a case writes down.
CASE_SUBJECTS = (
    NodeKind.PERSON, NodeKind.GROUP, NodeKind.ORGANISATION, NodeKind.ADDRESS,
    NodeKind.VEHICLE, NodeKind.PHONE, NodeKind.ACCOUNT,
)  # fmt: skip
