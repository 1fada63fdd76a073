"""Arms that somebody looks for, so that no notice of the trade lets them go."""

from collections.abc import Collection

from armstrace.audit import declarations
from armstrace.records.lookups import among
from armstrace.registry.arms_by_marks import pairs_undecided
from armstrace.registry.models import ArmRecord
from armstrace.vocabulary.arms import MISSING, ArmBasis


def sought(arm_ids: Collection[int]) -> set[int]:
    """Give those of some arms that somebody looks for."""
    asked = declarations.functions(lambda app: app.sought)
    return set[int]().union(*(of_arms(arm_ids) for of_arms in asked))


def known_by_report(arm_ids: Collection[int]) -> set[int]:
    """Give arms that may be one with an arm missing by a report alone.

    Nobody decided yet whether the two are one.
    """
    records = ArmRecord.objects.current()
    own = [row for row in records.filter(among("arm_id", arm_ids)) if row.serial_search]
    serials = {row.serial_search for row in own}
    bearing = records.filter(among("serial_search", serials)).select_related("arm")
    reported = [
        row
        for row in bearing  # asked here, it misleads no plan
        if row.arm.basis == ArmBasis.LOSS_REPORT and row.arm.state in MISSING
    ]
    return {row.arm_id for _, row in pairs_undecided(reported, own)}
