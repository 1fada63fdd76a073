"""What a supervisor asks: who has how much, who did what, who waived which trace."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, Max, Min, Q, QuerySet
from django.utils import timezone

from armstrace.accounts import queries as accounts
from armstrace.audit import consultations
from armstrace.audit import queries as audit
from armstrace.records.lookups import among
from armstrace.recoveries.models import Recovery
from armstrace.tracing.models import Assignment, TraceDecision
from armstrace.tracing.queries.lists import (
    decisions_of_row,
    first_in_time,
    has_ended,
    without_closed,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.tracing import TraceException, TraceStanding

WEEK = timedelta(days=7)
# Recoveries of one act that a page leads to.
MOST_LINKS = 5
# Assignments of one act that are looked through for the newest.
MOST_GIVEN = 100_000
# Where the recovery of a record stands that an act of tracing names.
RECOVERY_OF = {
    "recoveries.recovery": "pk",
    "recoveries.recoveryrecord": "recovery_id",
    "recoveries.candidatejudgement": "recovery_id",
    "recoveries.recoveryphotograph": "recovery_id",
    "recoveries.observedmark": "recovery_id",
    "recoveries.resighting": "recovery_id",
    "tracing.trace": "recovery_id",
    "tracing.tracedecision": "trace__recovery_id",
    "tracing.tracefinding": "trace__recovery_id",
    "tracing.assignment": "recovery_id",
    "procedures.followed": "record__recovery_id",
    "procedures.step": "recovery_id",
    "procedures.closing": "recovery_id",
}
# Where the request stands that an answer is to, and its table.
REQUEST_OF = {"vetting.answer": ("vetting.vettingrequest", "request_id")}


@dataclass(frozen=True, slots=True)
class Workload:
    """What one person has and did."""

    # Sign-in name.
    person: str
    full_name: str
    waiting: int
    # Of these, those whose decision is overdue.
    late: int
    oldest: datetime | None
    # Traces that the person ended or excepted in the last seven days.
    done: int
    # When the person last decided on a trace.
    last_at: datetime | None
    # Whether the person can still do it: the account is open and has the role.
    is_able: bool = True


@dataclass(frozen=True, slots=True)
class ActDone:
    """An act of a person on records of recoveries."""

    seq: int
    at: datetime
    person: str
    act: str
    # The first recoveries that it is about.
    recoveries: tuple[int, ...]
    count: int
    # Whether it is about more recoveries than these.
    has_more: bool = False
    # Table and key of each request that it answers.
    requests: tuple[tuple[str, int], ...] = ()
    # To whom it gives recoveries; empty where it gives none.
    given_to: str = ""


@dataclass(frozen=True, slots=True)
class WaiverFilter:
    """What narrows the list of waivers; empty means any."""

    person: str = ""
    ground: TraceException | None = None
    since: date | None = None
    until: date | None = None


def workloads(*, viewer: Actor, at: datetime) -> list[Workload]:
    """Give what each person of the hub has and did, the most loaded first."""
    viewer.require("trace.supervise")
    people = accounts.people_who_may("trace.assign", viewer=viewer)
    held = {row["person"]: row for row in _held(at)}
    done = {row["decided_by"]: row for row in _done(at)}
    shown = []
    for person in {**people, **held}:
        has, did = held.get(person, {}), done.get(person, {})
        shown.append(
            Workload(
                person,
                people.get(person, ""),
                has.get("waiting", 0),
                has.get("late", 0),
                has.get("oldest"),
                did.get("done", 0),
                did.get("last_at"),
                person in people,
            )
        )
    return sorted(shown, key=lambda each: (-each.waiting, each.person))


def waiting_with(person: str, *, viewer: Actor) -> int:
    """Count what waits for a person, before the account is closed."""
    viewer.require("account.manage")
    return _open_assignments().filter(person=person).count()


def left_behind(*, viewer: Actor) -> int:
    """Count what waits for people who can no longer do it."""
    viewer.require("trace.supervise")
    able = accounts.people_who_may("trace.assign", viewer=viewer)
    return _open_assignments().exclude(person__in=able).count()


def acts_of_people(
    narrowed: audit.EntryFilter, *, viewer: Actor, at: datetime, limit: int | None = 50
) -> list[ActDone]:
    """Give what people of the hub did, newest first, with the recoveries it is about.

    Args:
        viewer: Who asks; the asking is an entry of the ledger.
    """
    viewer.require("trace.supervise")
    everybody = accounts.people_who_may("trace.assign", viewer=viewer)
    people = [one for one in everybody if narrowed.actor in {"", one}]
    rows = audit.acts_done(narrowed, people=people, viewer=viewer, at=at, limit=limit)
    seqs = [row.seq for row in rows]
    about = _recoveries_of(seqs, viewer)
    requests, given = _requests_of(seqs, viewer), _given_to(rows, viewer)
    return [
        ActDone(
            row.seq,
            row.at,
            row.actor,
            row.act,
            tuple(about.get(row.seq, ())[:MOST_LINKS]),
            sum(count for _table, _kind, count in row.subjects),
            len(about.get(row.seq, ())) > MOST_LINKS,
            tuple(requests.get(row.seq, ())),
            given.get(row.seq, ""),
        )
        for row in rows
    ]


def waivers(
    narrowed: WaiverFilter, *, viewer: Actor, limit: int | None = None
) -> list[TraceDecision]:
    """Give the decisions not to trace, the latest first.

    Source:
        MOSAIC 05.31 (exceptions on stated grounds).
    """
    rows = _waivers(narrowed, viewer).select_related("trace__recovery")
    found = list(rows.order_by("-decided_on", "-pk")[:limit])
    consultations.show_all(Recovery, (row.trace.recovery_id for row in found))
    return found


def waivers_by_ground(
    narrowed: WaiverFilter, *, viewer: Actor
) -> list[tuple[TraceException, str, int]]:
    """Count the decisions not to trace by ground and person, the most first."""
    rows = _waivers(narrowed, viewer).order_by().values_list("exception", "decided_by")
    counted = rows.annotate(number=Count("pk")).order_by("-number", "exception")
    return [(TraceException(ground), who, n) for ground, who, n in counted]


def _open_assignments() -> QuerySet[Assignment]:
    return without_closed(Assignment.objects.current().filter(~has_ended()))


def _held(at: datetime) -> Iterable[Mapping[str, Any]]:
    since = first_in_time(timezone.localdate(at))
    is_old = Q(recovery__known_at__lt=since) if since else Q(pk=None)
    late = is_old & Q(~Exists(decisions_of_row()))
    return (
        _open_assignments()
        .values("person")
        .annotate(
            waiting=Count("pk"),
            late=Count("pk", filter=late),
            oldest=Min("recovery__known_at"),
        )
    )


def _done(at: datetime) -> Iterable[Mapping[str, Any]]:
    ended = Q(known_at__gt=at - WEEK) & ~Q(standing=TraceStanding.OPEN)
    return (
        TraceDecision.objects.get_queryset()
        .values("decided_by")
        .annotate(done=Count("pk", filter=ended), last_at=Max("known_at"))
    )


def _waivers(narrowed: WaiverFilter, viewer: Actor) -> QuerySet[TraceDecision]:
    viewer.require("trace.supervise")
    asked = {
        "decided_by": narrowed.person,
        "exception": narrowed.ground.value if narrowed.ground else "",
        "decided_on__gte": narrowed.since,
        "decided_on__lte": narrowed.until,
    }
    given = {name: value for name, value in asked.items() if value}
    rows = TraceDecision.objects.visible_to(viewer)
    return rows.filter(standing=TraceStanding.EXCEPTED, **given)


def _recoveries_of(seqs: Collection[int], viewer: Actor) -> dict[int, list[int]]:
    """Give the first recoveries that each entry is about, a query for each table."""
    most = MOST_LINKS + 1
    named = audit.keys_named(seqs, RECOVERY_OF, most=most, viewer=viewer)
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for tables in named.values():
        for label, keys in tables.items():
            wanted[label].update(keys)
    found = {label: _owners(label, keys) for label, keys in wanted.items()}
    about: dict[int, list[int]] = {}
    for seq, tables in named.items():
        pairs = ((label, key) for label, keys in tables.items() for key in keys)
        ids = (found[label].get(key) for label, key in pairs)
        about[seq] = list(dict.fromkeys(pk for pk in ids if pk))[:most]
    consultations.show_all(Recovery, {pk for ids in about.values() for pk in ids})
    return about


def _requests_of(
    seqs: Collection[int], viewer: Actor
) -> dict[int, list[tuple[str, int]]]:
    named = audit.keys_named(seqs, REQUEST_OF, most=MOST_LINKS, viewer=viewer)
    found: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for label, (table, path) in REQUEST_OF.items():
        keys = {key for tables in named.values() for key in tables.get(label, ())}
        owners = _told_of(label, path, keys)
        for seq, tables in named.items():
            found[seq] += ((table, owners[key]) for key in tables.get(label, ()))
    return found


def _given_to(rows: Iterable[audit.EntryRow], viewer: Actor) -> dict[int, str]:
    """Give the person to whom each entry gives recoveries."""
    label = "tracing.assignment"
    seqs = [row.seq for row in rows if row.act == "trace.assigned"]
    named = audit.keys_named(seqs, [label], most=MOST_GIVEN, viewer=viewer)
    # The entry names the assignments that it ends too; those that it makes are newer.
    newest = {seq: max(tables[label]) for seq, tables in named.items()}
    people = _told_of(label, "person", newest.values())
    return {seq: people[key] for seq, key in newest.items()}


def _owners(label: str, keys: Iterable[int]) -> dict[int, int]:
    return _told_of(label, RECOVERY_OF[label], keys)


def _told_of(label: str, column: str, keys: Iterable[int]) -> dict[int, Any]:
    manager: Any = apps.get_model(label).objects
    rows = manager.get_queryset().filter(among("pk", keys))
    return dict(rows.values_list("pk", column))
