"""The first line of a look-up: what the arm is wanted for, what to do, whom to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from armstrace.accounts import queries as accounts
from armstrace.analysis.marks.identify import Identification
from armstrace.analysis.matching.rank import Ranking
from armstrace.ballistics import queries as ballistics
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmState
from armstrace.vocabulary.messages import Message, as_message, join, message
from armstrace.web.registry import answer_words as words

SURE = 0.9
"""Probability from which an arm is spoken of as the one that was typed."""
POSSIBLE = 0.05
"""Probability from which an arm's theft is told though another may be meant."""
MISSING = frozenset({ArmState.LOST, ArmState.STOLEN})
IN_CUSTODY = frozenset({ArmState.RECOVERED, ArmState.CONFISCATED})
ALARM, CARE, CALM = "error", "warning", "plain"

WANTED = message("WANTED: ballistic marks link it with a case.")
COMPARE = message("Compare make, model, calibre and every number with the arm.")
SECURE = message(
    "Secure the arm as the law allows, write down who has it and where, and record a "
    "recovery."
)
type Marks = Identification | registry.Reading


@dataclass(frozen=True, slots=True)
class Answer:
    """What an officer needs to know first.

    Args:
        level: How it is set: ``error`` in red, ``warning``, or ``plain``.
        headline: The answer in words.
        told: What stands behind it, and what else is on record.
        act: What to do now.
        call: Whom to call.
        arm_id: The registered arm that it is about, if one.
        reference: Its number.
        others: Recoveries that the viewer may open, by number.
    """

    level: str
    headline: str
    told: tuple[str, ...] = ()
    act: str = ""
    call: str = ""
    arm_id: int | None = None
    reference: str = ""
    others: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """An answer before it is said in a language."""

    level: str
    headline: Message
    told: Sequence[Message]
    act: Message
    call: Message | str = ""
    arm: registry.ArmRow | None = None
    seen: Sequence[recoveries.Sighting] = ()


@dataclass(slots=True)
class _Known:
    """What is on record of the arms that may be meant."""

    arms: Mapping[int, registry.ArmRow]
    losses: Mapping[int, registry.LossTold]
    of_arms: Sequence[recoveries.Sighting]
    of_marks: Sequence[recoveries.Sighting]
    linked: frozenset[int]
    last_days: Mapping[int, date]
    names: Mapping[str, str] = field(default_factory=dict)
    telephones: Mapping[str, str] = field(default_factory=dict)

    def wanted(self, arm: registry.ArmRow) -> tuple[Message, ...]:
        """Say of an arm whether it is wanted."""
        return (WANTED,) if arm.arm_id in self.linked else ()

    def to_call(self, code: str) -> Message | str:
        """Say how an agency is reached, by its code; a register by its keeper."""
        if code not in self.names:
            return words.registrar()
        if code not in self.telephones:
            return self.names[code]
        return message(
            "%(agency)s, telephone %(telephone)s",
            agency=self.names[code],
            telephone=self.telephones[code],
        )


def answer(
    found: Marks,
    ranking: Ranking,
    arms: Mapping[int, registry.ArmRow],
    *,
    viewer: Actor,
    but: int | None = None,
) -> Answer:
    """Say whether the arm is stolen, lost, recovered, registered or not on record.

    Args:
        found: What was typed, as read.
        ranking: The registered arms that it may be.
        arms: Those arms, by identity.
        viewer: Who asks; of other agencies' recoveries the agency and day are told.
        but: The recovery that asks; it is not one of before.
    """
    likely = [
        (int(one.registry_id), one.probability)
        for one in ranking.candidates
        if one.probability >= POSSIBLE and int(one.registry_id) in arms
    ]
    known = _known(found, [arm for arm, _p in likely], arms, viewer)
    known.of_arms = [one for one in known.of_arms if one.recovery_id != but]
    known.of_marks = [one for one in known.of_marks if one.recovery_id != but]
    if likely and likely[0][1] >= SURE:
        return _shown(_of_one(arms[likely[0][0]], known))
    missing = [arm for arm, _p in likely if arms[arm].state in MISSING]
    if missing:
        return _shown(_maybe_missing(missing, known))
    if known.of_marks:
        return _shown(_tell_unregistered(known))
    if likely:
        return _shown(_several(len(likely)))
    is_told = bool(found.serial_search) and ranking.is_compared
    return _shown(_not_on_record() if is_told else _without_serial())


def _known(
    found: Marks,
    ids: Sequence[int],
    arms: Mapping[int, registry.ArmRow],
    viewer: Actor,
) -> _Known:
    losses = registry.latest_losses(ids, viewer=viewer) if ids else {}
    of_arms = recoveries.sightings_of_arms(ids, viewer=viewer)
    of_marks = recoveries.sightings_of_marks(found, viewer=viewer)
    linked: frozenset[int] = frozenset()
    if ids and viewer.may("ballistics.view"):
        linked = ballistics.arms_with_links(ids, viewer=viewer)
    codes = {loss.told_by for loss in losses.values()}
    codes |= {one.agency for one in (*of_arms, *of_marks)}
    names = accounts.agency_names(codes, viewer=viewer) if codes else {}
    telephones = accounts.agency_telephones(codes, viewer=viewer) if codes else {}
    days = _last_days(ids, viewer) if of_arms or of_marks else {}
    return _Known(arms, losses, of_arms, of_marks, linked, days, names, telephones)


