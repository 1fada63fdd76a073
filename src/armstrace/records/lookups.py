"""Look-ups that use an index on both databases, and counts that stay cheap."""

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import RawSQL

from armstrace.audit import stamps
from armstrace.vocabulary.look_alikes import number_key
from armstrace.vocabulary.paging import COUNTED, CursorRequest, Page, PageRequest


def starts_with(field: str, text: str) -> Q:
    """Give the condition that a column begins with a text.

    SQLite uses an index for a range but not for LIKE; PostgreSQL uses a
    ``varchar_pattern_ops`` index for LIKE whatever the collation.
    """
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": past(text)})
    return Q(**{f"{field}__startswith": text})


def reads_as(text: str, path: str = "") -> Q:
    """Give the condition that a number is a text, or may be read as it is.

    Args:
        text: As typed; without a digit it may be a name, and only itself is meant.
        path: Leads to the record that has the number; empty for the rows themselves.
    """
    field = f"{path}__number" if path else "number"
    told = {f"{field}_key": number_key(text)}
    is_number = any(map(str.isdigit, text))
    return Q(**{field: text}) | Q(**told) if is_number else Q(**{field: text})


def past(text: str) -> str:
    """Give the text that follows all that begin with one."""
    return f"{text}\U0010ffff"


def signs_of_range() -> tuple[str, str]:
    """Give the signs for “from” and “below” in the order of the index of texts.

    Those of PostgreSQL are of ``varchar_pattern_ops``, which no collation orders.
    """
    return ("~>=~", "~<~") if connection.vendor == "postgresql" else (">=", "<")


def among(field: str, values: Iterable[str] | Iterable[int]) -> Q:
    """Give the condition that a column holds one of many values.

    They travel as one parameter: a load asks for thousands at a time, and a
    parameter each costs more than the search.

    Args:
        field: Name of the column, as in a filter.
        values: All texts or all whole numbers; no value finds nothing.
    """
    given = sorted(set(values))  # type: ignore[type-var]
    if not given:
        return Q(pk__in=[])  # asks nothing of the database
    if connection.vendor == "sqlite":
        listed = RawSQL("SELECT value FROM json_each(%s)", [json.dumps(given)])
        return Q(**{f"{field}__in": listed})
    kind = "bigint" if isinstance(given[0], int) else "text"
    return Q(
        Func(
            F(field),
            Value(given),
            arg_joiner=" = ANY(",
            template=f"%(expressions)s::{kind}[])",
            output_field=models.BooleanField(),
        )
    )


