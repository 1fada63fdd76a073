"""Who wrote a row, as rules on separated duties ask."""

from django.db import models

from armstrace.audit import blocks, ledgered
from armstrace.audit.models import DigestBlock, LedgerEntry
from armstrace.vocabulary.ledger import BlockKind


def writer_of(record: models.Model, act: str) -> str:
    """Name who wrote a row by an act; empty where another act wrote it first."""
    blocks_of = DigestBlock.objects.filter(
        label=ledgered.label_of(type(record)),
        first_key__lte=record.pk,
        last_key__gte=record.pk,
        kind=BlockKind.STATE,
    )
    spans = blocks_of.order_by("seq").values_list("seq", "keys").iterator(chunk_size=50)
    named = (seq for seq, packed in spans if (blocks.unpack(packed) == record.pk).any())
    entry = LedgerEntry.objects.filter(pk=next(named, -1), act=act).first()
    return entry.actor if entry else ""
