"""Arms, parts and ammunition that were seized, found or surrendered."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import PROTECT, Exists, OuterRef, Q

from armstrace.evidence.models import StoredFile
from armstrace.records.constraints import CURRENT, check, index, unique
from armstrace.records.fields import MessageField
from armstrace.records.scope import Scoped, at, no_such
from armstrace.records.versions import (
    Named,
    NumberedRecord,
    StatementRecord,
    VersionManager,
    VersionQuerySet,
    VersionRecord,
    of_versions,
    one_current,
)
from armstrace.registry.models import Arm, DescribedArm, SeenMark
from armstrace.vocabulary.arms import (
    AmmunitionKind,
    ItemKind,
    Modification,
    PartType,
    ProductionClass,
)
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.recoveries import LegalJustification, PlaceKind, RecoveryKind
from armstrace.vocabulary.tracing import Judgement, RepeatKind

no_such_recovery = no_such(
    message("There is no recovery R%(recovery)s here; check the number.")
)
no_such_photograph = no_such(
    message("There is no such photograph; look at the recovery again.")
)


def of_items(name: str) -> list[models.BaseConstraint]:
    """Give the constraints of versions of which a span has more than one day."""
    ends = Q(recovered_until=None) | Q(recovered_until__gt=models.F("recovered_on"))
    days = check(f"{name}_days", ends)
    return [*of_versions(name, "recovery"), days]


def _of_current(name: str, *columns: str, **more: Any) -> models.Index:  # noqa: ANN401 - Django's own
    """Make an index of what nothing has superseded."""
    return index(f"recovery_record_{name}", *columns, where=CURRENT, **more)


def _was_taken_by(path: str, agency: str) -> Q:
    """Look the agency up in what is known of the item now, of whichever kind it is."""
    found = Q()
    for table in (RecoveryRecord, AmmunitionRecord, PartRecord):
        rows = table.objects.current().filter(agency=agency)
        found |= Q(Exists(rows.filter(recovery=OuterRef(f"{path}pk"))))
    return found


RECORD_SCOPE = Scoped(
    "recovery.view", at("agency"), key="recovery_id", missing=no_such_recovery
)


class Recovery(NumberedRecord):
    """One item that came into the hands of the State, once.

    Its identity is its source and the number that the source gave it.
    """

    letter = "R"
    source = models.CharField(max_length=80)
    source_number = models.CharField(max_length=120)
    item_kind = models.CharField(max_length=12, choices=ItemKind.choices())

    scope = Scoped("recovery.view", _was_taken_by, missing=no_such_recovery)

    class Meta:
        constraints = [unique("recovery_source_number", "source_number", "source")]
        indexes = [index("recovery_by_age", "known_at", "id")]


class Circumstances(Named):
    """When, where, by whom and why an item was taken.

    ``recovered_until`` is the last day that it can have been, where not the day but
    a month, a year or a span is known; then ``recovered_on`` is the first.
    """

    recovery_kind = models.CharField(max_length=20, choices=RecoveryKind.choices())
    kind_reason = models.CharField(max_length=300, blank=True)
    recovered_on = models.DateField()
    recovered_until = models.DateField(null=True, blank=True)
    agency = models.CharField(max_length=40)
    case_number = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    place_kind = models.CharField(
        max_length=20, choices=PlaceKind.choices(), default=PlaceKind.UNKNOWN
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    legal_justification = models.CharField(
        max_length=20,
        choices=LegalJustification.choices(),
        default=LegalJustification.UNKNOWN,
    )
    criminal_contexts = models.JSONField(default=list, blank=True)
    offences_as_written = models.TextField(blank=True)
    seal_number = models.CharField(max_length=120, blank=True)
    custody_number = models.CharField(max_length=120, blank=True)
    notes = models.TextField(blank=True)
    source_row = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def recovered(self) -> DateSpan:
        """Give when it was recovered, as precisely as that is known."""
        return DateSpan.of(self.recovered_on, self.recovered_until)


# Numbers besides that of the case by which an exhibit is found.
NUMBERS = {
    "seal": "seal_number",
    "custody": "custody_number",
    "written": "serial_as_marked",
}


class RecoveryRecord(StatementRecord, Circumstances, DescribedArm):
    """What is known of a recovered arm and of how it was recovered."""

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="records")
    production_class = models.CharField(
        max_length=12,
        choices=ProductionClass.choices(),
        default=ProductionClass.UNKNOWN,
    )
    modification = models.CharField(
        max_length=12, choices=Modification.choices(), default=Modification.UNKNOWN
    )
    taken_from = models.CharField(max_length=200, blank=True)
    taken_from_is_holder = models.CharField(
        max_length=8, choices=Known.choices(), default=Known.UNKNOWN
    )

    scope = RECORD_SCOPE

    class Meta:
        constraints = of_items("recovery_record")
        indexes = [
            _of_current("day", "-recovered_on", "-recovery"),
            _of_current(
                "serial",
                "serial_search",
                "recovery",
                opclasses=("varchar_pattern_ops", "int8_ops"),
            ),
            _of_current("case", "case_number"),
            # SQLite takes it for a count only where it holds every column asked.
            _of_current("agency", "agency", "superseded_at", "recovery"),
            _of_current("type", "recovery", "superseded_at", "arm_type"),
            *(_of_current(name, column) for name, column in NUMBERS.items()),
        ]


class AmmunitionRecord(StatementRecord, Circumstances):
    """What is known of recovered ammunition; never counted as an arm."""

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="ammunition_records")
    ammunition_kind = models.CharField(
        max_length=24, choices=AmmunitionKind.choices(), default=AmmunitionKind.UNKNOWN
    )
    type_as_written = models.CharField(max_length=120, blank=True)
    make_as_written = models.CharField(max_length=200, blank=True)
    model_as_written = models.CharField(max_length=200, blank=True)
    calibre_as_written = models.CharField(max_length=120, blank=True)
    marks_as_written = models.CharField(max_length=400, blank=True)
    make = models.CharField(max_length=120, blank=True)
    calibre = models.CharField(max_length=80, blank=True)
    quantity = models.PositiveIntegerField(null=True, blank=True)

    scope = RECORD_SCOPE

    class Meta:
        constraints = of_items("ammunition_record")


class PartRecord(StatementRecord, Circumstances):
    """What is known of a recovered part; never counted as an arm."""

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="part_records")
    part_type = models.CharField(
        max_length=24, choices=PartType.choices(), default=PartType.OTHER_ESSENTIAL
    )
    type_as_written = models.CharField(max_length=120, blank=True)
    make_as_written = models.CharField(max_length=200, blank=True)
    serial_as_marked = models.CharField(max_length=400, blank=True)
    quantity = models.PositiveIntegerField(null=True, blank=True)

    scope = RECORD_SCOPE

    class Meta:
        constraints = of_items("part_record")


class ObservedMark(SeenMark):
    """A further mark on a recovered item."""

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="marks")

    scope = Scoped(through="recovery")


class RecoveryPhotograph(VersionRecord):
    """A photograph of a recovered item."""

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="photographs")
    file = models.ForeignKey(StoredFile, PROTECT, related_name="+")
    caption = models.CharField(max_length=200, blank=True)
    taken_on = models.DateField(null=True, blank=True)
    taken_by = models.CharField(max_length=120, blank=True)

    scope = Scoped(through="recovery", missing=no_such_photograph)

    def __str__(self) -> str:
        return self.caption or str(self.file)


class Withdrawal(VersionRecord):
    """That a recovery was withdrawn because it was entered twice, or a photograph was.

    While it stands the item has no current record, so that no list and no figure has
    it; bringing it back makes its last one current again.
    """

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="withdrawals")
    same_as = models.ForeignKey(
        Recovery, PROTECT, null=True, blank=True, related_name="doubles"
    )
    photograph = models.OneToOneField(
        RecoveryPhotograph, PROTECT, null=True, blank=True, related_name="withdrawal"
    )
    decided_by = models.CharField(max_length=150)

    scope = Scoped(through="recovery")

    class Meta:
        constraints = [
            unique(
                "recovery_withdrawal_current",
                "recovery",
                where=Q(superseded_at=None, photograph=None),
            ),
            check("recovery_withdrawal_of_one", Q(same_as=None) ^ Q(photograph=None)),
        ]


class JudgementManager(VersionManager["CandidateJudgement"]):
    """The way to what people say of recovered and registered arms."""

    def same(self) -> VersionQuerySet["CandidateJudgement"]:
        """Keep what is said now to be one arm."""
        return self.current().filter(judgement=Judgement.SAME.value)


class CandidateJudgement(VersionRecord):
    """A person's word on whether a recovered arm is this registered one."""

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="judgements")
    arm = models.ForeignKey(Arm, PROTECT, related_name="judgements")
    judgement = models.CharField(max_length=10, choices=Judgement.choices())
    probability = models.FloatField(null=True, blank=True)
    model_version = models.CharField(max_length=40, blank=True)
    judged_by = models.CharField(max_length=120)

    scope = Scoped(through="recovery")
    objects: ClassVar[JudgementManager] = JudgementManager()

    class Meta:
        constraints = [one_current("judgement_current", "recovery", "arm")]


class Resighting(VersionRecord):
    """A recovered arm that seems to be one that is on record already: a proposal.

    ``repeat`` says what kind of repeat is proposed; a person decides on the pair.
    """

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="seen_before")
    earlier = models.ForeignKey(Recovery, PROTECT, related_name="seen_again")
    repeat = models.CharField(
        max_length=16,
        choices=RepeatKind.choices(),
        default=RepeatKind.RECOVERED_AGAIN,
    )
    probability = models.FloatField(null=True, blank=True)
    model_version = models.CharField(max_length=80, blank=True)
    why = MessageField()

    scope = Scoped(through="recovery")

    class Meta:
        constraints = [one_current("resighting_current", "recovery", "earlier")]
