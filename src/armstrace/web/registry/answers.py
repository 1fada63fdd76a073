"""The first line of a look-up: what the arm is wanted for, what to do, whom to call."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from armstrace.analysis.marks import identify
from armstrace.analysis.matching.rank import Ranking
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.registry.queries import POSSIBLE, SURE
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import IN_CUSTODY, MISSING, ArmState
from armstrace.vocabulary.matching import MatchClass
from armstrace.vocabulary.messages import NOTHING, Message, join, message
from armstrace.vocabulary.tracing import Judgement
from armstrace.web.registry import answer_words as words
from armstrace.web.registry.on_record import OnRecord, read

BORNE = message("An arm on record has this number as another mark, or on a part.")
COMPARE = message("Compare make, model, calibre and every number with the arm.")
SECURE = message(
    "Secure the arm as the law allows, write down who has it and where, and record a "
    "recovery."
)


def answer(
    found: recoveries.ReadMarks,
    ranking: Ranking,
    arms: Mapping[int, registry.ArmRow],
    *,
    viewer: Actor,
    borne: Sequence[registry.Borne] = (),
    but: int | None = None,
) -> words.Answer:
    """Say whether the arm is stolen, lost, recovered, registered or not on record.

    Of a number that was read in part it is never said that the arm is not on record.
    Where several arms may be meant and nearly all that weighs is missing, it is said
    as of one.

    Args:
        viewer: Who asks; of other agencies' recoveries the agency and day are told.
        borne: What bears the number as another mark, or on a part.
        but: The recovery that asks; it is not one of before.
    """
    likely = _likely(ranking, arms)
    is_sure = bool(likely) and likely[0][1] >= SURE
    part = NOTHING if is_sure else identify.unread(found.serial_search)
    is_told = bool(found.serial_search) and ranking.is_compared
    ids = _fitting(ranking, arms) if part else [arm for arm, _p in likely]
    bearers = list(dict.fromkeys(one.arm_id for one in borne if one.arm_id in arms))
    ids = list(dict.fromkeys((*ids, *bearers)))
    known = read(found, ids, arms, viewer, is_part=bool(part))
    known.of_arms = [one for one in known.of_arms if one.recovery_id != but]
    known.of_marks = [one for one in known.of_marks if one.recovery_id != but]
    if part and is_told:
        is_all = ranking.probability_others < POSSIBLE
        return _of_part(part, ids, known, is_all=is_all)
    if is_sure and _is_near(ranking, likely[0][0]):
        known.differing = likely[0][0]
    said = _of_likely(likely, known)
    return _of_bearers(bearers, said, known, is_sure=is_sure) or (
        words.not_on_record() if is_told else words.without_serial()
    )


def _of_part(
    part: Message, fitting: Sequence[int], known: OnRecord, *, is_all: bool
) -> words.Answer:
    """Answer of a number that was read in part by the arms and recoveries that fit."""
    seen = (*known.of_arms, *known.of_marks)
    told = [words.sighting_words(one, known.names) for one in seen]
    if missing := [arm for arm in fitting if known.arms[arm].state in MISSING]:
        found = _maybe_missing(missing, known)
        return replace(found, told=(part, *found.told, *told), seen=seen)
    if seen:
        return words.Answer(
            words.ALARM,
            message("MAY BE ALREADY RECOVERED: the marks are not certain"),
            (part, *told),
            act=COMPARE,
            call=known.to_call(seen[0].agency),
            seen=seen,
        )
    return words.of_part(part, len(fitting), is_all=is_all)


def lasting_answer(
    ranking: Ranking,
    arms: Mapping[int, registry.ArmRow],
    judged: Iterable[recoveries.Judged],
    *,
    viewer: Actor,
) -> words.Answer | None:
    """Say it of a recovery that is on record: what to do now is past.

    Nothing is said where no registered arm is likely, or where the register says
    that the arm is in custody: its page shows both, and other recoveries of it.

    Args:
        ranking: The registered arms that it may be.
    """
    said = {one.arm_id: one.judgement for one in judged}
    open_to = {
        pk: arm for pk, arm in arms.items() if said.get(pk) is not Judgement.DIFFERENT
    }
    likely = _likely(ranking, open_to)
    same = [arm for arm in open_to if said.get(arm) is Judgement.SAME]
    if same:
        likely = [(same[0], 1.0)]
    is_kept = bool(likely) and likely[0][1] >= SURE
    if not likely or (is_kept and arms[likely[0][0]].state in IN_CUSTODY):
        return None
    # Of several that are likely, only what is said of a missing one is told.
    missing = [arm for arm, _p in likely if arms[arm].state in MISSING]
    asked = [likely[0][0]] if is_kept else missing
    known = read(None, asked, arms, viewer)
    if not same and is_kept and _is_near(ranking, likely[0][0]):
        known.differing = likely[0][0]
    told = _of_likely(likely, known)
    return None if told is None else once_taken(told, NOTHING)


def once_taken(told: words.Answer, act: Message) -> words.Answer:
    """Say it of an arm that nobody has any more; what to do is another act."""
    asks = {words.ASK_LICENCE: words.ASK_HOLDER}
    return replace(told, told=[asks.get(each, each) for each in told.told], act=act)


def _likely(
    ranking: Ranking, arms: Mapping[int, registry.ArmRow]
) -> list[tuple[int, float]]:
    return [
        (int(one.registry_id), one.probability)
        for one in ranking.candidates
        if one.probability >= POSSIBLE and int(one.registry_id) in arms
    ]


def _is_near(ranking: Ranking, arm: int) -> bool:
    """Tell whether an arm's serial number is another than was typed, but near."""
    return any(
        one.match_class is MatchClass.NEAR
        for one in ranking.candidates
        if int(one.registry_id) == arm
    )


