"""Which entries of the ledger name a record, and who wrote it."""

from collections.abc import Iterator, Mapping

from django.db import models

from armstrace.audit import blocks, bodies, ledgered
from armstrace.audit.models import DigestBlock, LedgerEntry
from armstrace.vocabulary.ledger import BlockKind


def entries_naming(label: str, key: int, *kinds: BlockKind) -> Iterator[int]:
    """Give the numbers of the entries that name a record, the first first.

    Args:
        kinds: What they say of it; anything where none is given.
    """
    spans = DigestBlock.objects.filter(
        label=label, first_key__lte=key, last_key__gte=key
    )
    if kinds:
        spans = spans.filter(kind__in=kinds)
    found = spans.order_by("seq").values_list("seq", "keys").iterator(chunk_size=50)
    return (seq for seq, packed in found if (blocks.unpack(packed) == key).any())


def writer_of(record: models.Model, act: str) -> str:
    """Name who wrote a row by an act; empty where another act wrote it first."""
    entry = _first_of(record)
    return entry.actor if entry and entry.act == act else ""


def codes_with(record: models.Model, about: models.Model) -> Mapping[str, object]:
    """Give the codes that the act which first wrote a row noted of another record."""
    entry = _first_of(record)
    subject = (ledgered.label_of(type(about)), about.pk)
    remarks = bodies.told(entry.body).remarks if entry else ()
    return {
        name: value
        for table, key, codes in remarks
        if (table, key) == subject
        for name, value in codes.items()
    }


def _first_of(record: models.Model) -> LedgerEntry | None:
    label = ledgered.label_of(type(record))
    first = next(entries_naming(label, record.pk, BlockKind.STATE), -1)
    return LedgerEntry.objects.filter(pk=first).first()
