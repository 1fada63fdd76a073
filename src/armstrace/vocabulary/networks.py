"""What stands in the linked picture: the kinds of its nodes and links, and grades.

Source:
    Background paper (Vienna, 2018), ¶51-52, 67, 70; Europol, 4x4 evaluation and
    handling codes (Council document 6261/18).
"""

from armstrace.vocabulary.codes import Code

MOST_OF_A_NETWORK = 20
"""How many records a network is drawn around."""


class NodeKind(Code):
    """What a node of the linked picture stands for."""

    ARM = "ARM", "arm"
    RECOVERY = "RECOVERY", "recovery"
    HOLDER = "HOLDER", "holder"
    LOSS = "LOSS", "loss or theft"
    SCENE = "SCENE", "scene"
    PERSON = "PERSON", "person"
    GROUP = "GROUP", "group"
    ORGANISATION = "ORGANISATION", "organisation"
    ADDRESS = "ADDRESS", "address"
    PHONE = "PHONE", "phone"
    VEHICLE = "VEHICLE", "vehicle"
    PARCEL = "PARCEL", "parcel"
    ACCOUNT = "ACCOUNT", "account"
    ROUTE = "ROUTE", "route"
    CASE = "CASE", "case"


class LinkKind(Code):
    """How two nodes are linked; the first thirteen are computed from records."""

    SAME_ARM = "SAME_ARM", "the same arm"
    MAYBE_SAME_ARM = "MAYBE_SAME_ARM", "perhaps the same arm"
    HELD_BY = "HELD_BY", "held by"
    BOUGHT_FROM = "BOUGHT_FROM", "bought from"
    LOST_IN = "LOST_IN", "lost or stolen in"
    SAME_CONSIGNMENT = "SAME_CONSIGNMENT", "the same consignment"
    FIRED_BY_SAME_ARM = "FIRED_BY_SAME_ARM", "fired by the same arm"
    NEAR_SERIAL = "NEAR_SERIAL", "a nearby serial number"
    NEAR_IN_TIME_AND_PLACE = "NEAR_IN_TIME_AND_PLACE", "near in time and place"
    TAKEN_TOGETHER = "TAKEN_TOGETHER", "taken in the same case"
    IN_CASE = "IN_CASE", "in the case"
    TRACED_TO = "TRACED_TO", "traced to"
    NEAR_NAME = "NEAR_NAME", "a similar name"
    MEMBER_OF = "MEMBER_OF", "member of"
    LEADS = "LEADS", "leads"
    ASSOCIATE_OF = "ASSOCIATE_OF", "associate of"
    RELATIVE_OF = "RELATIVE_OF", "relative of"
    USES = "USES", "uses"
    LIVES_AT = "LIVES_AT", "lives at"
    HAD = "HAD", "had"
    SUPPLIED = "SUPPLIED", "supplied"
    BROKERED = "BROKERED", "brokered for"
    SENT = "SENT", "sent"
    RECEIVED = "RECEIVED", "received"
    TRAVELLED = "TRAVELLED", "travelled by"
    SAME_PERSON = "SAME_PERSON", "judged to be the same"
    OTHER = "OTHER", "otherwise linked to"


class SourceGrade(Code):
    """How reliable the source of information is: the first part of 4x4."""

    A = "A", "no doubt about the source"
    B = "B", "mostly reliable"
    C = "C", "mostly unreliable"
    X = "X", "cannot be judged"


class InformationGrade(Code):
    """How accurate the information is: the second part of 4x4."""

    KNOWN_TRUE = "1", "known to be accurate"
    KNOWN_TO_SOURCE = "2", "known to the source, not to the officer"
    CORROBORATED = "3", "not known to the source, borne out by other information"
    UNCONFIRMED = "4", "cannot be judged or borne out"


class HandlingCode(Code):
    """What its provider lets be done with information."""

    H0 = "H0", "only to prevent and combat crime"
    H1 = "H1", "not in judicial proceedings without the provider’s permission"
    H2 = "H2", "not passed on without the provider’s permission"
    H3 = "H3", "other restrictions, as written"
