"""The frame of every act on an operation: who may, on what, and in what order."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from armstrace.accounts import queries as accounts
from armstrace.accounts.models import User
from armstrace.audit import ledger
from armstrace.records import acts
from armstrace.records.versions import VersionRecord
from armstrace.techniques import rules
from armstrace.techniques.models import Operation, OperationPerson, no_such_operation
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.techniques import RunEnd


class Act(acts.Act[Operation]):
    """An act on an operation, as it is being done."""

    key = "operation"

    def require_lead(self) -> None:
        """Refuse who is named in the operation and does not lead it.

        Raises:
            RuleBroken: ``TE-27``.
        """
        asked, is_led = self.file.asked_by, self.file.is_led_by(self.by)
        rules.LED.require((self.file.reference, asked, is_led))

    def require_led(self, without: str) -> None:
        """Refuse to leave an authority in force with nobody who leads under it.

        Raises:
            RuleBroken: ``TE-29``.
        """
        named = OperationPerson.objects.current().filter(operation=self.file)
        leads = User.objects.filter(is_active=True, agency__code=self.file.agency)
        is_led = leads.filter(name__in=named.values("person")).exists()
        is_over = not self.file.standing.states_asked(self.at)
        rules.STILL_LED.require((without, self.file.reference, is_led or is_over))

    def end[V: VersionRecord](self, table: type[V], **which: object) -> list[V]:
        """End the versions of the operation that stand, and name them."""
        given = {self.key: self.file, "superseded_at": None} | which
        rows: Any = table._default_manager  # noqa: SLF001 - Django's own
        found: list[V] = list(rows.filter(**given))
        for one in found:
            one.supersede(self.at)
        self.entry.about_all(found)
        return found

    def end_uncovered(self, reason: str = "") -> None:
        """End the run whose last cover has gone; it says when, and by whom."""
        now = self.file.standing
        if now.is_active(self.at):
            return
        for left in self.file.runs.filter(ended_at=None):
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
        after_end: Whether who is named may do it without an authority in force.
    """
    if not any(map(by.may, grants)):
        by.require(grants[0])
    with ledger.entry(name, by=by, at=at) as entry:
        # A withdrawal at the same time is seen, or waits.
        acts.lock(Operation, operation_id)
        operation = open_operation(operation_id, by, at, after_end=after_end)
        yield Act(operation, entry, by, at)


def open_operation(
    operation_id: int, by: Actor, at: datetime, *, after_end: bool = False
) -> Operation:
    """Give an operation that is open to an actor at a moment."""
    seen = Operation.objects.open_to(by, at)
    if after_end:
        seen = seen | Operation.objects.naming(by)
    found = seen.filter(pk=operation_id).first()
    if found is None:
        raise NotFound(no_such_operation(operation_id))
    return found


def signers(operation: Operation, by: Actor) -> dict[str, str]:
    """Give who is named in an operation and may sign for what is handed over."""
    rows = OperationPerson.objects.current().filter(operation=operation)
    able: dict[str, str] = {}
    for act in ("technique.work", "technique.authorise"):
        able |= accounts.people_who_may(act, needs="technique.view", viewer=by)
    named = set(rows.values_list("person", flat=True))
    return {name: full for name, full in able.items() if name in named}
