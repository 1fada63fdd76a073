"""Arms and ammunition that the State keeps in stores.

Source:
    Programme of Action (2001), II.17 and II.18; background paper (2018), para. 38.
"""

from armstrace.vocabulary.codes import Code


class StockAct(Code):
    """What was done last with an arm in a store of the State."""

    PLACED = "PLACED", "placed in the store"
    ISSUED = "ISSUED", "issued"
    RETURNED = "RETURNED", "returned"
    MOVED = "MOVED", "moved to another store"
    NEUTRALISED = "NEUTRALISED", "temporarily disabled"
    RESTORED = "RESTORED", "made usable again"
    SURPLUS = "SURPLUS", "declared surplus"
    KEPT = "KEPT", "no longer surplus"
    CONDEMNED = "CONDEMNED", "to be destroyed"
    LEFT = "LEFT", "disposed of"


class LotAct(Code):
    RECEIVED = "RECEIVED", "received"
    ISSUED = "ISSUED", "issued"
    RETURNED = "RETURNED", "returned"
    USED = "USED", "used up"
    MOVED = "MOVED", "moved between stores"
    RECALLED = "RECALLED", "recalled"
    RELEASED = "RELEASED", "recall ended"


class CountKind(Code):
    PERIODIC = "PERIODIC", "periodic"
    UNANNOUNCED = "UNANNOUNCED", "unannounced"
    HANDOVER = "HANDOVER", "hand-over to a new custodian"


class SurplusWay(Code):
    """How surplus leaves a store."""

    DESTRUCTION = "DESTRUCTION", "to be destroyed"
    PASSED_ON = "PASSED_ON", "passed to another holder"
