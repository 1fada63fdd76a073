"""Sentences of the answer to a look-up."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from armstrace.analysis.provenance.state import HELD
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.translation import write_list
from armstrace.vocabulary.arms import ArmState
from armstrace.vocabulary.messages import NOTHING, Message, Parameter, message

ALARM, CARE, CALM = "error", "warning", "calm"
ASK_LICENCE = message("Ask the person for the licence.")
# The same once the arm was taken.
ASK_HOLDER = message("Ask the holder on record how it came to be recovered.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an officer needs to know first."""

    # How it is set: ``error`` in red, ``warning``, or ``plain``.
    level: str
    headline: Message
    # What stands behind it, and what else is on record.
    told: Sequence[Message]
    act: Message
    call: Message = NOTHING
    arm: registry.ArmRow | None = None
    seen: Sequence[recoveries.Sighting] = ()

    @property
    def opens(self) -> list[recoveries.Sighting]:
        """The recoveries that the viewer may open."""
        return [one for one in self.seen if one.is_in_reach]


def state_words(
    arm: registry.ArmRow, *, was_missing: bool, sees_holders: bool
) -> tuple[Message, tuple[Message, ...]]:
    """Say of an arm that is not missing where the register has it.

    Args:
        sees_holders: Whether the arm's page shows its holder to who asks.
    """
    at_home = (
        message("REGISTERED, no open report of loss or theft")
        if was_missing
        else message("REGISTERED, no loss or theft on record")
    )
    if arm.state is ArmState.DEACTIVATED:
        said = message(
            "If it can fire, it is not the arm on record or was made to fire again."
        )
        return message("DEACTIVATED, according to the register"), (said,)
    if arm.state is ArmState.EXPORTED:
        said = message("It should be abroad: ask how it came back.")
        return message("EXPORTED, according to the register"), (said,)
    if arm.state in {ArmState.HELD_STATE, ArmState.RETAINED_MARKED}:
        said = message("It belongs to the State: ask the body that holds it.")
        return at_home, (said,)
    if arm.state not in HELD:
        said = message("No holder is on record: find out where the arm came from.")
        return at_home, (said,)
    said = (
        message("The arm’s page shows the holder once you give a reason.")
        if sees_holders
        else message("The keeper of the register can say who the holder is.")
    )
    return at_home, (said, ASK_LICENCE)


def loss_words(loss: registry.LossTold | None) -> Message:
    if loss is None:
        return message("No report of it is on record.")
    if place := write_list(part for part in (loss.place, loss.region) if part):
        return _words_with_place(loss, place)
    if loss.happened is None:
        return message("The day is not known: %(kind)s.", kind=loss.kind)
    day = loss.happened.for_export
    if loss.happened.is_day:
        return message("On %(day)s: %(kind)s.", kind=loss.kind, day=day)
    return message("Some time in %(day)s: %(kind)s.", kind=loss.kind, day=day)


def _words_with_place(loss: registry.LossTold, place: str) -> Message:
    told: dict[str, Parameter] = {"kind": loss.kind, "place": place}
    if loss.happened is None:
        return message("In %(place)s, the day is not known: %(kind)s.", **told)
    told["day"] = loss.happened.for_export
    if loss.happened.is_day:
        return message("On %(day)s in %(place)s: %(kind)s.", **told)
    return message("Some time in %(day)s in %(place)s: %(kind)s.", **told)


def loss_call(
    loss: registry.LossTold | None, to_call: Callable[[str, str], Message]
) -> Message:
    if loss is None:
        return registrar()
    agency = to_call(loss.agency or loss.told_by, loss.agency)
    if not loss.number:
        return agency
    return message(
        "%(agency)s, report %(number)s",
        agency=agency,
        number=loss.number,
    )


def sighting_words(one: recoveries.Sighting, names: Mapping[str, str]) -> Message:
    if not one.agency:
        return message(
            "On %(day)s: %(kind)s.", kind=one.kind, day=one.recovered.for_export
        )
    return message(
        "On %(day)s, by %(agency)s: %(kind)s.",
        kind=one.kind,
        day=one.recovered.for_export,
        agency=names.get(one.agency, one.agency),
    )


def since(arm: registry.ArmRow) -> Message:
    if arm.state_since is None or arm.state not in HELD:
        return message("Status on the register: %(state)s.", state=arm.state)
    return message(
        "Status on the register: %(state)s; with the holder on record since %(day)s.",
        state=arm.state,
        day=arm.state_since,
    )


def registrar() -> Message:
    return message("the keeper of the register")


def several(number: int) -> Answer:
    return Answer(
        CARE,
        message("NOT CERTAIN which arm it is"),
        [
            message(
                "%(number)s registered arms may be meant; none of them is reported "
                "stolen or lost.",
                number=number,
            )
        ],
        act=message("Read the serial number again, and add make, model or calibre."),
        call=registrar(),
    )


def of_part(part: Message, number: int, *, is_all: bool) -> Answer:
    """Say how many arms a number that was read in part may be of.

    Args:
        part: Says what was read.
        is_all: Whether every arm that fits was found.
    """
    more = message("More arms match than can be listed; one of them may be stolen.")
    none = message("No arm on record matches what was read; that proves nothing.")
    listed = message(
        "%(number)s registered arms may be meant; none of them is reported stolen or "
        "lost.",
        number=number,
    )
    return Answer(
        CARE,
        message("NOT CERTAIN: the serial number was read in part"),
        [part, listed if number else none, *([] if is_all else [more])],
        act=message("Read the serial number again, and add make, model or calibre."),
        call=registrar(),
    )


def without_serial() -> Answer:
    return Answer(
        CALM,
        message("NO SERIAL NUMBER: arms of one make are not told apart"),
        [],
        act=message(
            "Type the serial number, with ? for each character that you cannot read."
        ),
    )


def not_on_record() -> Answer:
    return Answer(
        CARE,
        message("NOT ON RECORD"),
        [
            message(
                "No arm with these marks is registered, reported lost or stolen, or "
                "recovered. That proves nothing: the marks may be misread, or the arm "
                "may be from abroad."
            ),
            message(
                "Numbers of licences, certificates, holders and other papers are found "
                "only where you may open the record."
            ),
        ],
        act=message(
            "Read the marks again. If you take the arm, record a recovery: then it is "
            "traced."
        ),
        call=message("the tracing hub"),
    )


def on_paper() -> Answer:
    return Answer(
        CARE,
        message("NO ARM HAS THIS NUMBER; it is on papers"),
        [message("Open the record above that the number belongs to.")],
        act=message("For an arm, type the serial number that is marked on it."),
    )


def missing_words(states: Collection[ArmState]) -> Message:
    """Head the answer of an arm that is missing."""
    if states == {ArmState.STOLEN}:
        return message("STOLEN")
    return message("LOST") if states == {ArmState.LOST} else message("STOLEN OR LOST")


def differs(arm: registry.ArmRow) -> Message:
    return message(
        "The serial number on record differs from what was typed: %(serial)s.",
        serial=arm.serial_as_marked,
    )


def alarm_destroyed(
    arm: registry.ArmRow, wanted: tuple[Message, ...], act: Message
) -> Answer:
    said = message(
        "The register says that the arm with these marks was destroyed; either "
        "this is another arm, or it was never destroyed."
    )
    return Answer(
        ALARM,
        message("DESTROYED, according to the register"),
        (since(arm), said, *wanted),
        act=act,
        call=registrar(),
        arm=arm,
    )
