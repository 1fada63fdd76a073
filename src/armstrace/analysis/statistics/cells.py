"""From what is known of a recovered arm to its row in the tracing tables.

The table stands in ``tracing_cells.tsv``: one line a rule, read from the top,
``*`` for any value. The first line that applies decides.
"""

import itertools
from dataclasses import astuple, dataclass
from typing import get_type_hints

from armstrace.vocabulary.arms import Modification, ProductionClass
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.packaged import read_rows
from armstrace.vocabulary.tracing import TracingCell


class Marking(Code):
    """Whether the arm bears a mark that makes it unique."""

    UNIQUE = "UNIQUE", "uniquely identifiable"
    NOT_UNIQUE = "NOT_UNIQUE", "not uniquely identifiable"
    UNKNOWN = "UNKNOWN", "not known"


class Register(Code):
    """Where the last lawful record was found."""

    NONE = "NONE", "none found"
    NATIONAL = "NATIONAL", "national register"
    FOREIGN = "FOREIGN", "foreign register"


class Possession(Code):
    """Whether the last lawful holder still held the arm."""

    STILL_HELD = "STILL_HELD", "still lawfully held"
    LEFT = "LEFT", "had left its holder"
    UNKNOWN = "UNKNOWN", "not known"


class Answer(Code):
    """Yes where it is recorded so, else no."""

    YES = "YES", "yes"
    NO = "NO", "not so recorded"


class TraceProgress(Code):
    """How far the trace has come; a waived or excepted one was not begun."""

    NONE = "NONE", "none begun"
    OPEN = "OPEN", "open"
    CLOSED = "CLOSED", "closed"


@dataclass(frozen=True, slots=True)
class RecoveryFacts:
    """What is known of a recovered arm at one date, as plain columns."""

    marking: Marking
    register: Register = Register.NONE
    possession: Possession = Possession.UNKNOWN
    # Whether a competent authority established the origin otherwise.
    established: Answer = Answer.NO
    trace: TraceProgress = TraceProgress.NONE
    illicitly_made: Answer = Answer.NO
    # Whether a mark was erased or altered.
    tampered: Answer = Answer.NO


VALUES: dict[str, type[Code]] = get_type_hints(RecoveryFacts)
ANY = "*"


@dataclass(frozen=True, slots=True)
class CellRule:
    """One line of the decision table."""

    # Code of the line, such as ``CE-01``.
    rule: str
    cell: TracingCell
    # One value a column of ``RecoveryFacts``; ``*`` for any.
    conditions: tuple[str, ...]
    meaning: str

    def applies(self, row: tuple[str, ...]) -> bool:
        pairs = zip(self.conditions, row, strict=True)
        return all(wanted in (ANY, found) for wanted, found in pairs)


def read_rules() -> tuple[CellRule, ...]:
    """Read the decision table from its file.

    Raises:
        ValueError: A line names a value that its column does not have.
    """
    return tuple(map(_rule, read_rows(__package__, "tracing_cells.tsv")))


def _rule(line: dict[str, str]) -> CellRule:
    conditions = tuple(line[name] for name in VALUES)
    for (name, values), wanted in zip(VALUES.items(), conditions, strict=True):
        if wanted != ANY and wanted not in values.__members__:
            msg = f"{line['rule']}: {name} has no value {wanted}"
            raise ValueError(msg)
    return CellRule(
        line["rule"], TracingCell[line["cell"]], conditions, line["meaning"]
    )


RULES = read_rules()


def tracing_cell(facts: RecoveryFacts) -> TracingCell:
    """Give the row of tables 5.1-5.3 in which a recovered arm counts.

    Args:
        facts: What is known of the arm at the extraction date; a later answer
            moves the arm, and the move is a revision.

    Source:
        UNODC illicit arms flows questionnaire, tables 5.1-5.3.
    """
    return CELL_OF[astuple(facts)]


def _all_cells() -> dict[tuple[str, ...], TracingCell]:
    """Decide every combination once; the facts are few and closed."""
    cells: dict[tuple[str, ...], TracingCell] = {}
    for row in itertools.product(*VALUES.values()):
        cells[row] = next(rule.cell for rule in RULES if rule.applies(row))
    return cells


CELL_OF: dict[tuple[str, ...], TracingCell] = _all_cells()

UNIQUELY_MARKED = frozenset({SerialStatus.COMPLETE, SerialStatus.RESTORED})
TAMPERED_WITH = frozenset(
    {SerialStatus.OBLITERATED, SerialStatus.ALTERED, SerialStatus.RESTAMPED}
)
# A craft-made arm without a unique mark is illicit under the Protocol, art. 3
# (d) (iii): an arm made without marking is illicitly manufactured.
ILLICIT_PRODUCTION = frozenset(
    {
        ProductionClass.CRAFT,
        ProductionClass.RUDIMENTARY,
        ProductionClass.PMF_KIT,
        ProductionClass.PMF_3D,
        ProductionClass.CNC,
    }
)
ILLICIT_MODIFICATION = frozenset({Modification.CONVERTED, Modification.ASSEMBLED})


def marking_of(status: SerialStatus, *, identifies: bool) -> Marking:
    """Read from the serial's status whether the arm is unique by its marks.

    Args:
        identifies: Whether a partly read serial still singles out one arm.

    Source:
        UNODC illicit arms flows questionnaire, table B3.
    """
    if status is SerialStatus.UNKNOWN:
        return Marking.UNKNOWN
    if status in UNIQUELY_MARKED or (status is SerialStatus.PARTIAL and identifies):
        return Marking.UNIQUE
    return Marking.NOT_UNIQUE


def tampering_of(status: SerialStatus) -> Answer:
    """Read from the serial's status whether a mark was erased or altered."""
    return Answer.YES if status in TAMPERED_WITH else Answer.NO


def making_of(production: ProductionClass, modification: Modification) -> Answer:
    """Read whether an arm without a unique mark was illicitly made.

    Source:
        Firearms Protocol, art. 3 (d).
    """
    illicit = production in ILLICIT_PRODUCTION or modification in ILLICIT_MODIFICATION
    return Answer.YES if illicit else Answer.NO
