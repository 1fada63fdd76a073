"""One case with all that is in it."""

from dataclasses import dataclass
from typing import Any

from armstrace.accounts import queries as accounts
from armstrace.audit import consultations
from armstrace.custody.queries import items
from armstrace.investigations import rules
from armstrace.investigations.models import (
    Case,
    CaseChange,
    CaseMember,
    CaseOutcome,
    CaseRecovery,
)
from armstrace.investigations.queries.facts import TimeRow, timeline
from armstrace.vocabulary.actors import Actor


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case with its members, what was recovered in it, and what was done."""

    case: Case
    members: tuple[CaseMember, ...]
    # What was recovered, in the order of its numbers.
    items: tuple[items.Item, ...]
    # What was done with the case as a whole, the latest first.
    changes: tuple[CaseChange, ...]
    # How it ended, each time that it was closed.
    outcomes: tuple[CaseOutcome, ...]


def case_page(case_id: int, *, viewer: Actor) -> CasePage:
    """Give one case."""
    case = Case.objects.get_visible(case_id, viewer)
    consultations.show_opened(Case, case.pk)
    held = CaseRecovery.objects.current().filter(case=case)
    described = items.describe(held.values_list("recovery_id", flat=True))
    members = CaseMember.objects.current().filter(case=case)
    return CasePage(
        case=case,
        members=tuple(members.order_by("person")),
        items=tuple(described[key] for key in sorted(described)),
        changes=tuple(case.changes.order_by("-known_at", "-pk")),
        outcomes=tuple(
            CaseOutcome.objects.filter(case=case)
            .prefetch_related("lessons")
            .order_by("-known_at", "-pk")
        ),
    )


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A recovered item as the case that it is in holds it, without the person."""

    case: Case
    item: items.Item
    # What is known of it now.
    record: Any
    # What the records say of it and of its registered arm.
    life: tuple[TimeRow, ...]


def case_item(case_id: int, recovery_id: int, *, viewer: Actor) -> CaseItem:
    """Give a recovered item to who sees the case, whatever else they see.

    Raises:
        RuleBroken: ``IV-06``, it is not in the case.

    Source:
        Directive (EU) 2016/680, art. 4, para. 1: no wider than the purpose needs.
    """
    case = Case.objects.get_visible(case_id, viewer)
    consultations.show_opened(Case, case.pk)
    held = CaseRecovery.objects.current().filter(case=case, recovery__pk=recovery_id)
    rules.IN_CASE.require((f"R{recovery_id}", case.reference, held.exists()))
    item = items.describe([recovery_id])[recovery_id]
    rows = items.TABLES[item.kind].objects.current().select_related("recovery")
    record = rows.get(recovery=recovery_id)
    record.taken_from = ""  # personal data: read through ``taken_from`` alone
    life = timeline(case_id, viewer=viewer)
    return CaseItem(
        case, item, record, tuple(one for one in life if one.item == recovery_id)
    )


def colleagues(*, viewer: Actor) -> dict[str, str]:
    """Give the full names of those who work on cases, by sign-in name."""
    return accounts.people_who_may("case.view", viewer=viewer)
