"""How stated arms become records of the register."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from armstrace.analysis.marks import identify
from armstrace.analysis.marks.description import Description
from armstrace.audit import ledger
from armstrace.records.lengths import limits
from armstrace.records.on_record import OnRecord, Store
from armstrace.records.plans import Plan
from armstrace.records.statements import Columns, Held, Recorder
from armstrace.records.submissions import Submission
from armstrace.registry import arms_by_marks, doubles, joining, keystore, rules
from armstrace.registry.categories import BUILD, SHORTER_BARREL, SIZES
from armstrace.registry.described import MARK_COLUMNS, MARK_NAMES, mark_columns
from armstrace.registry.inputs import ArmInput
from armstrace.registry.models import Arm, ArmJoin, ArmRecord
from armstrace.vocabulary.arms import ArmBasis
from armstrace.vocabulary.messages import message

# What a register states beside the marks; where it does not, the marks tell.
STATED = ("year_of_manufacture", "import_country", "import_year", *BUILD)
# Why the system itself joins a report with an arm that is registered later.
BY_MARKS = message(
    "The report came first; the register’s arm alone bears its make and number."
)


class ArmRecorder(Recorder[ArmInput]):
    """Registered arms, with the keys by which matching finds them.

    Args:
        joins_reports: Whether an arm is joined by its marks with a report that came
            before it; false where a person looked at the arms that bear the like.
    """

    store: ClassVar = Store(tables=(ArmRecord,), owner="arm_id", identity=Arm)
    grant = "registry.record"
    days = ("acquired_on",)
    years = ("year_of_manufacture", "import_year")
    limits = (
        *limits(
            Arm, {"number": "source_number"}, {"number": "source_number"}, of=ArmInput
        ),
        *limits(ArmRecord, MARK_COLUMNS, MARK_NAMES, of=Description),
    )

    def __init__(self, submission: Submission, *, joins_reports: bool = True) -> None:
        super().__init__(submission)
        self.joins_reports = joins_reports
        self.withdrawn: Collection[str] = ()

    def prepare(
        self, stated: Collection[ArmInput], known: Mapping[str, OnRecord]
    ) -> None:
        """Find the arms that were withdrawn as doubles."""
        fresh = {each.number for each in stated} - known.keys()
        self.withdrawn = doubles.withdrawn_among(self.submission.source, fresh)

    def held_to(self, stated: ArmInput) -> Iterator[Held]:
        """Hold an arm to possible lengths, and to a record that was not withdrawn."""
        yield "barrel_mm", SHORTER_BARREL, (stated.barrel_mm, stated.overall_mm)
        is_withdrawn = stated.number in self.withdrawn
        basis = ArmBasis.WITHDRAWN if is_withdrawn else ArmBasis.REGISTERED
        yield "number", rules.NOT_WITHDRAWN, basis

    def write(self, plan: Plan[ArmInput], entry: ledger.Entry) -> dict[str, int]:
        """Write arms, their versions and the keys of their serials."""
        source = self.submission.source
        ids = self.begin(
            plan,
            entry,
            lambda each: {"source": source, "source_number": each.number},
        )
        rows = self.replace(
            plan,
            entry,
            lambda each: (ArmRecord, make_record(each) | {"arm_id": ids[each.number]}),
        )
        replaced = [ids[each.number] for each in plan.changed]
        keystore.store(rows.get(ArmRecord, []), replaced=replaced)
        if self.joins_reports:
            self._meet_reports({ids[each.number] for each in plan.new}, entry)
        return ids

    def _meet_reports(self, arms: Collection[int], entry: ledger.Entry) -> None:
        """Let reports of loss that came before their arms stand with them.

        Only where one report's arm and one registered arm bear the make, the whole
        number and no other calibre; the rest waits for a person.
        """
        at, by = self.submission.at, self.submission.by
        for report_arm, arm in arms_by_marks.arms_of_reports(arms).items():
            joining.join(report_arm, arm, at=at, entry=entry)
            made = ArmJoin.objects.create(
                report_arm_id=report_arm,
                arm_id=arm,
                is_one=True,
                decided_by=by.name,
                reason=BY_MARKS.template,
                source=self.submission.source,
                known_at=at,
            )
            entry.about(made)


def make_record(stated: ArmInput) -> Columns:
    """Make the columns of a version that keep what is stated.

    What the register states of year and import wins over what the marks tell.
    """
    found = identify.identify(stated.description)
    columns = mark_columns(stated.description, found)
    for name in ("year_of_manufacture", "import_country", "import_year"):
        columns[name] = getattr(stated, name) or columns[name]
    for name in BUILD:
        value = getattr(stated, name)
        columns[name] = value if name in SIZES else value or ""
    return columns | {"source_row": stated.source_row, "notes": stated.notes}


def restate(number: str, record: ArmRecord, changes: dict[str, Any]) -> ArmInput:
    """State an arm as it is on record, but for what is to read otherwise."""
    marks = record.description
    written = {name: changes[name] for name in changes if hasattr(marks, name)}
    beside = {name: changes[name] for name in changes if name not in written}
    stated = ArmInput(
        number,
        replace(marks, **written),
        notes=record.notes,
        source_row=record.source_row,
        **{name: getattr(record, name) for name in STATED},
    )
    return replace(stated, **beside)
