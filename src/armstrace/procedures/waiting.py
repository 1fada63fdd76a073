"""What waits: recoveries whose steps nobody brought up to date, and open steps."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from armstrace.analysis.procedures.procedure import Procedure
from armstrace.ballistics.models import BallisticMark
from armstrace.investigations.models import CaseRecovery
from armstrace.investigations.queries.lists import in_open_view
from armstrace.procedures import facts
from armstrace.procedures.models import Followed, ProcedureVersion, Step
from armstrace.records.lookups import among
from armstrace.records.versions import VersionQuerySet
from armstrace.recoveries.models import CandidateJudgement, RecoveryRecord
from armstrace.tracing.models import TraceDecision
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.procedures import UNDONE, StepAnswer, StepStanding
from armstrace.vocabulary.tracing import TraceStanding


def never_followed() -> VersionQuerySet[RecoveryRecord]:
    """Give the recovered arms that have no steps yet, or those of an older version.

    It has no viewer: its count and numbers are shown to nobody.
    """
    same = Followed.objects.filter(record_id=OuterRef("pk"))
    return RecoveryRecord.objects.current().filter(~Exists(same))


def to_follow() -> list[int]:
    """Give the recoveries to follow: new, or of which more is known since."""
    fresh = never_followed().order_by().values_list("recovery_id", flat=True)
    answered = _with_answer().order_by().values_list("recovery_id", flat=True)
    gone = _taken_out().order_by().values_list("recovery_id", flat=True)
    return sorted({*fresh, *answered, *gone, *_recoveries_lacking_steps()})


def beside(recovery_ids: Collection[int], most: int, at: datetime) -> set[int]:
    """Give the other arms of the same cases, the latest first: one more asks more.

    It has no viewer: what it gives is followed and shown to nobody.

    Args:
        at: What became known later has no steps yet.
    """
    rows = RecoveryRecord.objects.current().filter(known_at__lte=at)
    own = rows.filter(among("recovery_id", recovery_ids)).exclude(case_number="")
    cases = set(own.order_by().values_list("agency", "case_number"))
    same = rows.filter(among("case_number", {number for _, number in cases}))
    columns = ("recovery_id", "agency", "case_number")
    found = same.order_by("-recovery_id").values_list(*columns)[:most]
    return {pk for pk, *case in found if tuple(case) in cases}


def _with_answer() -> QuerySet[Step]:
    """Give the undone steps that a record answers."""
    decided = TraceDecision.objects.current().filter(
        trace__recovery_id=OuterRef("recovery_id")
    )
    ended = decided.exclude(standing=TraceStanding.OPEN.value)
    same = CandidateJudgement.objects.same().filter(recovery_id=OuterRef("recovery_id"))
    marks = BallisticMark.objects.filter(recovery_id=OuterRef("recovery_id"))
    undone = Step.objects.current().filter(state__in=UNDONE)
    return undone.filter(
        (Q(answer=StepAnswer.TRACE.value) & Exists(decided))
        | (Q(answer=StepAnswer.ORIGIN.value) & Exists(ended))
        | (Q(answer=StepAnswer.IDENTIFICATION.value) & Exists(same))
        | (Q(answer=StepAnswer.BALLISTICS.value) & Exists(marks))
        | (Q(answer=StepAnswer.CASE.value) & Exists(_cases()))
    )


def _taken_out() -> QuerySet[Step]:
    """Give the steps done by a case that is sealed, or has the recovery no more."""
    gone = ~Q(superseded_at=None) | Q(case__is_sealed=True)
    out = CaseRecovery.objects.filter(gone).values("recovery_id")
    done = Step.objects.current().filter(
        recovery_id__in=out,
        answer=StepAnswer.CASE.value,
        state=StepStanding.DONE.value,
    )
    return done.exclude(record="").filter(~Exists(_cases()))


def _recoveries_lacking_steps() -> Iterator[int]:
    """Give those that lack a step which their version asks of what was found of them.

    A repeat or a link is found by a comparison, or by who works on another recovery.
    """
    for version in ProcedureVersion.objects.all():
        procedure = version.procedure
        for code in _steps_due_on_finds(procedure):
            has = Step.objects.current().filter(
                recovery_id=OuterRef("recovery_id"), round=OuterRef("round"), code=code
            )
            has = has.exclude(state=StepStanding.WITHDRAWN.value)
            rows = Followed.objects.filter(facts.found_later(), version=version)
            lacking = rows.filter(~Exists(has)).values_list("recovery_id", flat=True)
            for pk, known in facts.known_of(list(lacking)).items():
                if procedure.by_code[code] in procedure.steps_for(known.facts):
                    yield pk


def _steps_due_on_finds(procedure: Procedure) -> list[str]:
    """Give the codes of the steps that are asked where others find something."""
    asking = {
        each.code
        for each in procedure.triggers
        if not facts.FOUND_LATER.isdisjoint(one.fact for one in each.when)
    }
    return [e.code for e in procedure.steps if not asking.isdisjoint(e.triggers)]


def _cases() -> QuerySet[CaseRecovery]:
    return in_open_view().filter(recovery_id=OuterRef("recovery_id"))


def open_steps(recovery_ids: Collection[int]) -> Iterator[tuple[int, Message]]:
    """Say which steps of recoveries are neither done nor waived.

    Source:
        Background paper (2018), paras 66-72.
    """
    open_now = Step.objects.current().filter(state__in=UNDONE)
    rows = open_now.filter(among("recovery_id", recovery_ids))
    for step in rows.select_related("version").order_by("position", "pk"):
        yield (
            step.recovery_id,
            message(
                "The step “%(step)s” of R%(number)s is open; do it, or have it waived.",
                step=Message(step.version.procedure.by_code[step.code].words),
                number=step.recovery_id,
            ),
        )


def what_closes() -> QuerySet[Followed]:
    """Give what closes the recovery of an outer row: nothing of it waits."""
    return Followed.objects.filter(is_closed=True, recovery=OuterRef("recovery_id"))
