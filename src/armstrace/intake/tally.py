"""Count what became of rows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from armstrace.intake.outcomes import LOADED, SKIP_REASON, Outcome, Reason, Trouble
from armstrace.intake.planning import PlannedRow
from armstrace.vocabulary.outcomes import Recorded, RowOutcome

OUTCOME_OF = {
    RowOutcome.NEW: Outcome.LOADED,
    RowOutcome.CORRECTED: Outcome.CORRECTED,
    RowOutcome.UNCHANGED: Outcome.UNCHANGED,
    RowOutcome.ERASED: Outcome.ERASED,
    RowOutcome.REFUSED: Outcome.HELD,
    RowOutcome.CONFLICT: Outcome.HELD,
}
COUNTS = ("rows_read", "rows_loaded", "rows_corrected", "rows_held", "rows_skipped")
REFERENCE_RULES = frozenset({"IN-01", "IN-02"})


@dataclass(slots=True)
class Tally:
    """How many rows were loaded, held and skipped, and why, as a batch keeps it."""

    rows_loaded: int = 0
    rows_corrected: int = 0
    rows_held: int = 0
    rows_skipped: int = 0
    by_reason: Counter[str] = field(default_factory=Counter)
    # Rows read by what they are counted as, in files of recoveries.
    arms_by_class: Counter[str] = field(default_factory=Counter)

    @property
    def rows_read(self) -> int:
        """All rows."""
        return self.rows_loaded + self.rows_held + self.rows_skipped

    def add(self, rows: Iterable[PlannedRow]) -> None:
        """Count the outcomes of rows whose fate is decided."""
        for row in rows:
            outcome = row.outcome or Outcome.HELD
            if row.population is not None:
                self.arms_by_class[row.population.value] += 1
            if outcome in LOADED:
                self.rows_loaded += 1
                self.rows_corrected += outcome is Outcome.CORRECTED
            elif outcome is Outcome.HELD:
                self.rows_held += 1
                self.by_reason[row.troubles[0].reason.value] += 1
            else:
                self.rows_skipped += 1
                self.by_reason[SKIP_REASON[outcome].value] += 1


def apply_fate(row: PlannedRow, fate: Recorded) -> None:
    """Write the records' word on a row into its plan."""
    row.outcome = OUTCOME_OF[fate.fate]
    if row.outcome is Outcome.HELD:
        row.troubles.append(Trouble(_reason(fate), fate.field, fate.reason, fate.rule))


def _reason(fate: Recorded) -> Reason:
    if fate.fate is RowOutcome.CONFLICT:
        return Reason.CONFLICT
    if not fate.rule:
        return Reason.TOO_LONG
    if fate.rule in REFERENCE_RULES:
        return Reason.UNKNOWN_REFERENCE
    return Reason.RULE_BROKEN
