"""What became of each stated row when many are recorded at once."""

from dataclasses import dataclass

from armstrace.vocabulary.codes import Code


class RowOutcome(Code):
    NEW = "NEW", "new record"
    CORRECTED = "CORRECTED", "corrected, with history"
    UNCHANGED = "UNCHANGED", "already on record, unchanged"
    REFUSED = "REFUSED", "refused"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The fate of one stated row, in the order in which rows were given.

    Args:
        fate: What became of it.
        record_id: Identity of the arm, recovery or holder; 0 where refused.
        reason: One sentence where refused.
        rule: The rule that refused it, as ``LC-03``.
        field: The field that is wrong, where one is.
    """

    fate: RowOutcome
    record_id: int = 0
    reason: str = ""
    rule: str = ""
    field: str = ""
