"""The entries of a case: by kind, one with its history, what is due, for court."""

from collections.abc import Collection

from django.db.models import Q

from armstrace.audit import consultations
from armstrace.intelligence import models as intelligence
from armstrace.investigations import rules
from armstrace.investigations.models import Case, CaseEntry
from armstrace.investigations.queries.lists import Contact, contacts, own_cases
from armstrace.records.lookups import among
from armstrace.records.versions import VersionQuerySet
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.investigations import CaseState, EntryKind

type Entry = CaseEntry
DUE_KINDS = (EntryKind.TASK, EntryKind.DEADLINE)


def entries_of(
    case_id: int, *, viewer: Actor, kinds: Collection[EntryKind] = ()
) -> list[CaseEntry]:
    """Give the standing entries of a case in the order of their numbers."""
    case = Case.objects.get_visible(case_id, viewer)
    consultations.show(Case, case.pk)
    rows = _standing(case, kinds).filter(reading_condition(viewer))
    found = list(rows.select_related("file").order_by("number"))
    consultations.show_all(CaseEntry, [row.pk for row in found])
    return found


def held_back(
    case_id: int, *, viewer: Actor, kinds: Collection[EntryKind] = ()
) -> list[Contact]:
    """Give whom to ask for the entries that their handling code keeps from a viewer.

    How many there are and what they say is not told.

    Args:
        kinds: Only of these; of all where none is said.
    """
    rows = _standing(Case.objects.get_visible(case_id, viewer), kinds)
    kept = rows.exclude(reading_condition(viewer)).order_by()
    found = contacts(kept.values_list("told_by", "source").distinct(), viewer)
    return list(found.values())


def entry_history(case_id: int, number: int, *, viewer: Actor) -> list[CaseEntry]:
    """Give the versions of one entry, the latest first.

    Raises:
        RuleBroken: ``IV-06``, the case has no such entry; ``IV-28``, its handling
            code keeps it from these eyes.
    """
    case = Case.objects.get_visible(case_id, viewer)
    consultations.show_opened(Case, case.pk)
    rows = CaseEntry.objects.filter(case=case, number=number)
    rules.IN_CASE.require((str(number), case.reference, rows.exists()))
    require_readable(rows.get(superseded_at=None), viewer)
    found = rows.filter(reading_condition(viewer)).select_related("file")
    return list(found.order_by("-known_at", "-pk"))


def due_entries(*, viewer: Actor, most: int = 200) -> list[CaseEntry]:
    """Give the open tasks and deadlines of a person's cases, the earliest first.

    Somebody's own tasks, those of nobody, and the deadlines of the cases of which
    the viewer is a member. A deadline of a court outlasts the case that names it, so
    that those of closed cases are among them until somebody ends them.
    """
    cases = list(own_cases(viewer).values_list("pk", flat=True))
    if not cases:
        return []
    rows = _due().filter(among("case_id", cases), person__in=("", viewer.name))
    rows = rows.filter(reading_condition(viewer))
    found = list(rows.select_related("case").order_by("due_on", "pk")[:most])
    consultations.show_all(Case, {row.case_id for row in found})
    return found


def _due() -> VersionQuerySet[CaseEntry]:
    """Give the tasks and deadlines that nobody has ended."""
    rows = CaseEntry.objects.current()
    return rows.filter(kind__in=DUE_KINDS, done_on=None, is_withdrawn=False)


def open_work_of(person: str, *, viewer: Actor) -> tuple[int, int]:
    """Count the open cases that a person leads, and the person's tasks in such cases.

    That there is a sealed case is told to its members alone.
    """
    viewer.require("account.manage")
    cases = Case.objects.get_queryset().filter(state=CaseState.OPEN, is_sealed=False)
    due = _due().filter(case__in=cases, person=person)
    return cases.filter(lead=person).count(), due.count()


def open_entries(case_id: int, *, viewer: Actor) -> list[CaseEntry]:
    """Give the open tasks and deadlines of a case, in the order of their numbers."""
    found = entries_of(case_id, viewer=viewer, kinds=DUE_KINDS)
    return [each for each in found if each.done_on is None]


def court_entries(case_id: int, *, viewer: Actor) -> list[CaseEntry]:
    """Give the entries of a case as they may be printed for court.

    Raises:
        RuleBroken: ``IV-26``, an entry may not be used in court.

    Source:
        Europol handling codes (Council document 6261/18): H1.
    """
    case = Case.objects.get_visible(case_id, viewer)
    standing = CaseEntry.objects.current().filter(case=case, is_withdrawn=False)
    told = standing.order_by("number").values_list("number", "handling", "permission")
    kept_back = tuple(
        str(number)
        for number, handling, permission in told
        if rules.needs_permission(handling, permission)
    )
    rules.FOR_COURT.require((case.reference, kept_back))
    return entries_of(case_id, viewer=viewer)


def require_readable(entry: CaseEntry, viewer: Actor) -> None:
    """Refuse an entry that its handling code keeps from a viewer.

    Raises:
        RuleBroken: ``IV-28``.
    """
    rows = CaseEntry.objects.filter(reading_condition(viewer), pk=entry.pk)
    facts = (str(entry.number), f"{entry.told_by}, {entry.source}", rows.exists())
    rules.READABLE.require(facts)


def _standing(case: Case, kinds: Collection[EntryKind]) -> VersionQuerySet[CaseEntry]:
    rows = CaseEntry.objects.current().filter(case=case, is_withdrawn=False)
    return rows.filter(kind__in=kinds) if kinds else rows


def reading_condition(viewer: Actor) -> Q:
    """Keep what its handling code lets a viewer read, or its provider permitted."""
    kept = intelligence.handling_condition(viewer, "case__agency")
    return kept | ~Q(permission="") | Q(told_by=viewer.name)
