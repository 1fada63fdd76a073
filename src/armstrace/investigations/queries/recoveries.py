"""Which recovered items are in which cases."""

from collections import defaultdict
from collections.abc import Collection

from armstrace.investigations.models import Case, CaseRecovery
from armstrace.records.lookups import among
from armstrace.vocabulary.actors import Actor


def cases_by_recovery(recovery_ids: Collection[int]) -> dict[int, list[int]]:
    """Give the cases that recovered items are in now, sealed ones among them.

    It has no viewer and is for the bookkeeping of standing procedures alone: that a
    step is done. What it gives is shown to nobody; pages ask ``cases_of_recovery``.

    Args:
        recovery_ids: The recovered items; those in no case are left out.

    Source:
        Background paper (Vienna, 2018), ¶62 (share with a parallel investigation).
    """
    rows = CaseRecovery.objects.current().filter(among("recovery_id", recovery_ids))
    found: dict[int, list[int]] = defaultdict(list)
    for recovery, case in rows.order_by("case_id").values_list("recovery_id", "case"):
        found[recovery].append(case)
    return dict(found)


def cases_of_recovery(recovery_id: int, *, viewer: Actor) -> list[Case]:
    """Give the cases of a recovered item that are there for these eyes."""
    if not viewer.may("case.view"):
        return []
    named = CaseRecovery.objects.current().filter(recovery_id=recovery_id)
    rows = Case.objects.visible_to(viewer).filter(pk__in=named.values("case"))
    return list(rows.order_by("-known_at"))
