"""End versions within an act, and bring back what an act ended."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Greatest

from armstrace.audit import ledger
from armstrace.records.versions import VersionQuerySet, VersionRecord


def close[M: VersionRecord](
    rows: VersionQuerySet[M], at: datetime, entry: ledger.Entry
) -> None:
    """End some current versions; they stay as what was known until then."""
    keys = list(rows.values_list("pk", flat=True))
    # Clocks of two servers may differ, and no version ends before it begins.
    ended = Greatest("known_at", Value(at))
    rows.model._default_manager.filter(pk__in=keys).update(superseded_at=ended)  # noqa: SLF001 - Django's documented API
    entry.about_keys(rows.model, keys)


def bring_back[M: VersionRecord](
    rows: Iterable[M], at: datetime, entry: ledger.Entry, **columns: object
) -> None:
    """Let versions that were ended say again what they said.

    Args:
        columns: What the new versions say otherwise.
    """
    made = [row.next_version(known_at=at, **columns) for row in rows]
    if made:
        type(made[0])._default_manager.bulk_create(made)  # noqa: SLF001 - Django's documented API
        entry.about_all(made)
