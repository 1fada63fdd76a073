"""The columns that a row-level report adds, and how its cells are made safe."""

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


def escape(text: str) -> str:
    """Keep a spreadsheet program from reading a cell as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unescape(text: str) -> str:
    """Undo ``escaped`` in a report that comes back."""
    if text.startswith("'") and text[1:].startswith(_FORMULA):
        return text[1:]
    return text
