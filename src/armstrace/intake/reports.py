"""Write the row-level report: each row, its outcome, and what to do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from armstrace.audit import consultations
from armstrace.intake import naming, preview, report_columns
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.models import Batch, Chunk, HeldRow
from armstrace.intake.outcomes import SKIP_REASON, HeldState, Outcome, Trouble
from armstrace.intake.profiles.schema import read_profile
from armstrace.intake.tables.headings import fold
from armstrace.licensing import queries as licensing
from armstrace.licensing.models import Holder
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.content import CONTENT_KEY
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import Message, message

type Say = Callable[[Message], str]
type Fate = tuple[str, str, str, str]
"""Outcome, reason, what to do and identity, as the added columns have them."""

WOULD_BE_HELD = message("would be held")


def report_rows(
    batch: Batch,
    *,
    viewer: Actor,
    at: datetime,
    reason: str = "",
    path: Path | None = None,
    say: Say = str,
) -> Iterator[list[str]]:
    """Give the rows of a batch's report, its headings first.

    The report can be mended and loaded in place of the file: it carries the
    original columns, and the identities of rows that have no number. What tells who
    a person is stays blank for a viewer who may not see holders.

    Args:
        path: Where the file lies now, where it moved.
    """
    viewer.require("intake.view", agency=batch.agency or None)
    where = path or Path(batch.file_path)
    if not batch.profile_text or not where.is_file():
        msg = message(
            "%(file_name)s is no longer here, so its report cannot be written.",
            file_name=batch.file_name,
        )
        raise NotFound(msg)
    profile = read_profile(batch.profile_text, origin=batch.profile_name)
    file = IncomingFile(where, batch.file_name)
    with preview.open_file(file, profile) as (mapping, table):
        naming_columns = naming.naming_columns(
            batch.kind, mapping.headings, mapping.columns
        )
        hidden = naming.withheld(
            batch, naming_columns, viewer=viewer, at=at, reason=reason
        )
        own = [
            place
            for place, heading in enumerate(mapping.headings)
            if fold(heading) not in report_columns.FOLDED
        ]
        yield [*(mapping.headings[place] for place in own), *report_columns.ADDED]
        fates = _fates(batch, say)
        numbers = [
            place
            for place, heading in enumerate(mapping.headings)
            if naming_columns and "holder_number" in mapping.columns.get(heading, ())
        ]
        told: set[str] = set()
        for row in table.rows:
            fate = fates.get(row.number, ("", "", "", ""))
            cells = _blank(mapping.restore(row), hidden)
            told.update(_cell(cells, place).strip() for place in numbers)
            yield _line(cells, own, row.number, fate)
        if not hidden:
            consultations.show_all(Holder, licensing.holder_ids(told).values())


def held_report_rows(
    batch: Batch, *, viewer: Actor, at: datetime, reason: str = "", say: Say = str
) -> Iterator[list[str]]:
    """Give the report of only those rows that still wait; needs no file."""
    viewer.require("intake.view", agency=batch.agency or None)
    hidden = naming.withheld(
        batch,
        naming.naming_columns(batch.kind, batch.headings, batch.columns),
        viewer=viewer,
        at=at,
        reason=reason,
    )
    yield [*batch.headings, *report_columns.ADDED]
    held = HeldRow.objects.filter(batch=batch, state=HeldState.OPEN)
    held = held.select_related("batch").order_by("row")
    for row in held.iterator(chunk_size=1000):
        consultations.show(HeldRow, row.pk)
        cells = _blank(row.cells, hidden)
        yield _line(cells, range(len(batch.headings)), row.row, _held_fate(row, say))


def write(rows: Iterable[Sequence[str]], path: Path) -> None:
    """Write report rows as a CSV file that spreadsheet programs open rightly."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        spreadsheets.write_rows(stream, rows)


def preview_rows(seen: preview.Preview, *, say: Say = str) -> Iterator[list[str]]:
    """Give the report of a dry run: the rows that would be held."""
    yield [*(column.heading for column in seen.columns), *report_columns.ADDED]
    for row in seen.held:
        sentence = sentences(row.troubles, seen.file_name, row.row, say)
        fate = (say(WOULD_BE_HELD), row.reason, sentence, row.identity)
        yield _line(row.cells, range(len(seen.columns)), row.row, fate)


def _line(
    cells: Sequence[str], places: Iterable[int], row: int, fate: Fate
) -> list[str]:
    texts = (*(_cell(cells, at) for at in places), str(row), *fate)
    return list(map(report_columns.escape, texts))


def _blank(cells: Sequence[str], hidden: frozenset[int]) -> list[str]:
    return ["" if at in hidden else cell for at, cell in enumerate(cells)]


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _fates(batch: Batch, say: Say) -> dict[int, Fate]:
    fates: dict[int, Fate] = {}
    for chunk in Chunk.objects.filter(batch=batch).order_by("number"):
        for number, letter in enumerate(chunk.outcomes, chunk.first_row):
            fates[number] = _plain_fate(Outcome(letter), say)
    held = HeldRow.objects.filter(batch=batch).select_related("batch")
    for row in held.iterator(chunk_size=1000):
        consultations.show(HeldRow, row.pk)
        fates[row.row] = _held_fate(row, say)
    return fates


def _plain_fate(outcome: Outcome, say: Say) -> Fate:
    reason = SKIP_REASON.get(outcome)
    return say(Message(outcome.label)), reason.value if reason else "", "", ""


def _held_fate(row: HeldRow, say: Say) -> Fate:
    words = message("held")
    if row.state != HeldState.OPEN:
        words = Message(HeldState.words(row.state))
    identity = row.identity if row.identity.startswith(CONTENT_KEY) else ""
    troubles = [Trouble.read(each) for each in row.troubles]
    sentence = sentences(troubles, row.batch.file_name, row.row, say)
    return say(words), row.reason, sentence, identity


def sentences(troubles: Iterable[Trouble], file: str, row: int, say: Say) -> str:
    """Say all that is wrong with a row, naming file, row and field."""
    return " ".join(say(trouble.to_sentence(file, row)) for trouble in troubles)
