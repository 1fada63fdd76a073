"""Plan and write the steps that recoveries gain; an action opens the entry."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Any

from armstrace.analysis.procedures.procedure import Step as Asked
from armstrace.audit import ledger
from armstrace.procedures import facts, standing, versions
from armstrace.procedures.models import (
    Closing,
    Followed,
    ProcedureChange,
    ProcedureVersion,
    Step,
)
from armstrace.procedures.standing import Answer, fold
from armstrace.records import bulk, closing
from armstrace.records.lookups import among
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.procedures import UNDONE, StepAnswer, StepStanding

type Gain = tuple[Asked, ProcedureVersion]
"""A step that a recovery gains, and the version that asks it."""

CHUNK = 500
ASKS_MORE = message("What is known of the recovery now asks for more steps.")
"""Why a closed recovery is open again where no person opened it."""


def give(
    recoveries: Collection[int],
    *,
    by: Actor,
    at: datetime,
    entry: ledger.Entry,
    change: ProcedureChange | None = None,
    version: ProcedureVersion | None = None,
) -> None:
    """Give recoveries the steps that they have not, and fold and count all anew.

    Args:
        change: By which they gain the steps of its version.
        version: Whose steps they gain; that of each recovery where None.

    Source:
        Background paper (2018), para. 64; rule of this design: each step keeps its
        version.
    """
    version = change.version if change else version
    for some in batched(sorted(recoveries), CHUNK, strict=False):
        following = Giving(by, at, version=version, change=change)
        plan(following, some)
        write(following, entry)


@dataclass(slots=True)
class Giving:
    """One act of following, and what it writes."""

    by: Actor
    at: datetime
    # Whose steps are given; that of each recovery where None.
    version: ProcedureVersion | None = None
    change: ProcedureChange | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[Followed] = field(default_factory=list)
    reopened: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _One:
    """One recovery with what stands of it."""

    known: facts.Known
    followed: Followed | None
    version: ProcedureVersion
    # The one in use.
    current: ProcedureVersion
    steps: list[Step]
    answers: Mapping[str, Answer]

    @property
    def round(self) -> int:
        return self.followed.round if self.followed else 1

    @property
    def live(self) -> list[Step]:
        return [each for each in self.steps if each.state != StepStanding.WITHDRAWN]

    def left_out(self, added: Collection[Gain]) -> list[StepAnswer]:
        """Give the decisions that no step asks for, nor one that is added."""
        told = [each.answer for each in self.live]
        told += [asked.answer for asked, _ in added]
        return standing.never_asked(self.known.facts.recovery_kind, told)

    def gains(self) -> list[Gain]:
        """Give the steps that it has not: its version's, and decisions left out."""
        facts_ = self.known.facts
        codes = {each.code for each in self.live if each.round == self.round}
        found = [
            (each, self.version)
            for each in self.version.procedure.steps_for(facts_)
            if each.code not in codes
        ]
        left_out = self.left_out(found)
        if not left_out:
            return found
        codes |= {asked.code for asked, _ in found}
        return found + [
            (each, self.current)
            for each in self.current.procedure.steps_for(facts_)
            if each.answer in left_out and each.code not in codes
        ]


