"""When an arm was recovered last, which is all that the register asks."""

from datetime import date

from armstrace.recoveries.models import CandidateJudgement, RecoveryRecord


def of_arm(arm_id: int) -> tuple[str, date] | None:
    """Give the number and last day of the latest recovery that people say is an arm."""
    said = CandidateJudgement.objects.same().filter(arm_id=arm_id)
    records = RecoveryRecord.objects.current().filter(
        recovery__in=said.values("recovery_id")
    )
    last = max(records, key=lambda each: each.recovered.last, default=None)
    return (f"R{last.recovery_id}", last.recovered.last) if last else None
