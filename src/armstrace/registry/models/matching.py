"""What matching keeps: keys and counts that are derived, and how it is tuned."""

from django.db import models
from django.db.models import PROTECT

from armstrace.records.scope import Scoped
from armstrace.records.versions import KnownRecord, VersionRecord, one_current
from armstrace.vocabulary.matching import TuningKind


class SerialKey(models.Model):
    """The key store of matching: derived, rebuilt at will, never ledgered."""

    pk = models.CompositePrimaryKey("key", "make_code", "arm_id")
    key = models.BigIntegerField()
    make_code = models.IntegerField()
    arm_id = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.key:x}"


class KeyStoreState(models.Model):
    """By which look-alikes the key store is made, and how far a change has come.

    Derived like the keys. ``other_classes`` are those that come next while new
    keys are made (MAKING), and those that went while old keys are taken away
    (CLEARING); arms up to ``through`` are done. ``recipe`` is the ``keys.RECIPE`` by
    which every arm has its keys, ``other_recipe`` the one that comes next.
    """

    class Step(models.TextChoices):
        """What is being done to the keys."""

        NONE = "NONE"
        MAKING = "MAKING"
        CLEARING = "CLEARING"

    version = models.PositiveIntegerField()
    classes = models.JSONField()
    step = models.CharField(max_length=8, choices=Step.choices, default=Step.NONE)
    other_version = models.PositiveIntegerField(default=0)
    other_classes = models.JSONField(default=list)
    through = models.BigIntegerField(default=0)
    recipe = models.PositiveIntegerField(default=1)
    other_recipe = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"look-alikes {self.version}, {self.step}"


class PopulationSnapshot(models.Model):
    """How often each make, model and calibre stands in the register (derived).

    Matching weighs agreement by rarity; these counts are its frequencies.
    """

    arms = models.BigIntegerField()
    last_record = models.BigIntegerField()
    counts = models.TextField()

    def __str__(self) -> str:
        return f"{self.arms} arms"


class MatchingTuning(KnownRecord):
    """A calibration, or rates of misreading, that was proposed for matching.

    ``content`` is the table, ``replay`` what it did on cases that were kept back.
    """

    kind = models.CharField(max_length=12, choices=TuningKind.choices())
    based_on = models.CharField(max_length=80)
    content = models.JSONField()
    replay = models.JSONField()
    cases = models.PositiveIntegerField()
    is_better = models.BooleanField()
    proposed_by = models.CharField(max_length=150)

    scope = Scoped("matching.view")


class TuningInUse(VersionRecord):
    """That a person put a tuning into use, or went back to none of its kind."""

    kind = models.CharField(max_length=12, choices=TuningKind.choices())
    tuning = models.ForeignKey(
        MatchingTuning, PROTECT, null=True, blank=True, related_name="uses"
    )
    decided_by = models.CharField(max_length=150)

    scope = Scoped("matching.view")

    class Meta:
        constraints = [one_current("tuning_in_use_current", "kind")]
