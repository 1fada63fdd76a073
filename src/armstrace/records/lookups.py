"""Look-ups that use an index on both databases, and counts that stay cheap."""

import json
from collections.abc import Hashable, Iterable

from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import RawSQL

from armstrace.audit import stamps
from armstrace.vocabulary.paging import COUNTED, Page, PageRequest


def starts_with(field: str, text: str) -> Q:
    """Give the condition that a column begins with a text.

    SQLite uses an index for a range but not for LIKE; PostgreSQL uses a
    ``varchar_pattern_ops`` index for LIKE whatever the collation.
    """
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": f"{text}\U0010ffff"})
    return Q(**{f"{field}__startswith": text})


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


def page_of[M: models.Model](
    rows: models.QuerySet[M], request: PageRequest, *, asked: Hashable = None
) -> Page[M]:
    """Fetch one page of an ordered queryset; count no further than is useful.

    Args:
        rows: What matches, in order.
        request: Which page.
        asked: Names what is asked and by whom, so that the count is kept until an
            act changes a record; None counts every time.
    """

    def count() -> int:
        return rows.order_by()[: COUNTED + 1].count()

    counted = count() if asked is None else stamps.kept(("count", asked), count)
    total = min(counted, COUNTED)
    number = min(max(request.number, 1), max(1, -(-total // request.size)))
    start = (number - 1) * request.size
    found = list(rows[start : start + request.size])
    return Page(found, number, request.size, total, is_counted=counted <= COUNTED)
