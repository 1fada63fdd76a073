"""Lists of cases, what is in which, who touches the same, and whom to call."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from armstrace.accounts import queries as accounts
from armstrace.audit import consultations
from armstrace.investigations.models import Case, CaseRecovery, Overlap, cases_of
from armstrace.records.lookups import among, page_of
from armstrace.records.versions import VersionQuerySet
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.investigations import Aim, CaseState, OverlapKind
from armstrace.vocabulary.paging import Page, PageRequest

MOST_OVERLAPS = 20
REFERENCE = re.compile(r"[Cc]?([1-9][0-9]{0,17})")


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What narrows a list of cases.

    Args:
        text: Number of the case or of the main one, or part of the title.
        state: Whether it is open.
        aim: One of the aims that it has.
        agency: Code of the agency whose case it is.
        is_mine: Whether only cases are shown of which the viewer is a member.
    """

    text: str = ""
    state: CaseState | None = None
    aim: Aim | None = None
    agency: str = ""
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    case: Case
    items: int


def case_rows(where: CaseFilter, *, viewer: Actor, page: PageRequest) -> Page[CaseRow]:
    """Give one page of cases, the latest first."""
    now = Q(items__superseded_at=None, items__isnull=False)
    found = page_of(_filter(where, viewer).order_by("-known_at", "-pk"), page)
    counted = dict(
        Case.objects.filter(pk__in=[case.pk for case in found.rows])
        .annotate(held=Count("items", filter=now))
        .values_list("pk", "held")
    )
    consultations.show_all(Case, counted)
    return found.showing([CaseRow(case, counted[case.pk]) for case in found.rows])


def own_cases(viewer: Actor) -> QuerySet[Case]:
    """Give the cases of which the viewer is a member."""
    return Case.objects.visible_to(viewer).filter(pk__in=cases_of(viewer.name))


