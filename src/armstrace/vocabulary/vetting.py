"""Vetting of people, lists of names, and refusals that States tell each other.

Source:
    Background paper (2018), paras. 33, 38, 78; Delegated Regulation (EU) 2021/1423.
"""

from armstrace.vocabulary.codes import Code


class ListFormat(Code):
    """How a list of names was published."""

    UN_XML = "UN_XML", "United Nations, XML"
    EU_XML = "EU_XML", "European Union, XML"
    OFAC_XML = "OFAC_XML", "OFAC, XML"
    OFAC_CSV = "OFAC_CSV", "OFAC, CSV without headings"
    FTM = "FTM", "FollowTheMoney, JSON lines"
    CSV = "CSV", "CSV with headings"


class Capacity(Code):
    """As what a person is vetted."""

    HOLDER = "HOLDER", "holder of a licence"
    APPLICANT = "APPLICANT", "applicant for a licence"
    ASSOCIATE = "ASSOCIATE", "associate of an applicant"
    BROKER = "BROKER", "broker"
    STAFF = "STAFF", "staff"


class VettingAnswer(Code):
    """What vetting found; why is not said."""

    CLEAR = "CLEAR", "clear"
    ADVERSE = "ADVERSE", "adverse"
    REFER = "REFER", "refer to the vetting officer"


class Examined(Code):
    """What a person found when the two names of a hit were compared."""

    WAITING = "WAITING", "not examined yet"
    CONFIRMED = "CONFIRMED", "the same person"
    DIFFERENT = "DIFFERENT", "not the same"


class VettingState(Code):
    """How far a request for vetting is."""

    WAITING = "WAITING", "waits for an answer"
    OVERDUE = "OVERDUE", "answer expired"
    IN_FORCE = "IN_FORCE", "answered"


class RefusalState(Code):
    """What is to be done with a refusal in the register."""

    VISIBLE = "VISIBLE", "visible to other States"
    TO_REVIEW = "TO_REVIEW", "due for review"
    ENDED = "ENDED", "no longer visible"


class Duration(Code):
    """How long a refusal keeps a person from firearms (art. 3(1)(h))."""

    INDEFINITE = "INDEFINITE", "without an end date"
    FIXED_END = "FIXED_END", "until a fixed day"
    NEITHER = "NEITHER", "neither of these"


class RefusalKind(Code):
    """How a refusal came about (art. 3(1)(j))."""

    ON_REQUEST = "ON_REQUEST", "on an application"
    WITHDRAWAL = "WITHDRAWAL", "withdrawal of an authorisation"
    OTHER = "OTHER", "another decision"
