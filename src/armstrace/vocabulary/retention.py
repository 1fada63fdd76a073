"""What is kept for a time and then goes, and where a record stands in that."""

from armstrace.vocabulary.codes import Code


class KeptKind(Code):
    """What leaves by itself when its time has come."""

    HOLDER = "HOLDER", "names and places of holders"
    ARM = "ARM", "data of arms"
    PERSON = "PERSON", "persons named in recoveries"
    RECOVERY = "RECOVERY", "data of recoveries"
    HELD_ROW = "HELD_ROW", "rows of files that were held"
    CONSULTATION = "CONSULTATION", "reasons given for looking"
    AUTHORISATION = "AUTHORISATION", "authorisations of transfers"
    CONSIGNMENT = "CONSIGNMENT", "consignments"
    LOT = "LOT", "lots of destruction"
    DEACTIVATION = "DEACTIVATION", "deactivations"
    STOCK_COUNT = "STOCK_COUNT", "counts of stores"
    HAND_IN = "HAND_IN", "arms handed in"


class KeptState(Code):
    """Why a record goes, or does not go yet."""

    DUE = "DUE", "due"
    KEPT = "KEPT", "kept by a period"
    IN_USE = "IN_USE", "in use"
    HELD = "HELD", "under a legal hold"
    ERASED = "ERASED", "erased"


class ErasureState(Code):
    """Where a proposal to erase stands."""

    PROPOSED = "PROPOSED", "waiting for a second person"
    REFUSED = "REFUSED", "refused"
    DONE = "DONE", "carried out"
