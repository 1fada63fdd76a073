"""Decisions before a disposal, and lots with what was in them and who saw it."""

from django.db import models
from django.db.models import PROTECT, Q

from armstrace.custody.models import Exhibit
from armstrace.evidence.models import StoredFile
from armstrace.records.constraints import check, unique
from armstrace.records.scope import Scoped, at, no_such
from armstrace.records.versions import (
    KnownRecord,
    NumberedRecord,
    VersionRecord,
    ends_after_known,
    of_versions,
    one_current,
)
from armstrace.registry.models import Arm
from armstrace.vocabulary.disposal import (
    ConditionAnswer,
    ConditionKind,
    DestructionMethod,
    PictureMoment,
)
from armstrace.vocabulary.messages import message

no_such_lot = no_such(message("There is no lot Y%(number)s here; check the number."))


class Thing(VersionRecord):
    """A version about an exhibit, or about a surplus arm of the State."""

    exhibit = models.ForeignKey(
        Exhibit, PROTECT, null=True, blank=True, related_name="+"
    )
    arm = models.ForeignKey(Arm, PROTECT, null=True, blank=True, related_name="+")
    told_by = models.CharField(max_length=150)

    class Meta:
        abstract = True

    @property
    def reference(self) -> str:
        return f"E{self.exhibit_id}" if self.exhibit_id else f"A{self.arm_id}"


def of_one(name: str) -> models.CheckConstraint:
    """Make the constraint that it is about an exhibit or an arm, and not both."""
    of_exhibit = Q(exhibit__isnull=False, arm=None)
    of_arm = Q(exhibit=None, arm__isnull=False)
    return check(name, of_exhibit | of_arm)


class Condition(Thing):
    """What was decided or checked of an arm before it may be disposed of."""

    agency = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=ConditionKind.choices())
    answer = models.CharField(max_length=16, choices=ConditionAnswer.choices())
    authority = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField()
    final_on = models.DateField()

    scope = Scoped("disposal.view", at("agency"))

    class Meta:
        constraints = [
            one_current("condition_of_exhibit", "exhibit", "kind"),
            one_current("condition_of_arm", "arm", "kind"),
            ends_after_known("condition_times"),
            of_one("condition_of_one"),
        ]


class Lot(NumberedRecord):
    """Arms that are destroyed together; what is known of it stands in records."""

    letter = "Y"
    agency = models.CharField(max_length=40)
    opened_by = models.CharField(max_length=150)

    scope = Scoped("disposal.view", at("agency"), missing=no_such_lot)


class LotRecord(VersionRecord):
    """What is known of a lot; not destroyed while it has no day."""

    lot = models.ForeignKey(Lot, PROTECT, related_name="records")
    method = models.CharField(max_length=12, choices=DestructionMethod.choices())
    works = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    destroyed_on = models.DateField(null=True, blank=True)
    count_out = models.PositiveIntegerField(null=True, blank=True)
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="lot", key="lot_id", missing=no_such_lot)

    class Meta:
        constraints = [
            *of_versions("lot_record", "lot"),
            check(
                "lot_destroyed_whole",
                Q(destroyed_on=None, count_out=None)
                | Q(destroyed_on__isnull=False, count_out__isnull=False),
            ),
        ]


class LotItem(Thing):
    """That an arm was put into a lot, or taken out of it."""

    lot = models.ForeignKey(Lot, PROTECT, related_name="items")
    is_in = models.BooleanField(default=True)

    scope = Scoped(through="lot")

    class Meta:
        constraints = [
            one_current("exhibit_in_one_lot", "exhibit"),
            one_current("arm_in_one_lot", "arm"),
            ends_after_known("lot_item_times"),
            of_one("lot_item_of_one"),
        ]


class LotWitness(VersionRecord):
    """Who sees a lot destroyed; names are of people who sign in an office."""

    lot = models.ForeignKey(Lot, PROTECT, related_name="witnesses")
    name = models.CharField(max_length=150)
    body = models.CharField(max_length=200)
    is_observer = models.BooleanField(default=False)
    was_there = models.BooleanField(default=True)
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="lot")

    class Meta:
        constraints = [
            one_current("lot_witness_once", "lot", "name"),
            ends_after_known("lot_witness_times"),
        ]

    def __str__(self) -> str:
        return self.name


class LotPhotograph(KnownRecord):
    """A lot as it was before or after."""

    lot = models.ForeignKey(Lot, PROTECT, related_name="photographs")
    file = models.ForeignKey(StoredFile, PROTECT, related_name="+")
    moment = models.CharField(max_length=8, choices=PictureMoment.choices())
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="lot")

    class Meta:
        constraints = [unique("lot_photograph_once", "lot", "file", "moment")]
