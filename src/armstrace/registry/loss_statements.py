"""How reports of loss and theft become records, and part of an arm's life."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import ClassVar

from armstrace.analysis.marks import identify
from armstrace.analysis.provenance.state import fold_state
from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.records import bulk
from armstrace.records.lengths import limits
from armstrace.records.lookups import among
from armstrace.records.on_record import OnRecord, Store
from armstrace.records.plans import Plan
from armstrace.records.statements import Columns, Held, Recorder
from armstrace.records.submissions import Submission
from armstrace.registry import arm_state, arms_by_marks, doubles, keystore, rules
from armstrace.registry.described import MARK_COLUMNS, MARK_NAMES, mark_columns
from armstrace.registry.inputs import LossInput
from armstrace.registry.models import Arm, ArmRecord, LifeEvent, LossReport
from armstrace.registry.same_arm import MARKS_OF_NUMBER, Arms
from armstrace.vocabulary.arms import ArmBasis, ItemKind, LifeEventKind

# What a report and its statement call alike.
SAID = (
    *("happened_on", "happened_until", "reported_on", "reported_to"),
    *("case_number", "place", "region", "notes"),
)
TEXTS = ("place", "region", "reported_to", "case_number")
# Stands for the arm of a report that is about ammunition or parts.
NO_ARM = 0


def restate_loss(report: LossReport) -> LossInput:
    """State a report of loss as it is on record."""
    kind = ItemKind(report.item_kind)
    return LossInput(
        number=report.source_number,
        description=report.description,
        loss_kind=LifeEventKind(report.loss_kind),
        arm_number=report.arm.source_number if report.arm else "",
        holder_number=report.holder.number if report.holder else "",
        item_kind=None if kind is ItemKind.ARM else kind,
        **{name: getattr(report, name) for name in SAID},
    )


class LossRecorder(Recorder[LossInput]):
    """Reports of loss; an arm that the register lacks gets an identity."""

    store: ClassVar = Store(tables=(LossReport,), owner="arm_id")
    grant = "registry.event"
    days = ("happened_on", "happened_until", "reported_on")
    limits = (
        *limits(LossReport, {"number": "source_number"}, {"number": "source_number"}),
        *limits(LossReport, MARK_COLUMNS, MARK_NAMES),
        *limits(LossReport, {name: name for name in TEXTS}),
    )

    def __init__(self, submission: Submission, arm_source: str) -> None:
        super().__init__(submission)
        self.arm_source = arm_source
        self.registered: dict[str, int] = {}
        self.marks: dict[int, tuple[str, str]] = {}
        self.holders: dict[str, int] = {}
        self.withdrawn: frozenset[str] = frozenset()

    def prepare(
        self, stated: Collection[LossInput], known: Mapping[str, OnRecord]
    ) -> None:
        """Find the arms and holders that the reports name."""
        del known
        numbers = {each.arm_number for each in stated if each.arm_number}
        found = Arm.objects.filter(
            among("source_number", numbers), source=self.arm_source
        )
        numbered = dict(found.values_list("source_number", "pk"))
        self.registered = doubles.standing(numbered)
        records = ArmRecord.objects.current().filter(
            among("arm_id", self.registered.values())
        )
        marks = records.values_list("arm_id", "make", "serial_search")
        self.marks = {arm: (make, serial) for arm, make, serial in marks}
        named = {each.holder_number for each in stated if each.holder_number}
        self.holders = licensing.holder_ids(named)
        told = {f"loss {each.number}" for each in stated}
        self.withdrawn = doubles.withdrawn_events(self.submission.source, told)

    def held_to(self, stated: LossInput) -> Iterator[Held]:
        """Hold a report to the arm and the holder on record that it names."""
        yield "number", rules.NOT_TOLD_AGAIN, (f"loss {stated.number}", self.withdrawn)
        if stated.arm_number:
            yield "arm_number", rules.KNOWN_ARM, (stated.arm_number, self.registered)
            yield "arm_number", MARKS_OF_NUMBER, self._arms_named(stated)
        yield "holder_number", rules.KNOWN_HOLDER, (stated.holder_number, self.holders)

    def _arms_named(self, stated: LossInput) -> Arms:
        read = identify.identify(stated.description)
        was = self.marks[self.registered[stated.arm_number]]
        return Arms(stated.arm_number, was, (read.make, read.serial_search))

    def write(self, plan: Plan[LossInput], entry: ledger.Entry) -> dict[str, int]:
        """Write reports, the arms that they make known, and their events."""
        arms = self._arms(plan, entry)
        self.replace(
            plan,
            entry,
            lambda each: (
                LossReport,
                _report(each)
                | {
                    "arm_id": _arm_of(each, arms),
                    "holder_id": self.holders.get(each.holder_number),
                },
            ),
        )
        self._tell(plan, arms, entry)
        # A report that names another arm now is no longer in the life of the first.
        before = {plan.known[each.number].owner for each in plan.changed}
        now = {_arm_of(each, arms) or NO_ARM for each in plan.written}
        touched = (before | now) - {NO_ARM}
        lives = arm_state.events_of(touched)
        arm_state.rewrite({arm: fold_state(lives.get(arm, [])) for arm in touched})
        entry.about_keys(Arm, touched)
        return {each.number: arms.get(each.number, NO_ARM) for each in plan.written}

    def _arms(self, plan: Plan[LossInput], entry: ledger.Entry) -> dict[str, int]:
        """Find the arm of each report; make one where none is on record.

        A report that names no number of the register is of the one arm that bears
        its make and its whole serial number.
        """
        written = [each for each in plan.written if each.item_kind is None]
        arms = {number: was.owner for number, was in plan.known.items() if was.owner}
        arms |= {
            each.number: self.registered[each.arm_number]
            for each in written
            if each.arm_number
        }
        without = {e.number: _marks(e) for e in written if e.number not in arms}
        arms |= arms_by_marks.arms_meant(without)
        fresh = [e for e in written if e.number not in arms]
        # Of several reports of one arm the first gives it an identity.
        first: dict[object, LossInput] = {}
        for each in fresh:
            first.setdefault(_arm_key(each, without[each.number]), each)
        made = bulk.insert(Arm, [self._arm(each) for each in first.values()])
        known = dict(zip(first, made, strict=True))
        arms |= {e.number: known[_arm_key(e, without[e.number])] for e in fresh}
        records = [self._arm_record(e, arms[e.number]) for e in first.values()]
        keystore.store(records)
        entry.about_keys(ArmRecord, bulk.insert(ArmRecord, records))
        return arms

    def _arm(self, stated: LossInput) -> Columns:
        return {
            "source": self.submission.source,
            "source_number": f"loss {stated.number}",
            "basis": ArmBasis.LOSS_REPORT.value,
            "known_at": stated.known_at or self.submission.at,
        }

    def _arm_record(self, stated: LossInput, arm_id: int) -> Columns:
        return (
            self.version(stated, None)
            | _marks(stated)
            | {"arm_id": arm_id, "source_row": stated.source_row}
        )

    def _tell(
        self,
        plan: Plan[LossInput],
        arms: Mapping[str, int],
        entry: ledger.Entry,
    ) -> None:
        """Write each loss into its arm's life; an earlier telling of it is closed.

        A register that tells of the same loss on the same day is not told it twice.
        """
        numbers = {f"loss {each.number}": each for each in plan.written}
        current = LifeEvent.objects.current()
        old = current.filter(
            among("source_number", numbers), source=self.submission.source
        )
        closed = list(old.values_list("pk", flat=True))
        old.update(superseded_at=self.submission.at)
        entry.about_keys(LifeEvent, closed)
        kinds = {each.loss_kind for each in plan.written}
        told = set(
            LifeEvent.objects.current()
            .filter(among("arm_id", arms.values()), kind__in=kinds)
            .values_list("arm_id", "kind", "happened_on")
        )
        rows = [
            self.version(each, plan.known.get(each.number))
            | _event(each, number)
            | {
                "arm_id": arms[each.number],
                "holder_from_id": self.holders.get(each.holder_number),
            }
            for number, each in numbers.items()
            if each.item_kind is None
        ]
        fresh = [
            row
            for row in rows
            if (row["arm_id"], row["kind"], row["happened_on"]) not in told
        ]
        entry.about_keys(LifeEvent, bulk.insert(LifeEvent, fresh))


def _arm_of(stated: LossInput, arms: Mapping[str, int]) -> int | None:
    """Give the arm of a report; ammunition and parts have none."""
    return arms[stated.number] if stated.item_kind is None else None


def _arm_key(stated: LossInput, marks: Columns) -> object:
    """Give what reports of one arm share: make, whole serial and calibre."""
    alike = arms_by_marks.marks_of(marks)
    return (*alike, marks["calibre"]) if alike else stated.number


def _marks(stated: LossInput) -> Columns:
    return mark_columns(stated.description, identify.identify(stated.description))


def _report(stated: LossInput) -> Columns:
    return _marks(stated) | {
        "source_number": stated.number,
        "item_kind": (stated.item_kind or ItemKind.ARM).value,
        "loss_kind": stated.loss_kind.value,
        "happened_on": stated.happened_on,
        "happened_until": stated.happened_until,
        "reported_on": stated.reported_on,
        **{name: getattr(stated, name) for name in TEXTS},
        "notes": stated.notes,
    }


def _day_of(stated: LossInput) -> date | None:
    """Give the day of a loss in its arm's life, where it is known to the day."""
    is_day = stated.happened_until in {None, stated.happened_on}
    return (stated.happened_on if is_day else None) or stated.reported_on


def _event(stated: LossInput, number: str) -> Columns:
    return {
        "source_number": number,
        "kind": stated.loss_kind.value,
        "happened_on": _day_of(stated),
        "place": stated.place,
        "region": stated.region,
        "document": f"loss report {stated.number}",
    }
