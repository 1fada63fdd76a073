"""When arms were recovered last, which is all that the register asks."""

from collections.abc import Collection
from datetime import date

from armstrace.records.lookups import among
from armstrace.recoveries.models import CandidateJudgement, RecoveryRecord


def of_arms(arm_ids: Collection[int]) -> dict[int, tuple[str, date]]:
    """Give number and last day of the latest recovery that people say is each arm."""
    same = CandidateJudgement.objects.same().filter(among("arm_id", arm_ids))
    said = list(same.values_list("recovery_id", "arm_id"))
    records = RecoveryRecord.objects.current().filter(
        among("recovery_id", [recovery for recovery, _ in said])
    )
    days = {each.recovery_id: each.recovered.last for each in records}
    told = sorted((days[key], key, arm) for key, arm in said if key in days)
    return {arm: (f"R{recovery}", day) for day, recovery, arm in told}
