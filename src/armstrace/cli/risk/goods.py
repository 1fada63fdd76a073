"""Read the declarations of a file for scoring, without a database.

A long file is read by another process, while this one scores.
"""

import contextlib
import itertools
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

from armstrace.analysis.risk.declarations import Declaration
from armstrace.cli import main
from armstrace.intake import decimal_marks, stating
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind, identity_field
from armstrace.intake.mapping import Mapped, Mapping, mapping_of
from armstrace.intake.outcomes import Trouble
from armstrace.intake.profiles import drafts, library, propose
from armstrace.intake.profiles.propose import Proposal, ProposedColumn
from armstrace.intake.profiles.schema import Profile, read_profile
from armstrace.intake.repeats import Repeats, content_of, duplicate
from armstrace.intake.stating import Setting
from armstrace.intake.tables import reading
from armstrace.intake.tables.headings import is_note, is_totals
from armstrace.intake.tables.rows import Row, Table
from armstrace.risk.inputs import DeclarationInput
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
CHUNK = 2000
UNNUMBERED = "-"
LOOK_AT_ROWS = 50
LONG_FILE = 1_000_000
"""Bytes from which a second process is worth its start."""
KIND = IntakeKind.DECLARATIONS
_BESIDE = {"", "notes"}
NO_FACTS = {*_BESIDE, identity_field(KIND), "kind", "agency"}
NAMES = tuple(Declaration.__dataclass_fields__)
_VALUES = attrgetter(*NAMES)


@dataclass(frozen=True, slots=True)
class Source:
    """The file that is read, and how."""

    path: Path
    # Which comes first in its days, where a person says so.
    order: DateOrder


@dataclass(slots=True)
class Chunk:
    stated: list[Declaration] = field(default_factory=list)
    # Where in the file each of them stands.
    rows: list[int] = field(default_factory=list)
    # Row, field and sentence of each row that cannot be read.
    held: list[tuple[int, str, str]] = field(default_factory=list)
    # Rows that are headings once more, totals and notes.
    skipped: int = 0
    # Rows that say again what an earlier one of their number says.
    repeated: int = 0
    # Sentences about the file as a whole.
    remarks: list[str] = field(default_factory=list)
    # Why the file cannot be read on.
    refused: InvalidInput | None = None


def read_chunks(source: Source) -> Iterator[Chunk]:
    """Read a file in its order."""
    is_long = _is_long(source.path)
    return _in_another_process(source) if is_long else _state_all(source)


def _is_long(path: Path) -> bool:
    is_many = path.is_file() and path.stat().st_size > LONG_FILE
    return is_many and (os.cpu_count() or 1) > 1


def _in_another_process(source: Source) -> Iterator[Chunk]:
    context = multiprocessing.get_context("fork")
    sent: Any = context.Queue(maxsize=8)
    reader = context.Process(target=_send_all, args=(source, sent), daemon=True)
    reader.start()
    while (told := sent.get()) is not None:
        values, chunk = told
        chunk.stated = [Declaration(**dict(zip(NAMES, v, strict=True))) for v in values]
        yield chunk
    reader.join()


def _send_all(source: Source, sent: Any) -> None:  # noqa: ANN401 - a queue
    try:
        for chunk in _state_all(source):
            # Plain values cross at a fraction of what objects cost.
            values, chunk.stated = list(map(_VALUES, chunk.stated)), []
            sent.put((values, chunk))
    except InvalidInput as why:
        sent.put(([], Chunk(refused=why)))
    finally:
        sent.put(None)


def _state_all(source: Source) -> Iterator[Chunk]:
    path = source.path
    request = reading.Request(path=path, name=path.name, known=library.all_headings())
    with reading.open_table(request) as table:
        first = Chunk()
        mapping = _mapping(table, first.remarks)
        mapping.decimals = decimal_marks.of_file(request, KIND, mapping.places)
        yield first
        order = source.order or mapping.profile.date_order
        setting = Setting(KIND, order, "", datetime.now(UTC))
        rows = (row for row in table.rows if not row.is_blank)
        seen = Repeats()
        while chunk := list(itertools.islice(rows, CHUNK)):
            yield _state(chunk, mapping, setting, seen)


