"""Registered arms: identities with marks, parts and a life of dated events."""

import re

from django.db import models
from django.db.models import PROTECT, Q

from armstrace.analysis.marks.description import Description
from armstrace.licensing.models import Holder
from armstrace.records.constraints import CURRENT, check, index, unique
from armstrace.records.scope import Scoped, no_such
from armstrace.records.versions import (
    Named,
    NumberedRecord,
    StatementRecord,
    VersionRecord,
    of_versions,
    one_current,
)
from armstrace.registry.models.builds import BuiltArm
from armstrace.vocabulary.arms import (
    COMES_BACK,
    ArmBasis,
    ArmState,
    ArmType,
    ItemKind,
    LifeEventKind,
    Passing,
)
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.messages import message

# Events after which an arm may be missing. Not as a list, of which SQLite does not
# see that an index holds it.
REPORTED_MISSING = Q(kind=LifeEventKind.LOST.value) | Q(kind=LifeEventKind.STOLEN.value)


class DescribedArm(Named):
    """The marks of an arm as written, and beneath each what they were read as.

    A serial number is never unique by itself, so nothing here is.
    """

    type_as_written = models.CharField(max_length=120, blank=True)
    make_as_written = models.CharField(max_length=200, blank=True)
    model_as_written = models.CharField(max_length=200, blank=True)
    calibre_as_written = models.CharField(max_length=120, blank=True)
    serial_as_marked = models.CharField(max_length=400, blank=True)
    country_as_written = models.CharField(max_length=120, blank=True)
    import_mark_as_written = models.CharField(max_length=200, blank=True)
    other_marks_as_written = models.CharField(max_length=400, blank=True)

    arm_type = models.CharField(
        max_length=20, choices=ArmType.choices(), default=ArmType.UNKNOWN
    )
    make = models.CharField(max_length=120, blank=True)
    model = models.CharField(max_length=120, blank=True)
    calibre = models.CharField(max_length=80, blank=True)
    serial_status = models.CharField(
        max_length=20, choices=SerialStatus.choices(), default=SerialStatus.UNKNOWN
    )
    serial_search = models.CharField(max_length=120, blank=True)
    country_of_manufacture = models.CharField(max_length=2, blank=True)
    import_country = models.CharField(max_length=2, blank=True)
    import_year = models.PositiveSmallIntegerField(null=True, blank=True)
    year_of_manufacture = models.PositiveSmallIntegerField(null=True, blank=True)
    readings = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def description(self) -> Description:
        """Give the marks as they were written."""
        return Description(
            type=self.type_as_written,
            make=self.make_as_written,
            model=self.model_as_written,
            calibre=self.calibre_as_written,
            serial=self.serial_as_marked,
            country=self.country_as_written,
            import_mark=self.import_mark_as_written,
            other=self.other_marks_as_written,
        )


# What people read as the number of an arm on record, such as A12.
OWN_NUMBER = re.compile(r"[Aa][\s-]*0*([1-9][0-9]{0,17})")


def arm_called(text: str) -> int:
    """Give the key that a text reads like, such as A12; 0 where it reads like none."""
    read = OWN_NUMBER.fullmatch(text.strip())
    return int(read[1]) if read else 0


no_such_arm = no_such(message("The register has no arm A%(arm)s; check the number."))
no_such_event = no_such(
    message("Arm %(arm)s no longer has this event; open the arm again.")
)


class Arm(NumberedRecord):
    """One arm: an identity, told apart from the marks observed on it.

    ``state``, ``state_since`` and ``holder`` repeat the fold of the life events;
    the actions that add events rewrite them in the same transaction.
    """

    letter = "A"
    source = models.CharField(max_length=80)
    source_number = models.CharField(max_length=120)
    basis = models.CharField(
        max_length=12, choices=ArmBasis.choices(), default=ArmBasis.REGISTERED
    )
    state = models.CharField(
        max_length=20, choices=ArmState.choices(), default=ArmState.UNKNOWN
    )
    state_since = models.DateField(null=True, blank=True)
    holder = models.ForeignKey(
        Holder, PROTECT, null=True, blank=True, related_name="arms"
    )

    scope = Scoped("registry.view", missing=no_such_arm)

    class Meta:
        constraints = [unique("arm_source_number", "source_number", "source")]
        indexes = [
            index("arm_state", "state", "id"),
            index("arm_basis", "basis", "id"),
        ]


class ArmRecord(StatementRecord, DescribedArm, BuiltArm):
    """What is known of an arm's primary marks, on its frame or receiver."""

    arm = models.ForeignKey(Arm, PROTECT, related_name="records")
    source_row = models.PositiveIntegerField(null=True, blank=True)
    notes = models.TextField(blank=True)

    scope = Scoped(through="arm")

    class Meta:
        constraints = of_versions("arm_record", "arm")
        indexes = [
            index(
                "arm_record_serial",
                "serial_search",
                "arm",
                where=CURRENT,
                opclasses=("varchar_pattern_ops", "int8_ops"),
            ),
            index("arm_record_make", "make", "arm", where=CURRENT),
            # All that matching compares, so that cards need no wide rows.
            index(
                "arm_record_card",
                "arm",
                "serial_search",
                "make",
                "model",
                "calibre",
                "arm_type",
                "country_of_manufacture",
                "import_country",
                "superseded_at",  # or SQLite reads the row to see that it is empty
                where=CURRENT,
            ),
        ]