def lock(recoveries: Collection[int]) -> None:
    """Let nobody else give these recoveries steps, or end some, until the act ends.

    Records about them may still come: an act that writes one asks for the recovery
    at its commit, when it holds the head of the ledger, and would wait for ever.
    """
    rows = Recovery.objects.filter(among("pk", recoveries)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def plan(following: Giving, ids: Collection[int]) -> int:
    return sum(_plan_one(following, one) for one in _read(following, ids))


def _read(following: Giving, ids: Collection[int]) -> list[_One]:
    lock(ids)
    rows = Followed.objects.filter(among("recovery_id", ids)).select_related("version")
    followed = {each.recovery_id: each for each in rows}
    known = facts.known_of(ids)
    if not known:
        return []
    current = versions.in_use_or_shipped(following.by, following.at)
    steps = defaultdict(list)
    kept = Step.objects.current().filter(among("recovery_id", known))
    # A version holds a whole procedure: it is read once, not with each step.
    kept = kept.prefetch_related("version").order_by("round", "position", "pk")
    for step in kept:
        steps[step.recovery_id].append(step)
    answers = facts.answers_of(known)
    found = []
    for pk, each in known.items():
        before = followed.get(pk)
        version = following.version or (before.version if before else current)
        told = (steps[pk], answers.get(pk, {}))
        found.append(_One(each, before, version, current, *told))
    return found


def _plan_one(following: Giving, one: _One) -> bool:
    """Say which rows of a recovery end and begin; tell whether anything changes."""
    live, added = one.live, one.gains()
    following.ended += _taken_back(one, {each.code for each, _ in added})
    before = [
        *map(standing.of_row, live),
        *(standing.open_step(each, following.at, one.round) for each, _ in added),
    ]
    after = [standing.with_due(each) for each in fold(before, one.answers)]
    agency, count = one.known.agency, len(following.rows)
    for row, was, now in zip(live, before, after, strict=False):
        if now != was or row.agency != agency:
            following.ended.append(row.pk)
            begun = standing.columns_kept(row) | standing.columns_folded(now)
            said = row.reason if now.state is was.state else ""
            following.rows.append(begun | {"agency": agency, "reason": said})
    for gained, now in zip(added, after[len(live) :], strict=True):
        begun = standing.columns_of(*gained) | standing.columns_folded(now)
        following.rows.append(
            begun
            | {
                "recovery_id": one.known.recovery_id,
                "change_id": following.change.pk if following.change else None,
                "round": one.round,
                "agency": agency,
                "opened_at": following.at,
            }
        )
    undone = sum(each.state in UNDONE for each in after)
    is_whole = not one.left_out(added)
    return _settle(one, undone, following, count, is_whole=is_whole)


def _taken_back(one: _One, codes: Collection[str]) -> list[int]:
    """Give the steps that were taken back and come again."""
    return [
        each.pk
        for each in one.steps
        if each.state == StepStanding.WITHDRAWN
        and each.round == one.round
        and each.code in codes
    ]


def _settle(
    one: _One, open_steps: int, following: Giving, count: int, *, is_whole: bool
) -> bool:
    """Say what is kept of the recovery itself; tell whether anything changes."""
    before, known = one.followed, one.known
    was_closed = before is not None and before.is_closed
    now = {
        "record_id": known.record_id,
        "version_id": one.version.pk,
        "round": one.round,
        "open_steps": open_steps,
        "is_closed": was_closed and is_whole and not open_steps,
    }
    if before is None:
        following.new.append({"recovery_id": known.recovery_id, **now})
        return True
    is_changed = any(getattr(before, name) != value for name, value in now.items())
    if was_closed and not now["is_closed"]:
        following.reopened.append(known.recovery_id)
    if is_changed:
        for name, value in now.items():
            setattr(before, name, value)
        following.changed.append(before)
    return is_changed or len(following.rows) > count


def write(following: Giving, entry: ledger.Entry) -> None:
    at = following.at
    closing.close_keys(Step, following.ended, at, entry)
    rows = [
        row | {"known_at": at, "state": str(row["state"])} for row in following.rows
    ]
    entry.about_keys(Step, bulk.insert(Step, rows))
    new = [row | {"known_at": at} for row in following.new]
    entry.about_keys(Followed, bulk.insert(Followed, new))
    Followed.objects.bulk_update(
        following.changed, ["record", "version", "round", "open_steps", "is_closed"]
    )
    entry.about_all(following.changed)
    _say_reopened(following, entry)


def _say_reopened(following: Giving, entry: ledger.Entry) -> None:
    """Say of closed recoveries that what is known of them now asks for more."""
    closed = Closing.objects.current().filter(among("recovery_id", following.reopened))
    closing.close(closed, following.at, entry)
    made = [
        Closing(
            recovery_id=pk,
            is_closed=False,
            decided_by=following.by.name,
            reason=ASKS_MORE.template,
            source=following.by.agency,
            known_at=following.at,
        )
        for pk in following.reopened
    ]
    entry.about_all(Closing.objects.bulk_create(made))
