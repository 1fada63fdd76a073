"""Load lists of names, and look for all subjects among what changed in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from armstrace.analysis.names import lists, words
from armstrace.analysis.names.entries import Entry
from armstrace.analysis.names.screening import Found, KindIndexes
from armstrace.audit import declarations, ledger
from armstrace.jobs import running
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.records import bulk, closing, lengths
from armstrace.records.lookups import among
from armstrace.vetting import rules, screening
from armstrace.vetting.inputs import Screened
from armstrace.vetting.models import Hit, ListEntry, ListVersion, RefusalRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.jobs import JobState

KIND = "vetting.check"
REFUSALS = "Refusals"
"""The list whose entries are the register of refusals of this State."""
STEP = 2_000
SPAN = 10**15
OVERLAP = timedelta(days=1)
"""Clocks of servers differ: what became known so long before is looked at again."""

type Source = Callable[[int, int, datetime | None], list[Screened]]
type Pass = tuple[Source, datetime | None, KindIndexes]
"""Which subjects are looked for, those known since when, and among what."""
type Near = dict[tuple[int, str], tuple[Screened, Found]]
"""Who is near, by the entry and the subject."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file that was received, and how it was called."""

    path: Path
    name: str


def load_list(
    *, list_name: str, file: ListFile | None = None, by: Actor, at: datetime
) -> ListVersion:
    """Begin to take in a version of a list, to be run as a job.

    Args:
        list_name: The list; a new name begins a new list.
        file: None looks again at what the list holds, for new subjects; the list
            of refusals is made of the register.

    Raises:
        InvalidInput: The file is of no format that is known.
        RuleBroken: ``VE-11``, the list has no name; ``VE-17``, it is the one that is
            made of the register.

    Source:
        Background paper (2018), para. 33; rule of this design.
    """
    by.require("screening.load")
    rules.LIST_NAMED.require(list_name)
    lengths.require_fits(list_name, lengths.Limit("list_name", str, 80))
    is_own = list_name.strip().casefold() == REFUSALS.casefold()
    rules.NOT_RESERVED.require((REFUSALS, file is None or not is_own))
    if file is not None and lists.format_of(file.path) is None:
        lists.read(file.path, file.name)
    with ledger.entry("list.loaded", by=by, at=at) as entry:
        made = ListVersion.objects.create(
            list_name=list_name.strip(),
            file_name=file.name[:255] if file else "",
            file_path=str(file.path) if file else "",
            cut=words.cut(),
            loaded_by=by.name,
            job=running.begin(KIND, expected=0, by=by, at=at),
            known_at=at,
        )
        entry.about(made)
    return made


