"""Ask another State about a recovered arm, and write down what it answers."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from armstrace.audit import ledger
from armstrace.records import closing, lengths
from armstrace.recoveries import queries as recoveries
from armstrace.recoveries.fields import country_code
from armstrace.tracing import rules
from armstrace.tracing.inputs import AnswerInput, RecallInput, RequestInput
from armstrace.tracing.models import Trace, TraceRequest
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Country
from armstrace.vocabulary.tracing import TraceAnswer

REFERENCE = lengths.limits(TraceRequest, {"reference": "reference"}, of=RequestInput)


def ask_state(
    *, recovery_id: int, given: RequestInput, by: Actor, at: datetime
) -> TraceRequest:
    """Record that another State was asked; its trace is made where there is none.

    Raises:
        InvalidInput: There is no such country, or the reference is too long.
        RuleBroken: ``TD-11``, the day cannot be; ``TD-15``, it is the own State;
            ``TD-16``, no reference; ``TD-17``, a request waits there already.

    Source:
        Firearms Protocol, art. 12, para. 4; ITI, paras. 17-21; MOSAIC 05.31.
    """
    asked_from = _day_of_recovery(recovery_id, by)
    country = country_code(given.country)
    rules.ANOTHER_STATE.require((country, settings.HOME_COUNTRY))
    rules.REFERENCED.require(given.reference)
    lengths.require_fits(given, *REFERENCE)
    _require_day("asked_on", given.asked_on, asked_from, at)
    with ledger.entry("trace.asked_abroad", by=by, at=at) as entry:
        trace = Trace.objects.get_queryset().filter(recovery_id=recovery_id).first()
        if trace is None:
            trace = Trace.objects.create(recovery_id=recovery_id, known_at=at)
            entry.about(trace)
        before = _last(recovery_id, country)
        is_free = before is None or bool(before.answer)
        rules.NOT_WAITING.require((Country(country), f"R{recovery_id}", is_free))
        made = TraceRequest(
            trace=trace,
            country=country,
            asked_on=given.asked_on,
            channel=given.channel,
            reference=given.reference.strip(),
            asked_by=by.name,
            source=by.agency,
        )
        return closing.succeed(before, made, entry)


def record_answer(
    *, recovery_id: int, given: AnswerInput, by: Actor, at: datetime
) -> TraceRequest:
    """Record what a State that was asked says.

    Raises:
        InvalidInput: There is no such country, or a text is too long.
        RuleBroken: ``TD-11``, the day cannot be; ``TD-18``, nothing waits there;
            ``TD-22``, it was recalled, which no State says.

    Source:
        Firearms Protocol, art. 12, para. 4; ITI, paras. 17-23; MOSAIC 05.31.
    """
    rules.SAYS_SOMETHING.require(given.answer)
    lengths.require_fits(given.told, lengths.REASON)
    with ledger.entry("trace.answered_abroad", by=by, at=at) as entry:
        before = _waiting(recovery_id, given.country, by)
        _require_day("answered_on", given.answered_on, before.asked_on, at)
        return closing.replace(
            before,
            entry,
            answer=given.answer.value,
            answered_on=given.answered_on,
            told=given.told.strip(),
            answered_by=by.name,
            source=by.agency,
        )


def recall_request(
    *, recovery_id: int, given: RecallInput, by: Actor, at: datetime
) -> TraceRequest:
    """Take back a request that waits for its answer; it stays on record.

    Raises:
        InvalidInput: There is no such country, or the reason is too long.
        RuleBroken: ``TD-18``, nothing waits there; ``TD-21``, no reason.

    Source:
        Rule of this design: a correction is a new record with a reason.
    """
    lengths.require_reason(rules.RECALLED_FOR_A_REASON, given.reason)
    with ledger.entry("trace.recalled_abroad", by=by, at=at) as entry:
        return closing.replace(
            _waiting(recovery_id, given.country, by),
            entry,
            answer=TraceAnswer.RECALLED.value,
            answered_on=timezone.localdate(at),
            reason=given.reason.strip(),
            answered_by=by.name,
            source=by.agency,
        )


def _waiting(recovery_id: int, stated: str, by: Actor) -> TraceRequest:
    """Give the request to a State that waits for its answer."""
    _day_of_recovery(recovery_id, by)
    country = country_code(stated)
    found = _last(recovery_id, country)
    if found is None or found.answer:
        raise rules.WAITS.broken((Country(country), f"R{recovery_id}", False))
    return found


def _day_of_recovery(recovery_id: int, by: Actor) -> date:
    by.require("trace.close")
    return recoveries.current_record(recovery_id, viewer=by).recovered_on


def _last(recovery_id: int, country: str) -> TraceRequest | None:
    rows = TraceRequest.objects.current().filter(trace__recovery_id=recovery_id)
    # Of two who record the answer at once, the second finds the request answered.
    return rows.filter(country=country).select_for_update().first()


def _require_day(field: str, day: date, earliest: date, at: datetime) -> None:
    latest = timezone.localdate(at)
    rules.POSSIBLE_DAY.require(rules.StatedDay(field, day, earliest, latest))
