"""Start and stop an operation, name people in it, and write what was learned."""

from datetime import datetime

from armstrace.accounts import queries as accounts
from armstrace.records import lengths
from armstrace.techniques import changing, rules
from armstrace.techniques.inputs import EvaluationInput
from armstrace.techniques.models import Evaluation, OperationPerson, OperationRun
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.techniques import RunEnd

LIMITS = lengths.limits(Evaluation, {"learned": "learned", "training": "training"})
WORK = ("technique.work", "technique.authorise")


def start_operation(*, operation_id: int, by: Actor, at: datetime) -> OperationRun:
    """Begin to carry an operation out, or again where its cover had ended.

    Raises:
        RuleBroken: ``TE-07``, no authority is in force; ``TE-08``, a State has not
            consented; ``TE-09``, it is active everywhere; ``TE-27``, another agency
            leads it.

    Source:
        Convention against Transnational Organized Crime, arts. 2 (i) and 20.
    """
    with changing.act_on(
        "technique.started", operation_id, "technique.work", by=by, at=at
    ) as act:
        act.require_lead()
        operation, now = act.file, act.file.standing
        rules.AUTHORISED.require((operation.reference, bool(now.states_asked(at))))
        rules.AGREED.require(now.lacking(at))
        goes_on = now.running(at) == now.territory(at)
        rules.AS_IT_RUNS.require((operation.reference, goes_on, False))
        for left in operation.runs.filter(ended_at=None):
            lawful_until = now.run_ends(left.known_at)
            left.ended_at = min(at, lawful_until)
            is_covered = at < lawful_until
            left.ending = RunEnd.RESTARTED if is_covered else RunEnd.UNCOVERED
            left.save()
            act.entry.about(left)
        return act.make(OperationRun, started_by=by.name)


def stop_operation(
    *, operation_id: int, reason: str, by: Actor, at: datetime
) -> OperationRun:
    """Stop an operation that is active.

    Raises:
        RuleBroken: ``TE-01``, no reason; ``TE-09``, it is not active; ``TE-27``,
            another agency leads it.

    Source:
        Convention against Transnational Organized Crime, art. 20, para. 1.
    """
    lengths.require_reason(rules.REASONED, reason)
    with changing.act_on("technique.stopped", operation_id, *WORK, by=by, at=at) as act:
        act.require_lead()
        operation = act.file
        is_active = operation.standing.is_active(at)
        rules.AS_IT_RUNS.require((operation.reference, is_active, True))
        run = operation.runs.get(ended_at=None)
        run.ended_at, run.ended_by = at, by.name
        run.ending, run.reason = RunEnd.STOPPED, reason.strip()
        run.save()
        act.entry.about(run)
    return run


def name_person(
    *, operation_id: int, person: str, sees_covers: bool, by: Actor, at: datetime
) -> OperationPerson:
    """Name somebody in an operation, or change whether covert names are for them.

    Raises:
        RuleBroken: ``TE-15``, the person does not work on operations; ``TE-18``, who
            names them for covert names is not named for these; ``TE-27``, another
            agency leads it.

    Source:
        Directive (EU) 2016/680, art. 4, para. 1: no wider than the purpose needs.
    """
    with changing.act_on(
        "technique.person_named", operation_id, *WORK, by=by, at=at
    ) as act:
        people = accounts.people_who_may("technique.view", viewer=by)
        rules.ABLE.require((person, people))
        if sees_covers and not by.may("technique.authorise"):
            rules.FOR_THESE_EYES.require(act.file.shows_covers_to(by))
        act.require_lead()
        return act.say_anew(
            OperationPerson,
            {"person": person},
            sees_covers=sees_covers,
            given_by=by.name,
        )


def remove_person(
    *, operation_id: int, person: str, reason: str, by: Actor, at: datetime
) -> None:
    """Name somebody no longer; what they did stays.

    Raises:
        RuleBroken: ``TE-01``, no reason; ``TE-15``, the person is not named in it;
            ``TE-27``, another agency leads it; ``TE-29``, nobody would lead it.

    Source:
        Directive (EU) 2016/680, art. 4, para. 1: no wider than the purpose needs.
    """
    lengths.require_reason(rules.REASONED, reason)
    with changing.act_on(
        "technique.person_removed", operation_id, *WORK, by=by, at=at
    ) as act:
        act.require_lead()
        ended = act.end(OperationPerson, person=person)
        rules.ABLE.require((person, {one.person for one in ended}))
        act.require_led(person)
        for one in ended:
            one.reason = reason.strip()
            one.save(update_fields=["reason"])


def evaluate_operation(
    *, operation_id: int, given: EvaluationInput, by: Actor, at: datetime
) -> Evaluation:
    """Write what was learned, when the operation is over; a later word replaces it.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``TE-01``, nothing is said; ``TE-14``, it is active, or was
            not carried out; ``TE-27``, another agency leads it.

    Source:
        Regulation (EU) 2023/969, art. 21 (joint evaluation of a team's work).
    """
    rules.REASONED.require(given.learned)
    lengths.require_fits(given, *LIMITS)
    with changing.act_on(
        "technique.evaluated",
        operation_id,
        "technique.work",
        by=by,
        at=at,
        after_end=True,
    ) as act:
        act.require_lead()
        rules.OVER.require(act.file.standing.step(at))
        return act.say_anew(
            Evaluation,
            {},
            outcome=given.outcome.value,
            learned=given.learned.strip(),
            training=given.training.strip(),
            told_by=by.name,
        )
