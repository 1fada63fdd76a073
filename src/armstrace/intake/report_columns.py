"""The columns that a row-level report adds."""

from collections.abc import Sequence

from armstrace.intake.tables.headings import fold

ROW = "armstrace row"
OUTCOME = "armstrace outcome"
REASON = "armstrace reason"
TO_DO = "armstrace what to do"
IDENTITY = "armstrace identity"
ADDED = (ROW, OUTCOME, REASON, TO_DO, IDENTITY)
FOLDED = frozenset(map(fold, ADDED))

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def places(headings: Sequence[str]) -> frozenset[int]:
    """Give the places of the columns that a report added; none where it is none."""
    return frozenset(at for at, each in enumerate(headings) if fold(each) in FOLDED)


def unescape(text: str) -> str:
    """Take off the second apostrophe that reports before 0.3.0 wrote."""
    if text.startswith("'") and text[1:].startswith(_FORMULA):
        return text[1:]
    return text