def _mapping(table: Table, remarks: list[str]) -> Mapping:
    """Understand the columns: under the headings of Armstrace, or as proposed."""
    remarks += map(main.say, table.remarks)
    first = [row.cells for row in table.peek(LOOK_AT_ROWS)]
    proposal = propose.propose_profile(
        table.headings, first, kind=KIND, name=table.name
    )
    order = proposal.date_order
    for profile in library.fitting(table.headings, kind=KIND):
        # A profile that lacks a column which every row needs is not of this file.
        with contextlib.suppress(InvalidInput):
            found = mapping_of(profile, table.headings, name=table.name)
            order = order or profile.date_order
            others = {
                heading
                for heading in filter(None, table.headings)
                if _BESIDE.issuperset(found.columns.get(heading, ()))
            }
            if not others & {
                e.heading for e in proposal.columns if e.field not in _BESIDE
            }:
                remarks += map(_not_understood, sorted(others))
                return found
    told = _profile(proposal, order, table.name, remarks)
    return mapping_of(told, table.headings, name=table.name)


def _profile(
    proposal: Proposal, order: DateOrder, table: str, remarks: list[str]
) -> Profile:
    if not {each.field for each in proposal.columns} - NO_FACTS:
        raise InvalidInput(SAID.say("NOTHING_TO_SCORE", table=table), field="hs_code")
    draft = replace(drafts.accept(proposal, source="CUSTOMS"), date_order=order)
    if not proposal.column_of(identity_field(KIND)):
        by_row = SAID.say("NO_DECLARATION_NUMBER", table=table)
        remarks.append(main.say(by_row))
        draft.constants[identity_field(KIND)] = (UNNUMBERED, str(by_row))
    remarks += map(_taken, proposal.columns)
    return read_profile(drafts.profile_text(proposal, draft), origin=table)


def _taken(column: ProposedColumn) -> str:
    if not column.field:
        return _not_understood(column.heading)
    said = SAID.say("HEADING_TAKEN_FOR", heading=column.heading, field=column.field)
    return main.say(said)


def _not_understood(heading: str) -> str:
    return main.say(
        message("“%(heading)s” is not understood and adds nothing.", heading=heading)
    )


def _state(
    rows: Sequence[Row], mapping: Mapping, setting: Setting, seen: Repeats
) -> Chunk:
    chunk = Chunk()
    for row in rows:
        if not (row.damage or _is_record(row, mapping)):
            chunk.skipped += 1
            continue
        mapped = mapping.map(row)
        number = mapped.values.get(identity_field(KIND), "")
        number = "" if number == UNNUMBERED else number
        earlier, is_same = _earlier(number, mapped, seen)
        if earlier and is_same:
            chunk.repeated += 1
            continue
        told, troubles = stating.state(mapped.values, number, row.number, setting)
        doubles = [duplicate(number, earlier, KIND)] if earlier else []
        troubles = mapped.troubles or doubles or troubles
        if isinstance(told, DeclarationInput) and not troubles:
            chunk.stated.append(told.goods)
            chunk.rows.append(row.number)
        else:
            chunk.held.append(_held(row.number, troubles[0]))
    return chunk


def _earlier(number: str, row: Mapped, seen: Repeats) -> tuple[int, bool]:
    """Give the earlier row that has its number, and whether it said the same."""
    if not number:
        return 0, False
    return seen.earlier(number, content_of(row.values), row.number)


def _is_record(row: Row, mapping: Mapping) -> bool:
    """Tell a record from headings once more, a total and a note below the table."""
    is_full = sum(map(bool, row.cells)) * 2 > len(row.cells) + 1  # nearly every row
    is_other = not is_full and (is_totals(row) or is_note(row, len(mapping.headings)))
    return not (is_other or mapping.is_headings(row))


def _held(row: int, trouble: Trouble) -> tuple[int, str, str]:
    said, field_name = trouble.sentence, trouble.field
    if str(said).startswith(f"Row {row} "):
        return row, field_name, main.say(said)
    if field_name:
        said = SAID.say("ROW_FIELD_WHY", row=row, field=words_of(field_name), why=said)
    else:
        said = message("Row %(row)s: %(why)s", row=row, why=said)
    return row, field_name, main.say(said)
