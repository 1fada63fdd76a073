"""Arms that somebody looks for, so that no notice of the trade lets them go."""

from collections import defaultdict
from collections.abc import Collection

from armstrace.audit import declarations
from armstrace.records.lookups import among
from armstrace.registry.arms_by_marks import may_be_one
from armstrace.registry.models import ArmJoin, ArmRecord
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
    own = {
        row.arm_id: row
        for row in records.filter(among("arm_id", arm_ids))
        if row.serial_search
    }
    serials = {row.serial_search for row in own.values()}
    reported = records.filter(among("serial_search", serials)).select_related("arm")
    alike: dict[str, list[ArmRecord]] = defaultdict(list)
    for row in reported:
        # Asked here, it misleads no plan.
        if row.arm.basis == ArmBasis.LOSS_REPORT and row.arm.state in MISSING:
            alike[row.serial_search].append(row)
    pairs = {
        (other.arm_id, arm)
        for arm, row in own.items()
        for other in alike.get(row.serial_search, ())
        if may_be_one(other.__dict__, row.__dict__)
    }
    decided = ArmJoin.objects.current().filter(
        among("report_arm_id", {report for report, _ in pairs})
    )
    pairs -= set(decided.values_list("report_arm_id", "arm_id"))
    return {arm for _, arm in pairs}
