"""Early warnings: of what, and what became of them."""

from armstrace.vocabulary.codes import Code


class WarningKind(Code):
    """What a warning is about."""

    REPEAT_SOURCE = "REPEAT_SOURCE", "repeat source"
    STRAW_CHAIN = (
        "STRAW_CHAIN",
        "arms bought from one dealer within days, soon in other hands",
    )
    NEAR_SERIALS = "NEAR_SERIALS", "neighbouring serial numbers in different places"
    INVENTORY_MARKS = (
        "INVENTORY_MARKS",
        "neighbouring inventory marks in different places",
    )
    SHORT_TIME = "SHORT_TIME", "a short time to crime"
    SUDDEN_CHANGE = "SUDDEN_CHANGE", "a sudden change in type or route"
    LOSS_CLUSTER = "LOSS_CLUSTER", "losses near in place and time"
    USED_STATEMENT = "USED_STATEMENT", "one end-user statement for several transfers"
    NO_RECEIPT = "NO_RECEIPT", "receipt of a consignment never proven"
    SHORT_GOODS = "SHORT_GOODS", "repeatedly delivered less than was sent"


class WarningState(Code):
    """What became of a warning."""

    NEW = "NEW", "new"
    TAKEN = "TAKEN", "taken on"
    DISMISSED = "DISMISSED", "dismissed"
    ACTED = "ACTED", "acted on"


# What may become of one, by what became of it before; NEW gives it back.
_DECIDED = (WarningState.TAKEN, WarningState.DISMISSED, WarningState.ACTED)
FOLLOWS = {
    WarningState.NEW: _DECIDED,
    WarningState.TAKEN: (*_DECIDED, WarningState.NEW),
    WarningState.DISMISSED: (WarningState.TAKEN,),
    WarningState.ACTED: (WarningState.TAKEN,),
}
# It waits for a decision.
UNDECIDED = (WarningState.NEW, WarningState.TAKEN)
