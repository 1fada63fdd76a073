"""Write the row-level report: each row, its outcome, and what to do."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from armstrace.intake import planning, preview, report_columns
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.models import Batch, Chunk, HeldRow
from armstrace.intake.outcomes import LOADED, SKIP_REASON, HeldState, Outcome
from armstrace.intake.profiles.schema import read_profile
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import SourceUnavailable


def report_rows(
    batch: Batch, *, viewer: Actor, path: Path | None = None
) -> Iterator[list[str]]:
    """Give the rows of a batch's report, its headings first.

    The report can be mended and loaded in place of the file: it carries the
    original columns, and the identities of rows that have no number.

    Args:
        batch: The loaded file.
        viewer: Who asks.
        path: Where the file lies now, where it moved.

    Raises:
        NotPermitted: ``viewer`` may not see loads.
        SourceUnavailable: The file is no longer there.
    """
    viewer.require("intake.view", agency=batch.agency or None)
    where = path or Path(batch.file_path)
    if not batch.profile_text or not where.is_file():
        msg = f"{batch.file_name} is no longer here, so its report cannot be written."
        raise SourceUnavailable(msg)
    profile = read_profile(batch.profile_text, origin=batch.profile_name)
    file = IncomingFile(where, batch.file_name)
    with preview.opened(file, profile) as (mapping, table):
        own = [
            at
            for at, heading in enumerate(mapping.headings)
            if fold(heading) not in report_columns.FOLDED
        ]
        yield [*(mapping.headings[at] for at in own), *report_columns.ADDED]
        fates = _fates(batch)
        for row in table.rows:
            fate = fates.get(row.number, ("", "", "", ""))
            cells = mapping.restored(row)
            yield [
                *(report_columns.escape(_cell(cells, at)) for at in own),
                str(row.number),
                *map(report_columns.escape, fate),
            ]


def held_report_rows(batch: Batch, *, viewer: Actor) -> Iterator[list[str]]:
    """Give the report of only those rows that still wait; needs no file.

    Args:
        batch: The loaded file.
        viewer: Who asks.
    """
    viewer.require("intake.view", agency=batch.agency or None)
    yield [*batch.headings, *report_columns.ADDED]
    held = HeldRow.objects.filter(batch=batch, state=HeldState.OPEN).order_by("row")
    for row in held.iterator(chunk_size=1000):
        cells = [*row.cells, *[""] * (len(batch.headings) - len(row.cells))]
        yield [
            *map(report_columns.escape, cells[: len(batch.headings)]),
            str(row.row),
            *map(report_columns.escape, _held_fate(row)),
        ]


def write(rows: Iterable[Sequence[str]], path: Path) -> None:
    """Write report rows as a CSV file that spreadsheet programs open rightly."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream)
        out.writerows([spreadsheets.harmless(cell) for cell in row] for row in rows)


def preview_rows(seen: preview.Preview) -> Iterator[list[str]]:
    """Give the report of a dry run: the rows that would be held."""
    yield [*(column.heading for column in seen.columns), *report_columns.ADDED]
    width = len(seen.columns)
    for row in seen.held:
        cells = [*row.cells, *[""] * (width - len(row.cells))]
        fate = ("would be held", row.reason, " ".join(row.sentences), row.identity)
        yield [
            *map(report_columns.escape, cells[:width]),
            str(row.row),
            *map(report_columns.escape, fate),
        ]


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _fates(batch: Batch) -> dict[int, tuple[str, str, str, str]]:
    fates: dict[int, tuple[str, str, str, str]] = {}
    for chunk in Chunk.objects.filter(batch=batch).order_by("number"):
        for offset, letter in enumerate(chunk.outcomes):
            fates[chunk.first_row + offset] = _plain_fate(Outcome(letter))
    for row in HeldRow.objects.filter(batch=batch).iterator(chunk_size=1000):
        fates[row.row] = _held_fate(row)
    return fates


def _plain_fate(outcome: Outcome) -> tuple[str, str, str, str]:
    if outcome in LOADED:
        return outcome.label, "", "", ""
    reason = SKIP_REASON.get(outcome)
    return outcome.label, reason.value if reason else "", "", ""


def _held_fate(row: HeldRow) -> tuple[str, str, str, str]:
    words = HeldState.words(row.state) if row.state != HeldState.OPEN else "held"
    identity = row.identity if row.identity.startswith(planning.CONTENT_KEY) else ""
    return words, row.reason, row.sentence, identity
