"""Many transfers for timing lists: what the demo lives, copied again and again."""

from collections.abc import Iterator, Mapping
from itertools import batched
from typing import Any

CHUNK = 2_000


def send_many(wanted: int) -> int:
    """Live the demo's exports and copy them, with all that hangs on them.

    Returns:
        Authorisations on record; as many consignments, nearly.
    """
    from armstrace.cli import demonstrating_transfers as made  # noqa: PLC0415
    from armstrace.transfers import models  # noqa: PLC0415

    made.send_shipments()
    copied = (
        models.Authorisation,
        models.AuthorisationRecord,
        models.GoodsLine,
        models.Paper,
        models.Consignment,
        models.ConsignmentStep,
    )
    spans = {each: max(each.objects.values_list("pk", flat=True)) for each in copied}
    turns = wanted // models.Authorisation.objects.count()
    for model in copied:
        steps = {
            field.attname: spans[model if field.primary_key else field.related_model]
            for field in model._meta.concrete_fields  # noqa: SLF001
            if field.primary_key or field.related_model in spans
        }
        copies = _copies(list(model.objects.values()), steps, turns)
        for chunk in batched(copies, CHUNK):
            model.objects.bulk_create(model(**row) for row in chunk)
    return models.Authorisation.objects.count()


def _copies(
    rows: list[dict[str, Any]], steps: Mapping[str, int], times: int
) -> Iterator[dict[str, Any]]:
    for turn in range(1, times):
        for row in rows:
            moved = {name: row[name] + turn * by for name, by in steps.items()}
            told = {"key": f"{row['key'][:30]}-{turn}"} if "key" in row else {}
            yield row | moved | told
