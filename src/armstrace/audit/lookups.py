"""Look-ups that use an index on both databases, and counts that stay cheap."""

from django.db import connection, models
from django.db.models import Q

from armstrace.vocabulary.paging import COUNTED, Page, PageRequest


def starts_with(field: str, text: str) -> Q:
    """Give the condition that a column begins with a text.

    SQLite uses an index for a range but not for LIKE; PostgreSQL uses a
    ``varchar_pattern_ops`` index for LIKE whatever the collation.
    """
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": f"{text}\U0010ffff"})
    return Q(**{f"{field}__startswith": text})


def page_of[M: models.Model](rows: models.QuerySet[M], request: PageRequest) -> Page[M]:
    """Fetch one page of an ordered queryset; count no further than is useful."""
    counted = rows.order_by()[: COUNTED + 1].count()
    total = min(counted, COUNTED)
    number = min(max(request.number, 1), max(1, -(-total // request.size)))
    start = (number - 1) * request.size
    found = list(rows[start : start + request.size])
    return Page(found, number, request.size, total, is_counted=counted <= COUNTED)
