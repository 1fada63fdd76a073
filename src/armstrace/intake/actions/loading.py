"""Load files: begin a batch, run it to its end, whatever cuts it off."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from armstrace.audit import ledger
from armstrace.intake import planning, preview, recording, rules, typed_otherwise
from armstrace.intake.actions import chunks
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile, IncomingRows, digest_of
from armstrace.intake.models import Batch
from armstrace.intake.planning import MappedRow, Seen
from armstrace.intake.profiles import drafts
from armstrace.intake.profiles.schema import Profile
from armstrace.intake.recording import Origin
from armstrace.intake.stating import Setting
from armstrace.intake.tally import COUNTS
from armstrace.jobs import running, tasks
from armstrace.jobs.running import JobContext
from armstrace.procedures.actions import following
from armstrace.records import lengths
from armstrace.recoveries.actions import comparing_later
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.jobs import UNFINISHED, JobState
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
KIND = "intake.load"


def begin_batch(
    *, file: IncomingFile, profile: Profile, by: Actor, at: datetime
) -> Batch:
    """Begin to load a file; go on with a load of it that was cut off.

    Args:
        file: The file; its columns are checked, its rows are not read yet.

    Returns:
        The batch, to be run with ``run_batch``.

    Source:
        Background paper (2018), para. 90; rule of this design.
    """
    by.require("intake.load")
    recording.require_recording(profile.kind, by=by)
    # The profile that is kept with the batch says whose its rows are.
    profile = drafts.with_agency(profile, file.agency)
    batch = _begun(file, profile, by, at)
    batch.file_digest = file.digest
    going_on = _find_unfinished(batch, profile)
    with ledger.entry("intake.begun", by=by, at=at) as entry:
        if going_on is None:
            batch.job = running.begin(KIND, expected=batch.rows_expected, by=by, at=at)
            batch.save(force_insert=True)
        else:
            Batch.objects.filter(pk=going_on.pk).update(file_path=str(file.path))
            batch = Batch.objects.get(pk=going_on.pk)
        entry.about(batch)
    return batch


def run_batch(
    *,
    batch: Batch,
    by: Actor,
    at: datetime,
    context: JobContext,
    chunk_rows: int = planning.CHUNK_ROWS,
) -> Batch:
    """Load a batch's file from where it stands to its end.

    Each chunk is one transaction: records, outcomes and ledger entries. A load
    that is cut off at any moment is continued by running the batch again.

    Args:
        batch: The batch; its file must still be there.

    Returns:
        The batch, done, or as far as it came before somebody cancelled it.

    Raises:
        RuleBroken: ``IN-03``, another run has taken over.

    Source:
        Rule of this design (every job idempotent by batch and chunk).
    """
    by.require("intake.load")
    path = Path(batch.file_path)
    if not path.is_file() or digest_of(path) != batch.file_digest:
        raise SAID.refuse("OTHER_FILE", file=batch.file_name)
    if batch.job.state == JobState.DONE:
        return batch
    profile = batch.profile
    file = IncomingFile(path, batch.file_name, batch.agency)
    with preview.open_file(file, profile) as (mapping, table):
        load = _Load(
            batch=batch,
            by=by,
            at=at,
            context=context,
            chunk_rows=chunk_rows,
            origin=replace(_origin(batch), given=mapping.given),
            setting=Setting(profile.kind, profile.date_order, "", at),
            last_remarks=mapping.remarks,
        )
        return _run(load, planning.map_rows(table.rows, mapping))


def load_rows(
    *,
    incoming: IncomingRows,
    by: Actor,
    at: datetime,
    context: JobContext,
    chunk_rows: int = planning.CHUNK_ROWS,
) -> Batch:
    """Load rows that are canonical fields already.

    Args:
        incoming: The rows and where they come from; after a break, the same rows
            in the same order under the same key.

    Returns:
        The batch, done, or as far as it came before somebody cancelled it.

    Source:
        Rule of this design (loading is repeatable).
    """
    by.require("intake.load")
    unfinished = Batch.objects.filter(
        file_digest=incoming.key, kind=incoming.kind.value, job__state__in=UNFINISHED
    )
    batch = unfinished.order_by("-pk").first()
    with ledger.entry("intake.begun", by=by, at=at) as entry:
        if batch is None:
            batch = _batch_of_rows(incoming, by, at)
        entry.about(batch)
    setting = Setting(incoming.kind, DateOrder.NOT_STATED, incoming.agency, at)
    load = _Load(batch, by, at, context, chunk_rows, _origin(batch), setting)
    return _run(load, planning.rows_of_dicts(incoming.rows))


def _batch_of_rows(incoming: IncomingRows, by: Actor, at: datetime) -> Batch:
    return Batch.objects.create(
        kind=incoming.kind.value,
        source=incoming.source,
        arm_source=incoming.arm_source or incoming.source,
        agency=incoming.agency,
        file_name=incoming.name,
        file_digest=incoming.key,
        job=running.begin(KIND, expected=incoming.expected, by=by, at=at),
        begun_at=at,
        begun_by=by.name,
        rows_expected=incoming.expected,
    )


def _begun(file: IncomingFile, profile: Profile, by: Actor, at: datetime) -> Batch:
    """Open the file once, so that what is wrong with it as a whole shows now."""
    lengths.require_fits(file.name, lengths.FILE_NAME)
    with preview.open_headings(file, profile) as (mapping, table):
        return Batch(
            kind=profile.kind.value,
            source=recording.source_of(profile.kind, profile.source, by=by),
            arm_source=profile.arm_source,
            agency=file.belongs_to or file.agency,
            file_name=file.name,
            file_path=str(file.path),
            profile_name=profile.name,
            profile_digest=profile.digest,
            profile_text=profile.text,
            begun_at=at,
            begun_by=by.name,
            rows_expected=table.length,
            headings=list(mapping.headings),
            columns=mapping.columns,
            remarks=_with(
                [],
                [
                    *table.remarks,
                    *preview.remarks_of(mapping, file.name),
                    *preview.remarks_on_age(file, profile),
                ],
            ),
        )


def _origin(batch: Batch) -> Origin:
    return Origin(
        kind=IntakeKind(batch.kind),
        source=batch.source,
        arm_source=batch.arm_source,
        reason=batch.file_name,
    )


def _find_unfinished(batch: Batch, profile: Profile) -> Batch | None:
    found = Batch.objects.filter(
        file_digest=batch.file_digest,
        kind=batch.kind,
        source=batch.source,
        profile_digest=profile.digest,
        job__state__in=UNFINISHED,
    )
    return found.order_by("-pk").first()


@dataclass(slots=True)
class _Load:
    """A load while it runs."""

    batch: Batch
    by: Actor
    at: datetime
    context: JobContext
    chunk_rows: int
    origin: Origin
    setting: Setting
    last_remarks: Callable[[], list[Message]] = list
    remarks: list[Message] = field(default_factory=list)

    def remark(self, sentence: Message) -> None:
        """Take a sentence about the file as a whole, once."""
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def overtaken(self) -> RuleBroken:
        """Give the refusal where another run has claimed the batch."""
        return rules.LOADED_ONCE.broken((self.batch.file_name, False))


def _run(load: _Load, rows: Iterator[MappedRow]) -> Batch:
    seen = Seen()
    try:
        run = _claim(load)
        fresh = _skip_to_cursor(rows, run.job.cursor, load, seen)
        try:
            for taken in _taken(fresh, load.chunk_rows):
                planned = [
                    planning.plan(row, load.setting, seen, load.remark) for row in taken
                ]
                planning.name_items(planned, load.batch.source, seen)
                planning.remark_agencies(planned, seen, load.remark, load.by)
                typed_otherwise.remark(planned, load.batch.source, seen, load.remark)
                _write(load, run, planned)
                run.tell()
        except InvalidInput as why:
            _end(load, run, JobState.STOPPED, problem=why.message.to_json())
            raise
        return _end(load, run, JobState.DONE)
    except running.Cancelled:
        return Batch.objects.select_related("job").get(pk=load.batch.pk)


def _skip_to_cursor(
    rows: Iterator[MappedRow], cursor: int, load: _Load, seen: Seen
) -> Iterator[MappedRow]:
    for row in rows:
        if row.number > cursor:
            return itertools.chain([row], rows)
        planning.remember(row, load.setting, seen, load.remark)
    return iter(())


def _taken[R](rows: Iterator[R], size: int) -> Iterator[Sequence[R]]:
    while chunk := list(itertools.islice(rows, size)):
        yield chunk


def _claim(load: _Load) -> running.Run:
    with ledger.entry("intake.running", by=load.by, at=load.at) as entry:
        run = running.claim(
            load.batch.job_id, load.context, at=load.at, overtaken=load.overtaken()
        )
        load.batch = Batch.objects.get(pk=load.batch.pk)
        entry.about(load.batch)
    return run


def _write(
    load: _Load, run: running.Run, planned: Sequence[planning.PlannedRow]
) -> None:
    batch = load.batch
    with ledger.entry("intake.chunk_loaded", by=load.by, at=load.at) as entry:
        done = batch.rows_read + len(planned)
        run.advance(cursor=planned[-1].number, done=done)
        counts = chunks.write(
            batch, planned, origin=load.origin, entry=entry, by=load.by, at=load.at
        )
        sums = {name: getattr(batch, name) + getattr(counts, name) for name in COUNTS}
        Batch.objects.filter(pk=batch.pk).update(
            **sums,
            chunks=batch.chunks + 1,
            by_reason=dict(Counter(batch.by_reason) + counts.by_reason),
            arms_by_class=dict(Counter(batch.arms_by_class) + counts.arms_by_class),
            remarks=_with(batch.remarks, load.remarks),
        )
        load.batch = Batch.objects.get(pk=batch.pk)
        entry.about(load.batch)


def _end(load: _Load, run: running.Run, state: JobState, **columns: object) -> Batch:
    remarks = [*load.remarks, *load.last_remarks()]
    with ledger.entry("intake.ended", by=load.by, at=load.at) as entry:
        run.end(state, **columns)
        Batch.objects.filter(pk=load.batch.pk).update(
            remarks=_with(load.batch.remarks, remarks)
        )
        batch = Batch.objects.select_related("job").get(pk=load.batch.pk)
        entry.about(batch)
    _compare(load, batch)
    return batch


def _compare(load: _Load, batch: Batch) -> None:
    """Let a worker compare what was loaded, and give it the procedure's steps."""
    if batch.kind != IntakeKind.RECOVERIES.value or not batch.rows_loaded:
        return
    for begin in (comparing_later.begin_comparing, following.begin_following):
        job = begin(by=load.by, at=load.at)
        if job is not None:
            tasks.enqueue(job.pk, by=load.by, at=load.at)


def _with(kept: list[Any], more: Iterable[Message]) -> list[Any]:
    """Add remarks to those that a batch keeps, each once."""
    told = [each.to_json() for each in more]
    return [
        *kept,
        *(each for at, each in enumerate(told) if each not in [*kept, *told[:at]]),
    ]