def run_check(*, job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Take in a version, then look for all subjects among what changed.

    Each step is one transaction; a run that is cut off goes on after its last. New
    subjects are looked for among all entries, the others among those that changed.

    Raises:
        InvalidInput: The file cannot be read.
        RuleBroken: ``VE-09``, another process runs it; ``VE-10``, most entries would
            be gone.

    Source:
        Background paper (2018), para. 33; rule of this design.
    """
    by.require("screening.load")
    overtaken = rules.CHECK_ONCE.broken(facts=False)
    run = running.claim(job.pk, context, at=at, overtaken=overtaken)
    version = ListVersion.objects.get(job=job)
    if not run.job.result:
        with transaction.atomic():
            run.advance(cursor=0, done=0, result=_take_in(version, by))
    check = _Check(version, by, at)
    for place, one in enumerate(check.passes()):
        while place >= run.job.cursor // SPAN:
            with transaction.atomic():
                check.write(run, place, one)
            run.tell()
    run.end()


def _take_in(version: ListVersion, by: Actor) -> dict[str, int]:
    """Write what is new of a list and close what is gone or changed."""
    is_read = bool(version.file_path) or version.list_name == REFUSALS
    entries, left_out = _read(version) if is_read else ((), 0)
    told = {each.number: each for each in entries}
    current = ListEntry.objects.current().filter(list_name=version.list_name)
    known = {e[0]: e[1:] for e in current.values_list("number", "pk", "content_key")}
    same = {n for n in known if n in told and told[n].content_key == known[n][1]}
    over = {n: pk for n, (pk, _) in known.items() if is_read and n not in same}
    new = {n: each for n, each in told.items() if n not in same}
    gone = over.keys() - new.keys()
    if version.file_path:
        rules.KEEPS_HALF.require(
            (len(known), version.list_name, len(known) - len(gone))
        )
    return {
        "entries": len(known) - len(over) + len(new),
        "left_out": left_out,
        "new": len(new.keys() - known.keys()),
        "changed": len(new.keys() & known.keys()),
        "gone": len(gone),
        "hits_new": 0,
        "hits_gone": _change(version, list(over.values()), new.values(), by),
    }


def _change(
    version: ListVersion, over: list[int], new: Iterable[Entry], by: Actor
) -> int:
    """Close entries with their hits, and insert others; give how many hits ended."""
    hits = Hit.objects.current().filter(among("entry_id", over))
    ended = list(hits.values_list("pk", flat=True))
    with ledger.entry("list.changed", by=by, at=version.known_at) as entry:
        closing.close_keys(Hit, ended, version.known_at, entry)
        closing.close_keys(ListEntry, over, version.known_at, entry)
        rows = [_columns(each, version) for each in new]
        entry.about_keys(ListEntry, bulk.insert(ListEntry, rows))
        version.save(update_fields=["format", "version"])
        entry.about(version)
    return len(ended)


def _read(version: ListVersion) -> tuple[Sequence[Entry], int]:
    """Read the entries of a version, and tell how many had to be left out."""
    if version.file_path:
        found = lists.read(Path(version.file_path), version.file_name)
        version.format, version.version = found.format.value, found.version
        return found.entries, found.left_out
    rows = RefusalRecord.objects.current().filter(is_annulled=False)
    today = timezone.localdate(version.known_at)
    seen = rows.exclude(visible_until__lt=today).select_related("refusal")
    return [_entry_of(each) for each in seen], 0


def _entry_of(record: RefusalRecord) -> Entry:
    return Entry(
        record.refusal.reference,
        "Person",
        (record.name,),
        (record.born_on.isoformat(),) if record.born_on else (),
        tuple(filter(None, (record.nationality,))),
    )


def _columns(entry: Entry, version: ListVersion) -> dict[str, object]:
    return {
        "list_name": version.list_name,
        "number": entry.number,
        "schema": entry.schema,
        "names": entry.names,
        "born": entry.born,
        "countries": entry.countries,
        "content_key": entry.content_key,
        "known_at": version.known_at,
        "source": version.version[:80],
    }


class _Check:
    """Looks for subjects among the entries of one list."""

    def __init__(self, version: ListVersion, by: Actor, at: datetime) -> None:
        self._version, self._by = version, by
        self._at = max(at, version.known_at)
        earlier = ListVersion.objects.get_queryset().filter(
            list_name=version.list_name, pk__lt=version.pk, job__state=JobState.DONE
        )
        last = earlier.order_by("-pk").first()
        self._since = last.known_at if last else None
        self._ids: dict[str, int] = {}

    def passes(self) -> list[Pass]:
        """Give what is looked for among what, in the order of the run."""
        sources = list(declarations.functions(lambda app: app.screened))
        rows = ListEntry.objects.current().filter(list_name=self._version.list_name)
        self._ids = dict(rows.values_list("number", "pk"))
        whole = _index(rows)
        if self._since is None:
            return [(each, None, whole) for each in sources]
        changed, since = (
            _index(rows.filter(known_at__gt=self._since)),
            self._since - OVERLAP,
        )
        first = [(each, None, changed) for each in sources] if len(changed) else []
        return first + [(each, since, whole) for each in sources]

    def write(self, run: running.Run, place: int, one: Pass) -> None:
        """Look for the next subjects of a pass, and move the job on."""
        source, since, index = one
        is_begun = place == run.job.cursor // SPAN
        some = source(run.job.cursor % SPAN if is_begun else 0, STEP, since)
        found = {
            (self._ids[hit.entry.number], each.subject): (each, hit)
            for each in some
            for hit in index.near(each.name, each.schema, each.born)
        }
        tally = dict(run.job.result)
        new, gone = self._compare(some, found, is_fresh=since is not None)
        if new or gone:
            self._keep(new, gone)
        tally["hits_new"] += len(new)
        tally["hits_gone"] += len(gone)
        done = run.job.done + len(some)
        cursor = place * SPAN + some[-1].key if some else (place + 1) * SPAN
        run.advance(cursor=cursor, done=done, expected=done, result=tally)

    def _compare(
        self, some: list[Screened], found: Near, *, is_fresh: bool
    ) -> tuple[Near, list[int]]:
        rows = Hit.objects.current().filter(
            among("subject", {each.subject for each in some}),
            entry__list_name=self._version.list_name,
        )
        before = {(hit.entry_id, hit.subject): hit for hit in rows}
        stay = {
            key
            for key, hit in before.items()
            if key in found and found[key][0].name[:200] == hit.subject_name
        }
        new = {key: pair for key, pair in found.items() if key not in stay}
        over = before.keys() - stay if is_fresh else before.keys() & new.keys()
        return new, [before[key].pk for key in over]

    def _keep(self, new: Near, gone: list[int]) -> None:
        with ledger.entry("hits.proposed", by=self._by, at=self._at) as entry:
            closing.close_keys(Hit, gone, self._at, entry)
            told = (self._version, self._at)
            made = [screening.hit(pk, *pair, *told) for (pk, _), pair in new.items()]
            entry.about_keys(Hit, bulk.insert(Hit, made))


def _index(rows: Any) -> KindIndexes:  # noqa: ANN401 -- a queryset
    return KindIndexes(row.entry for row in rows.iterator())
