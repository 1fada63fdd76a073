"""Record what sources state, as versions; foretell what recording would do.

One algorithm serves recoveries, arms, holders, licences, events and losses. It
plans first: each statement is set against what is on record of its identity, and
gets its outcome. To record is to plan and to write what was planned; to foretell
is to plan and to stop, so a dry run is the load without its last step.

A statement is compared with *the last statement of the same source*. What a
source repeats changes nothing, also where a person has corrected the record since
or another source stated something else. Where it is new it becomes a correction,
with a reason. Where it is new and a person has corrected the record since, it is a
conflict: nothing is written, and a person decides.

A person's correction is told from the source's own words by ``stated_key`` of its
version: it keeps what the source had stated last (see decision 12).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, ClassVar

from django.utils import timezone

from armstrace.audit import ledger
from armstrace.records import bulk, lengths, rules
from armstrace.records.lengths import Limit, limits, refuse_unfit
from armstrace.records.lookups import among
from armstrace.records.on_record import (
    OnRecord,
    Store,
    Table,
    on_record,
    statements_before,
)
from armstrace.records.plans import Plan, Statement
from armstrace.records.submissions import Submission
from armstrace.records.versions import StatementRecord
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Recorded, RowOutcome, Settlement
from armstrace.vocabulary.rules import Rule

REASON = limits(StatementRecord, {"reason": "reason"})
type Columns = dict[str, Any]
type Held = tuple[str, Rule[Any], Any]
"""A field, a rule on it, and the facts that the rule asks for."""


SOURCES_OWN = frozenset({Settlement.HOLD, Settlement.MEND})
# The reason of a version that a person's correction and its source share.
AGREED = message("The source now says the same.")
# Stands for what a source stated and nobody could read: no statement is the same.
MENDED = "mended"
# Stands for what was erased when its time was over; its sources are passed over.
ERASED = "erased"
ERASED_WORDS = message("Erased: its time was over.")


class Recorder[S: Statement]:
    """How statements of one kind are recorded; the apps say what differs.

    Args:
        submission: Who states them, and why records may change.
    """

    store: ClassVar[Store]
    grant: str = ""
    # What interfaces call the number of a statement.
    numbered_by: ClassVar[str] = "source_number"
    limits: ClassVar[tuple[Limit, ...]] = ()
    # Fields in which a statement says when a thing happened.
    days: ClassVar[tuple[str, ...]] = ()
    # Fields in which a statement gives a year of an arm.
    years: ClassVar[tuple[str, ...]] = ()

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.today = timezone.localdate(submission.at)
        # Numbers whose statements a person has corrected since they were made.
        self._outdated: frozenset[str] = frozenset()

    def foretell(self, stated: Sequence[S]) -> list[Recorded]:
        """Tell what recording would do; nothing is written.

        Args:
            stated: The statements; one recorder foretells a file part by part.
        """
        return self.plan(stated).outcomes_of(stated)

    def record(self, stated: Sequence[S], entry: ledger.Entry) -> list[Recorded]:
        """Record statements as versions.

        Args:
            stated: The statements; a number that comes twice keeps its last one.
            entry: The act in the ledger, whose transaction is open.

        Returns:
            The outcome of each, in the order given.
        """
        plan = self.plan(stated)
        made = self.write(plan, entry)
        self._restate(plan, entry)
        written = len(plan.written) + len(plan.kept) + len(plan.agreed)
        entry.note(stated=len(stated), written=written)
        return plan.outcomes_of(stated, made)

    def record_one(self, stated: S, entry: ledger.Entry) -> Recorded:
        """Record one statement as a version, or refuse the act.

        Raises:
            RuleBroken: It is refused, by the rule that refuses it.
        """
        (recorded,) = self.record([stated], entry)
        recorded.require_done()
        return recorded

    def plan(self, stated: Collection[S]) -> Plan[S]:
        """Decide what becomes of statements."""
        self.permit(stated)
        latest = {each.number: each for each in stated}
        unfit = {
            number: refuse_unfit(each, self.limits) for number, each in latest.items()
        }
        # A number with control characters is not looked up: PostgreSQL would fail.
        numbers = [each for each in latest if not lengths.UNSTORABLE.search(each)]
        plan = Plan[S](on_record(self.store, self.submission.source, numbers))
        fit = [each for number, each in latest.items() if unfit[number] is None]
        self.prepare(fit, plan.known)
        self._outdated = self._find_outdated(fit, plan.known)
        for number, each in latest.items():
            was = plan.known.get(number)
            refused = unfit[number]
            if refused is not None:
                at = was.owner if was is not None else 0
                plan.add(each, Recorded.from_error(refused, at=at))
                continue
            plan.add(each, self._weigh(each, was))
            if self._is_kept(each, was):
                plan.kept.append(each)
            if self._is_agreed(each, was):
                plan.agreed.append(each)
        self.permit_changes(plan)
        return plan

    def prepare(self, stated: Collection[S], known: Mapping[str, OnRecord]) -> None:
        """Read once what the rules need to know."""

    def held_to(self, stated: S) -> Iterable[Held]:
        """Give the rules that a statement has to keep whatever is on record of it."""
        del stated
        return ()

    def refuse(self, stated: S, was: OnRecord | None) -> Recorded | None:
        """Refuse a statement whatever is on record of it; None lets it pass."""

    def fit(self, stated: S, was: OnRecord | None) -> Recorded | None:
        """Refuse a statement that would change the records; None lets it pass.

        Statements come in their order, and one that passes counts for the next.
        """

    def permit(self, stated: Collection[S]) -> None:
        """Refuse statements that the actor may not record."""
        del stated
        self.submission.by.require(self.grant)

    def permit_changes(self, plan: Plan[S]) -> None:
        """Refuse a plan that changes what the actor may not change."""

    def write(self, plan: Plan[S], entry: ledger.Entry) -> Mapping[str, int]:
        """Write a plan; give the identity of what was new, by number."""
        raise NotImplementedError

    def _weigh(self, stated: S, was: OnRecord | None) -> Recorded:
        if was is not None and self._is_gone(was):
            return Recorded(RowOutcome.ERASED, was.owner, ERASED_WORDS)
        refused = self._refuse_broken(stated, was) or self.refuse(stated, was)
        if refused is not None:
            return refused
        if was is None:
            return self.fit(stated, was) or Recorded(RowOutcome.NEW)
        if self._is_said(stated, was) or self._is_kept(stated, was):
            return Recorded(RowOutcome.UNCHANGED, was.owner)
        return self._bar(stated, was) or (
            self.fit(stated, was) or Recorded(RowOutcome.CORRECTED, was.owner)
        )

    def _refuse_broken(self, stated: S, was: OnRecord | None) -> Recorded | None:
        number = self.numbered_by, rules.NUMBERED, (self.numbered_by, stated.number)
        # A record that has such a number already is corrected under it.
        first = [number] if was is None else []
        for name, rule, told in chain(first, self._times(stated), self.held_to(stated)):
            if not rule.holds(told):
                owner = was.owner if was is not None else 0
                return Recorded.from_error(rule.broken(told), at=owner, field=name)
        return None

    def _times(self, stated: S) -> Iterator[Held]:
        """Give the days and years that are stated, each with its rule."""
        for name in self.days:
            if day := getattr(stated, name):
                # A year or a month that has begun is known before it is over.
                is_end = name.endswith("_until")
                latest = date(self.today.year, 12, 31) if is_end else self.today
                told = rules.Happened(name, day, latest)
                yield name, rules.IN_LIVING_MEMORY, told
        for name in self.years:
            if (year := getattr(stated, name)) is not None:
                in_year = rules.StatedYear(name, year, self.today.year)
                yield name, rules.IN_TIME_OF_ARMS, in_year

    def _find_outdated(
        self, stated: Collection[S], known: Mapping[str, OnRecord]
    ) -> frozenset[str]:
        """Find statements that a person has corrected since they were made.

        An old file is no new word of its source, also where the source came to agree
        with the person, or where a person took its word.
        """
        if self.submission.settlement not in SOURCES_OWN:
            return frozenset()
        again = {
            each.number: self._word(each)
            for each in stated
            if each.number in known and not self._is_said(each, known[each.number])
        }
        said = statements_before(self.store, self.submission.source, again, known)
        return frozenset(n for n, key in again.items() if key in said.get(n, ()))

    def _bar(self, stated: S, was: OnRecord) -> Recorded | None:
        """Refuse a change that a correction stands against, or without a reason."""
        told = self.submission
        is_contested = told.settlement in SOURCES_OWN and (
            was.is_corrected or stated.number in self._outdated
        )
        if not rules.UNCONTESTED.holds(is_contested):
            broken = rules.UNCONTESTED.broken(is_contested)
            held = RowOutcome.CONFLICT
            return Recorded(held, was.owner, broken.message, broken.rule)
        too_long = refuse_unfit(told, REASON)
        if too_long is not None:
            return Recorded.from_error(too_long, at=was.owner)
        if not rules.REASONED.holds(told.reason):
            broken = rules.REASONED.broken(told.reason)
            return Recorded.from_error(broken, at=was.owner, field="reason")
        return None

    def _is_gone(self, was: OnRecord) -> bool:
        """Tell whether what a source says again was erased; a person may enter it."""
        is_persons = self.submission.settlement is Settlement.CORRECT
        return not is_persons and ERASED in {was.content_key, was.last_stated}

    def _is_said(self, stated: S, was: OnRecord) -> bool:
        """Tell whether the record, or the same source before, says the same."""
        if stated.content_key == was.content_key:
            return True
        # A person who corrects a record, or takes the source's word, does so also
        # where the source has said it before.
        is_sources = self.submission.settlement in SOURCES_OWN
        return is_sources and self._word(stated) == was.last_stated

    def _word(self, stated: S) -> str:
        """Give the key of all that the source says of a thing."""
        return self.submission.words.get(stated.number, stated.content_key)

    def _is_kept(self, stated: S, was: OnRecord | None) -> bool:
        if was is None or self.submission.settlement is not Settlement.KEEP:
            return False
        return not self._is_said(stated, was)

    def _is_agreed(self, stated: S, was: OnRecord | None) -> bool:
        """Tell whether a source now says of itself what a person corrected."""
        if was is None or self.submission.settlement is not Settlement.HOLD:
            return False
        is_new = self._word(stated) != was.last_stated
        return was.is_corrected and is_new and stated.content_key == was.content_key

    def version(self, stated: S, was: OnRecord | None) -> Columns:
        """Give the columns that every version has.

        Args:
            was: What it corrects; None where it is the first.
        """
        told, key = self.submission, stated.content_key
        before = self._said_before(was) or self._word(stated)
        return {
            "source": told.source,
            "reason": told.reason if was is not None else "",
            "known_at": told.at if was is not None else stated.known_at or told.at,
            "content_key": key,
            "stated_key": "" if before == key else before,
            "corrected_by": self._person,
        }

    @property
    def _person(self) -> str:
        """Name who decides what a version says, where its source does not."""
        is_sources = self.submission.settlement is Settlement.HOLD
        return "" if is_sources else self.submission.by.name

    def _said_before(self, was: OnRecord | None) -> str:
        """Give the key of the source's own words, where a person's replace them."""
        if self.submission.settlement is Settlement.MEND:
            return MENDED
        is_persons = self.submission.settlement is Settlement.CORRECT
        return was.last_stated if was is not None and is_persons else ""

    def begin(
        self,
        plan: Plan[S],
        entry: ledger.Entry,
        identity: Callable[[S], Columns],
    ) -> dict[str, int]:
        """Insert the identities of what is new; give those of all, by number.

        Args:
            identity: Gives the columns of an identity beside ``known_at``.
        """
        table = self.store.identity
        if table is None:
            msg = f"{type(self).__name__} keeps no identities"
            raise TypeError(msg)
        rows = [
            {"known_at": each.known_at or self.submission.at} | identity(each)
            for each in plan.new
        ]
        made = bulk.insert(table, rows)
        entry.about_keys(table, made)
        ids = {each.number: pk for each, pk in zip(plan.new, made, strict=True)}
        return ids | {number: was.owner for number, was in plan.known.items()}

    def replace(
        self,
        plan: Plan[S],
        entry: ledger.Entry,
        columns: Callable[[S], tuple[Table, Columns]],
    ) -> dict[Table, list[Columns]]:
        """Close the versions that are corrected and insert the new ones.

        Args:
            columns: Gives table and columns of a version beside those that every
                version has.
        """
        self._close([plan.known[each.number] for each in plan.changed], entry)
        rows: dict[Table, list[Columns]] = defaultdict(list)
        for each in plan.written:
            table, own = columns(each)
            rows[table].append(self.version(each, plan.known.get(each.number)) | own)
        for table, made in rows.items():
            entry.about_keys(table, bulk.insert(table, made))
        return rows

    def _close(self, closing: Sequence[OnRecord], entry: ledger.Entry) -> None:
        keys: dict[Table, list[int]] = defaultdict(list)
        for was in closing:
            keys[was.table].append(was.version)
        for table, pks in keys.items():
            table._default_manager.filter(among("pk", pks)).update(  # noqa: SLF001 -- documented API
                superseded_at=self.submission.at
            )
            entry.about_keys(table, pks)

    def _agree(self, stated: S) -> Columns:
        """Give what a version says anew where its source agrees with a person."""
        word, source = self._word(stated), self.submission.source
        if word != stated.content_key:  # with all that its file has a column for
            reason = self.submission.reason
            return {"source": source, "reason": reason, "stated_key": word}
        own = {"stated_key": "", "corrected_by": ""}
        return {"source": source, "reason": AGREED.template} | own

    def _restate(self, plan: Plan[S], entry: ledger.Entry) -> None:
        """State again what is on record, and what its source has said of it since."""
        told = self.submission
        changes: dict[int, Columns] = {
            plan.known[each.number].version: self._agree(each) for each in plan.agreed
        } | {
            plan.known[each.number].version: {
                "reason": told.reason,
                "stated_key": self._word(each),
                "corrected_by": self._person,
            }
            for each in plan.kept
        }
        closing = [plan.known[each.number] for each in (*plan.agreed, *plan.kept)]
        for table in {was.table for was in closing}:
            pks = [was.version for was in closing if was.table is table]
            rows = table._default_manager.filter(among("pk", pks)).order_by("pk")  # noqa: SLF001 -- documented API
            made: list[Columns] = [dict(row) for row in rows.values()]
            for row in made:
                row |= {"known_at": told.at} | changes[row.pop("id")]
            self._close([was for was in closing if was.table is table], entry)
            entry.about_keys(table, bulk.insert(table, made))
