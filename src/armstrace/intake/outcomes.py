"""What becomes of a row, and why one is kept aside."""

from dataclasses import dataclass

from armstrace.vocabulary.codes import Code


class Outcome(Code):
    """What became of a row; the code is one letter, kept for every row."""

    LOADED = "L", "loaded"
    CORRECTED = "C", "loaded as a correction"
    HELD = "H", "held"
    UNCHANGED = "U", "skipped, unchanged"
    BLANK = "B", "skipped, blank"
    HEADINGS = "T", "skipped, headings once more"
    REPEATED = "R", "skipped, repeats an earlier row"


LOADED = frozenset({Outcome.LOADED, Outcome.CORRECTED})
SKIPPED = frozenset(
    {Outcome.UNCHANGED, Outcome.BLANK, Outcome.HEADINGS, Outcome.REPEATED}
)


class Reason(Code):
    """Why a row is held or skipped."""

    UNCHANGED = "UNCHANGED", "already on record, unchanged"
    BLANK_ROW = "BLANK_ROW", "nothing stands in the row"
    HEADINGS_AGAIN = "HEADINGS_AGAIN", "the headings stand there once more"
    REPEATED_ROW = "REPEATED_ROW", "the same row stood earlier in the file"

    MISSING_FIELD = "MISSING_FIELD", "a field that is needed is not stated"
    NOT_A_DATE = "NOT_A_DATE", "a date cannot be read"
    FUTURE_DATE = "FUTURE_DATE", "a date lies in the future"
    UNKNOWN_CODE = "UNKNOWN_CODE", "a value is not one of the known ones"
    UNKNOWN_COUNTRY = "UNKNOWN_COUNTRY", "a country is not known"
    NOT_A_NUMBER = "NOT_A_NUMBER", "a number cannot be read"
    TOO_LONG = "TOO_LONG", "a text is longer than its field"
    CONTROL_CHARACTER = "CONTROL_CHARACTER", "a control character stands in a text"
    DAMAGED_ROW = "DAMAGED_ROW", "the row could not be read whole"
    DUPLICATE_IDENTIFIER = (
        "DUPLICATE_IDENTIFIER",
        "two different rows have one identifier",
    )
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE", "it names a record that is not there"
    RULE_BROKEN = "RULE_BROKEN", "a rule of the records forbids it"


SKIP_REASON = {
    Outcome.UNCHANGED: Reason.UNCHANGED,
    Outcome.BLANK: Reason.BLANK_ROW,
    Outcome.HEADINGS: Reason.HEADINGS_AGAIN,
    Outcome.REPEATED: Reason.REPEATED_ROW,
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a row cannot be loaded as it is.

    Args:
        reason: The kind of trouble.
        field: The canonical field; empty where it is the row as a whole.
        sentence: What is wrong and what to do, without file and row.
        rule: The rule that was broken, where one was.
    """

    reason: Reason
    field: str
    sentence: str
    rule: str = ""

    def told(self, file: str, row: int) -> str:
        """Write the whole sentence, naming file, row and field."""
        where = (
            f"{file}, row {row}, {self.field}" if self.field else f"{file}, row {row}"
        )
        return f"{where}: {self.sentence}"


class BatchState(Code):
    """How far the loading of a file has come."""

    WAITING = "WAITING", "waiting to be loaded"
    RUNNING = "RUNNING", "being loaded"
    STOPPED = "STOPPED", "stopped before its end"
    DONE = "DONE", "loaded"


class HeldState(Code):
    """What became of a row that was held."""

    OPEN = "OPEN", "waiting for a person"
    MENDED = "MENDED", "mended and loaded"
    DISMISSED = "DISMISSED", "dismissed"
    REPLACED = "REPLACED", "held again by a later file"
