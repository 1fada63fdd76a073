"""End versions within an act, and bring back what an act ended."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Greatest

from armstrace.audit import ledger
from armstrace.records.versions import VersionQuerySet, VersionRecord


def close[M: VersionRecord](
    rows: VersionQuerySet[M], at: datetime, entry: ledger.Entry
) -> list[M]:
    """End some current versions; they stay as what was known until then."""
    closed = list(rows)
    keys = [row.pk for row in closed]
    # Clocks of two servers may differ, and no version ends before it begins.
    ended = Greatest("known_at", Value(at))
    rows.model._default_manager.filter(pk__in=keys).update(superseded_at=ended)  # noqa: SLF001 - Django's documented API
    entry.about_keys(rows.model, keys)
    return closed


def bring_back[M: VersionRecord](
    rows: Iterable[M], at: datetime, entry: ledger.Entry, **columns: object
) -> list[M]:
    """Let versions that were ended say again what they said.

    Args:
        columns: What the new versions say otherwise.
    """
    made = [row.next_version(known_at=at, **columns) for row in rows]
    if made:
        type(made[0])._default_manager.bulk_create(made)  # noqa: SLF001 - Django's documented API
        entry.about_all(made)
    return made
