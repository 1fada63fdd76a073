"""What is said of an annual return beside its figures.

Source:
    UNODC illicit arms flows questionnaire (2018), validation and comments.
"""

from armstrace.vocabulary.codes import Code


class ReturnStage(Code):
    """What a return was kept for."""

    KEPT = "KEPT", "kept"
    SUBMITTED = "SUBMITTED", "submitted"


class DifferenceReason(Code):
    """Why figures that ought to agree do not."""

    COVERAGE = "COVERAGE", "the tables cover different agencies or places"
    DEFINITION = "DEFINITION", "a national definition differs"
    TIMING = "TIMING", "the figures were taken at different times"
    DETAIL_MISSING = "DETAIL_MISSING", "the detail is not recorded for every item"
    ORDER_OF_ROWS = "ORDER_OF_ROWS", "one row is decided before another"
    LARGE_EVENT = "LARGE_EVENT", "one large event explains the change"
    NEW_PRACTICE = "NEW_PRACTICE", "recording or law changed"
    CORRECTED = "CORRECTED", "records were corrected or answers came in"
    NOT_THE_SAME_ARM = "NOT_THE_SAME_ARM", "they are different items"
    OTHER = "OTHER", "another reason, in words"
