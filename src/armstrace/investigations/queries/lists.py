"""Lists of cases."""

import re
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from armstrace.audit import consultations
from armstrace.investigations.models import Case, cases_of
from armstrace.records.lookups import page_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.investigations import Aim, CaseState
from armstrace.vocabulary.paging import Page, PageRequest

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
    """One case in a list."""

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


def own_cases(viewer: Actor) -> list[int]:
    """Give the keys of the open cases of which the viewer is a member."""
    rows = Case.objects.visible_to(viewer)
    rows = rows.filter(pk__in=cases_of(viewer.name), state=CaseState.OPEN)
    return list(rows.values_list("pk", flat=True))


def _filter(where: CaseFilter, viewer: Actor) -> QuerySet[Case]:
    rows = Case.objects.visible_to(viewer)
    text = where.text.strip()
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
