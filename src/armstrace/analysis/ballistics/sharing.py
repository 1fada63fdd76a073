"""Whether a mark meets the published criteria for sharing abroad.

The criteria are dated data (``data/sharing.toml``). A criterion that the records
cannot answer is left to a person; nothing is shared by itself.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class Facts:
    """What the records say of how a mark came into hands."""

    # Code of the kind of place; "" or UNKNOWN is not known.
    place_kind: str = ""
    # Code of the kind of agency; "" is not known.
    agency_kind: str = ""
    # Codes of criminal contexts.
    contexts: frozenset[str] = frozenset()
    # Arms recovered under the same case number; 0 is not known.
    arms_in_case: int = 0


@dataclass(frozen=True, slots=True)
class Criterion:
    """One published criterion, with what in the records meets it."""

    key: str
    # As people read it.
    words: Message
    place_kinds: tuple[str, ...] = ()
    agency_kinds: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    # Arms of one case that meet it; 0 for any number.
    least_arms: int = 0

    def is_met(self, facts: Facts) -> bool:
        return (
            facts.place_kind in self.place_kinds
            or facts.agency_kind in self.agency_kinds
            or bool(facts.contexts & set(self.contexts))
            or 0 < self.least_arms <= facts.arms_in_case
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """The criteria that hold from a day on."""

    # As decisions cite it.
    name: str
    valid_from: date
    source: str
    # Whether the wording was checked against the source.
    is_verified: bool
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whether sharing is proposed, and on what."""

    edition: Edition
    met: tuple[Criterion, ...]
    # Those that the records do not meet or cannot answer; a person knows.
    open: tuple[Criterion, ...]

    @property
    def is_proposed(self) -> bool:
        """Tell whether at least one criterion is met."""
        return bool(self.met)


def proposal(facts: Facts, on: date) -> Proposal:
    """Hold the records against the criteria of a day.

    Source:
        INTERPOL, public page on the Ballistic Information Network; see the data.
    """
    edition = edition_on(on)
    met = tuple(one for one in edition.criteria if one.is_met(facts))
    left = tuple(one for one in edition.criteria if not one.is_met(facts))
    return Proposal(edition, met, left)


def edition_on(on: date) -> Edition:
    """Give the criteria of a day; the first edition before all of them."""
    every = editions()
    held = [one for one in every if one.valid_from <= on]
    return held[-1] if held else every[0]


@lru_cache(maxsize=1)
def editions() -> tuple[Edition, ...]:
    """Give every edition, the earliest first."""
    read = [
        fill(
            Edition,
            one,
            criteria=tuple(
                fill(Criterion, each, words=Message(each["words"]))
                for each in one["criterion"]
            ),
        )
        for one in read_table(__package__, "data/sharing.toml")["edition"]
    ]
    return tuple(sorted(read, key=lambda one: one.valid_from))
