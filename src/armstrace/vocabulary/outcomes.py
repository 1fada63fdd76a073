"""What became of each stated row when many are recorded at once."""

from dataclasses import dataclass
from typing import Self

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import ArmstraceError, InvalidInput, RuleBroken
from armstrace.vocabulary.messages import Message


class RowOutcome(Code):
    NEW = "NEW", "new record"
    CORRECTED = "CORRECTED", "corrected, with history"
    UNCHANGED = "UNCHANGED", "already on record, unchanged"
    ERASED = "ERASED", "passed over: it was erased when its time was over"
    REFUSED = "REFUSED", "refused"
    CONFLICT = "CONFLICT", "held: a person has corrected the record since"


class Settlement(Code):
    """Whose word a statement is, where the record says something else."""

    HOLD = "HOLD", "the source's; a conflict with a person's correction is held"
    CORRECT = "CORRECT", "a person's, who corrects what the source stated"
    MEND = "MEND", "a person's, who mends what nobody could read in the file"
    TAKE = "TAKE", "the source's, which a person takes over the correction"
    KEEP = "KEEP", "the source's, which a person sets aside for the correction"


NOTHING = Message("")


@dataclass(frozen=True, slots=True)
class Recorded:
    """The outcome of one stated row, in the order in which rows were given."""

    fate: RowOutcome
    # Identity of the arm, recovery or holder; 0 where refused.
    record_id: int = 0
    # One sentence where refused or held.
    reason: Message = NOTHING
    # The rule that refused it, as ``LC-03``.
    rule: str = ""
    # The field that is wrong, where one is.
    field: str = ""

    @classmethod
    def from_error(cls, error: ArmstraceError, *, at: int = 0, field: str = "") -> Self:
        """Give the outcome of a row that an error refuses.

        Args:
            at: Identity of the record that it is about; 0 where there is none.
            field: The field that is wrong, where the error names none.
        """
        rule = error.rule if isinstance(error, RuleBroken) else ""
        named = getattr(error, "field", "") or field
        return cls(RowOutcome.REFUSED, at, error.message, rule, named)

    def require_done(self) -> None:
        """Refuse what was refused or is held, as an error of an interface.

        Raises:
            RuleBroken: A rule refused the row, or it contradicts a correction.
            InvalidInput: A field of it cannot be kept.
        """
        if self.fate not in {RowOutcome.REFUSED, RowOutcome.CONFLICT}:
            return
        if self.rule:
            raise RuleBroken(self.rule, self.reason, field=self.field)
        raise InvalidInput(self.reason, field=self.field)
