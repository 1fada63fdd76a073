"""Files that show what was recovered."""

from django.db import models

from armstrace.records.scope import Scoped
from armstrace.records.versions import KnownRecord


class StoredFile(KnownRecord):
    """A file kept under its SHA-256; the bytes never change."""

    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    name_as_given = models.CharField(max_length=255, blank=True)

    scope = Scoped("evidence.view")

    def __str__(self) -> str:
        return self.name_as_given or self.sha256[:12]
