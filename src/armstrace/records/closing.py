"""End versions within an act, and bring back what an act ended."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Value
from django.db.models.functions import Greatest

from armstrace.audit import ledger
from armstrace.records.lookups import among
from armstrace.records.versions import VersionQuerySet, VersionRecord


def close[M: VersionRecord](
    rows: VersionQuerySet[M], at: datetime, entry: ledger.Entry
) -> list[M]:
    """End some current versions; they stay as what was known until then."""
    closed = list(rows)
    close_keys(rows.model, [row.pk for row in closed], at, entry)
    return closed


def close_keys(
    table: type[VersionRecord], keys: Collection[int], at: datetime, entry: ledger.Entry
) -> None:
    """End the current versions of some keys."""
    rows = table._default_manager.filter(among("pk", keys))  # noqa: SLF001 - Django's documented API
    # Clocks of two servers may differ, and no version ends before it begins.
    rows.update(superseded_at=Greatest("known_at", Value(at)))
    entry.about_keys(table, keys)


def replace[M: VersionRecord](was: M, entry: ledger.Entry, **columns: object) -> M:
    """End a version within an act, and keep the next one, the same but for columns."""
    given = {"known_at": was.supersede(entry.at)} | columns
    later = was.next_version(**given)
    later.save()
    entry.about_all([was, later])
    return later


def keep[M: models.Model](
    table: type[M],
    entry: ledger.Entry,
    *,
    noted: Collection[str] = (),
    **columns: Any,  # noqa: ANN401 - of any table
) -> M:
    """Keep a new row within an act: known from now on, and told by who acts.

    Args:
        noted: Columns that the entry says of it.
    """
    fields = {each.name for each in table._meta.get_fields()}  # noqa: SLF001 - Django's documented API
    own = {"told_by": entry.by.name, "source": entry.by.agency}
    given: dict[str, Any] = {"known_at": entry.at}
    given |= {name: said for name, said in own.items() if name in fields} | columns
    made = table._default_manager.create(**given)  # noqa: SLF001 - Django's documented API
    entry.about(made, **{name: columns[name] for name in noted})
    return made


def succeed[M: VersionRecord](
    was: M | None, made: M, entry: ledger.Entry, **facts: ledger.CodeValue
) -> M:
    """Keep what is stated anew in the place of what was, if anything was.

    It is known from the moment of the act, or from when the earlier one ends.

    Args:
        was: The current version; None where nothing is on record.
        made: What is stated now, not saved.
        facts: What the entry notes of it.
    """
    made.known_at = entry.at
    if was is not None:
        made.known_at = was.supersede(entry.at)
        entry.about(was)
    made.save()
    entry.about(made, **facts)
    return made


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