def _fitting(ranking: Ranking, arms: Mapping[int, registry.ArmRow]) -> list[int]:
    """Give the arms that agree in all that was read, and those that are likely."""
    return [
        arm
        for one in ranking.candidates
        if one.match_class is MatchClass.PARTIAL or one.probability >= POSSIBLE
        if (arm := int(one.registry_id)) in arms
    ]


def _of_likely(
    likely: Sequence[tuple[int, float]], known: OnRecord
) -> words.Answer | None:
    """Answer where arms or recoveries bear the marks, by how likely they do."""
    if likely and likely[0][1] >= SURE:
        return _of_one(known.arms[likely[0][0]], known)
    missing = {arm: p for arm, p in likely if known.arms[arm].state in MISSING}
    if missing and sum(missing.values()) >= SURE:
        states = {known.arms[arm].state for arm in missing}
        found = _maybe_missing([*missing], known)
        return replace(found, headline=words.missing_words(states), act=SECURE)
    if missing:
        return _maybe_missing([*missing], known)
    if known.of_marks:
        return _tell_unregistered(known)
    return words.several(len(likely)) if likely else None


def _of_bearers(
    bearers: Sequence[int],
    said: words.Answer | None,
    known: OnRecord,
    *,
    is_sure: bool,
) -> words.Answer | None:
    """Answer by arms that bear the number elsewhere, where they weigh more.

    Args:
        said: What the arms say that bear it as their own.
        is_sure: One of those is the arm that is meant.
    """
    if not bearers or (said is not None and said.level == words.ALARM):
        return said
    states = {arm: known.arms[arm].state for arm in bearers}
    missing = [arm for arm, state in states.items() if state in MISSING]
    kept = [arm for arm, state in states.items() if state in IN_CUSTODY]
    if not is_sure and (len(bearers) == 1 or (kept and not missing)):
        found = _of_one(known.arms[(*kept, *bearers)[0]], known)
    elif missing:
        found = _maybe_missing(missing, known)
    else:
        return said or words.several(len(bearers))
    return replace(found, told=(BORNE, *found.told))


def _of_one(arm: registry.ArmRow, known: OnRecord) -> words.Answer:
    """Answer for the one arm that is meant; say where its number is another."""
    found = _of_meant(arm, known)
    if arm.arm_id != known.differing:
        return found
    found = replace(found, told=(words.differs(arm), *found.told))
    if found.level != words.CALM:
        return found
    headline = message("PROBABLY REGISTERED: the serial number differs")
    return replace(found, level=words.CARE, headline=headline)


