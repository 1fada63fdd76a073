"""When an arm was recovered last, which is all that the register asks."""

from datetime import date

from armstrace.recoveries.models import CandidateJudgement, RecoveryRecord
from armstrace.vocabulary.tracing import Judgement


def of_arm(arm_id: int) -> tuple[str, date] | None:
    """Give the number and last day of the latest recovery that people say is an arm."""
    said = CandidateJudgement.objects.current().filter(
        arm_id=arm_id, judgement=Judgement.SAME.value
    )
    records = RecoveryRecord.objects.current().filter(
        recovery__in=said.values("recovery_id")
    )
    days = [
        (each.recovered_until or each.recovered_on, each.recovery_id)
        for each in records
    ]
    if not days:
        return None
    day, recovery_id = max(days)
    return f"R{recovery_id}", day
