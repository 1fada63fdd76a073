"""How stated recoveries become records."""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from armstrace.analysis.marks.identify import identify
from armstrace.audit import ledger
from armstrace.records.lengths import Limit, limits
from armstrace.records.lookups import among
from armstrace.records.on_record import OnRecord, Store
from armstrace.records.plans import Plan
from armstrace.records.statements import Held, Recorder
from armstrace.records.submissions import Submission
from armstrace.recoveries import fields, nameless, rules
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.models import Recovery, RecoveryRecord, Withdrawal
from armstrace.recoveries.records import TABLES, make_record
from armstrace.registry.same_arm import Arms
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.outcomes import Recorded, Settlement

if TYPE_CHECKING:
    from datetime import date

KIND_OF = {table: kind for kind, table in TABLES.items()}


class RecoveryRecorder(Recorder[RecoveryInput]):
    """Recovered arms, parts and ammunition."""

    store: ClassVar = Store(
        tables=tuple(TABLES.values()),
        owner="recovery_id",
        identity=Recovery,
        agency="agency",
    )
    days = ("recovered_on", "recovered_until")
    years = ("year_of_manufacture",)
    limits = (
        *limits(Recovery, {"number": "source_number"}, {"number": "source_number"}),
        *(Limit(e.name, e.give, e.longest) for e in fields.FIELDS if e.longest),
    )

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission)
        # Make and serial number, and the day, of what a source states anew.
        self.marks: dict[int, tuple[str, str, date | None]] = {}
        self.withdrawn: set[str] = set()
        self.nameless = nameless.refusals(())

    def prepare(
        self, stated: Collection[RecoveryInput], known: Mapping[str, OnRecord]
    ) -> None:
        """Read the marks of arms that a source states anew; find what was withdrawn."""
        anew = [
            was.version
            for each in stated
            if (was := known.get(each.number)) is not None
            and was.table is RecoveryRecord
            and each.content_key not in {was.content_key, was.last_stated}
        ]
        self.nameless = nameless.refusals(
            [known[each.number].owner for each in stated if each.number in known]
        )
        rows = RecoveryRecord.objects.filter(among("pk", anew))
        fresh = {each.number for each in stated} - known.keys()
        gone = Withdrawal.objects.current().filter(
            among("recovery__source_number", fresh),
            recovery__source=self.submission.source,
            photograph=None,
        )
        self.withdrawn = set(gone.values_list("recovery__source_number", flat=True))
        told = rows.values_list("pk", "make", "serial_search", "recovered_on")
        self.marks = {pk: (make, serial, day) for pk, make, serial, day in told}

    def held_to(self, stated: RecoveryInput) -> Iterator[Held]:
        """Ask how many items a record is of."""
        yield "quantity", rules.COUNTED, (stated.item_kind, stated.quantity)

    def refuse(self, stated: RecoveryInput, was: OnRecord | None) -> Recorded | None:
        """Refuse an item that changes its kind, or becomes another arm."""
        if stated.number in self.withdrawn:
            broken = rules.NOT_TOLD_AGAIN.broken((stated.number, False))
            return Recorded.from_error(broken, field="source_number")
        if was is None:
            return None
        if was.owner in self.nameless and _names(stated):
            broken = self.nameless[was.owner]
            return Recorded.from_error(broken, at=was.owner, field="taken_from")
        facts = rules.Kinds(stated.number, KIND_OF[was.table], stated.item_kind)
        if not rules.ONE_KIND.holds(facts):
            broken = rules.ONE_KIND.broken(facts)
            return Recorded.from_error(broken, at=was.owner, field="item_kind")
        return self._refuse_another_arm(stated, was)

    def _refuse_another_arm(
        self, stated: RecoveryInput, was: OnRecord
    ) -> Recorded | None:
        """Refuse a source's other arm under its number; a person may say so."""
        known = self.marks.get(was.version)
        if known is None or self.submission.settlement is not Settlement.HOLD:
            return None
        make, serial, day = known
        read = identify(stated.description)
        arms = Arms(
            stated.number,
            (make, serial),
            (read.make, read.serial_search),
            is_same_day=stated.recovered_on in {None, day} or day is None,
        )
        if rules.ONE_ARM.holds(arms):
            return None
        broken = rules.ONE_ARM.broken(arms)
        return Recorded.from_error(broken, at=was.owner, field="source_number")

    def permit(self, stated: Collection[RecoveryInput]) -> None:
        """Refuse recoveries of an agency for which the actor may not record."""
        for agency in {each.agency for each in stated}:
            self.submission.by.require("recovery.record", agency=agency)

    def permit_changes(self, plan: Plan[RecoveryInput]) -> None:
        """Refuse to correct what belongs to an agency out of the actor's scope."""
        changed = (*plan.changed, *plan.kept)
        for agency in {plan.known[each.number].agency for each in changed}:
            self.submission.by.require("recovery.correct", agency=agency)

    def write(self, plan: Plan[RecoveryInput], entry: ledger.Entry) -> dict[str, int]:
        """Write items and their versions, each kind into its table."""
        source = self.submission.source
        ids = self.begin(
            plan,
            entry,
            lambda each: {
                "source": source,
                "source_number": each.number,
                "item_kind": each.item_kind.value,
            },
        )
        self.replace(
            plan,
            entry,
            lambda each: (
                TABLES[each.item_kind],
                make_record(each) | {"recovery_id": ids[each.number]},
            ),
        )
        return ids


def _names(stated: RecoveryInput) -> bool:
    """Tell whether a statement says who had the item, or how to reach a person."""
    is_told = stated.taken_from_is_holder is not Known.UNKNOWN
    prose = stated.notes, stated.offences, stated.where.place
    return is_told or bool(stated.taken_from.strip() or nameless.contact_in(*prose))
