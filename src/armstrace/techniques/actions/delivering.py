"""The legs of a controlled delivery, and the flag without which no live arm leaves."""

from datetime import datetime

from armstrace.accounts import independence
from armstrace.audit import ledger
from armstrace.records import lengths
from armstrace.techniques import changing, rules
from armstrace.techniques.inputs import HandOverInput
from armstrace.techniques.models import HandOver, LiveArmsFlag, Operation
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.techniques import DeliveryMode

LIMITS = lengths.limits(
    HandOver, {name: name for name in ("place", "handed_by", "received_by")}
)
ACKNOWLEDGEMENT = lengths.Limit("reference", str, 120)
TWO = ("technique.work", "technique.authorise")


def set_live_flag(
    *, operation_id: int, reason: str, by: Actor, at: datetime
) -> LiveArmsFlag:
    """Say that live arms may leave control; it has effect when another confirms it.

    Raises:
        RuleBroken: ``TE-01``, no reason; ``TE-07``, no authority is in force;
            ``TE-20``, it is set or waits already.

    Source:
        Rule of this design: two people let live arms leave control.
    """
    lengths.require_reason(rules.REASONED, reason)
    with changing.act_on(
        "technique.live_flag_set", operation_id, *TWO, by=by, at=at
    ) as act:
        _require_authority(act.file, at)
        flag = act.file.live_flag(at)
        is_confirmed = flag is not None and flag.confirmed_at is not None
        rules.NOT_SET.require((flag is not None, is_confirmed))
        return act.make(LiveArmsFlag, reason=reason.strip(), set_by=by.name)


def _require_authority(operation: Operation, at: datetime) -> None:
    is_in_force = bool(operation.standing.states_asked(at))
    rules.AUTHORISED.require((operation.reference, is_in_force))


def confirm_live_flag(*, operation_id: int, by: Actor, at: datetime) -> LiveArmsFlag:
    """Confirm that live arms may leave control.

    Raises:
        NotFound: There is no flag to confirm.
        RuleBroken: ``TE-07``; ``TE-12``, ``by`` set it; ``AC-09``, the two are not
            independent.

    Source:
        Rule of this design: two people let live arms leave control.
    """
    with changing.act_on(
        "technique.live_flag_confirmed", operation_id, *TWO, by=by, at=at
    ) as act:
        _require_authority(act.file, at)
        flag: LiveArmsFlag | None = act.file.live_flag(at)
        if flag is None or flag.confirmed_at is not None:
            msg = message("There is no flag to confirm; look at it again.")
            raise NotFound(msg)
        rules.ANOTHER_CONFIRMS.require((by.name, flag.set_by))
        independence.require(flag.set_by, by.name, at)
        flag.confirmed_by, flag.confirmed_at = by.name, at
        flag.save()
        act.entry.about(flag)
    return flag


def take_back_live_flag(
    *, operation_id: int, reason: str, by: Actor, at: datetime
) -> LiveArmsFlag:
    """Say that live arms may not leave control any more; it has effect at once.

    Raises:
        NotFound: There is no flag.
        RuleBroken: ``TE-01``, no reason.

    Source:
        Rule of this design: two people let live arms leave control, one stops it.
    """
    lengths.require_reason(rules.REASONED, reason)
    with changing.act_on(
        "technique.live_flag_ended", operation_id, *TWO, by=by, at=at
    ) as act:
        flag: LiveArmsFlag | None = act.file.live_flag(at)
        if flag is None:
            raise NotFound(message("There is no flag; look at it again."))
        flag.ended_by, flag.ended_at, flag.ended_why = by.name, at, reason.strip()
        flag.save()
        act.entry.about(flag)
    return flag


def hand_over(
    *, operation_id: int, given: HandOverInput, by: Actor, at: datetime
) -> HandOver:
    """Record that the goods went from one hand to the next.

    Args:
        at: When it was handed over, with time zone.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``TE-09``, it is not active; ``TE-10``, a State of the leg is not of
            its territory now; ``TE-11``, live arms travel and two people have not set
            the flag; ``TE-19``, it is no controlled delivery; ``TE-23``, who receives
            it cannot sign for it.

    Source:
        Convention against Transnational Organized Crime, art. 2 (i): with the
        knowledge and under the supervision of the authorities of each State.
    """
    lengths.require_fits(given, *LIMITS)
    with changing.act_on(
        "technique.handed_over", operation_id, "technique.work", by=by, at=at
    ) as act:
        operation, now = act.file, act.file.standing
        number = operation.reference
        rules.AS_IT_RUNS.require((number, now.is_active(at), True))
        rules.IS_DELIVERY.require((number, bool(operation.mode)))
        leg = rules.Leg(given.from_state, given.to_state, now.running(at))
        rules.WITHIN.require(leg)
        if given.receiver:
            people = changing.signers(operation, by)
            rules.CAN_SIGN.require((given.receiver, by.name, people))
        is_live = DeliveryMode(operation.mode) in rules.LIVE
        flag = operation.live_flag(at)
        is_released = flag is not None and flag.confirmed_at is not None
        rules.RELEASED.require((is_live, is_released))
        return act.make(
            HandOver,
            number=operation.hand_overs.count() + 1,
            from_state=given.from_state,
            to_state=given.to_state,
            place=given.place.strip(),
            handed_by=given.handed_by.strip(),
            received_by=given.received_by.strip(),
            receiver=given.receiver,
            told_by=by.name,
            has_live_arms=is_live,
            live_flag=flag if is_live else None,
        )


def acknowledge_hand_over(
    *, operation_id: int, number: int, reference: str, by: Actor, at: datetime
) -> HandOver:
    """Sign for what was handed over, or record what a service without account signed.

    Args:
        reference: Number of what the receiver signed; it may be empty where
            the receiver signs here.
        by: The receiver; where that is a service without account here, somebody else
            than who recorded the hand-over.

    Raises:
        InvalidInput: The number is too long.
        RuleBroken: ``TE-16``, no number of what was signed on paper; ``TE-17``, it
            was acknowledged, or there is no such hand-over; ``TE-24``, another signs;
            ``AC-09``, the two are not independent.

    Source:
        Convention against Transnational Organized Crime, art. 2 (i).
    """
    lengths.require_fits(reference, ACKNOWLEDGEMENT)
    with changing.act_on(
        "technique.acknowledged", operation_id, *TWO, by=by, at=at, after_end=True
    ) as act:
        made = act.file.hand_overs.filter(number=number).first()
        is_done = made is not None and made.acknowledged_at is not None
        rules.ANOTHER_SIGNS.require((made is not None, is_done))
        assert made is not None  # noqa: S101 - the rule has refused it
        rules.SIGNED.require((made.receiver, made.told_by, by.name))
        independence.require(made.told_by, by.name, at)
        if not made.receiver:
            rules.REFERENCED.require(reference)
        made.acknowledged_at, made.acknowledged_by = at, by.name
        made.acknowledgement = reference.strip()
        made.save()
        act.entry.about(made)
    return made


def flag_late_hand_overs(*, by: Actor, at: datetime) -> list[HandOver]:
    """Flag every hand-over that nobody acknowledged within the hour.

    Source:
        Convention against Transnational Organized Crime, art. 2 (i); rule of this
        design: acknowledged, or flagged within the hour.
    """
    by.require("technique.sweep")
    found = list(HandOver.objects.late(at).filter(flagged_at=None))
    if not found:
        return []
    with ledger.entry("technique.flagged", by=by, at=at) as entry:
        for one in found:
            one.flagged_at = at
        HandOver.objects.bulk_update(found, ["flagged_at"])
        entry.about_all(found)
    return found
