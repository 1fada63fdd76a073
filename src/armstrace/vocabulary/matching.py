"""How a mark as read compares with a registry record.

Source:
    MOSAIC 05.31; design rule on match classes (exact, confusable, partial, near).
"""

from armstrace.vocabulary.codes import Code


class MatchClass(Code):
    """What kind of agreement the two serials show."""

    EXACT = "EXACT", "every character agrees"
    CONFUSABLE = "CONFUSABLE", "differs by look-alike characters only"
    PARTIAL = "PARTIAL", "agrees in all that was read"
    NEAR = "NEAR", "differs by errors of reading or copying"


class Difference(Code):
    """What became of one character between the registry and the reading."""

    SAME = "SAME", "same"
    LOOK_ALIKE = "LOOK_ALIKE", "look-alike read"
    SUBSTITUTED = "SUBSTITUTED", "another character read"
    TRANSPOSED = "TRANSPOSED", "neighbours exchanged"
    MISSED = "MISSED", "not read"
    ADDED = "ADDED", "added"
    UNREAD = "UNREAD", "unread"
    LOST_START = "LOST_START", "lost at the start"
    LOST_END = "LOST_END", "lost at the end"
    ADDED_START = "ADDED_START", "added at the start"
    ADDED_END = "ADDED_END", "added at the end"


class Agreement(Code):
    """How a field of the reading stands to the registry's."""

    AGREES = "AGREES", "agrees"
    CLOSE = "CLOSE", "is close"
    DIFFERS = "DIFFERS", "differs"
    NOT_RECORDED = "NOT_RECORDED", "is not in the registry record"
    NOT_READ = "NOT_READ", "was not read"


class MatchQuestion(Code):
    """What a run of matching asks of each recovered arm."""

    REGISTRY = "REGISTRY", "is it a registered arm"
    RECOVERIES = "RECOVERIES", "was it recovered before"


class MatchAgainst(Code):
    """What the recoveries of a run are compared with."""

    ALL = "ALL", "the register and earlier recoveries"
    REGISTRY = "REGISTRY", "the register"
    LOSSES = "LOSSES", "arms reported lost or stolen"
    RECOVERIES = "RECOVERIES", "earlier recoveries"


class TuningKind(Code):
    """What may be put into use beside the shipped rates."""

    CALIBRATION = "CALIBRATION", "calibration from decided cases"
    RATES = "RATES", "rates of misreading, learned"
    SERIALS = "SERIALS", "rates of misread serial numbers, from arms entered twice"
