"""The frame of every act on an operation: who may, on what, and in what order."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from armstrace.audit import ledger
from armstrace.records.versions import VersionRecord
from armstrace.techniques.models import Operation, no_such_operation
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.techniques import RunEnd


@dataclass(frozen=True, slots=True)
class Act:
    """An act on an operation, as it is being done."""

    # Locked until the act ends.
    operation: Operation
    entry: ledger.Entry
    by: Actor
    at: datetime

    def make[M: models.Model](self, table: type[M], **columns: object) -> M:
        """Keep a row of the operation, and name it in the entry."""
        given = {"operation": self.operation, "known_at": self.at} | columns
        if issubclass(table, VersionRecord):
            given["source"] = self.by.agency
        made = table._default_manager.create(**given)  # noqa: SLF001 - Django's own
        self.entry.about(made)
        return made

    def end[V: VersionRecord](self, table: type[V], **which: object) -> list[V]:
        """End the versions of the operation that stand, and name them."""
        given = {"operation": self.operation, "superseded_at": None} | which
        found = list(table._default_manager.filter(**given))  # noqa: SLF001 - Django's own
        for one in found:
            one.supersede(self.at)
        self.entry.about_all(found)
        return found

    def end_uncovered(self, reason: str = "") -> None:
        """End the run whose last cover has gone; it says when, and by whom."""
        now = self.operation.standing
        if now.is_active(self.at):
            return
        for left in self.operation.runs.filter(ended_at=None):
            left.ended_at = min(self.at, now.run_ends(left.known_at))
            left.ended_by, left.ending = self.by.name, RunEnd.UNCOVERED
            left.reason = reason.strip() if left.ended_at == self.at else ""
            left.save()
            self.entry.about(left)

    def say_anew[V: VersionRecord](
        self, table: type[V], which: Mapping[str, object], **columns: object
    ) -> V:
        """End what was said before and keep what is said now, never both at once."""
        ended = [one.superseded_at for one in self.end(table, **which)]
        # A slow clock gives back no moment at which the earlier word held.
        known_at = max([self.at, *filter(None, ended)])
        return self.make(table, known_at=known_at, **which, **columns)


@contextmanager
def act_on(
    name: str,
    operation_id: int,
    *grants: str,
    by: Actor,
    at: datetime,
    after_end: bool = False,
) -> Iterator[Act]:
    """Do an act on an operation that is open to the actor.

    Args:
        name: Of the act, for the ledger.
        grants: Lines of the policy of which one opens the act.
        after_end: Whether who is named may do it without an authority in force.

    Raises:
        NotFound: There is none, or it is not open to these eyes now.
    """
    if not any(map(by.may, grants)):
        by.require(grants[0])
    with ledger.entry(name, by=by, at=at) as entry:
        # Locked first: a withdrawal at the same time is seen, or waits.
        list(Operation.objects.select_for_update().filter(pk=operation_id))
        operation = open_operation(operation_id, by, at, after_end=after_end)
        yield Act(operation, entry, by, at)


def open_operation(
    operation_id: int, by: Actor, at: datetime, *, after_end: bool = False
) -> Operation:
    """Give an operation that is open to an actor at a moment.

    Raises:
        NotFound: There is none, or it is not open to these eyes then.
    """
    seen = Operation.objects.open_to(by, at)
    if after_end:
        seen = seen | Operation.objects.naming(by)
    found = seen.filter(pk=operation_id).first()
    if found is None:
        raise NotFound(no_such_operation(operation_id))
    return found
