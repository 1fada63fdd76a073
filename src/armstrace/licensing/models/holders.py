"""Who lawfully makes, deals in and holds arms."""

from datetime import date

from django.db import models
from django.db.models import PROTECT, Q

from armstrace.records.constraints import CURRENT, index
from armstrace.records.scope import Scoped
from armstrace.records.versions import NumberedRecord, StatementRecord, of_versions
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.licensing import LicenceType


class Holder(NumberedRecord):
    """A licensed person or body: an identity that its records describe.

    ``number`` is the one that the register gave.
    """

    letter = "H"
    number = models.CharField(max_length=64, unique=True)
    # What it shares with all numbers that may be read as it is.
    number_key = models.CharField(max_length=64, blank=True)

    scope = Scoped("holder.view")

    class Meta:
        indexes = [index("holder_number_key", "number_key")]

    def __str__(self) -> str:
        return self.number


class HolderRecord(StatementRecord):
    """What is known of a holder; personal data, read only through disclosure."""

    holder = models.ForeignKey(Holder, PROTECT, related_name="records")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=HolderKind.choices())
    place = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)

    scope = Scoped(through="holder")

    class Meta:
        constraints = of_versions("holder_record", "holder")
        indexes = [
            index("holder_by_name", "name", "id", where=CURRENT),
            index("holder_corrected", "holder", where=Q(superseded_at__isnull=False)),
        ]


class Licence(StatementRecord):
    """A licence, with the dates between which it holds."""

    holder = models.ForeignKey(Holder, PROTECT, related_name="licences")
    number = models.CharField(max_length=64)
    number_key = models.CharField(max_length=64, blank=True)
    licence_type = models.CharField(max_length=20, choices=LicenceType.choices())
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    scope = Scoped(through="holder")

    class Meta:
        constraints = of_versions("licence", "number")
        indexes = [
            index("licence_number_key", "number_key", where=CURRENT),
            index("licence_by_end", "valid_until", "id", where=CURRENT),
            index(
                "licence_by_activity",
                "licence_type",
                "valid_until",
                "id",
                where=CURRENT,
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the licence held on a day, both ends included."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)
