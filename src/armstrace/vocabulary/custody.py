"""Words for exhibits, who holds them, and how they are counted."""

from armstrace.vocabulary.codes import Code


class CustodyAct(Code):
    """What was done with an exhibit."""

    RECEIVED = "RECEIVED", "received into the store"
    BROUGHT = "BROUGHT", "brought to the store"
    MOVED = "MOVED", "moved"
    OFFERED = "OFFERED", "offered"
    ACCEPTED = "ACCEPTED", "accepted"
    REFUSED = "REFUSED", "not accepted"
    WITHDRAWN = "WITHDRAWN", "offer withdrawn"
    HANDED_OVER = "HANDED_OVER", "handed over on paper"
    TAKEN_BACK = "TAKEN_BACK", "received back"
    RESEALED = "RESEALED", "seal changed"
    NEEDED = "NEEDED", "needed by a court or case"
    NOT_NEEDED = "NOT_NEEDED", "no longer needed"
    PROPOSED = "PROPOSED", "disposal proposed"
    APPROVED = "APPROVED", "disposal approved"
    DECLINED = "DECLINED", "disposal declined"
    CARRIED_OUT = "CARRIED_OUT", "disposal carried out"
    CORRECTED = "CORRECTED", "corrected"


RECEIPTS = frozenset({CustodyAct.RECEIVED, CustodyAct.BROUGHT})
"""Acts with which custody begins; all others are of an exhibit."""


class SealState(Code):
    UNBROKEN = "UNBROKEN", "unbroken"
    BROKEN = "BROKEN", "broken"
    NONE = "NONE", "no seal"


class Errand(Code):
    """Why an exhibit is offered to somebody."""

    EXAMINATION = "EXAMINATION", "examination"
    COURT = "COURT", "court hearing"
    STORAGE = "STORAGE", "storage"
    RETURN = "RETURN", "return"
    OTHER = "OTHER", "other"


class WayOut(Code):
    """How an exhibit is to leave custody."""

    RELEASE = "RELEASE", "to be released"
    DESTROY = "DESTROY", "to be destroyed"
    RETURN = "RETURN", "to be returned to its owner"
    KEEP = "KEEP", "to be kept by the State"
    MUSEUM = "MUSEUM", "to go to a museum"
    TRAINING = "TRAINING", "to serve training"
    SELL = "SELL", "to be sold"


class WayOutState(Code):
    PROPOSED = "PROPOSED", "proposed"
    APPROVED = "APPROVED", "approved"
    CARRIED_OUT = "CARRIED_OUT", "carried out"


class CountFinding(Code):
    """What counting a store said of one number."""

    FOUND = "FOUND", "found"
    MISSING = "MISSING", "expected and not found"
    UNEXPECTED = "UNEXPECTED", "not known here"
    TWICE = "TWICE", "seen twice"
    ELSEWHERE = "ELSEWHERE", "recorded elsewhere"


class CountAnswer(Code):
    """What became of a difference."""

    EXPLAINED = "EXPLAINED", "explained"
    INCIDENT = "INCIDENT", "reported as an incident"
