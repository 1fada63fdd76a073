"""See what a file holds and what would become of its rows; write nothing."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.utils.timezone import localdate

from armstrace.intake import (
    decimal_marks,
    file_names,
    mended,
    planning,
    recording,
    typed_otherwise,
)
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.mapping import Mapping, mapping_of
from armstrace.intake.models import Batch
from armstrace.intake.outcomes import Outcome, Trouble
from armstrace.intake.planning import PlannedRow, Seen
from armstrace.intake.profiles.schema import Profile
from armstrace.intake.recording import Origin
from armstrace.intake.stating import Setting
from armstrace.intake.tables import reading
from armstrace.intake.tables.headings import fold
from armstrace.intake.tables.rows import Row, Table
from armstrace.intake.tally import Tally, apply_fate
from armstrace.jobs.running import Progress, Tell
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.messages import Message, quote
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
EXAMPLES = 3
EXAMPLES_FROM_ROWS = 200
SHOWN_HELD = 100
_OF_AN_EVENT = frozenset({"holder_number", "acquired_on"})

type TellRows = Callable[[Mapping, Sequence[tuple[Sequence[str], PlannedRow]]], None]
"""Is told how rows are read, their cells and what would become of each."""


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """How one column is understood.

    Args:
        heading: As it stands in the file.
        fields: The canonical fields that it gives; ``notes`` where it is kept
            in the notes; empty where it is left out.
        examples: Its first different values.
        left_out: Why it is left out, where it is.
    """

    heading: str
    fields: tuple[str, ...]
    examples: tuple[str, ...]
    left_out: Message | None = None


@dataclass(frozen=True, slots=True)
class HeldSeen:
    """A row that would be held.

    Args:
        troubles: What is wrong with it.
        cells: The row as it stands in the file.
    """

    row: int
    identity: str
    reason: str
    field: str
    troubles: tuple[Trouble, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConstantSeen:
    """What the profile states for every row, and why."""

    field: str
    value: str
    reason: str


@dataclass(slots=True)
class Preview:
    """What would become of a file.

    Args:
        file_name: The file's name.
        profile: Name of the profile.
        kind: What the rows are.
        columns: How each column is understood.
        constants: What the profile states.
        tally: What would be loaded, held and skipped.
        held: The first rows that would be held.
        remarks: Sentences about the file as a whole.
    """

    file_name: str
    profile: str
    kind: str
    columns: list[ColumnSeen]
    constants: list[ConstantSeen]
    tally: Tally = field(default_factory=Tally)
    held: list[HeldSeen] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)


@contextmanager
def open_headings(
    file: IncomingFile, profile: Profile
) -> Iterator[tuple[Mapping, Table]]:
    """Open a file and set a profile against its headings; its rows are not read."""
    with reading.open_table(_request(file, profile)) as table:
        mapping = mapping_of(profile, table.headings, name=file.name)
        if mapping.number_before:
            mapping.number_before = file_names.name_of(_first_name(file, profile))
        yield mapping, table


def _first_name(file: IncomingFile, profile: Profile) -> str:
    """Give the name under which a file was loaded first; its numbers bear that."""
    same = Batch.objects.filter(
        file_digest=file.digest, kind=profile.kind, source=profile.source
    )
    found = same.order_by("pk").values_list("file_name", flat=True).first()
    return found or file.name


@contextmanager
def open_file(file: IncomingFile, profile: Profile) -> Iterator[tuple[Mapping, Table]]:
    """Open a file whose rows are to be mapped."""
    with open_headings(file, profile) as (mapping, table):
        mapping.decimals = decimal_marks.of_file(
            _request(file, profile), profile.kind, mapping.places
        )
        yield mapping, table


def _request(file: IncomingFile, profile: Profile) -> reading.Request:
    return reading.Request(
        file.path, file.name, profile.known_headings, profile.sheet, profile.encoding
    )


def look(
    file: IncomingFile,
    profile: Profile,
    *,
    by: Actor,
    at: datetime,
    progress: Tell,
    tell_rows: TellRows | None = None,
) -> Preview:
    """Go through a file and tell what would become of each row."""
    with open_file(file, profile) as (mapping, table):
        rows = iter(table.rows)
        first = list(itertools.islice(rows, EXAMPLES_FROM_ROWS))
        preview = Preview(
            file_name=file.name,
            profile=profile.name,
            kind=profile.kind.value,
            columns=columns_seen(mapping, first),
            constants=[
                ConstantSeen(name, constant.value, constant.reason)
                for name, constant in profile.constants.items()
            ],
            remarks=[
                *table.remarks,
                *remarks_of(mapping, file.name),
                *remarks_on_age(file, profile),
            ],
        )
        setting = Setting(profile.kind, profile.date_order, file.agency, at)
        source = recording.source_of(profile.kind, profile.source, by=by)
        origin = Origin(
            profile.kind,
            source,
            profile.arm_source,
            file.name,
            given=mapping.given,
        )
        foreteller = recording.foreteller(origin, by=by, at=at)

        def foretell(planned: list[PlannedRow]) -> None:
            open_rows = [row for row in planned if row.outcome is None and row.stated]
            fates = foreteller([row.stated for row in open_rows])
            for row, fate in zip(open_rows, fates, strict=True):
                apply_fate(row, fate)
            mended.pass_over(planned, source=source, kind=profile.kind)

        chunks = _chain(first, rows, mapping, progress)
        told = tell_rows and partial(tell_rows, mapping)
        _foretell(preview, chunks, setting, (source, by), foretell, told)
        preview.remarks += mapping.remarks()
    return preview


def remarks_of(mapping: Mapping, name: str) -> list[Message]:
    """Say which columns are missing or left out."""
    missing = [
        SAID.say("COLUMN_NOT_IN_FILE", name=name, column=column)
        for column in mapping.lacking
    ]
    asked = set(map(fold, mapping.profile.notes_from))
    columns = filter(None, (mapping.headings[place] for place in mapping.kept))
    unknown = [quote(column) for column in columns if fold(column) not in asked]
    kept = SAID.say("COLUMNS_IN_NOTES", name=name, columns=unknown)
    return [
        *missing,
        *_not_taken(mapping, name),
        *([kept] if unknown else []),
        *(
            SAID.say("COLUMN_LEFT_OUT", name=name, column=column, why=why)
            for column, why in mapping.left_out.items()
        ),
    ]


def remarks_on_age(file: IncomingFile, profile: Profile) -> list[Message]:
    """Say of a file that was loaded before what has been loaded since."""
    loads = Batch.objects.filter(kind=profile.kind, source=profile.source)
    done = loads.filter(job__state=JobState.DONE).order_by("-pk")
    same = done.filter(file_digest=file.digest).first()
    since = same and done.filter(pk__gt=same.pk).exclude(profile_text="").first()
    if not (same and since):
        return []
    days = {"day": localdate(same.begun_at), "since": localdate(since.begun_at)}
    return [SAID.say("OLDER_FILE", name=file.name, later=since.file_name, **days)]


def _not_taken(mapping: Mapping, name: str) -> Iterator[Message]:
    """Say which columns of a register are read and become no record."""
    if mapping.profile.kind is not IntakeKind.REGISTRY:
        return
    columns = [
        column
        for column, fields in mapping.columns.items()
        if not _OF_AN_EVENT.isdisjoint(fields)
    ]
    if columns:
        yield SAID.say(
            "HOLDERS_NOT_TAKEN", name=name, columns=columns, kind=IntakeKind.EVENTS
        )


def columns_seen(mapping: Mapping, rows: Iterable[Row]) -> list[ColumnSeen]:
    """Give each column with what it is understood as and its first values."""
    kept = [row.cells for row in rows if not row.is_blank]
    seen = []
    for position, heading in enumerate(mapping.headings):
        values = dict.fromkeys(
            cells[position].strip()
            for cells in kept
            if position < len(cells) and cells[position].strip()
        )
        seen.append(
            ColumnSeen(
                heading=heading,
                fields=tuple(mapping.columns.get(heading, ())),
                examples=tuple(itertools.islice(values, EXAMPLES)),
                left_out=mapping.left_out.get(heading),
            )
        )
    return seen


def _chain(
    first: list[Row], rest: Iterator[Row], mapping: Mapping, progress: Tell
) -> Iterator[list[planning.MappedRow]]:
    mapped = planning.map_rows(itertools.chain(first, rest), mapping)
    read = 0
    while chunk := list(itertools.islice(mapped, planning.CHUNK_ROWS)):
        yield chunk
        read += len(chunk)
        progress(Progress(read, 0))


def _foretell(
    preview: Preview,
    chunks: Iterable[list[planning.MappedRow]],
    setting: Setting,
    told: tuple[str, Actor],
    foretell: Callable[[list[PlannedRow]], None],
    tell_rows: Callable[[list[tuple[Sequence[str], PlannedRow]]], None] | None,
) -> None:
    seen, (source, viewer) = Seen(), told

    def remark(sentence: Message) -> None:
        if sentence not in preview.remarks:
            preview.remarks.append(sentence)

    for chunk in chunks:
        planned = [planning.plan(row, setting, seen, remark) for row in chunk]
        planning.name_items(planned, source, seen)
        planning.remark_agencies(planned, seen, remark, viewer)
        typed_otherwise.remark(planned, source, seen, remark)
        foretell(planned)
        preview.tally.add(planned)
        _show_held(preview, planned)
        if tell_rows:
            cells = (row.cells for row in chunk)
            tell_rows(list(zip(cells, planned, strict=True)))


def _show_held(preview: Preview, planned: list[PlannedRow]) -> None:
    for row in planned:
        if row.outcome is not Outcome.HELD or len(preview.held) >= SHOWN_HELD:
            continue
        preview.held.append(
            HeldSeen(
                row=row.number,
                identity=row.identity,
                reason=row.troubles[0].reason.value,
                field=row.troubles[0].field,
                troubles=tuple(row.troubles),
                cells=row.mapped.cells if row.mapped else (),
            )
        )
