"""What a decision on a trace is held to, beside what stands on record."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from armstrace.records import jurisdiction
from armstrace.recoveries.fields import country_code
from armstrace.recoveries.models import CandidateJudgement, RecoveryRecord
from armstrace.registry.models import ArmRecord
from armstrace.tracing import rules
from armstrace.tracing.inputs import DecisionInput
from armstrace.tracing.models import TraceFinding, TraceRequest
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import is_reason
from armstrace.vocabulary.tracing import TraceAnswer, TraceOutcome

# Arms of museums are traced too; none that is on record is older.
FIRST_DAY = date(1800, 1, 1)
# What a request says by which a trace may end so; one without answer says nothing.
ENDS_ABROAD = {
    TraceOutcome.REFUSED: TraceAnswer.REFUSED.value,
    TraceOutcome.NO_RESPONSE: "",
}


def require_possible(
    stated: Sequence[DecisionInput],
    holders: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> None:
    """Refuse decisions that contradict what stands on record.

    Raises:
        InvalidInput: There is no such country or holder.
        RuleBroken: ``TD-11``, a day cannot be; ``TD-12``, the days of the diversion
            are not in order; ``TD-13``, the arm is not the one identified;
            ``TD-14``, the records name no last lawful holder; ``TD-19``, no other
            State was asked that ended so; ``TD-20``, it still has time to answer.
    """
    rows = RecoveryRecord.objects.current().filter(
        recovery_id__in=[each.recovery_id for each in stated]
    )
    recovered = {row.recovery_id: row for row in rows}
    arms = ArmRecord.objects.current().filter(
        arm_id__in=[each.arm_id for each in stated if each.arm_id]
    )
    made = dict(arms.values_list("arm_id", "year_of_manufacture"))
    identified = _arms_found(recovered)
    for each in stated:
        record = recovered[each.recovery_id]
        latest = min(record.recovered.last, timezone.localdate(at))
        year = made.get(each.arm_id or 0) or FIRST_DAY.year
        _require_days(each, (date(year, 1, 1), latest))
        day = rules.StatedDay(
            "decided_on", each.decided_on, record.recovered_on, timezone.localdate(at)
        )
        rules.POSSIBLE_DAY.require(day)
        country_code(each.diversion.country)
        _require_holder(each.diversion.holder_number, holders)
        if each.known_at is not None:
            continue  # known earlier and told once more, as it stood then
        if each.arm_id is not None:
            is_it = (each.recovery_id, each.arm_id) in identified
            facts = (f"A{each.arm_id}", f"R{each.recovery_id}", is_it)
            rules.IDENTIFIED.require(facts)
        _require_end(each, by, timezone.localdate(at))


def _require_end(stated: DecisionInput, by: Actor, today: date) -> None:
    """Refuse an end of a trace that rests on nothing on record."""
    number, of_it = f"R{stated.recovery_id}", {"trace__recovery_id": stated.recovery_id}
    is_decided = by.may("trace.except") and is_reason(stated.reason)
    if stated.outcome is TraceOutcome.LAST_LEGAL_HOLDER_IDENTIFIED:
        held = TraceFinding.objects.current().exclude(last_lawful_holder=None)
        is_known = is_decided or held.filter(**of_it).exists()
        rules.HOLDER_KNOWN.require((number, is_known))
    if stated.outcome in ENDS_ABROAD:
        said = ENDS_ABROAD[stated.outcome]
        # What was answered stays so when the State is asked once more.
        known = (
            TraceRequest.objects.get_queryset()
            if said
            else TraceRequest.objects.current()
        )
        asked = known.filter(answer=said, **of_it)
        rules.ASKED_ABROAD.require((number, asked.exists()))
        if stated.outcome is TraceOutcome.NO_RESPONSE:
            until = max(
                map(_last_day_to_answer, asked.values_list("asked_on", flat=True))
            )
            rules.TIME_TO_ANSWER.require((number, until, is_decided or until < today))


def _last_day_to_answer(asked_on: date) -> date:
    """Give the last day of the time to answer; that of asking where no law says one."""
    days = jurisdiction.profile().deadline_days("TRACE_ANSWER", asked_on)
    return asked_on + timedelta(days=days or 0)


def _arms_found(recovery_ids: Collection[int]) -> set[tuple[int, int | None]]:
    """Give the arms that a person, or the trace in own records, found."""
    columns = ("recovery_id", "arm_id")
    said = CandidateJudgement.objects.same().filter(recovery_id__in=recovery_ids)
    found = TraceFinding.objects.current().filter(trace__recovery_id__in=recovery_ids)
    return {*said.values_list(*columns)} | {
        *found.values_list("trace__recovery_id", "arm_id")
    }


def _require_days(stated: DecisionInput, bounds: tuple[date, date]) -> None:
    point = stated.diversion
    names = ("earliest_on", "on", "latest_on")
    days = {name: getattr(point, name) for name in names if getattr(point, name)}
    for name, day in days.items():
        rules.POSSIBLE_DAY.require(rules.StatedDay(name, day, *bounds))
    rules.IN_ORDER.require(tuple(days.values()))


def _require_holder(number: str, holders: Mapping[str, int]) -> None:
    if number and number not in holders:
        msg = message(
            "There is no holder with the number %(number)s; check the number.",
            number=number,
        )
        raise InvalidInput(msg, field="holder_number")
