"""What was published, to stand for itself apart from the records."""

from django.db import models
from django.db.models import PROTECT

from armstrace.records.versions import KnownRecord


class Publication(KnownRecord):
    """One edition of a year's published tables; never changed, only followed."""

    year = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    withheld = models.JSONField(default=list, blank=True)
    return_hash = models.CharField(max_length=64)
    published_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "edition"], name="publication_edition_once"
            )
        ]


class PublicationFile(models.Model):
    """A file of a publication, byte for byte as it is handed out."""

    publication = models.ForeignKey(Publication, PROTECT, related_name="files")
    name = models.CharField(max_length=80)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "name"], name="publication_file_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PublicationWithdrawal(KnownRecord):
    """That an edition is no longer handed out, and why."""

    publication = models.OneToOneField(Publication, PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=500)
    withdrawn_by = models.CharField(max_length=120)
