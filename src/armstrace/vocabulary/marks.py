"""What can be read on an arm.

Source:
    Firearms Protocol, art. 8; ITI, paras. 7-10; MOSAIC 05.30.
"""

from armstrace.vocabulary.codes import Code


class MarkKind(Code):
    SERIAL = "SERIAL", "serial number"
    MAKER = "MAKER", "maker"
    MODEL = "MODEL", "model"
    CALIBRE = "CALIBRE", "calibre"
    COUNTRY_OF_ORIGIN = "COUNTRY_OF_ORIGIN", "country of origin"
    IMPORT = "IMPORT", "import mark"
    PROOF = "PROOF", "proof mark"
    INVENTORY = "INVENTORY", "inventory or unit number"
    PATENT = "PATENT", "patent"
    ASSEMBLY = "ASSEMBLY", "assembly number"
    ARSENAL = "ARSENAL", "acceptance or arsenal mark"
    DEACTIVATION = "DEACTIVATION", "deactivation mark"
    SECURITY = "SECURITY", "security mark"
    OTHER = "OTHER", "other mark"


class SerialStatus(Code):
    """How a serial number stands on the arm; a status is never a serial."""

    COMPLETE = "COMPLETE", "complete"
    PARTIAL = "PARTIAL", "partly read"
    OBLITERATED = "OBLITERATED", "erased"
    ILLEGIBLE = "ILLEGIBLE", "worn or illegible"
    ALTERED = "ALTERED", "altered"
    RESTAMPED = "RESTAMPED", "restamped"
    RESTORED = "RESTORED", "restored in a laboratory"
    NEVER_MARKED = "NEVER_MARKED", "never marked"
    UNKNOWN = "UNKNOWN", "not known"


class MarkCondition(Code):
    LEGIBLE = "LEGIBLE", "legible"
    PARTIAL = "PARTIAL", "partly legible"
    OBLITERATED = "OBLITERATED", "obliterated"
    ALTERED = "ALTERED", "altered"
    RESTAMPED = "RESTAMPED", "restamped"
    RESTORED = "RESTORED", "restored in a laboratory"
    UNKNOWN = "UNKNOWN", "not known"


class MarkMethod(Code):
    STAMP = "STAMP", "stamped"
    ROLL = "ROLL", "rolled"
    DOT_PEEN = "DOT_PEEN", "dot peen"
    ENGRAVE = "ENGRAVE", "engraved"
    LASER = "LASER", "laser"
    CAST = "CAST", "cast"
    OTHER = "OTHER", "other"
    UNKNOWN = "UNKNOWN", "not known"


class Certainty(Code):
    """How sure a reading of a mark is."""

    CERTAIN = "CERTAIN", "certain"
    LIKELY = "LIKELY", "likely"
    DOUBTFUL = "DOUBTFUL", "doubtful"
    NONE = "NONE", "not read"
