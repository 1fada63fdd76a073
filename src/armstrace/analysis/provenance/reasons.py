"""Why an arm may have left the legal world, in sentences."""

from datetime import date

from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.lawful import LastHolder
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)


def trader(holder: LastHolder | None) -> HolderKind | Message:
    """Name what the last holder is."""
    return holder.kind if holder and holder.kind else message("trader")


def say_event(event: Event) -> Message:
    """Say what happened, and when."""
    day = event.happened_on
    if day is None:
        return message("The arm was %(kind)s.", kind=event.kind)
    return message("The arm was %(kind)s on %(day)s.", kind=event.kind, day=day)


def say_end_before_recovery(end: Event) -> Message:
    """Say how the arm ended, though it was recovered."""
    day = end.happened_on
    if day is None:
        return message("The arm was %(kind)s, yet it was recovered.", kind=end.kind)
    return SAID.say("LEFT_YET_RECOVERED", kind=end.kind, day=day)


def licence_ended(day: date | None) -> Message:
    """Say that the holder's licence ended."""
    if day is None:
        return message("The holder's licence ended and the arm was not handed in.")
    return SAID.say("LICENCE_ENDED", day=day)


def holder_died(day: date | None) -> Message:
    """Say that the holder died."""
    if day is None:
        return message("The holder died and no heir took the arm over on record.")
    return SAID.say("HOLDER_DIED", day=day)


def say_export(country: str, day: date | None) -> Message:
    """Say that the arm left the country."""
    if country and day:
        return SAID.say("EXPORTED_ON", country=country, day=day)
    if country:
        return SAID.say("EXPORTED_TO", country=country)
    if day:
        return SAID.say("EXPORTED_ABROAD", day=day)
    return message("The arm was exported abroad; ask there what became of it.")
