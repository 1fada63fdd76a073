"""``armstrace risk score``: points for each declaration of a file, no database.

One process reads the rows, another scores them in their order, because each counts as
history for the next.
"""

import contextlib
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated, Any, Literal

import typer

from armstrace.analysis.risk import scoring
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import History
from armstrace.analysis.risk.scoring import Score
from armstrace.cli import main, telling, writing
from armstrace.cli.risk import goods
from armstrace.cli.risk.goods import Chunk, Source
from armstrace.intake.dates import DateOrder
from armstrace.vocabulary import profiles, spreadsheets
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
COLUMNS = ("row", "number", "score", "base", "points")
HELD_COLUMNS = ("row", "field", "why")
SHOWN_HELD = 10


@dataclass(slots=True)
class Tally:
    """What a run did, for people and for ``--json``."""

    rows: int = 0
    scored: int = 0
    held: int = 0
    skipped: int = 0
    repeated: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    held_rows: list[str] = field(default_factory=list)
    seconds: float = 0.0
    # Where each row that is held is written, with its reason.
    held_to: IO[str] | None = None

    def add(self, chunk: Chunk) -> None:
        """Count what was read, and write what is held."""
        self.remarks += chunk.remarks
        self.rows += len(chunk.stated) + len(chunk.held) + chunk.repeated
        self.held += len(chunk.held)
        self.skipped += chunk.skipped
        self.repeated += chunk.repeated
        said = [why for _, _, why in chunk.held]
        self.held_rows += said[: SHOWN_HELD - len(self.held_rows)]
        if self.held_to is not None:
            spreadsheets.write_rows(self.held_to, chunk.held)

    def document(self) -> dict[str, Any]:
        names = [name for name in self.__dataclass_fields__ if name != "held_to"]
        told = {name: getattr(self, name) for name in names}
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
    report: Annotated[
        Path | None, typer.Option(help="Where to write the rows that are held.")
    ] = None,
    date_order: Annotated[
        Literal["dmy", "mdy"] | None,
        typer.Option(help="What comes first in its days, if the file does not tell."),
    ] = None,
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
    writing.require_writable(report, [file, output])
    tally = Tally()
    started = time.perf_counter()
    source = Source(file, DateOrder(date_order or ""))
    with (
        _open_report(report, source) as tally.held_to,
        writing.open_output(output, [file]) as stream,
    ):
        try:
            _write(stream, _score(source, profiles.load(law), tally), tally)
        except InvalidInput as why:  # what came before it is scored and stays
            if not tally.rows:
                raise
            tally.remarks.append(main.say(why))
    tally.seconds = round(time.perf_counter() - started, 3)
    _report(tally, as_json=as_json)
    if tally.held and not tally.scored:
        raise typer.Exit(1)


@contextlib.contextmanager
def _open_report(path: Path | None, source: Source) -> Iterator[IO[str] | None]:
    if path is None:
        yield None
        return
    with writing.open_output(path, [source.path]) as stream:
        spreadsheets.write_rows(stream, [HELD_COLUMNS])
        yield stream


def _score(
    source: Source, law: profiles.Profile, tally: Tally
) -> Iterator[tuple[int, Declaration, Score]]:
    """Give each with its row, by which those without a number are told apart."""
    rows: deque[int] = deque()
    stated = _declarations(source, tally, rows)
    today = datetime.now().astimezone().date()
    for one, given in scoring.score_in_turn(stated, History(), law.risk, today=today):
        yield rows.popleft(), one, given


def _declarations(
    source: Source, tally: Tally, rows: deque[int]
) -> Iterator[Declaration]:
    """Give what can be read; count what cannot."""
    for chunk in goods.read_chunks(source):
        tally.add(chunk)
        rows.extend(chunk.rows)
        yield from chunk.stated
        if chunk.refused is not None:
            raise chunk.refused


def _write(
    stream: IO[str], scored: Iterable[tuple[int, Declaration, Score]], tally: Tally
) -> None:
    spreadsheets.write_rows(stream, [COLUMNS])
    spreadsheets.write_rows(stream, _rows(scored, tally))


def _rows(
    scored: Iterable[tuple[int, Declaration, Score]], tally: Tally
) -> Iterator[tuple[object, ...]]:
    base = scoring.default_weights().prior
    for row, stated, given in scored:
        tally.scored += 1
        tally.hits.update(point.code for point in given.points)
        tally.untold.update(given.untold)
        points = " ".join(
            f"{point.code} (+{point.weight:g}): {main.say(point.sentence)}"
            for point in given.points
        )
        yield row, stated.number, round(given.log_odds, 3), base, points


def _report(tally: Tally, *, as_json: bool) -> None:
    if as_json:
        telling.show_json(tally.document())
        return
    for remark in (*tally.remarks, *tally.held_rows, *_more(tally)):
        typer.echo(remark, err=True)
    told = tally.document()
    said = SAID.say(
        "SCORED",
        rows=tally.rows,
        scored=tally.scored,
        held=tally.held,
        seconds=round(tally.seconds, 1),
        a_second=told["a_second"],
    )
    telling.tell(said)
    for code, count in told["hits"].items():
        typer.echo(f"  {code}: {count}")


def _more(tally: Tally) -> Iterator[str]:
    """Say what is not listed row by row."""
    if not tally.rows:
        yield main.say(message("There are no rows below the headings."))
    if tally.skipped:
        yield main.say(SAID.say("ROWS_SKIPPED", count=tally.skipped))
    if tally.repeated:
        yield main.say(SAID.say("ROWS_REPEATED", count=tally.repeated))
    if tally.held > len(tally.held_rows):
        yield main.say(
            SAID.say("HELD_BESIDES", count=tally.held - len(tally.held_rows))
        )
