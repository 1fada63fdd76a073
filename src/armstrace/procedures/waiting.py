"""Recoveries whose steps nobody brought up to date yet."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from armstrace.ballistics.models import BallisticMark
from armstrace.investigations.models import CaseRecovery
from armstrace.procedures.models import Followed, Step
from armstrace.records.versions import VersionQuerySet
from armstrace.recoveries.models import CandidateJudgement, RecoveryRecord
from armstrace.tracing.models import TraceDecision
from armstrace.vocabulary.procedures import UNDONE, StepAnswer
from armstrace.vocabulary.tracing import Judgement, TraceStanding


def never_followed() -> VersionQuerySet[RecoveryRecord]:
    """Give the recovered arms that have no steps yet, or those of an older version.

    It has no viewer: its count and numbers are shown to nobody.
    """
    same = Followed.objects.filter(record_id=OuterRef("pk"))
    return RecoveryRecord.objects.current().filter(~Exists(same))


def unfollowed() -> list[int]:
    """Give the recoveries to follow: new, corrected, or answered by a record since."""
    fresh = never_followed().order_by().values_list("recovery_id", flat=True)
    answered = _answered().order_by().values_list("recovery_id", flat=True)
    return sorted({*fresh, *answered})


def _answered() -> QuerySet[Step]:
    """Give the undone steps that a record answers."""
    decided = TraceDecision.objects.current().filter(
        trace__recovery_id=OuterRef("recovery_id")
    )
    ended = decided.exclude(standing=TraceStanding.OPEN.value)
    same = CandidateJudgement.objects.current().filter(
        recovery_id=OuterRef("recovery_id"), judgement=Judgement.SAME.value
    )
    marks = BallisticMark.objects.filter(recovery_id=OuterRef("recovery_id"))
    cases = CaseRecovery.objects.current().filter(recovery_id=OuterRef("recovery_id"))
    undone = Step.objects.current().filter(state__in=UNDONE)
    return undone.filter(
        (Q(answer=StepAnswer.TRACE.value) & Exists(decided))
        | (Q(answer=StepAnswer.ORIGIN.value) & Exists(ended))
        | (Q(answer=StepAnswer.IDENTIFICATION.value) & Exists(same))
        | (Q(answer=StepAnswer.BALLISTICS.value) & Exists(marks))
        | (Q(answer=StepAnswer.CASE.value) & Exists(cases))
    )