def _of_meant(arm: registry.ArmRow, known: OnRecord) -> words.Answer:
    """Answer for the one arm that is meant, by what weighs most."""
    loss = known.losses.get(arm.arm_id)
    decided = [one for one in known.of_arms if one.arm_id == arm.arm_id]
    taken = {one.recovery_id for one in decided}
    alike = [one for one in known.of_marks if one.recovery_id not in taken]
    last = known.last_days.get(arm.arm_id)
    seen = [one for one in (*decided, *alike) if not _has_moved_on(last, one)]
    if arm.state in MISSING and not any(one in decided for one in seen):
        return _missing(arm, seen, loss, known)
    if arm.state is ArmState.DESTROYED:
        return words.alarm_destroyed(arm, known.alerts_on(arm), SECURE)
    if seen or arm.state in IN_CUSTODY:
        return _tell_recovered(arm, seen, loss, known)
    return _tell_registered(arm, loss, known)


def _has_moved_on(last: date | None, one: recoveries.Sighting) -> bool:
    """Tell whether the register knows of something later than a recovery."""
    return last is not None and last > one.recovered.last


def _missing(
    arm: registry.ArmRow,
    seen: Sequence[recoveries.Sighting],
    loss: registry.LossTold | None,
    known: OnRecord,
) -> words.Answer:
    told = [words.loss_words(loss)] if loss else []
    told += [words.sighting_words(one, known.names) for one in seen]
    return words.Answer(
        words.ALARM,
        words.missing_words({arm.state}),
        (*told, *known.alerts_on(arm), COMPARE),
        act=SECURE,
        call=words.loss_call(loss, known.to_call),
        arm=arm,
        seen=seen,
    )


def _tell_recovered(
    arm: registry.ArmRow,
    seen: Sequence[recoveries.Sighting],
    loss: registry.LossTold | None,
    known: OnRecord,
) -> words.Answer:
    told = [words.sighting_words(one, known.names) for one in seen] or [
        words.since(arm)
    ]
    if loss is not None:
        told.append(words.loss_words(loss))
    said = message("It should be in custody: ask whether it was released.")
    call = known.to_call(seen[0].agency) if seen else words.registrar()
    return words.Answer(
        words.ALARM,
        message("ALREADY RECOVERED"),
        (*told, *known.alerts_on(arm), said),
        act=SECURE,
        call=call,
        arm=arm,
        seen=seen,
    )


def _tell_registered(
    arm: registry.ArmRow, loss: registry.LossTold | None, known: OnRecord
) -> words.Answer:
    wanted = known.alerts_on(arm)
    told = [words.since(arm)]
    if loss is not None:
        told.append(message("It was missing once and came back."))
        told.append(words.loss_words(loss))
    if wanted:
        return words.Answer(
            words.ALARM,
            message("WANTED"),
            (*wanted, *told),
            act=SECURE,
            call=message("the tracing hub"),
            arm=arm,
        )
    headline, more = words.state_words(
        arm, was_missing=loss is not None, sees_holders=known.sees_holders
    )
    level = words.CALM if arm.state in _AT_HOME else words.CARE
    return words.Answer(
        level,
        headline,
        (*told, *more),
        act=COMPARE,
        call=words.registrar(),
        arm=arm,
    )


_AT_HOME = frozenset(
    {ArmState.HELD_CIVILIAN, ArmState.HELD_STATE, ArmState.IN_TRADE, ArmState.UNKNOWN}
)


def _maybe_missing(missing: Sequence[int], known: OnRecord) -> words.Answer:
    told = [
        join(
            [
                message(
                    "%(arm)s: %(state)s.",
                    arm=known.arms[arm].reference,
                    state=known.arms[arm].state,
                ),
                words.loss_words(known.losses.get(arm)),
            ]
        )
        for arm in missing
    ]
    first = known.losses.get(missing[0])
    return words.Answer(
        words.ALARM,
        message("MAY BE STOLEN OR LOST: the marks are not certain"),
        told,
        act=message(
            "Read the serial number again, and compare make, model and calibre with "
            "the candidates below before you let the arm go."
        ),
        call=words.loss_call(first, known.to_call),
    )


def _tell_unregistered(known: OnRecord) -> words.Answer:
    seen = known.of_marks
    return words.Answer(
        words.ALARM,
        message("ALREADY RECOVERED, and not on the register"),
        [words.sighting_words(one, known.names) for one in seen],
        act=SECURE,
        call=known.to_call(seen[0].agency),
        seen=seen,
    )
