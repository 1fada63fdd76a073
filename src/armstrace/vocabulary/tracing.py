"""Where a trace goes first, how it ends, where an arm left the legal world.

Source:
    MOSAIC 05.31; ITI, paras. 14-23; Firearms Protocol, art. 12, para. 4;
    SDG 16.4.2 metadata (point of diversion).
"""

from armstrace.vocabulary.codes import Code


class FirstHop(Code):
    """The first-hop decision, in the order in which its tests are made."""

    OWN_REGISTRY = "OWN_REGISTRY", "domestic: own registry record"
    OWN_LOSS_RECORD = "OWN_LOSS_RECORD", "domestic: reported lost or stolen here"
    OWN_MARK = "OWN_MARK", "domestic: own import, State-stock or police mark"
    IMPORT_STATE = "IMPORT_STATE", "abroad: State of the most recent import mark"
    OWN_MANUFACTURE = "OWN_MANUFACTURE", "domestic: made here"
    MANUFACTURE_STATE = "MANUFACTURE_STATE", "abroad: State of manufacture"
    MARK_STATES = "MARK_STATES", "abroad: States suggested by proof or arsenal marks"
    IDENTIFICATION_INSUFFICIENT = (
        "IDENTIFICATION_INSUFFICIENT",
        "identification insufficient: expert examination",
    )


class TraceChannel(Code):
    """By which way another State is asked."""

    INTERPOL = "INTERPOL", "INTERPOL, iARMS or I-24/7"
    EUROPOL = "EUROPOL", "Europol, SIENA"
    CONTACT = "CONTACT", "national point of contact"
    AUTHORITY = "AUTHORITY", "central authority, legal assistance"


class TraceAnswer(Code):
    """What became of a request: what the State says, or that it was recalled."""

    HOLDER = "HOLDER", "names a holder or dealer"
    ONWARD = "ONWARD", "names another State"
    NO_RECORD = "NO_RECORD", "has no record of the arm"
    REFUSED = "REFUSED", "refuses to answer"
    RECALLED = "RECALLED", "recalled"


class TraceOutcome(Code):
    POINT_OF_DIVERSION_IDENTIFIED = (
        "POINT_OF_DIVERSION_IDENTIFIED",
        "point of diversion identified",
    )
    LAST_LEGAL_HOLDER_IDENTIFIED = (
        "LAST_LEGAL_HOLDER_IDENTIFIED",
        "last lawful holder identified",
    )
    NO_DIVERSION = "NO_DIVERSION", "still lawfully held: no diversion"
    RECORDS_UNAVAILABLE = "RECORDS_UNAVAILABLE", "records unavailable"
    RECORDS_DESTROYED_OR_EXPIRED = (
        "RECORDS_DESTROYED_OR_EXPIRED",
        "records destroyed or expired",
    )
    IDENTIFICATION_INSUFFICIENT = (
        "IDENTIFICATION_INSUFFICIENT",
        "identification insufficient",
    )
    SERIAL_NOT_IN_RANGE = "SERIAL_NOT_IN_RANGE", "serial number not in range"
    NOT_TRACEABLE_UNMARKED = "NOT_TRACEABLE_UNMARKED", "not traceable, unmarked"
    REFUSED = "REFUSED", "the State asked refused"
    NO_RESPONSE = "NO_RESPONSE", "the State asked did not answer"


class TraceGround(Code):
    ILLICIT_UNDER_LAW_OF_RECOVERING_STATE = (
        "ILLICIT_UNDER_LAW_OF_RECOVERING_STATE",
        "illicit under the law of the recovering State",
    )
    SUSPECTED_SC_EMBARGO_VIOLATION = (
        "SUSPECTED_SC_EMBARGO_VIOLATION",
        "suspected violation of a Security Council embargo",
    )
    INADEQUATELY_MARKED = "INADEQUATELY_MARKED", "inadequately marked"
    SUSPECTED_ILLEGAL_MANUFACTURE = (
        "SUSPECTED_ILLEGAL_MANUFACTURE",
        "suspected illegal manufacture",
    )
    SUSPECTED_UNAUTHORISED_TRANSFER = (
        "SUSPECTED_UNAUTHORISED_TRANSFER",
        "suspected unauthorised transfer",
    )


