"""Who states something, and why it may change what is on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import Settlement

type Words = Mapping[str, str]
"""Number to the key of all that a source says of a thing."""
NO_WORDS: Words = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Submission:
    """Who states something, and why it may change what is on record."""

    # Whose word it is.
    source: str
    by: Actor
    at: datetime
    reason: str = ""
    # What a contradiction to a person's correction becomes.
    settlement: Settlement = Settlement.HOLD
    # Of statements that were filled with what a person corrected, since their file has
    # no column for it.
    words: Words = NO_WORDS
