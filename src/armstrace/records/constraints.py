"""What the database holds rows to, and how it finds them: a line each."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q

CURRENT = Q(superseded_at=None)
"""Of versions that nothing has superseded."""


def check(name: str, condition: Q) -> models.CheckConstraint:
    """Let no row stand of which the condition does not hold."""
    return models.CheckConstraint(condition=condition, name=name)


def unique(name: str, *fields: str, where: Q | None = None) -> models.UniqueConstraint:
    """Let no two rows agree in these fields, of those that a condition names."""
    return models.UniqueConstraint(fields=fields, name=name, condition=where)


def index(
    name: str, *fields: str, where: Q | None = None, opclasses: Sequence[str] = ()
) -> models.Index:
    """Find rows by these fields, of those that a condition names.

    Args:
        opclasses: How PostgreSQL compares each field, where not as usual.
    """
    return models.Index(
        fields=fields, name=name, condition=where, opclasses=list(opclasses)
    )