# After which an arm is where it was.
STAYS = frozenset(
    {
        LifeEventKind.MARKED,
        LifeEventKind.PROOFED,
        LifeEventKind.PART_EXCHANGED,
        LifeEventKind.CONVERTED,
        LifeEventKind.DEACTIVATED,
        LifeEventKind.LICENCE_LAPSED,
    }
)


class LifeEvent(StatementRecord):
    """Something that happened to an arm."""

    arm = models.ForeignKey(Arm, PROTECT, related_name="events")
    source_number = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=LifeEventKind.choices())
    happened_on = models.DateField(null=True, blank=True)
    holder_from = models.ForeignKey(
        Holder, PROTECT, null=True, blank=True, related_name="+"
    )
    holder_to = models.ForeignKey(
        Holder, PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    document = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)
    manner = models.CharField(max_length=20, choices=Passing.choices(), blank=True)
    corrects = models.ForeignKey("self", PROTECT, null=True, blank=True)

    scope = Scoped(through="arm")

    class Meta:
        constraints = of_versions("life_event", "source", "source_number")
        indexes = [
            index(
                "life_event_consignment",
                "document",
                where=Q(superseded_at=None, kind="IMPORTED") & ~Q(document=""),
            ),
            index("life_event_missing", "arm", where=REPORTED_MISSING),
        ]

    @property
    def hands(self) -> tuple[Holder | None, Holder | None]:
        """Give who had the arm before and who has it after."""
        kind = LifeEventKind(self.kind)
        if kind in COMES_BACK:
            return None, self.holder_to or self.holder_from
        if kind in STAYS:
            return self.holder_from, self.holder_to or self.holder_from
        return self.holder_from, self.holder_to


class EventWithdrawal(VersionRecord):
    """That an event of an arm's life did not happen; the event stays as it was."""

    event = models.ForeignKey(LifeEvent, PROTECT, related_name="withdrawals")
    decided_by = models.CharField(max_length=150)

    scope = Scoped(through="event")

    class Meta:
        constraints = [one_current("event_withdrawal_current", "event")]


class LossReport(StatementRecord, DescribedArm):
    """A report that an item was lost or stolen, as the police wrote it down.

    Ammunition and parts are told apart from arms: they have no arm here, and nothing
    looks them up as one.
    """

    arm = models.ForeignKey(
        Arm, PROTECT, null=True, blank=True, related_name="loss_reports"
    )
    item_kind = models.CharField(
        max_length=12, choices=ItemKind.choices(), default=ItemKind.ARM
    )
    source_number = models.CharField(max_length=120)
    loss_kind = models.CharField(
        max_length=20,
        choices=[
            (LifeEventKind.LOST.value, LifeEventKind.LOST.label),
            (LifeEventKind.STOLEN.value, LifeEventKind.STOLEN.label),
        ],
    )
    happened_on = models.DateField(null=True, blank=True)
    happened_until = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    reported_to = models.CharField(max_length=40, blank=True)
    case_number = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    holder = models.ForeignKey(Holder, PROTECT, null=True, blank=True, related_name="+")
    notes = models.TextField(blank=True)

    scope = Scoped("registry.view")

    class Meta:
        constraints = [
            *of_versions("loss_report", "source", "source_number"),
            check("loss_report_of_an_arm", ~Q(item_kind="ARM") | Q(arm__isnull=False)),
        ]
        indexes = [
            index("loss_report_number", "source_number", where=CURRENT),
            index("loss_report_case", "case_number", where=CURRENT),
        ]

    @property
    def happened(self) -> DateSpan | None:
        """Give when it happened, as precisely as it is known."""
        if self.happened_on is None:
            return None
        return DateSpan.of(self.happened_on, self.happened_until)


class Withdrawal(VersionRecord):
    """That a record was withdrawn because the same arm is on record twice.

    While it stands the arm has no current ``ArmRecord``, so that no list and no
    search finds it; bringing it back makes its last one current again.
    """

    arm = models.ForeignKey(Arm, PROTECT, related_name="withdrawals")
    same_as = models.ForeignKey(Arm, PROTECT, related_name="doubles")
    basis_before = models.CharField(max_length=12, choices=ArmBasis.choices())
    decided_by = models.CharField(max_length=150)

    scope = Scoped(through="arm")

    class Meta:
        constraints = [one_current("withdrawal_current", "arm")]


class ArmJoin(VersionRecord):
    """That an arm known from a report alone is, or is not, a registered arm.

    Where it is, its reports and its life stand with the registered arm from then on;
    a later version that says otherwise brings them back.
    """

    report_arm = models.ForeignKey(Arm, PROTECT, related_name="joins")
    arm = models.ForeignKey(Arm, PROTECT, related_name="joined")
    is_one = models.BooleanField()
    decided_by = models.CharField(max_length=150)

    scope = Scoped(through="arm")

    class Meta:
        constraints = [one_current("arm_join_current", "report_arm", "arm")]

    def __str__(self) -> str:
        sign = "=" if self.is_one else "≠"
        return f"A{self.report_arm_id} {sign} A{self.arm_id}"
