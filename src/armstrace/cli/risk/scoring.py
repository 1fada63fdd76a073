"""``armstrace risk score``: points for each declaration of a file, no database.

One process reads the rows, another scores them in their order, because each counts as
history for the next.
"""

import contextlib
import itertools
import multiprocessing
import os
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from armstrace.analysis.risk import scoring
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import History
from armstrace.analysis.risk.scoring import Score
from armstrace.cli import main, telling, writing
from armstrace.intake import decimal_marks, stating
from armstrace.intake.fields import IntakeKind, identity_field
from armstrace.intake.mapping import Mapping, mapping_of
from armstrace.intake.profiles import drafts, library, propose
from armstrace.intake.profiles.schema import Profile, read_profile
from armstrace.intake.stating import Setting
from armstrace.intake.tables import reading
from armstrace.intake.tables.rows import Row, Table
from armstrace.risk.inputs import DeclarationInput
from armstrace.vocabulary import profiles, spreadsheets
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

COLUMNS = ("row", "number", "score", "base", "points")
CHUNK = 2000
SHOWN_HELD = 10
LOOK_AT_ROWS = 50
LONG_FILE = 1_000_000
"""Bytes from which a second process is worth its start."""
KIND = IntakeKind.DECLARATIONS
NO_FACTS = {"", identity_field(KIND), "kind", "agency"}
NAMES = tuple(Declaration.__dataclass_fields__)
_VALUES = attrgetter(*NAMES)


@dataclass(slots=True)
class Chunk:
    stated: list[Declaration] = field(default_factory=list)
    # Where in the file each of them stands.
    rows: list[int] = field(default_factory=list)
    # A sentence for each row that cannot be read.
    held: list[str] = field(default_factory=list)
    # Sentences about the file as a whole.
    remarks: list[str] = field(default_factory=list)
    # Why the file cannot be read on.
    refused: InvalidInput | None = None


@dataclass(slots=True)
class Tally:
    """What a run did, for people and for ``--json``."""

    rows: int = 0
    scored: int = 0
    held: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    held_rows: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def document(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        a_second = round(self.scored / self.seconds) if self.seconds else 0
        return told | {
            "hits": dict(sorted(self.hits.items())),
            "untold": dict(sorted(self.untold.items())),
            "a_second": a_second,
        }


def score(
    file: Annotated[Path, typer.Argument(help="Declarations, CSV or XLSX.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Where to write the CSV.")
    ],
    law: Annotated[
        str, typer.Option("--law", help="Profile whose settings hold.")
    ] = "protocol",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print counts and times as JSON.")
    ] = False,
) -> None:
    """Score each declaration of a file; every point is a sentence.

    Rows are scored in their order, and each counts as history for the next, so a
    file is sorted by the day of declaration. What a row does not state adds nothing.
    A score is the base, at which every declaration begins, and its points.
    """
    writing.require_writable(output, [file])
    tally = Tally()
    started = time.perf_counter()
    with writing.open_output(output, [file]) as stream:
        try:
            _write(stream, _score(file, profiles.load(law), tally), tally)
        except InvalidInput as why:  # what came before it is scored and stays
            if not tally.rows:
                raise
            tally.remarks.append(main.say(why))
    tally.seconds = round(time.perf_counter() - started, 3)
    _report(tally, as_json=as_json)


def _score(
    path: Path, law: profiles.Profile, tally: Tally
) -> Iterator[tuple[int, Declaration, Score]]:
    """Give each with its row, by which those without a number are told apart."""
    rows: deque[int] = deque()
    stated = _declarations(path, tally, rows)
    today = datetime.now().astimezone().date()
    for goods, given in scoring.score_in_turn(stated, History(), law.risk, today=today):
        yield rows.popleft(), goods, given


def _declarations(path: Path, tally: Tally, rows: deque[int]) -> Iterator[Declaration]:
    """Give what can be read, read by another process while this one scores."""
    chunks = _in_another_process(path) if _is_long(path) else _state_all(path)
    for chunk in chunks:
        tally.remarks += chunk.remarks
        tally.rows += len(chunk.stated) + len(chunk.held)
        tally.held += len(chunk.held)
        tally.held_rows += chunk.held[: SHOWN_HELD - len(tally.held_rows)]
        rows.extend(chunk.rows)
        yield from chunk.stated
        if chunk.refused is not None:
            raise chunk.refused


def _is_long(path: Path) -> bool:
    is_many = path.is_file() and path.stat().st_size > LONG_FILE
    return is_many and (os.cpu_count() or 1) > 1


def _in_another_process(path: Path) -> Iterator[Chunk]:
    context = multiprocessing.get_context("fork")
    sent: Any = context.Queue(maxsize=8)
    reader = context.Process(target=_send_all, args=(path, sent), daemon=True)
    reader.start()
    while (told := sent.get()) is not None:
        values, chunk = told
        chunk.stated = [Declaration(**dict(zip(NAMES, v, strict=True))) for v in values]
        yield chunk
    reader.join()


