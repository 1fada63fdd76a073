"""Words for parallel cases: what they aim at, what is in them, how they end.

Source:
    Background paper (Vienna, 2018), ¶49, 60-67, 77; Directive (EU) 2016/680, arts. 6
    and 7.
"""

from armstrace.vocabulary.codes import Code


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
