"""What is on record of identities, and what a source stated of them last."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from armstrace.records.lookups import among
from armstrace.records.versions import StatementRecord

type Table = type[StatementRecord]


@dataclass(frozen=True, slots=True)
class Store:
    """Where statements of one kind are kept."""

    # The tables of versions; an identity has its versions in one.
    tables: tuple[Table, ...]
    # Column of a version that names its identity, or the arm or holder that it belongs
    # to.
    owner: str
    # Table of the identities; None where a version bears the number.
    identity: type[models.Model] | None = None
    number: str = "source_number"
    # Whether a number is unique within its source only.
    is_by_source: bool = True
    # Column of the agency that a version belongs to, where it has one.
    agency: str = ""


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is on record of an identity."""

    table: Table
    # Key of that version.
    version: int
    # Its identity, or what it belongs to; 0 where it belongs to nothing.
    owner: int
    # Key of what the version says.
    content_key: str
    # Key of what the source stated last; empty where it never did.
    last_stated: str
    # Whether a person has corrected it since.
    is_corrected: bool
    # The agency that it belongs to, where it has one.
    agency: str = ""


def on_record(
    store: Store, source: str, numbers: Collection[str]
) -> dict[str, OnRecord]:
    """Find what is on record under the numbers of a source.

    Args:
        source: Whose last statement is wanted.
    """
    where = {"source": source} if store.is_by_source else {}
    named: dict[int, str] = {}
    if store.identity is not None:
        # Not one join: while a first load runs, PostgreSQL takes the tables for
        # empty and would read all of the one for each row of the other.
        found = store.identity._default_manager.filter(  # noqa: SLF001 -- Django's documented model API
            among(store.number, numbers), **where
        )
        named = dict(found.values_list("pk", store.number))
    rows: dict[str, OnRecord] = {}
    for table in store.tables:
        current = table._default_manager.filter(superseded_at=None)  # noqa: SLF001 -- as above
        if store.identity is None:
            current = current.filter(among(store.number, numbers), **where)
        else:
            current = current.filter(among(store.owner, named))
        rows |= _read(store, table, current, source, named)
    return rows


def _read(
    store: Store,
    table: Table,
    current: models.QuerySet[StatementRecord],
    source: str,
    named: Mapping[int, str],
) -> dict[str, OnRecord]:
    number = store.owner if store.identity is not None else store.number
    columns = ("pk", store.owner, "source", "content_key", "stated_key", number)
    read = list(current.values_list(*columns, store.agency or "source"))
    others = [key for _, _, of, _, _, key, _ in read if of != source]
    own = _last_stated(table, number, source, others)
    return {
        named.get(key, key): OnRecord(
            table=table,
            version=pk,
            owner=owner or 0,
            content_key=content,
            last_stated=(stated or content) if of == source else own.get(key, ""),
            is_corrected=bool(stated),
            agency=agency,
        )
        for pk, owner, of, content, stated, key, agency in read
    }


def _last_stated(
    table: Table, column: str, source: str, keys: list[Any]
) -> dict[Any, str]:
    """Give what a source last stated of what now stands by another source."""
    if not keys:
        return {}
    rows = table._default_manager.filter(among(column, keys), source=source)  # noqa: SLF001 -- as above
    told = rows.order_by("pk").values_list(column, "stated_key", "content_key")
    return {key: stated or content for key, stated, content in told}


def statements_before(
    store: Store,
    source: str,
    numbers: Collection[str],
    known: Mapping[str, OnRecord],
) -> dict[str, set[str]]:
    """Give what a source stated before a person last corrected it, by number.

    Args:
        numbers: Of what is on record; ``known`` has it.
    """
    column = store.number if store.identity is None else store.owner
    of: dict[Table, dict[Any, str]] = defaultdict(dict)
    for number in numbers:
        was = known[number]
        of[was.table][number if store.identity is None else was.owner] = number
    said: dict[str, set[str]] = defaultdict(set)
    told: dict[str, set[str]] = defaultdict(set)
    for table, named in of.items():
        rows = table._default_manager.filter(among(column, named)).order_by("pk")  # noqa: SLF001 -- as above
        if store.is_by_source:
            rows = rows.filter(source=source)
        columns = (column, "source", "content_key", "stated_key", "corrected_by")
        for key, by, content, stated, person in rows.values_list(*columns):
            number = named[key]
            if person:
                said[number] |= told[number]
            if by == source:
                told[number] |= {content, stated} - {""}
    return said
