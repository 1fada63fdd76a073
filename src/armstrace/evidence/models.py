"""Exhibits, the files that show them, and who held them when."""

from django.db import models
from django.db.models import PROTECT

from armstrace.records.scope import Scoped, at
from armstrace.records.versions import KnownManager, KnownRecord
from armstrace.vocabulary.evidence import CustodyKind


class StoredFile(KnownRecord):
    """A file kept under its SHA-256; the bytes never change."""

    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    name_as_given = models.CharField(max_length=255, blank=True)

    scope = Scoped("evidence.view")
    objects = KnownManager()

    def __str__(self) -> str:
        return self.name_as_given or self.sha256[:12]


class Exhibit(KnownRecord):
    """A thing taken into custody under a seal."""

    number = models.CharField(max_length=80, unique=True)
    agency = models.CharField(max_length=40)
    seal_number = models.CharField(max_length=120, blank=True)

    scope = Scoped("evidence.view", at("agency"))
    objects = KnownManager()

    def __str__(self) -> str:
        return self.number


class CustodyEvent(KnownRecord):
    """One hand-over of an exhibit."""

    exhibit = models.ForeignKey(Exhibit, PROTECT, related_name="custody")
    kind = models.CharField(max_length=12, choices=CustodyKind.choices())
    happened_at = models.DateTimeField()
    handed_by = models.CharField(max_length=120, blank=True)
    received_by = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    scope = Scoped(through="exhibit")
    objects = KnownManager()

    def __str__(self) -> str:
        return f"{self.exhibit} {self.kind}"
