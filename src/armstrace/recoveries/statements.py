"""How stated recoveries become records."""

from collections.abc import Collection
from typing import ClassVar

from armstrace.audit import ledger
from armstrace.records.lengths import limits
from armstrace.records.on_record import OnRecord, Store
from armstrace.records.plans import Plan
from armstrace.records.statements import Recorder
from armstrace.recoveries import fields, rules
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.models import Recovery
from armstrace.recoveries.records import TABLES, make_record
from armstrace.vocabulary.outcomes import Recorded

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
    limits = (
        *limits(Recovery, {"number": "source_number"}, {"number": "source_number"}),
        *fields.LIMITS,
    )

    def refuse(self, stated: RecoveryInput, was: OnRecord | None) -> Recorded | None:
        """Refuse an item that changes its kind."""
        if was is None:
            return None
        facts = rules.Kinds(stated.number, KIND_OF[was.table], stated.item_kind)
        if rules.ONE_KIND.holds(facts):
            return None
        broken = rules.ONE_KIND.broken(facts)
        return Recorded.refused(broken, at=was.owner, field="item_kind")

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
