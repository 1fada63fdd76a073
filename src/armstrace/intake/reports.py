"""Write the row-level report: each row, its outcome, and what to do."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from armstrace.audit import consultations
from armstrace.intake import naming, planning, preview, report_columns
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.mapping import Mapping
from armstrace.intake.models import Batch, Chunk, HeldRow
from armstrace.intake.outcomes import SKIP_REASON, HeldState, Outcome, Trouble
from armstrace.intake.planning import PlannedRow
from armstrace.intake.stating import Setting
from armstrace.licensing import queries as licensing
from armstrace.licensing.models import Holder
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.content import CONTENT_KEY
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import Message, message

type Say = Callable[[Message], str]
type Fate = tuple[str, str, str]
"""Outcome, reason and what to do, as the added columns have them."""


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
    file = IncomingFile(where, batch.file_name)
    with preview.open_file(file, batch.profile) as (mapping, table):
        naming_columns = naming.naming_columns(
            batch.kind, mapping.headings, mapping.columns
        )
        hidden = naming.withheld(
            batch, naming_columns, viewer=viewer, at=at, reason=reason
        )
        own = _own(mapping.headings)
        yield _heads(mapping.headings, own)
        fates = _fates(batch, say)
        numbers = [
            place
            for place, heading in enumerate(mapping.headings)
            if naming_columns and "holder_number" in mapping.columns.get(heading, ())
        ]
        told: set[str] = set()
        rows, again = itertools.tee(table.rows)
        identities = _identities(planning.map_rows(again, mapping), mapping, at)
        for row, identity in zip(rows, identities, strict=True):
            fate = fates.get(row.number, ("", "", ""))
            cells = _blank(mapping.restore(row), hidden)
            told.update(_cell(cells, place).strip() for place in numbers)
            yield _line(cells, own, row.number, (*fate, identity))
        if not hidden:
            consultations.show_all(Holder, licensing.holder_ids(told).values())


def _identities(
    rows: Iterable[planning.MappedRow], mapping: Mapping, at: datetime
) -> Iterator[str]:
    """Give the identity of each row that has no number of its own, as it was loaded."""
    seen = planning.Seen()
    setting = Setting(mapping.profile.kind, mapping.profile.date_order, "", at)
    for row in rows:
        planned = planning.remember(row, setting, seen)
        yield mapping.told_by(planned.own_identity)


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
    counts = _counts_rows(batch)
    for row in held.iterator(chunk_size=1000):
        consultations.show(HeldRow, row.pk)
        cells = _blank(row.cells, hidden)
        is_own = not counts and not row.identity.startswith(CONTENT_KEY)
        identity = "" if is_own else row.identity
        fate = (*_held_fate(row, say), identity)
        yield _line(cells, range(len(batch.headings)), row.row, fate)


def _counts_rows(batch: Batch) -> bool:
    """Tell whether the numbers of a file only count its rows."""
    return bool(batch.profile_text) and batch.profile.numbers_rows


def write(rows: Iterable[Sequence[str]], path: Path) -> None:
    """Write report rows as a CSV file that spreadsheet programs open rightly."""
    with _open(path) as stream:
        spreadsheets.write_rows(stream, rows)


def _open(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8-sig", newline="")


@contextmanager
def of_dry_run(
    path: Path, file_name: str, *, say: Say = str
) -> Iterator[preview.TellRows]:
    """Write the report of a dry run, row by row, while its file is gone through.

    It reads as the report of the load would, but that each outcome says that it is
    of a dry run.
    """
    own: list[int] = []

    def tell(
        mapping: Mapping,
        rows: Sequence[tuple[Sequence[str], PlannedRow]],
    ) -> None:
        lines = []
        if not own:
            own.extend(_own(mapping.headings))
            lines.append(_heads(mapping.headings, own))
        for cells, row in rows:
            fate = _fate_of(row, file_name, say)
            identity = mapping.told_by(row.own_identity)
            lines.append(_line(cells, own, row.number, (*fate, identity)))
        spreadsheets.write_rows(stream, lines)

    with _open(path) as stream:
        yield tell


def _fate_of(row: PlannedRow, file_name: str, say: Say) -> Fate:
    outcome = row.outcome or Outcome.HELD
    if outcome is Outcome.HELD:
        reason = row.troubles[0].reason.value
        fate = (reason, sentences(row.troubles, file_name, row.number, say))
    else:
        fate = _plain_fate(outcome, say)[1:]
    return say(message("dry run: %(outcome)s", outcome=outcome)), *fate


def _own(headings: Sequence[str]) -> list[int]:
    """Give the places of the columns that no report added."""
    added = report_columns.places(headings)
    return [place for place in range(len(headings)) if place not in added]


def _heads(headings: Sequence[str], own: Iterable[int]) -> list[str]:
    return [*(headings[place] for place in own), *report_columns.ADDED]


def _line(
    cells: Sequence[str], places: Iterable[int], row: int, fate: Sequence[str]
) -> list[str]:
    return [*(_cell(cells, at) for at in places), str(row), *fate]


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
    return say(Message(outcome.label)), reason.value if reason else "", ""


def _held_fate(row: HeldRow, say: Say) -> Fate:
    words = message("held")
    if row.state != HeldState.OPEN:
        words = Message(HeldState.words(row.state))
    troubles = [Trouble.read(each) for each in row.troubles]
    sentence = sentences(troubles, row.batch.file_name, row.row, say)
    return say(words), row.reason, sentence


def sentences(troubles: Iterable[Trouble], file: str, row: int, say: Say) -> str:
    """Say all that is wrong with a row, naming file, row and field."""
    return " ".join(say(trouble.to_sentence(file, row)) for trouble in troubles)
