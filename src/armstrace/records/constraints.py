"""What the database holds rows to, and how it finds them: a line each."""

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


def index(name: str, *fields: str, where: Q | None = None) -> models.Index:
    """Find rows by these fields, of those that a condition names."""
    return models.Index(fields=fields, name=name, condition=where)