class TraceException(Code):
    """Why an arm is not traced; each needs a reason in words."""

    AMNESTY_COLLECTION = "AMNESTY_COLLECTION", "collected under an amnesty"
    TRACE_WOULD_DELAY_DESTRUCTION = (
        "TRACE_WOULD_DELAY_DESTRUCTION",
        "a trace would delay destruction and raise the risk of diversion",
    )
    MANUFACTURED_BEFORE_1946 = "MANUFACTURED_BEFORE_1946", "made before 1946"
    WAIVED = "WAIVED", "waived by a supervisor"


class DiversionKind(Code):
    """The kind of point at which an arm left the legal world."""

    MANUFACTURER = "MANUFACTURER", "manufacturer"
    IN_TRANSIT = "IN_TRANSIT", "in transit"
    EXPORTER = "EXPORTER", "exporter"
    IMPORTER = "IMPORTER", "importer"
    DEALER = "DEALER", "dealer"
    HOLDER_THEFT = "HOLDER_THEFT", "theft from a civilian holder"
    HOLDER_LOSS = "HOLDER_LOSS", "loss by a civilian holder"
    HOLDER_SALE = "HOLDER_SALE", "unlawful sale or loan by a civilian holder"
    STRAW_PURCHASE = "STRAW_PURCHASE", "straw purchase"
    LICENCE_ENDED = "LICENCE_ENDED", "kept after the holder's licence ended"
    STATE_STOCK = "STATE_STOCK", "State stock"
    EVIDENCE_STORE = "EVIDENCE_STORE", "evidence store"
    MUSEUM_OR_COLLECTOR = "MUSEUM_OR_COLLECTOR", "museum or collector"
    COLLECTION_PROGRAMME = "COLLECTION_PROGRAMME", "collection programme"
    DESTRUCTION_SITE = "DESTRUCTION_SITE", "destruction site"
    POST_DEACTIVATION = "POST_DEACTIVATION", "after deactivation"
    CONVERSION_WORKSHOP = "CONVERSION_WORKSHOP", "conversion workshop"
    UNKNOWN = "UNKNOWN", "not known"


class GapKind(Code):
    """A stretch of an arm's life that the records do not cover."""

    NO_MANUFACTURE_RECORD = "NO_MANUFACTURE_RECORD", "no record of manufacture"
    NO_IMPORT_RECORD = "NO_IMPORT_RECORD", "no record of import"
    HOLDER_MISMATCH = "HOLDER_MISMATCH", "given by someone who did not hold it"
    UNRECORDED_DISPOSAL = "UNRECORDED_DISPOSAL", "left its holder without a record"
    ABROAD = "ABROAD", "abroad, no record here"
    UNDATED = "UNDATED", "event without a date"
    AFTER_END = "AFTER_END", "event after the arm was destroyed or deactivated"


class RepeatKind(Code):
    """Why two records of recoveries are of one arm."""

    ENTERED_TWICE = "ENTERED_TWICE", "one item of one procedure, entered twice"
    RECOVERED_AGAIN = "RECOVERED_AGAIN", "the same arm, recovered again"


class Judgement(Code):
    SAME = "SAME", "same arm"
    DIFFERENT = "DIFFERENT", "different arm"
    UNSURE = "UNSURE", "cannot tell"
    WITHDRAWN = "WITHDRAWN", "decision withdrawn"


class TracingCell(Code):
    """The row of tracing tables 5.1-5.3 in which a recovered arm is counted."""

    LO = "LO", "legitimate owner in national registry"
    IN = "IN", "illegitimate owner in national registry"
    IF = "IF", "illegitimate owner in foreign registry"
    OD = "OD", "point of diversion otherwise identified"
    AT = "AT", "tracing attempted, no point of diversion identified"
    PE = "PE", "tracing procedure pending"
    NO = "NO", "no tracing procedure initiated"
    NI = "NI", "not identifiable: illicitly manufactured"
    NE = "NE", "not identifiable: erased or altered marking"
    NX = "NX", "not identifiable: no further information"
    K = "K", "unknown status regarding marking"


class TraceStanding(Code):
    """Where a trace stands."""

    OPEN = "OPEN", "open"
    EXCEPTED = "EXCEPTED", "not traced, with a reason"
    CLOSED = "CLOSED", "closed"


class Establishment(Code):
    """How the point of diversion was established."""

    OWN_REGISTER = "OWN_REGISTER", "last lawful record in the national register"
    FOREIGN_REGISTER = "FOREIGN_REGISTER", "last lawful record in a foreign register"
    AUTHORITY = "AUTHORITY", "otherwise established by a competent authority"
    NOT_ESTABLISHED = "NOT_ESTABLISHED", "not established"
