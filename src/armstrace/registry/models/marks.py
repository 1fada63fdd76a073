"""What an arm bears beside its own serial number: further marks, numbered parts."""

from typing import Any

from django.db import models
from django.db.models import PROTECT

from armstrace.analysis.marks.serials import search_key
from armstrace.evidence.models import StoredFile
from armstrace.records.constraints import CURRENT, index
from armstrace.records.scope import Scoped
from armstrace.records.versions import VersionRecord, one_current
from armstrace.registry.models.arms import Arm
from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.marks import MarkCondition, MarkKind, MarkMethod


def _borne_key(name: str) -> models.Index:
    return index(name, "search", "arm", where=CURRENT)


class SeenMark(VersionRecord):
    """A further mark as it was seen, verbatim: import, proof, inventory, others."""

    kind = models.CharField(max_length=20, choices=MarkKind.choices())
    text_as_marked = models.CharField(max_length=400)
    component = models.CharField(
        max_length=24, choices=PartType.choices(), default=PartType.FRAME_OR_RECEIVER
    )
    position = models.CharField(max_length=120, blank=True)
    method = models.CharField(
        max_length=12, choices=MarkMethod.choices(), default=MarkMethod.UNKNOWN
    )
    condition = models.CharField(
        max_length=12, choices=MarkCondition.choices(), default=MarkCondition.UNKNOWN
    )
    observed_on = models.DateField(null=True, blank=True)
    observed_by = models.CharField(max_length=120, blank=True)
    photograph = models.ForeignKey(StoredFile, PROTECT, null=True, blank=True)
    corrects = models.ForeignKey("self", PROTECT, null=True, blank=True)

    class Meta:
        abstract = True


class Mark(SeenMark):
    """A further mark on a registered arm."""

    arm = models.ForeignKey(Arm, PROTECT, related_name="marks")
    event = models.ForeignKey(
        "LifeEvent", PROTECT, null=True, blank=True, related_name="marks"
    )
    search = models.CharField(max_length=400, blank=True)

    scope = Scoped(through="arm")

    class Meta:
        indexes = [_borne_key("mark_search")]

    def save(self, **how: Any) -> None:  # noqa: ANN401 - Django's own
        """Keep the key that the mark is searched by."""
        self.search = search_key(self.text_as_marked)
        super().save(**how)


class Part(VersionRecord):
    """A marked part with an identity of its own; it may move between arms."""

    number = models.CharField(max_length=120)
    part_type = models.CharField(max_length=24, choices=PartType.choices())
    serial_as_marked = models.CharField(max_length=400, blank=True)
    arm = models.ForeignKey(Arm, PROTECT, null=True, blank=True, related_name="parts")
    exchanged = models.ForeignKey(
        "LifeEvent", PROTECT, null=True, blank=True, related_name="parts"
    )

    search = models.CharField(max_length=400, blank=True)

    scope = Scoped("registry.view")

    class Meta:
        constraints = [one_current("part_current", "source", "number")]
        indexes = [_borne_key("part_search")]

    def __str__(self) -> str:
        return f"{self.part_type} {self.serial_as_marked}"

    def save(self, **how: Any) -> None:  # noqa: ANN401 - Django's own
        """Keep the key that its number is searched by."""
        self.search = search_key(self.serial_as_marked)
        super().save(**how)