def _filter(where: CaseFilter, viewer: Actor) -> QuerySet[Case]:
    rows = Case.objects.visible_to(viewer)
    text = consultations.note_search(where.text)
    if text:
        named = Q(title__icontains=text) | Q(main_case=text)
        if number := REFERENCE.fullmatch(text):
            named |= Q(pk=int(number[1]))
        rows = rows.filter(named)
    if where.state is not None:
        rows = rows.filter(state=where.state)
    if where.aim is not None:
        rows = rows.filter(aims__icontains=f'"{where.aim.value}"')
    if where.agency:
        rows = rows.filter(agency=where.agency)
    if where.is_mine:
        rows = rows.filter(pk__in=cases_of(viewer.name))
    return rows


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call, and where.

    Args:
        person: Sign-in name; empty where nobody is named.
        agency: Code of the agency.
    """

    person: str
    agency: str
    agency_name: str
    telephone: str


def contacts(
    named: Iterable[tuple[str, str]], viewer: Actor
) -> dict[tuple[str, str], Contact]:
    """Give who is called of some people and their agencies."""
    wanted = sorted(set(named))
    agencies = {agency for _, agency in wanted}
    known = accounts.agency_contacts(agencies, viewer=viewer)
    return {
        (person, code): Contact(person, code, *known.get(code, (code, "")))
        for person, code in wanted
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapRow(Contact):
    """Another unit that touches the same, and whom to call there.

    Args:
        case_id: The case that is told of it.
        own: What it is in this case: an item as R12, or the number of an entry.
        is_ours: Whether this case asked; else the other one did.
        asked_at: When it was asked.
    """

    case_id: int
    kind: OverlapKind
    own: str
    is_ours: bool
    asked_at: datetime


def overlaps_of(case_id: int, *, viewer: Actor) -> list[OverlapRow]:
    """Give the other units of a case, the latest first."""
    case = Case.objects.get_visible(case_id, viewer)
    return _rows([case.pk], viewer)


def own_overlaps(*, viewer: Actor) -> list[OverlapRow]:
    """Give the other units of the open cases of which the viewer is a member."""
    rows = own_cases(viewer).filter(state=CaseState.OPEN)
    cases = list(rows.values_list("pk", flat=True))
    return _rows(cases, viewer)[:MOST_OVERLAPS] if cases else []


def _rows(case_ids: list[int], viewer: Actor) -> list[OverlapRow]:
    """Read both sides; a case that is sealed now is told of to nobody else."""
    asked = _of_side(Q(case__in=case_ids, other__is_sealed=False), "other")
    held = _of_side(Q(other__in=case_ids, case__is_sealed=False), "case")
    sides = [
        *((row, row.case_id, row.own, True) for row in asked),
        *((row, row.other_id, row.theirs, False) for row in held),
    ]
    whom = contacts(
        ((row.lead, row.agency) for row, *_ in sides),  # type: ignore[attr-defined]
        viewer,
    )
    found = [
        OverlapRow(
            case_id=case_id,
            kind=OverlapKind(row.kind),
            own=own,
            **asdict(whom[row.lead, row.agency]),  # type: ignore[attr-defined]
            is_ours=is_ours,
            asked_at=row.known_at,
        )
        for row, case_id, own, is_ours in sides
    ]
    return sorted(found, key=lambda row: row.asked_at, reverse=True)


def _of_side(condition: Q, far: str) -> QuerySet[Overlap]:
    whom = {"agency": F(f"{far}__agency"), "lead": F(f"{far}__lead")}
    rows = Overlap.objects.filter(condition).annotate(**whom)
    # Whoever leads both cases has nobody to call.
    own = Q(case__agency=F("other__agency"), case__lead=F("other__lead"))
    return rows.exclude(own & ~Q(case__lead="")).order_by("-pk")


def in_open_view() -> VersionQuerySet[CaseRecovery]:
    """Give what is in cases now that are not sealed; it has no viewer either."""
    return CaseRecovery.objects.current().filter(case__is_sealed=False)


def cases_by_recovery(recovery_ids: Collection[int]) -> dict[int, list[int]]:
    """Give the cases that recovered items are in now, but for the sealed ones.

    It has no viewer and is for the bookkeeping of standing procedures alone: that a
    step is done. A sealed case does no step: who is no member would read in it that
    there is one. Pages ask ``cases_of_recovery``.

    Args:
        recovery_ids: The recovered items; those in no case are left out.

    Source:
        Background paper (Vienna, 2018), ¶62 (share with a parallel investigation).
    """
    rows = in_open_view().filter(among("recovery_id", recovery_ids))
    found: dict[int, list[int]] = defaultdict(list)
    for recovery, case in rows.order_by("case_id").values_list("recovery_id", "case"):
        found[recovery].append(case)
    return dict(found)


def cases_beside(case: Case, *, viewer: Actor) -> list[tuple[str, str]]:
    """Give the items of a case that are in other cases too, for these eyes.

    Returns:
        The number of the item and that of the other case, in the order of items.
    """
    own = CaseRecovery.objects.current().filter(case=case)
    ids = own.values("recovery_id")
    seen = Case.objects.visible_to(viewer).exclude(pk=case.pk)
    both = CaseRecovery.objects.current().filter(recovery_id__in=ids, case__in=seen)
    rows = list(both.select_related("case").order_by("recovery_id", "case_id"))
    consultations.show_all(Case, [each.case_id for each in rows])
    return [(f"R{each.recovery_id}", each.case.reference) for each in rows]


@dataclass(frozen=True, slots=True)
class Holding:
    """That a recovered item is in a case already."""

    # Number of the item, such as R12.
    item: str
    # None where the viewer may not see it.
    case: Case | None
    # Whom to ask about one that is not shown.
    whom: Contact


def cases_holding(recovery_ids: Collection[int], *, viewer: Actor) -> list[Holding]:
    """Say which cases hold recovered items already, or whom to ask where not which.

    Of a sealed case nobody but its members learns.
    """
    reach = Recovery.objects.visible_to(viewer).filter(among("pk", recovery_ids))
    rows = CaseRecovery.objects.current().filter(recovery__in=reach)
    rows = rows.select_related("case").order_by("recovery_id", "case_id")
    seen = {
        case.pk: case
        for case in Case.objects.visible_to(viewer).filter(
            pk__in=rows.order_by().values("case")
        )
    }
    told = [row for row in rows if row.case_id in seen or not row.case.is_sealed]
    consultations.show_all(Case, {row.case_id for row in told})
    whom = contacts(((row.case.lead, row.case.agency) for row in told), viewer)
    return [
        Holding(
            f"R{row.recovery_id}",
            seen.get(row.case_id),
            whom[row.case.lead, row.case.agency],
        )
        for row in told
    ]


def cases_of_recovery(recovery_id: int, *, viewer: Actor) -> list[Case]:
    """Give the cases of a recovered item that are there for these eyes."""
    if not viewer.may("case.view"):
        return []
    named = CaseRecovery.objects.current().filter(recovery_id=recovery_id)
    cases = set(named.values_list("case_id", flat=True))
    if not cases:  # as of nearly every one
        return []
    rows = Case.objects.visible_to(viewer).filter(pk__in=cases)
    return list(rows.order_by("-known_at"))
