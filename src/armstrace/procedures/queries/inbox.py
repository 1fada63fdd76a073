"""The inbox of open steps: what is due, own first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from armstrace.audit import stamps
from armstrace.procedures.models import Step
from armstrace.procedures.queries.steps import StepShown, shown
from armstrace.records.lookups import among, counts_of, page_of
from armstrace.recoveries import queries as recoveries
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.procedures import StepAnswer, StepStanding

DUE = ("due_on", "recovery_id", "position")


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What narrows the inbox; empty means any.

    Args:
        agency: Of this agency.
        role: For this role.
        code: Only this step.
        is_late: Only what is overdue.
        is_asked: Only what somebody asks to waive.
        is_for_viewer: Only what neither the viewer nor the viewer's role asks or does.
        state: Only those that stand so; the open ones where it is not said.
        answer: Only steps that such a record answers.
    """

    agency: str = ""
    role: Role | None = None
    code: str = ""
    is_late: bool = False
    is_asked: bool = False
    is_for_viewer: bool = False
    state: StepStanding = StepStanding.OPEN
    answer: StepAnswer | None = None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One open step with the arm that it is about."""

    step: StepShown
    recovery: recoveries.RecoveryRow


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How many open steps wait; counts stop at ``COUNTED``."""

    # Of the viewer's role, that can be begun.
    own: int
    # Of these, what is overdue.
    own_late: int
    # What somebody asks the viewer to waive.
    asked: int
    # What is asked and waits for another person than the viewer.
    asked_others: int
    # How many are overdue with each agency, the most first, for who may waive.
    late: tuple[tuple[str, int], ...]


def inbox(
    asked: InboxFilter, *, viewer: Actor, page: PageRequest, today: date
) -> Page[InboxRow]:
    """Give one page of open steps: those of the viewer's role first, then by day."""
    rows = _narrow(asked, viewer, today).prefetch_related("version")
    is_open = asked.state is StepStanding.OPEN
    rows = rows.order_by(*(DUE if is_open else ("-pk",)))
    key = ("steps", viewer.agencies("step.view"), asked, today)
    own = Q(role=viewer.role.value) if is_open else None
    found = page_of(rows, page, asked=key, ahead=own)
    return found.showing(_with_arms(found.rows, viewer, today))


def inbox_counts(*, viewer: Actor, today: date) -> InboxCounts:
    """Count the open steps that wait for a person."""
    asked = ("inbox", viewer.agencies("step.view"), viewer.role, viewer.name, today)
    narrowed = [InboxFilter(role=viewer.role, is_late=late) for late in (False, True)]
    own, own_late = counts_of(
        asked, lambda: [_narrow(each, viewer, today) for each in narrowed]
    )
    if not viewer.may("step.waive"):
        return InboxCounts(own, own_late, 0, 0, ())
    return stamps.kept(
        ("waivers", *asked), lambda: _with_others(own, own_late, viewer, today)
    )


def _with_others(own: int, own_late: int, viewer: Actor, today: date) -> InboxCounts:
    """Count what is asked of a supervisor and what is late, by one reading."""
    is_asked = Q(asked_by__gt="")
    is_own = Q(asked_by=viewer.name) | Q(role=viewer.role.value)
    rows = _narrow(InboxFilter(), viewer, today).order_by()
    found = rows.values_list("agency").annotate(
        late=Count("pk", filter=Q(due_on__lt=today)),
        mine=Count("pk", filter=is_asked & ~is_own),
        others=Count("pk", filter=is_asked & is_own),
    )
    counted = sorted(found, key=lambda each: (-each[1], each[0]))
    late = tuple((agency, number) for agency, number, *_rest in counted if number)
    mine, others = (sum(each[place] for each in counted) for place in (2, 3))
    return InboxCounts(own, own_late, mine, others, late)


@dataclass(frozen=True, slots=True)
class InboxChoices:
    """What the inbox can be narrowed to: agencies, and steps by what they ask."""

    agencies: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]


def inbox_choices(*, viewer: Actor) -> InboxChoices:
    """Give the agencies and steps of what is open."""
    seen = viewer.agencies("step.view")

    def made() -> InboxChoices:
        rows = Step.objects.current().visible_to(viewer)
        rows = rows.filter(state=StepStanding.OPEN.value).order_by()
        agencies = sorted(set(rows.values_list("agency", flat=True).distinct()))
        one_of_each = dict(rows.order_by("code", "-pk").values_list("code", "pk"))
        asked = Step.objects.filter(pk__in=one_of_each.values())
        steps = {
            each.code: each.version.procedure.by_code[each.code].words
            for each in asked.select_related("version").order_by("position")
        }
        return InboxChoices(tuple(agencies), tuple(steps.items()))

    return stamps.kept(("inbox choices", seen), made)


def _narrow(asked: InboxFilter, viewer: Actor, today: date) -> QuerySet[Step]:
    names = ("agency", "role", "code", "answer")
    said = {name: getattr(asked, name) for name in names}
    narrowed = Q(**{name: value for name, value in said.items() if value})
    if asked.is_late:
        narrowed &= Q(due_on__lt=today)
    if asked.is_asked:
        narrowed &= Q(asked_by__gt="")
    if asked.is_for_viewer:
        narrowed &= ~Q(asked_by=viewer.name) & ~Q(role=viewer.role.value)
    rows = Step.objects.current().visible_to(viewer)
    return rows.filter(narrowed, state=asked.state.value)


def _with_arms(rows: object, viewer: Actor, today: date) -> list[InboxRow]:
    steps = list(rows)  # type: ignore[call-overload]
    ids = {each.recovery_id for each in steps}
    records = RecoveryRecord.objects.current().visible_to(viewer)
    found = recoveries.for_list(records.filter(among("recovery_id", ids)))
    arms = {each.recovery_id: recoveries.recovery_row(each) for each in found}
    return [
        InboxRow(each, arms[each.recovery_id])
        for each in shown(steps, (), viewer=viewer, today=today)
        if each.recovery_id in arms
    ]
