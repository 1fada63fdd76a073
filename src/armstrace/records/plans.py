"""What is to become of statements, before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from armstrace.records.on_record import OnRecord
from armstrace.vocabulary.outcomes import Recorded, RowOutcome


class Statement(Protocol):
    """What a source states about one thing."""

    @property
    def number(self) -> str:
        """The source's own number of it."""

    @property
    def known_at(self) -> datetime | None:
        """When it became known, where the source says so."""

    @property
    def content_key(self) -> str:
        """The key by which an unchanged statement is recognised."""


@dataclass(slots=True)
class Plan[S: Statement]:
    """What is to become of statements; nothing of it is written yet."""

    known: Mapping[str, OnRecord]
    # What becomes of each, by number.
    outcomes: dict[str, Recorded] = field(default_factory=dict)
    # Statements of what is not on record.
    new: list[S] = field(default_factory=list)
    changed: list[S] = field(default_factory=list)
    # Statements that a person sets aside, so that they change nothing.
    kept: list[S] = field(default_factory=list)
    # Statements in which a source comes to say what a person corrected.
    agreed: list[S] = field(default_factory=list)

    @property
    def written(self) -> list[S]:
        """Statements that become a version."""
        return [*self.new, *self.changed]

    def add(self, stated: S, outcome: Recorded) -> None:
        """Take the outcome of one statement."""
        self.outcomes[stated.number] = outcome
        if outcome.fate is RowOutcome.NEW:
            self.new.append(stated)
        elif outcome.fate is RowOutcome.CORRECTED:
            self.changed.append(stated)

    def outcomes_of(
        self, stated: Iterable[S], made: Mapping[str, int] | None = None
    ) -> list[Recorded]:
        """Give the outcomes in the order of the statements.

        Args:
            made: Identities of what was new, by number; None where foretold.
        """
        if made is None:
            return [self.outcomes[each.number] for each in stated]
        is_new = RowOutcome.NEW
        return [
            Recorded(is_new, made[each.number])
            if self.outcomes[each.number].fate is is_new
            else self.outcomes[each.number]
            for each in stated
        ]