def learn_sizes() -> None:
    """Let SQLite count what has grown much, as PostgreSQL does by itself.

    Without these figures it takes the wrong index of several in a large register.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize = 0x10002")  # of all tables


class Column(NamedTuple):
    """A column of texts, and whether what was superseded is looked through too."""

    model: type[models.Model]
    name: str
    is_current: bool


def columns_holding(texts: Iterable[str], columns: tuple[Column, ...]) -> list[Column]:
    """Give the columns in which one of a few texts stands, whoever may see the rows.

    One statement looks through all of them: most texts that are typed stand nowhere,
    and then no row has to be asked for within anybody's scope.
    """
    given = sorted(set(texts))
    with connection.cursor() as cursor:
        cursor.execute(_holding(columns, len(given)), given * len(columns))
        return [columns[place] for (place,) in cursor.fetchall()]


@lru_cache(maxsize=256)
def _holding(columns: tuple[Column, ...], count: int) -> str:
    name = connection.ops.quote_name
    texts = ", ".join(["%s"] * count)
    parts = []
    for place, column in enumerate(columns):
        table = column.model._meta.db_table  # noqa: SLF001 - Django's documented API
        is_one = f"{name(column.name)} IN ({texts})"
        if column.is_current:
            is_one += " AND superseded_at IS NULL"
        rows = f"SELECT 1 FROM {name(table)} WHERE {is_one}"  # noqa: S608 - own words
        parts.append(f"SELECT {place} WHERE EXISTS ({rows})")
    return " UNION ALL ".join(parts)


def page_of[M: models.Model](
    rows: models.QuerySet[M],
    request: PageRequest,
    *,
    asked: Hashable = None,
    changes: Sequence[str] = ("known_at",),
    ahead: Q | None = None,
    by: str = "",
) -> Page[M]:
    """Fetch one page of an ordered queryset; count no further than is useful.

    Args:
        rows: What matches, in order; a ``CursorRequest`` puts them in its own.
        asked: Names what is asked and by whom, so that the count is kept until an
            act changes a record; None counts every time.
        changes: Columns that say when what a row shows was last changed.
        ahead: Rows that stand before all others, each of the two in the order given.
        by: Column with another value in each row. Where an index has it, the order
            and what narrows, the page is looked up there, and only its rows are read.
    """
    if isinstance(request, CursorRequest):
        return _page_after(rows, request, changes)

    def fetch(start: int) -> list[M]:
        if not by:
            return _rows_of(rows, ahead, start, request.size)
        listed: models.QuerySet[Any] = rows.values_list(by, flat=True)
        keys = _rows_of(listed, ahead, start, request.size)
        found = rows.order_by().filter(among(by, keys))
        known = {getattr(each, by): each for each in found}
        return [known[key] for key in keys if key in known]

    first = [] if request.number > 1 else fetch(0)
    if request.number <= 1 and len(first) < request.size:
        # All there is: a search that finds little is not made a second time.
        return Page(first, 1, request.size, len(first))

    def count() -> int:
        return rows.order_by().values(by or "pk")[: COUNTED + 1].count()

    counted = count() if asked is None else stamps.kept(("count", asked), count)
    total = min(counted, COUNTED)
    number = min(max(request.number, 1), max(1, -(-total // request.size)))
    start = (number - 1) * request.size
    found = first or fetch(start)
    return Page(found, number, request.size, total, is_counted=counted <= COUNTED)


_COUNTS: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}
MOST_COUNTS = 256


def counts_of(
    asked: Hashable, made: Callable[[], Sequence[models.QuerySet[Any]]]
) -> list[int]:
    """Count several querysets by one statement, none further than is useful.

    Writing the statement costs more than many a count, so it is kept, and the
    counts are kept until an act changes what is counted.

    Args:
        asked: Names all that the querysets depend on but the rows.
        made: Makes the querysets; it reads nothing.
    """

    def count() -> list[int]:
        if (statement := _COUNTS.get((connection.vendor, asked))) is None:
            statement = _counting(made())
            if len(_COUNTS) >= MOST_COUNTS:
                _COUNTS.clear()
            _COUNTS[connection.vendor, asked] = statement
        with connection.cursor() as cursor:
            cursor.execute(*statement)
            return [int(each) for each in cursor.fetchone()]

    return stamps.kept(("counts", asked), count)


def _counting(
    querysets: Sequence[models.QuerySet[Any]],
) -> tuple[str, tuple[Any, ...]]:
    counts: list[str] = []
    values: list[Any] = []
    for number, rows in enumerate(querysets):
        try:
            one = rows.order_by().values("pk")[:COUNTED].query.sql_with_params()
        except EmptyResultSet:
            counts.append("0")
        else:
            counts.append(f"(SELECT count(*) FROM ({one[0]}) AS c{number})")  # noqa: S608
            values.extend(one[1])
    return f"SELECT {', '.join(counts)}", tuple(values)


def _rows_of(
    rows: models.QuerySet[Any], ahead: Q | None, start: int, size: int
) -> list[Any]:
    """Fetch some rows; an index orders each of two parts, and no index both at once."""
    first = rows if ahead is None else rows.filter(ahead)
    found = list(first[start : start + size])
    if ahead is None or len(found) == size:
        return found
    is_told = bool(found) or not start
    before = start + len(found) if is_told else first.order_by().count()
    begin = max(start - before, 0)
    return found + list(rows.exclude(ahead)[begin : begin + size - len(found)])


def _page_after[M: models.Model](
    rows: models.QuerySet[M], request: CursorRequest, changes: Sequence[str]
) -> Page[M]:
    """Fetch the rows after a key; what is added meanwhile moves none of them."""
    since = request.changed_since
    if since is not None:
        is_late = reduce(or_, (_are_changed(rows, each, since) for each in changes))
        rows = rows.filter(is_late)
    found = list(rows.order_by("pk").filter(pk__gt=request.after)[: request.size + 1])
    shown = found[: request.size]
    return Page(
        rows=shown,
        number=1,
        size=request.size,
        total=len(shown),
        is_counted=False,
        last_key=shown[-1].pk if shown else request.after,
        is_last=len(found) <= request.size,
    )


def _are_changed(rows: models.QuerySet[Any], column: str, since: datetime) -> Q:
    late, model = Q(**{f"{column}__gte": since}), rows.model
    indexes = model._meta.indexes  # noqa: SLF001 - Django's documented model API
    is_indexed = any(each.fields[:1] == [column] for each in indexes)
    if "__" not in column and not is_indexed:
        return late
    # Asked apart: SQLite would rather walk the keys than use the index of moments.
    if hasattr(model, "superseded_at"):
        late &= Q(superseded_at=None)
    manager: Any = model.objects
    return Q(pk__in=manager.filter(late).values("pk"))
