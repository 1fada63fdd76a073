"""How arms, parts and ammunition go from one State to another.

Source:
    Firearms Protocol, art. 10; Regulation (EU) No 258/2012; Regulation (EU) 2025/41.
"""

from armstrace.vocabulary.codes import Code


class Direction(Code):
    EXPORT = "EXPORT", "export"
    IMPORT = "IMPORT", "import"
    TRANSIT = "TRANSIT", "transit"


class Regime(Code):
    DEFINITIVE = "DEFINITIVE", "permanent"
    TEMPORARY = "TEMPORARY", "temporary, with return"
    SIMPLIFIED = "SIMPLIFIED", "simplified: hunting, sport, exhibition, repair"


class TransferStage(Code):
    """How far an authorisation has come; it expires by its last day."""

    OPEN = "OPEN", "not decided"
    ISSUED = "ISSUED", "issued"
    REFUSED = "REFUSED", "refused"
    SUSPENDED = "SUSPENDED", "suspended"
    REVOKED = "REVOKED", "revoked"
    WITHDRAWN = "WITHDRAWN", "withdrawn"


class TransferAct(Code):
    """What is done with an authorisation."""

    CHANGE = "CHANGE", "change"
    GOODS = "GOODS", "change the goods"
    ATTACH = "ATTACH", "put a document on file"
    REMOVE = "REMOVE", "take a document off the file"
    ISSUE = "ISSUE", "issue"
    REFUSE = "REFUSE", "refuse"
    WITHDRAW = "WITHDRAW", "withdraw"
    SUSPEND = "SUSPEND", "suspend"
    REINSTATE = "REINSTATE", "reinstate"
    REVOKE = "REVOKE", "revoke"
    AGREE = "AGREE", "agree to changed documents"


class PaperKind(Code):
    """What a document on the file of an authorisation is."""

    IMPORT_LICENCE = "IMPORT_LICENCE", "import licence"
    EXPORT_LICENCE = "EXPORT_LICENCE", "export licence"
    TRANSIT_REQUEST = "TRANSIT_REQUEST", "request to a transit State"
    NO_OBJECTION = "NO_OBJECTION", "written no-objection of a transit State"
    OBJECTION = "OBJECTION", "objection of a transit State"
    TRANSIT_NOTICE = "TRANSIT_NOTICE", "import licence sent on to a transit State"
    END_USER = "END_USER", "end-user statement"
    CONTRACT = "CONTRACT", "contract or order"
    WAYBILL = "WAYBILL", "waybill or packing list"
    ASSESSMENT = "ASSESSMENT", "assessment of the risks of the transfer"
    EXEMPTION = "EXEMPTION", "exemption from an embargo"
    BROKER_LICENCE = "BROKER_LICENCE", "licence of the broker for one deal"
    OTHER = "OTHER", "other document"


class Particular(Code):
    """What licence and accompanying documents together say.

    Source:
        Firearms Protocol, art. 10, para. 3; Regulation (EU) 2025/41, art. 21.
    """

    ISSUE_PLACE = "ISSUE_PLACE", "the place of issue"
    ISSUED_ON = "ISSUED_ON", "the date of issue"
    VALID_UNTIL = "VALID_UNTIL", "the date of expiry"
    EXPORT_COUNTRY = "EXPORT_COUNTRY", "the country of export"
    IMPORT_COUNTRY = "IMPORT_COUNTRY", "the country of import"
    RECIPIENT = "RECIPIENT", "the final recipient"
    DESCRIPTION = "DESCRIPTION", "the description of the goods"
    QUANTITY = "QUANTITY", "the quantity"
    TRANSIT = "TRANSIT", "the countries of transit"
    CONSIGNEE = "CONSIGNEE", "the consignee"
    EXIT_COUNTRY = "EXIT_COUNTRY", "the country of exit"


class TransferCheck(Code):
    """What a provision on transfers asks."""

    PARTICULAR = "PARTICULAR", "a particular is stated"
    IMPORT_LICENCE = "IMPORT_LICENCE", "the importing State has licensed it"
    EXPORT_LICENCE = "EXPORT_LICENCE", "the exporting State has licensed it"
    NO_OBJECTION = "NO_OBJECTION", "each transit State has no objection"
    NOTICE = "NOTICE", "each transit State is told in advance"
    END_USER = "END_USER", "the end user has stated the use"
    BROKER = "BROKER", "name and place of the broker are stated"
    BROKER_LICENCE = "BROKER_LICENCE", "the broker has a licence for this deal"
    VALIDITY = "VALIDITY", "it ends in time"
    RETURN = "RETURN", "the day of return is stated"
    DENIAL = "DENIAL", "no such transfer was refused"
    DOCUMENT = "DOCUMENT", "a document is on file"
    EMBARGO = "EMBARGO", "no embargo forbids it"


class Moment(Code):
    """Before which act something has to be in order."""

    ISSUE = "ISSUE", "before it is issued"
    DEPARTURE = "DEPARTURE", "before the goods leave"


class Step(Code):
    """What happens to a consignment on its way and after it."""

    DEPARTED = "DEPARTED", "departed"
    ENTERED = "ENTERED", "entered a transit State"
    LEFT = "LEFT", "left a transit State"
    ARRIVED = "ARRIVED", "arrived"
    RECEIPT = "RECEIPT", "receipt proven"
    CUSTOMS_ASKED = "CUSTOMS_ASKED", "customs of export asked"
    STATE_ASKED = "STATE_ASKED", "importing State asked"
    UNCONFIRMED = "UNCONFIRMED", "put on record that receipt is not confirmed"
    RETURNED = "RETURNED", "came back"
    DIVERTED = "DIVERTED", "diverted"
    CASE = "CASE", "a case was opened"
    SETTLED = "SETTLED", "difference explained"
    TAKEN_BACK = "TAKEN_BACK", "entry withdrawn"


class Alarm(Code):
    """What is wrong with a consignment on a day."""

    LATE = "LATE", "not arrived in time"
    OVER_STAY = "OVER_STAY", "too long in a transit State"
    OVER_DELIVERY = "OVER_DELIVERY", "more arrived than was sent"
    UNDER_DELIVERY = "UNDER_DELIVERY", "less arrived than was sent"
    NO_PROOF = "NO_PROOF", "no proof of receipt"
    NO_RETURN = "NO_RETURN", "not returned in time"
    OFF_ROUTE = "OFF_ROUTE", "off its route"
    DIVERSION = "DIVERSION", "diverted"