def _send_all(path: Path, sent: Any) -> None:  # noqa: ANN401 - a queue
    try:
        for chunk in _state_all(path):
            # Plain values cross at a fraction of what objects cost.
            values, chunk.stated = list(map(_VALUES, chunk.stated)), []
            sent.put((values, chunk))
    except InvalidInput as why:
        sent.put(([], Chunk(refused=why)))
    finally:
        sent.put(None)


def _state_all(path: Path) -> Iterator[Chunk]:
    request = reading.Request(path=path, name=path.name, known=library.all_headings())
    with reading.open_table(request) as table:
        first = Chunk()
        mapping = _mapping(table, first.remarks)
        mapping.decimals = decimal_marks.of_file(request, KIND, mapping.places)
        yield first
        rows = (row for row in table.rows if not row.is_blank)
        while chunk := list(itertools.islice(rows, CHUNK)):
            yield _state(chunk, mapping)


def _mapping(table: Table, remarks: list[str]) -> Mapping:
    """Understand the columns: under the headings of Armstrace, or as proposed."""
    remarks += map(main.say, table.remarks)
    for profile in library.fitting(table.headings, kind=KIND):
        # A profile that lacks a column which every row needs is not of this file.
        with contextlib.suppress(InvalidInput):
            found = mapping_of(profile, table.headings, name=table.name)
            ignored = filter(None, set(table.headings) - found.columns.keys())
            remarks += map(_not_understood, sorted(ignored))
            return found
    return mapping_of(_propose(table, remarks), table.headings, name=table.name)


def _propose(table: Table, remarks: list[str]) -> Profile:
    first = [row.cells for row in table.peek(LOOK_AT_ROWS)]
    proposal = propose.propose_profile(
        table.headings, first, kind=KIND, name=table.name
    )
    if not proposal.column_of(identity_field(KIND)):
        msg = message(
            "%(table)s has no column with the number of the declaration; head it "
            "source_number.",
            table=table.name,
        )
        raise InvalidInput(msg, field="source_number")
    if not {each.field for each in proposal.columns} - NO_FACTS:
        msg = message(
            "%(table)s has no column besides the number that is understood, so nothing "
            "in it can be scored; head them hs_code, description and so on.",
            table=table.name,
        )
        raise InvalidInput(msg, field="hs_code")
    remarks += [
        main.say(
            message(
                "“%(heading)s” is taken for %(field)s.",
                heading=each.heading,
                field=each.field,
            )
        )
        if each.field
        else _not_understood(each.heading)
        for each in proposal.columns
    ]
    text = drafts.profile_text(proposal, drafts.accept(proposal, source="CUSTOMS"))
    return read_profile(text, origin=table.name)


def _not_understood(heading: str) -> str:
    return main.say(
        message("“%(heading)s” is not understood and adds nothing.", heading=heading)
    )


def _state(rows: Sequence[Row], mapping: Mapping) -> Chunk:
    setting = Setting(KIND, mapping.profile.date_order, "", datetime.now(UTC))
    chunk = Chunk()
    for row in rows:
        mapped = mapping.map(row)
        number = mapped.values.get(identity_field(KIND), "")
        told, troubles = stating.state(mapped.values, number, row.number, setting)
        troubles = mapped.troubles or troubles
        if isinstance(told, DeclarationInput) and not troubles:
            chunk.stated.append(told.goods)
            chunk.rows.append(row.number)
        else:
            said = troubles[0].sentence
            if not str(said).startswith(f"Row {row.number} "):
                said = message("Row %(row)s: %(why)s", row=row.number, why=said)
            chunk.held.append(main.say(said))
    return chunk


def _write(
    stream: IO[str], scored: Iterable[tuple[int, Declaration, Score]], tally: Tally
) -> None:
    spreadsheets.write_rows(stream, [COLUMNS])
    spreadsheets.write_rows(stream, _rows(scored, tally))


def _rows(
    scored: Iterable[tuple[int, Declaration, Score]], tally: Tally
) -> Iterator[tuple[object, ...]]:
    base = scoring.default_weights().prior
    for row, goods, given in scored:
        tally.scored += 1
        tally.hits.update(point.code for point in given.points)
        tally.untold.update(given.untold)
        points = " ".join(
            f"{point.code} (+{point.weight:g}): {main.say(point.sentence)}"
            for point in given.points
        )
        yield row, goods.number, round(given.log_odds, 3), base, points


def _report(tally: Tally, *, as_json: bool) -> None:
    if as_json:
        telling.show_json(tally.document())
        return
    for remark in (*tally.remarks, *tally.held_rows):
        typer.echo(remark, err=True)
    told = tally.document()
    said = message(
        "Rows read: %(rows)s, scored: %(scored)s, held: %(held)s; %(seconds)s s "
        "(%(a_second)s a second).",
        rows=tally.rows,
        scored=tally.scored,
        held=tally.held,
        seconds=round(tally.seconds, 1),
        a_second=told["a_second"],
    )
    telling.tell(said)
    for code, count in told["hits"].items():
        typer.echo(f"  {code}: {count}")
