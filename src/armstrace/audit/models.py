"""The ledger: an append-only log of acts that vouches for every record's state.

Source:
    Rule of this design; RFC 6962; Directive (EU) 2016/680, art. 25.
"""

from typing import ClassVar

from django.db import models

from armstrace.vocabulary.ledger import BlockKind, Operation


class LedgerHead(models.Model):
    """The one row whose lock numbers the entries: size and frontier of the tree."""

    id = models.SmallIntegerField(primary_key=True)
    size = models.BigIntegerField()
    frontier = models.BinaryField()

    objects: ClassVar = models.Manager["LedgerHead"]()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="ledger_one_head")
        ]

    def __str__(self) -> str:
        return f"{self.size} entries"


class LedgerEntry(models.Model):
    """One act: a leaf of the tree. The columns repeat the body, for searching."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=80)
    operation = models.CharField(max_length=8, choices=Operation.choices())
    actor = models.CharField(max_length=150)
    body = models.TextField()
    leaf = models.BinaryField()

    objects: ClassVar = models.Manager["LedgerEntry"]()

    class Meta:
        indexes = [
            models.Index(fields=["actor", "seq"], name="ledger_actor"),
            models.Index(fields=["operation", "seq"], name="ledger_operation"),
            models.Index(fields=["at"], name="ledger_at"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"


class DigestBlock(models.Model):
    """Records that an entry names, at most 4,096 of one table, with their states.

    ``keys`` are little-endian 64-bit primary keys in rising order, many of them as
    compressed steps (``blocks.unpack`` reads both); ``states`` are
    32 bytes for each, empty where the entry changed nothing.
    """

    seq = models.BigIntegerField()
    part = models.IntegerField()
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=5, choices=BlockKind.choices())
    layout = models.CharField(max_length=64, blank=True)
    first_key = models.BigIntegerField()
    last_key = models.BigIntegerField()
    keys = models.BinaryField()
    states = models.BinaryField()

    objects: ClassVar = models.Manager["DigestBlock"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seq", "part"], name="block_of_entry")
        ]
        indexes = [
            models.Index(
                fields=["label", "first_key", "last_key", "seq"], name="block_reach"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seq}/{self.part} {self.label}"


class Justification(models.Model):
    """Why a person looked, in their words; the entry holds its keyed digest.

    It stands outside the tree, so that it can be erased when its time is over.
    """

    seq = models.BigIntegerField(primary_key=True)
    text = models.CharField(max_length=500)

    objects: ClassVar = models.Manager["Justification"]()

    def __str__(self) -> str:
        return f"reason of {self.seq}"


class RecordLayout(models.Model):
    """The columns that digests were taken over; its key is its text's hash."""

    key = models.CharField(primary_key=True, max_length=64)
    text = models.TextField()

    objects: ClassVar = models.Manager["RecordLayout"]()

    def __str__(self) -> str:
        return self.key[:12]


class Checkpoint(models.Model):
    """A signed statement of the tree's size and root at a moment."""

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.BinaryField()
    note = models.TextField()

    objects: ClassVar = models.Manager["Checkpoint"]()

    def __str__(self) -> str:
        return f"checkpoint of {self.size}"


class Verification(models.Model):
    """When the ledger was last proved, and how it came out."""

    at = models.DateTimeField()
    size = models.BigIntegerField()
    records = models.BigIntegerField()
    findings = models.IntegerField()
    with_outside_checkpoint = models.BooleanField()

    objects: ClassVar = models.Manager["Verification"]()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.findings} findings"