def _last_days(ids: Sequence[int], viewer: Actor) -> dict[int, date]:
    """Give the day of the latest event in the life of each arm."""
    lives = registry.lives_of(ids, viewer=viewer)
    return {
        arm: max(days)
        for arm, life in lives.items()
        if (days := [event.happened_on for event in life if event.happened_on])
    }


def _shown(said: Said) -> Answer:
    return Answer(
        level=said.level,
        headline=translate(said.headline),
        told=tuple(map(translate, said.told)),
        act=translate(said.act),
        call=translate(as_message(said.call)),
        arm_id=said.arm.arm_id if said.arm else None,
        reference=said.arm.reference if said.arm else "",
        others=tuple((s.recovery_id, s.reference) for s in said.seen if s.is_in_reach),
    )


def _of_one(arm: registry.ArmRow, known: _Known) -> Said:
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
        return _tell_destroyed(arm, known)
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
    known: _Known,
) -> Said:
    is_stolen = arm.state is ArmState.STOLEN
    headline = message("STOLEN") if is_stolen else message("LOST")
    told = [words.loss_words(loss)] if loss else []
    told += [words.sighting_words(one, known.names) for one in seen]
    return Said(
        ALARM,
        headline,
        (*told, *known.wanted(arm), COMPARE),
        act=SECURE,
        call=words.loss_call(loss, known.to_call),
        arm=arm,
        seen=seen,
    )


def _tell_destroyed(arm: registry.ArmRow, known: _Known) -> Said:
    said = message(
        "The register says that the arm with these marks was destroyed; this one is "
        "another, or it never was."
    )
    return Said(
        ALARM,
        message("DESTROYED, by the register"),
        (words.since(arm), said, *known.wanted(arm)),
        act=SECURE,
        call=words.registrar(),
        arm=arm,
    )


def _tell_recovered(
    arm: registry.ArmRow,
    seen: Sequence[recoveries.Sighting],
    loss: registry.LossTold | None,
    known: _Known,
) -> Said:
    told = [words.sighting_words(one, known.names) for one in seen] or [
        words.since(arm)
    ]
    if loss is not None:
        told.append(words.loss_words(loss))
    said = message("It should be in custody: ask whether it was let go.")
    call = known.to_call(seen[0].agency) if seen else words.registrar()
    return Said(
        ALARM,
        message("ALREADY RECOVERED"),
        (*told, *known.wanted(arm), said),
        act=SECURE,
        call=call,
        arm=arm,
        seen=seen,
    )


def _tell_registered(
    arm: registry.ArmRow, loss: registry.LossTold | None, known: _Known
) -> Said:
    wanted = known.wanted(arm)
    told = [words.since(arm)]
    if loss is not None:
        told.append(message("It was missing once and came back."))
        told.append(words.loss_words(loss))
    if wanted:
        return Said(
            ALARM,
            message("WANTED"),
            (*wanted, *told),
            act=SECURE,
            call=message("the tracing hub"),
            arm=arm,
        )
    headline, more = words.state_words(arm)
    level = CALM if arm.state in _AT_HOME else CARE
    return Said(
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


def _maybe_missing(missing: Sequence[int], known: _Known) -> Said:
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
    return Said(
        ALARM,
        message("MAY BE STOLEN OR LOST: the marks are not certain"),
        told,
        act=message(
            "Read the serial number once more, and compare make, model and calibre "
            "with the candidates below before you let it go."
        ),
        call=words.loss_call(first, known.to_call),
    )


def _tell_unregistered(known: _Known) -> Said:
    seen = known.of_marks
    return Said(
        ALARM,
        message("ALREADY RECOVERED, and not on the register"),
        [words.sighting_words(one, known.names) for one in seen],
        act=SECURE,
        call=known.to_call(seen[0].agency),
        seen=seen,
    )


def _several(number: int) -> Said:
    return Said(
        CARE,
        message("NOT CERTAIN which arm it is"),
        [
            message(
                "%(number)s registered arms may be meant; none of them is reported "
                "stolen or lost.",
                number=number,
            )
        ],
        act=message(
            "Read the serial number once more, and add make, model or calibre."
        ),
        call=words.registrar(),
    )


def _without_serial() -> Said:
    return Said(
        CALM,
        message("NO SERIAL NUMBER: arms of one make are not told apart"),
        [],
        act=message(
            "Type the serial number, with ? for each character that you cannot read."
        ),
    )


def _not_on_record() -> Said:
    return Said(
        CARE,
        message("NOT ON RECORD"),
        [
            message(
                "No arm with these marks is registered, reported lost or stolen, or "
                "recovered. That proves nothing: the marks may be misread, or the arm "
                "may be from abroad."
            )
        ],
        act=message(
            "Read the marks once more. If you take the arm, record a recovery: then it "
            "is traced."
        ),
        call=message("the tracing hub"),
    )
