"""The makes that registered arms bear, to choose among."""

from django.db import connection

from armstrace.audit import stamps
from armstrace.registry.models import ArmRecord
from armstrace.vocabulary.actors import Actor

# Most makes that are offered.
MOST = 500

# Steps from make to make along its index, so that no arm is read twice.
EACH_MAKE = """
WITH RECURSIVE each (make) AS (
    SELECT min(make) FROM {table} WHERE superseded_at IS NULL AND make > ''
    UNION ALL
    SELECT (SELECT min(next.make) FROM {table} next
            WHERE next.superseded_at IS NULL AND next.make > each.make)
    FROM each WHERE each.make IS NOT NULL
)
SELECT make FROM each WHERE make IS NOT NULL LIMIT %s
"""


def makes(*, viewer: Actor) -> tuple[str, ...]:
    """Give the makes of registered arms in order, kept between acts."""
    viewer.require("registry.view")
    return stamps.kept("makes", _makes)


def _makes() -> tuple[str, ...]:
    table = connection.ops.quote_name(ArmRecord._meta.db_table)  # noqa: SLF001 - Django's documented API
    with connection.cursor() as cursor:
        cursor.execute(EACH_MAKE.format(table=table), [MOST])
        return tuple(make for (make,) in cursor.fetchall())
