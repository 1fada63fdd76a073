"""The traces that wait today, and the next of each kind."""

from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from armstrace.tracing import queries as tracing
from armstrace.vocabulary.actors import Actor
from armstrace.web.templatetags.formatting import thin
from armstrace.web.today.work import Act, Queue, Task, task

NEXT = 5
DECISIONS = ("open", "close", "except", "confirm")


def acts(viewer: Actor) -> list[Act]:
    """Give what a supervisor begins."""
    if not viewer.may("trace.supervise"):
        return []
    return [Act(gettext("Workload"), reverse("workload"))]


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count the traces that wait."""
    if not decides(viewer):
        return []
    found = _decisions(tracing.waiting(viewer=viewer, today=today))
    return [*_own(viewer), *found, *_left_behind(viewer)]


def _own(viewer: Actor) -> list[Task]:
    if not viewer.may("trace.assign"):
        return []
    counts = tracing.work_counts(viewer=viewer)
    both = gettext(
        "These are also counted under “without a decision” or “open traces”."
    )
    own = [
        task(
            ("waiting", counts.own),
            gettext("in my queue"),
            gettext("Start with the oldest"),
            reverse("work-queue"),
        ),
        task(
            ("waiting", counts.free),
            gettext("unassigned"),
            gettext("Take"),
            reverse("work-queue") + "?whose=free",
        ),
    ]
    return [replace(each, note=both) for each in own]


def _left_behind(viewer: Actor) -> list[Task]:
    """Count what nobody does, as the account was closed or has another role."""
    count = viewer.may("trace.supervise") and tracing.left_behind(viewer=viewer)
    if not count:
        return []
    said = gettext("assigned to people who can no longer act")
    return [task(("overdue", count), said, gettext("Reassign"), reverse("workload"))]


def decides(viewer: Actor) -> bool:
    """Tell whether this person decides on traces; others only read them."""
    return any(viewer.may(f"trace.{act}") for act in DECISIONS)


def _decisions(waiting: tracing.Waiting) -> list[Task]:
    narrowed = reverse("recoveries") + "?stands="
    undecided = task(
        ("waiting", waiting.undecided),
        gettext("recoveries without a decision"),
        gettext("Decide"),
        narrowed + "UNDECIDED",
    )
    proposed = task(
        ("waiting", waiting.proposed),
        gettext("proposed points of diversion"),
        gettext("Review"),
        reverse("traces") + "?standing=PROPOSED",
    )
    return [
        _with_overdue(undecided, waiting),
        proposed,
        task(
            ("", waiting.open_traces),
            ngettext("open trace", "open traces", waiting.open_traces),
            gettext("Continue"),
            reverse("traces") + "?standing=OPEN",
        ),
        task(
            ("overdue", waiting.seen_before),
            gettext("repeat recoveries"),
            gettext("View the arms"),
            narrowed + "SEEN_BEFORE",
        ),
    ]


def _with_overdue(task: Task, waiting: tracing.Waiting) -> Task:
    if not waiting.overdue or waiting.due_days is None:
        return task
    told = ngettext(
        "%(count)s overdue: more than %(days)s day after the record",
        "%(count)s overdue: more than %(days)s days after the record",
        waiting.due_days,
    ) % {"count": thin(waiting.overdue), "days": waiting.due_days}
    address = reverse("recoveries") + "?stands=OVERDUE"
    return replace(task, meaning="overdue", late=told, late_address=address)


def queues(viewer: Actor, today: date) -> tuple[Queue, ...]:
    """Give the next few recoveries of each kind of work."""
    if not decides(viewer):
        return ()
    wanted: tuple[tuple[tracing.Standing, str, str], ...] = (
        (
            tracing.Standing.PROPOSED,
            gettext("Points of diversion to confirm"),
            gettext(
                "Nothing has been proposed. Tracing in own records brings proposals."
            ),
        ),
        (
            tracing.Standing.SEEN_BEFORE,
            gettext("Recovered before"),
            gettext("No recovered arm has the marks of an earlier one."),
        ),
        (
            tracing.Standing.UNDECIDED,
            gettext("Longest on record without a decision"),
            gettext("Every recovery has a decision."),
        ),
    )
    if not viewer.may("trace.confirm"):
        wanted = wanted[1:]
    if not viewer.may("trace.assign"):
        return tuple(_queue(viewer, today, *each) for each in wanted)
    shared = tuple(_queue(viewer, today, *each) for each in wanted[:-1])
    return (_own_queue(viewer, today), *shared)


def _own_queue(viewer: Actor, today: date) -> Queue:
    rows = tracing.own_work(viewer=viewer, limit=NEXT, today=today)
    address = reverse("work-queue") + ("" if rows else "?whose=free")
    return Queue(
        gettext("My queue, oldest first"),
        tuple(rows),
        address,
        gettext("You have no items."),
        gettext("Take an unassigned one"),
    )


def _queue(
    viewer: Actor, today: date, standing: tracing.Standing, name: str, empty: str
) -> Queue:
    rows = tracing.first_of(standing, viewer=viewer, limit=NEXT, today=today)
    address = reverse("recoveries") + f"?stands={standing.value}"
    return Queue(name, tuple(rows), address, empty)
