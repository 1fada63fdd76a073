"""Which recovered items are in which cases."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from armstrace.audit import consultations
from armstrace.investigations.models import Case, CaseRecovery
from armstrace.investigations.queries.lists import Contact, contacts
from armstrace.records.lookups import among
from armstrace.records.versions import VersionQuerySet
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.actors import Actor


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
