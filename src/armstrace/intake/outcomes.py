"""What becomes of a row, and why one is kept aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import Message, Parameter, message


class Outcome(Code):
    """What became of a row; the code is one letter, kept for every row."""

    LOADED = "L", "loaded"
    CORRECTED = "C", "loaded as a correction"
    HELD = "H", "held"
    UNCHANGED = "U", "skipped, unchanged"
    BLANK = "B", "skipped, blank"
    HEADINGS = "T", "skipped, repeated headings"
    TOTALS = "S", "skipped, a row of totals"
    NOTE = "N", "skipped, a note or a title"
    REPEATED = "R", "skipped, repeats an earlier row"
    ERASED = "E", "skipped, was erased"
    DISMISSED = "D", "skipped, was dismissed"


LOADED = frozenset({Outcome.LOADED, Outcome.CORRECTED})


class Reason(Code):
    """Why a row is held or skipped."""

    UNCHANGED = "UNCHANGED", "already on record, unchanged"
    BLANK_ROW = "BLANK_ROW", "the row is empty"
    HEADINGS_AGAIN = "HEADINGS_AGAIN", "it repeats the headings"
    TOTALS_ROW = "TOTALS_ROW", "it is a total of the rows above it"
    NOTE_ROW = "NOTE_ROW", "it is a note or a title beside the table"
    REPEATED_ROW = "REPEATED_ROW", "the same row appears earlier in the file"
    ERASED = "ERASED", "it was erased when its retention period ended"
    DISMISSED = "DISMISSED", "it was dismissed when it came before"

    MISSING_FIELD = "MISSING_FIELD", "a required field is missing"
    NOT_A_DATE = "NOT_A_DATE", "a date cannot be read"
    FUTURE_DATE = "FUTURE_DATE", "a date is in the future"
    UNKNOWN_CODE = "UNKNOWN_CODE", "a value is not one of the known ones"
    NOT_AN_ARM = "NOT_AN_ARM", "it is not an arm, a part of one or ammunition"
    SEVERAL_ARMS = "SEVERAL_ARMS", "one row is about several arms"
    UNKNOWN_COUNTRY = "UNKNOWN_COUNTRY", "a country is not known"
    NOT_A_NUMBER = "NOT_A_NUMBER", "a number cannot be read"
    TOO_LONG = "TOO_LONG", "a text is longer than its field"
    CONTROL_CHARACTER = "CONTROL_CHARACTER", "a text contains a control character"
    DAMAGED_ROW = "DAMAGED_ROW", "the row could not be read in full"
    OTHER_TABLE = "OTHER_TABLE", "it belongs to another table on the sheet"
    DUPLICATE_IDENTIFIER = (
        "DUPLICATE_IDENTIFIER",
        "two different rows have one identifier",
    )
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE", "it names a record that does not exist"
    RULE_BROKEN = "RULE_BROKEN", "a rule of the records forbids it"
    CONFLICT = "CONFLICT", "it contradicts a correction made by a person"


SKIP_REASON = {
    Outcome.UNCHANGED: Reason.UNCHANGED,
    Outcome.BLANK: Reason.BLANK_ROW,
    Outcome.HEADINGS: Reason.HEADINGS_AGAIN,
    Outcome.TOTALS: Reason.TOTALS_ROW,
    Outcome.NOTE: Reason.NOTE_ROW,
    Outcome.REPEATED: Reason.REPEATED_ROW,
    Outcome.ERASED: Reason.ERASED,
    Outcome.DISMISSED: Reason.DISMISSED,
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
    sentence: Message
    rule: str = ""

    def to_sentence(self, file: str, row: int) -> Message:
        """Give the whole sentence, naming file, row and field."""
        where: dict[str, Parameter] = {
            "file": file,
            "row": row,
            "sentence": self.sentence,
        }
        if not self.field:
            return message("%(file)s, row %(row)s: %(sentence)s", **where)
        return message(
            "%(file)s, row %(row)s, %(field)s: %(sentence)s",
            field=words_of(self.field),
            **where,
        )

    def to_json(self) -> dict[str, object]:
        """Give the trouble as a held row keeps it."""
        return {
            "reason": self.reason.value,
            "field": self.field,
            "sentence": self.sentence.to_json(),
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Give a trouble that a held row keeps."""
        return cls(
            Reason(kept["reason"]), kept["field"], Message.read(kept["sentence"])
        )


class HeldState(Code):
    """What became of a row that was held."""

    OPEN = "OPEN", "waiting for a person"
    MENDED = "MENDED", "corrected and loaded"
    DISMISSED = "DISMISSED", "dismissed"
    REPLACED = "REPLACED", "held again from a later file"
