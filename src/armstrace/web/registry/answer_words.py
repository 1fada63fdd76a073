"""Sentences of the answer to a look-up."""

from collections.abc import Callable, Mapping

from armstrace.analysis.provenance.state import HELD
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.vocabulary.arms import ArmState
from armstrace.vocabulary.messages import Message, message


def state_words(arm: registry.ArmRow) -> tuple[Message, tuple[Message, ...]]:
    """Say of an arm that is not missing where the register has it."""
    if arm.state is ArmState.DEACTIVATED:
        said = message("One that can fire is not the arm on record, or was made to.")
        return message("DEACTIVATED, by the register"), (said,)
    if arm.state is ArmState.EXPORTED:
        said = message("It should be abroad: ask how it came back.")
        return message("EXPORTED, by the register"), (said,)
    if arm.state is ArmState.HELD_STATE:
        said = message("It belongs to the State: ask the body that holds it.")
        return message("REGISTERED, no loss or theft on record"), (said,)
    said = message(
        "To whom, the arm’s page tells those who may know, for a reason. Ask the "
        "person for the licence."
    )
    return message("REGISTERED, no loss or theft on record"), (said,)


def loss_words(loss: registry.LossTold | None) -> Message:
    if loss is None:
        return message("No report of it is on record.")
    if loss.happened_on is None:
        return message("The day is not known: %(kind)s.", kind=loss.kind)
    place = ", ".join(part for part in (loss.place, loss.region) if part)
    if not place:
        return message("On %(day)s: %(kind)s.", kind=loss.kind, day=loss.happened_on)
    return message(
        "On %(day)s in %(place)s: %(kind)s.",
        kind=loss.kind,
        day=loss.happened_on,
        place=place,
    )


def loss_call(
    loss: registry.LossTold | None, to_call: Callable[[str], Message | str]
) -> Message | str:
    if loss is None:
        return registrar()
    if not loss.number:
        return to_call(loss.told_by)
    return message(
        "%(agency)s, report %(number)s",
        agency=to_call(loss.told_by),
        number=loss.number,
    )


def sighting_words(one: recoveries.Sighting, names: Mapping[str, str]) -> Message:
    return message(
        "On %(day)s, by %(agency)s: %(kind)s.",
        kind=one.kind,
        day=one.recovered.exported,
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
