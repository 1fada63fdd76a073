"""What is on record of the arms that a look-up may mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from armstrace.accounts import queries as accounts
from armstrace.ballistics import queries as ballistics
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Message, as_message, message
from armstrace.web.registry import answer_words as words

WANTED = message("WANTED: ballistic marks link it with a case.")


@dataclass(slots=True)
class OnRecord:
    """What is on record of the arms that may be meant."""

    arms: Mapping[int, registry.ArmRow]
    losses: Mapping[int, registry.LossTold]
    of_arms: Sequence[recoveries.Sighting]
    of_marks: Sequence[recoveries.Sighting]
    linked: frozenset[int]
    last_days: Mapping[int, date]
    names: Mapping[str, str] = field(default_factory=dict)
    telephones: Mapping[str, str] = field(default_factory=dict)
    sees_holders: bool = False
    # The arm that is meant though its serial number is not what was typed.
    differing: int | None = None

    def alerts_on(self, arm: registry.ArmRow) -> tuple[Message, ...]:
        """Say of an arm whether it is wanted."""
        return (WANTED,) if arm.arm_id in self.linked else ()

    def to_call(self, code: str, written: str = "") -> Message:
        """Say how an agency is reached, by its code; a register by its keeper.

        Args:
            code: The agency's code, or a source that may be one.
            written: The agency as a file writes it, where it is none on record.
        """
        if code not in self.names:
            return as_message(written or words.registrar())
        if code not in self.telephones:
            return as_message(self.names[code])
        return message(
            "%(agency)s, telephone %(telephone)s",
            agency=self.names[code],
            telephone=self.telephones[code],
        )


def read(
    found: recoveries.ReadMarks | None,
    ids: Sequence[int],
    arms: Mapping[int, registry.ArmRow],
    viewer: Actor,
    *,
    is_part: bool = False,
) -> OnRecord:
    """Read what is on record of some arms, and who else recovered such marks.

    Args:
        found: The marks; None where only the arms count.
        is_part: The serial number was read in part.
    """
    losses = registry.latest_losses(ids, viewer=viewer) if ids else {}
    of_arms: Sequence[recoveries.Sighting] = ()
    of_marks: Sequence[recoveries.Sighting] = ()
    if found is not None:
        of_arms = recoveries.sightings_of_arms(ids, viewer=viewer)
        ask = (
            recoveries.sightings_that_fit if is_part else recoveries.sightings_of_marks
        )
        of_marks = ask(found, viewer=viewer)
    linked: frozenset[int] = frozenset()
    if ids and viewer.may("ballistics.view"):
        linked = ballistics.arms_with_links(ids, viewer=viewer)
    codes = {loss.agency or loss.told_by for loss in losses.values()}
    codes |= {one.agency for one in (*of_arms, *of_marks)}
    known = accounts.agency_contacts(codes, viewer=viewer) if codes else {}
    names = {code: name for code, (name, _telephone) in known.items()}
    telephones = {code: said for code, (_name, said) in known.items() if said}
    days = _last_days(ids, viewer) if of_arms or of_marks else {}
    sees = viewer.may("holder.view")
    return OnRecord(
        arms, losses, of_arms, of_marks, linked, days, names, telephones, sees
    )


def _last_days(ids: Sequence[int], viewer: Actor) -> dict[int, date]:
    """Give the day of the latest event in the life of each arm."""
    lives = registry.lives_of(ids, viewer=viewer)
    return {
        arm: max(days)
        for arm, life in lives.items()
        if (days := [event.happened_on for event in life if event.happened_on])
    }
