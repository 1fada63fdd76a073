"""Words for campaigns in which people hand in arms.

Source:
    Background paper (2018), para. 47 (amnesty, identification, incentives).
"""

from armstrace.vocabulary.codes import Code


class Amnesty(Code):
    NONE = "NONE", "no amnesty"
    TEMPORARY = "TEMPORARY", "temporary amnesty"
    PERMANENT = "PERMANENT", "permanent amnesty"


class Identification(Code):
    ANONYMOUS = "ANONYMOUS", "anonymous"
    IDENTIFIED = "IDENTIFIED", "by name"


class Incentive(Code):
    NONE = "NONE", "no incentive"
    MONEY = "MONEY", "money"
    VOUCHER = "VOUCHER", "voucher"
    IN_KIND = "IN_KIND", "in kind"
    LOTTERY = "LOTTERY", "lottery"


class HandInState(Code):
    TAKEN = "TAKEN", "taken in"
    SET_ASIDE = "SET_ASIDE", "set aside: may be lost, stolen or held by the State"
    DOUBLE = "DOUBLE", "on hold: may have been taken in twice"
    SAME = "SAME", "taken in twice: the same arm as another"
    KEPT = "KEPT", "kept without an incentive: lost, stolen or held by the State"


HELD = (HandInState.SET_ASIDE, HandInState.DOUBLE)
"""What gets no incentive before a person has settled it."""
