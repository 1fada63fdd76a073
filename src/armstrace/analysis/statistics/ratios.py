"""The annual ratios that the methods of indicator 16.4.2 are made of.

Source:
    Metadata of SDG indicator 16.4.2 (2018), computation method.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from armstrace.analysis.statistics import scope
from armstrace.analysis.statistics.tables import (
    LEAVES,
    NOT_UNIQUE_LEAVES,
    UNTRACEABLE,
    CellTable,
    YearTables,
)
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.tracing import TracingCell

SAID = Sentences(__package__)
TRACED = (TracingCell.IN, TracingCell.IF)
IDENTIFIED = (*TRACED, TracingCell.OD)
TRACEABLE = (
    *IDENTIFIED,
    TracingCell.AT,
    TracingCell.PE,
    TracingCell.NO,
    TracingCell.K,
)
REQUESTED = (TracingCell.IF, TracingCell.AT, TracingCell.PE)


@dataclass(frozen=True, slots=True)
class Excluded:
    """Arms that a method leaves out, for one reason."""

    # An ``Exclusion``, a ``TracingCell``, a ``Acquisition``, or ``NO_TRACING_TABLE``.
    code: str
    rule: str
    words: Message
    count: int


@dataclass(frozen=True, slots=True)
class Part:
    """A named piece of a figure, such as one way of recovery or one year."""

    name: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class YearRatio:
    """Numerator and denominator of one country and year under one method."""

    year: int
    numerator: int = 0
    denominator: int = 0
    parts: tuple[Part, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    # Why there is no figure; empty where there is one.
    reason: Message = NOTHING
    # Whether the year was filed in part, so that a series ends before it and starts
    # anew after it.
    breaks_series: bool = False

    @property
    def is_computable(self) -> bool:
        """Whether the year has a figure of its own."""
        return not self.reason

    @property
    def share(self) -> Fraction:
        """The ratio, exact; only for a year that has a figure."""
        return Fraction(self.numerator, self.denominator)

    @property
    def part(self) -> Part:
        """The year as a piece of a figure over two years."""
        return Part(str(self.year), self.numerator, self.denominator)


def annual(tables: YearTables) -> YearRatio:
    """Compute the ratio that UNODC publishes, for one year.

    Seized arms only; of these, the ones that could have been traced: neither
    those still with their lawful owner nor those without a unique mark. A
    filed year that tells only how requests came out has no ratio.

    Source:
        Reconstructed from the values published for VC_ARM_SZTRACE; strongly
        supported by them, not documented.
    """
    seized = tables.table(Acquisition.SEIZED)
    excluded = (
        *left_out(tables),
        *_other_kinds(tables),
        *_cells((seized,), (TracingCell.LO, *NOT_UNIQUE_LEAVES)),
    )
    if not seized.has_leaves:
        return YearRatio(tables.year, excluded=excluded, reason=_no_leaf(seized))
    if _tells_of_requests_alone(seized):
        return YearRatio(
            tables.year,
            excluded=excluded,
            reason=SAID.say(
                "REQUESTS_ALONE",
                year=tables.year,
                rows=[cell.value for cell in REQUESTED if cell in seized.leaves],
            ),
            breaks_series=True,
        )
    return _ratio(
        YearRatio(
            tables.year,
            seized.count(*IDENTIFIED),
            seized.count(*TRACEABLE),
            tuple(
                Part(cell.value, seized.count(cell), seized.count(*TRACEABLE))
                for cell in IDENTIFIED
            ),
            excluded,
        )
    )


def metadata(tables: YearTables) -> YearRatio:
    """Compute the ratio of the official metadata, for one year.

    All arms seized, found and surrendered; of these, the ones traced to their
    point of diversion or established otherwise by a competent authority.

    Source:
        Metadata of SDG indicator 16.4.2 (2018), computation method.
    """
    return _of_all_kinds(
        tables,
        lambda table: (table.count(*IDENTIFIED) + table.established, table.total),
        (),
    )


def metadata_unique(tables: YearTables) -> YearRatio:
    """Compute the metadata's ratio over uniquely identifiable arms only.

    Source:
        Metadata of SDG indicator 16.4.2 (2018), limitations: the population of
        arms that are uniquely identifiable.
    """
    return _of_all_kinds(
        tables, lambda table: (table.count(*IDENTIFIED), table.unique), UNTRACEABLE
    )


def left_out(tables: YearTables) -> tuple[Excluded, ...]:
    """List the records outside the indicator under any method, by reason."""
    return tuple(
        Excluded(reason.value, scope.RULE_OF[reason], Message(reason.label), count)
        for reason in scope.Exclusion
        if (count := tables.left_out.get(reason))
    )


def _tells_of_requests_alone(table: CellTable) -> bool:
    """Tell whether a filed table holds nothing but what became of requests."""
    filed = table.leaves.keys() & set(TRACEABLE)
    return bool(filed) and filed <= set(REQUESTED)


def _of_all_kinds(
    tables: YearTables,
    count: Callable[[CellTable], tuple[int, int]],
    not_counted: tuple[TracingCell, ...],
) -> YearRatio:
    usable = {kind: table for kind, table in _tables_filed(tables) if table.has_leaves}
    parts = tuple(Part(kind.value, *count(table)) for kind, table in usable.items())
    excluded = (
        *left_out(tables),
        *_without_leaves(tables),
        *_cells(tuple(usable.values()), not_counted),
    )
    if not usable:
        reason = _no_leaf(*(table for _, table in _tables_filed(tables)))
        return YearRatio(tables.year, excluded=excluded, reason=reason)
    return _ratio(
        YearRatio(
            tables.year,
            sum(part.numerator for part in parts),
            sum(part.denominator for part in parts),
            parts,
            excluded,
        )
    )


def _ratio(counts: YearRatio) -> YearRatio:
    if counts.denominator < 1:
        reason = SAID.say("NOTHING_BELOW", year=counts.year)
    elif counts.numerator > counts.denominator:
        reason = SAID.say(
            "COUNTS_CONTRADICT",
            year=counts.year,
            above=counts.numerator,
            below=counts.denominator,
        )
    else:
        return counts
    return replace(counts, reason=reason)


def _tables_filed(tables: YearTables) -> list[tuple[Acquisition, CellTable]]:
    return [
        (kind, tables.tables[kind]) for kind in Acquisition if kind in tables.tables
    ]


def _no_leaf(*tables: CellTable) -> Message:
    problems = [table.problem for table in tables if table.problem]
    return problems[0] if problems else message("No row of a tracing table is filled.")


def _other_kinds(tables: YearTables) -> tuple[Excluded, ...]:
    return tuple(
        Excluded(
            kind.value,
            "ME-01",
            message("%(kind)s, not seized", kind=kind),
            table.total,
        )
        for kind, table in _tables_filed(tables)
        if kind is not Acquisition.SEIZED and table.total
    )


def _without_leaves(tables: YearTables) -> tuple[Excluded, ...]:
    return tuple(
        Excluded(
            "NO_TRACING_TABLE",
            "ME-02",
            message("%(kind)s: a total without any row on tracing", kind=kind),
            table.total,
        )
        for kind, table in _tables_filed(tables)
        if not table.has_leaves and table.total
    )


def _cells(
    tables: tuple[CellTable, ...], wanted: tuple[TracingCell, ...]
) -> tuple[Excluded, ...]:
    counts = {cell: sum(table.count(cell) for table in tables) for cell in LEAVES}
    return tuple(
        Excluded(cell.value, "ME-03", Message(cell.label), counts[cell])
        for cell in wanted
        if counts[cell]
    )
