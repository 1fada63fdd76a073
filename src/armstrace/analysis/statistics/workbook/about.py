"""The sheets around the tables: front, indicator, checks, definitions.

A workbook is written in English whoever asks for it: it is read back by its words,
and UNODC asks for it in English.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from armstrace.analysis.statistics.indicator import IndicatorValue
from armstrace.analysis.statistics.questionnaire.declared import TableSpec
from armstrace.analysis.statistics.questionnaire.filled import (
    CheckResult,
    Field,
    ReturnFilled,
    WhyBlank,
)
from armstrace.analysis.statistics.workbook import verdicts
from armstrace.analysis.statistics.workbook.cells import (
    Line,
    Place,
    Sheet,
    SheetCell,
    Value,
    letters,
    line,
)
from armstrace.vocabulary.packaged import read_table

FRONT, CHECKS = "Return", "Checks"
YEAR, COUNTRY, HASH, VERSION = "Year", "Country", "Content hash", "Questionnaire"
UNVERIFIED = "The wording of this part of the form is not verified."
HOW_TO_READ = (
    "A blank cell is not a zero: its note says why it is blank.",
    "Totals are formulas; the column Check says whether they still add up.",
    "Cells of tables E, F and I may be filled here, with their source in the column "
    "Source, and the file be read back.",
)
type Said = int | str | WhyBlank | None
type Revised = tuple[str, Said, Said]


@dataclass(frozen=True, slots=True)
class Definition:
    """A term of the figures, in plain words, with its source."""

    term: str
    words: str
    source: str


@cache
def terms() -> tuple[tuple[Definition, ...], tuple[str, ...]]:
    """Read the definitions and the limits that go with every return.

    Source:
        Metadata of SDG indicator 16.4.2 (2018), concepts, definitions, limits.
    """
    kept = read_table(__package__, "definitions.toml")
    found = tuple(Definition(**each) for each in kept["definition"])
    return found, tuple(kept["limits"])


def front(filled: ReturnFilled, made: str) -> Sheet:
    """Give the sheet that says whose return it is, of which state, which hash."""
    as_of = filled.as_of.isoformat() if filled.as_of else "as known when made"
    facts: Sequence[tuple[str, Value]] = (
        (YEAR, filled.year),
        (COUNTRY, filled.country),
        ("As known on", as_of),
        (VERSION, filled.version),
        (HASH, filled.content_hash),
        ("Made", made),
    )
    lines = [line("Illicit arms flows: annual return", style="title"), ()]
    lines += [
        (SheetCell(name, style="head"), SheetCell(value, style="wrapped"))
        for name, value in facts
    ]
    lines += [(), *(line(words) for words in HOW_TO_READ)]
    return Sheet(FRONT, tuple(lines), (22, 90))


def indicator(figures: Sequence[IndicatorValue]) -> Sheet:
    """Give the sheet of indicator 16.4.2 by every method, fractions written out."""
    heads = ("Method", "Window", "Numerator", "Denominator", "Per cent")
    more = ("95 % from", "95 % to", "What it counts", "What else to know")
    lines = [line("Indicator 16.4.2", style="title"), line(*heads, *more, style="head")]
    for figure in figures:
        lines.append(_figure(figure, len(lines) + 1))
    lines += [(), line("Left out, by method", style="title")]
    lines.append(line("Method", "Code", "Rule", "Arms", "Reason", style="head"))
    lines += [
        line(one.method.value, each.code, each.rule, each.count, str(each.words))
        for one in figures
        for each in one.excluded
    ]
    return Sheet("Indicator 16.4.2", tuple(lines), (18, 12, 12, 12, 12, 12, 12, 70, 70))


def checks(filled: ReturnFilled, places: Mapping[str, Place]) -> Sheet:
    """Give the sheet of checks, with differences of cells as formulas."""
    heads = ("Rule", "What holds", "Found", "Verdict", "Differs by")
    more = ("Explained by", "Explanation", "Cells")
    lines = [line("Checks", style="title"), line(*heads, *more, style="head")]
    lines += [_result(each, filled, places) for each in filled.checks]
    return Sheet(CHECKS, tuple(lines), (9, 50, 60, 16, 12, 20, 50, 50), frozen=2)


def revisions(cells: Sequence[Revised], since: str) -> Sheet:
    """Give the sheet of cells that changed since the return was last kept."""
    lines = [line(f"Changed since {since}", style="title")]
    lines.append(line("Cell", "Then", "Now", style="head"))
    lines += [
        (
            SheetCell(key),
            *(SheetCell(_plain(each), style="count") for each in (then, now)),
        )
        for key, then, now in cells
    ]
    if not cells:
        lines.append(line("Nothing changed."))
    return Sheet("Revised", tuple(lines), (36, 14, 14), frozen=2)


def _plain(said: Said) -> Value:
    return said.label if isinstance(said, WhyBlank) else said


def definitions(filled: ReturnFilled) -> Sheet:
    """Give the sheet of definitions and limits."""
    found, limits = terms()
    lines = [line("Definitions", style="title")]
    lines.append(line("Term", "Definition", "Source", style="head"))
    lines += [line(one.term, one.words, one.source, style="wrapped") for one in found]
    lines += [(), line("Limits", style="title")]
    lines += [(SheetCell(""), SheetCell(words, style="wrapped")) for words in limits]
    lines += [(), line("Left out of the tables, by reason", style="title")]
    lines += _left_out(filled)
    return Sheet("Definitions", tuple(lines), (26, 100, 50))


def _left_out(filled: ReturnFilled) -> Iterator[Line]:
    """Give what is left out as the last table has it; a blank is not a zero."""
    for table in filled.tables[-1:]:
        for row in table.rows:
            for cell in row.cells:
                name = f"{row.label}, {cell.column.lower()}"
                said = cell.value if cell.why_blank is None else cell.why_blank.label
                yield (SheetCell(name, style="wrapped"), SheetCell(said, style="count"))


def write_field(value: Field) -> Value:
    """Write a field of a line as one cell."""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value


def _figure(figure: IndicatorValue, row: int) -> Line:
    interval = figure.interval
    formula = ""
    if figure.numerator_and_denominator and figure.value is not None:
        formula = f"=ROUND(100*{letters(2)}{row}/{letters(3)}{row},2)"
    parts = [f"{p.name}: {p.numerator} of {p.denominator}." for p in figure.parts]
    words = [*parts, *map(str, (figure.reason, figure.warning, *figure.notes))]
    return (
        SheetCell(figure.method.value),
        SheetCell(figure.window),
        SheetCell(figure.numerator, style="count"),
        SheetCell(figure.denominator, style="count"),
        SheetCell(figure.value, formula, style="per_cent"),
        SheetCell(interval.low if interval else None, style="per_cent"),
        SheetCell(interval.high if interval else None, style="per_cent"),
        SheetCell(str(figure.sentence), style="wrapped"),
        SheetCell(" ".join(filter(None, words)), style="wrapped"),
    )


def _result(
    result: CheckResult, filled: ReturnFilled, places: Mapping[str, Place]
) -> Line:
    return (
        SheetCell(result.rule, style="code"),
        SheetCell(result.words, style="wrapped"),
        SheetCell(str(result.sentence), style="wrapped"),
        verdicts.verdict(result, filled, places, CHECKS),
        _difference(result, places),
        SheetCell(result.explained),
        SheetCell(result.explanation, style="wrapped"),
        SheetCell(", ".join(result.cells), style="wrapped"),
    )


def _difference(result: CheckResult, places: Mapping[str, Place]) -> SheetCell:
    """Write the difference of two cells as a formula, so that it stays true."""
    found = [places[key] for key in result.cells if key in places]
    if len(found) != 2 or len(result.cells) != 2:
        return SheetCell(result.differs_by or None, style="count")
    first, second = (each.seen_from(CHECKS) for each in found)
    return SheetCell(result.differs_by, f"=N({second})-N({first})", style="count")


def tables_unverified(filled: ReturnFilled) -> Iterator[TableSpec]:
    """Give the tables whose wording is not verified."""
    for table in filled.tables:
        if not table.spec.is_verified:
            yield table.spec
