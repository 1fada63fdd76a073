"""Numbers that the system gives: in their order, or so that they tell of none."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from armstrace.audit import keys
from armstrace.audit.models import LedgerEntry
from armstrace.records.lookups import starts_with

# How often a number is given anew where a colleague's act took it meanwhile.
TRIES = 5
FIRST_NUMBER, NUMBERS = 1_000_000, 9_000_000
# The first number that a request does not take for a key.
SAFE = 2**31


def next_number(rows: models.QuerySet[Any], column: str, prefix: str) -> str:
    """Give the number after the last one that begins alike, in six digits.

    Whoever gives another one meanwhile waits until this transaction ends.

    Args:
        prefix: How the numbers begin, such as ``REG-2026-``.
    """
    take_turns(prefix)
    given = rows.filter(starts_with(column, prefix)).order_by(f"-{column}")
    last = given.values_list(column, flat=True).first() or ""
    counted = last.removeprefix(prefix)
    return f"{prefix}{(int(counted) if counted.isdecimal() else 0) + 1:06d}"


def take_turns(matter: str) -> None:
    """Wait until nobody else acts on a matter, and have it until the transaction ends.

    For what no lock of a row guards: that a number is free, or reads like no other.

    Args:
        matter: Such as ``holders``; whoever acts on it names it so.

    Raises:
        TransactionManagementError: No transaction is open, so the turn would end at
            once.
    """
    if not connection.in_atomic_block:
        msg = f"turns about {matter} are taken inside a transaction"
        raise transaction.TransactionManagementError(msg)
    if connection.vendor == "postgresql":  # on SQLite there is one writer at a time
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [matter])


def retry[T](act: Callable[[], T]) -> T:
    """Do an act that gives a number, again where a colleague took it meanwhile.

    Args:
        act: Gives the number and keeps it, in a transaction of its own.
    """
    for _ in range(TRIES - 1):
        with suppress(IntegrityError):
            return act()
    return act()


class HiddenKey(models.Model):
    """A row that who looked at it names, and by which nobody counts those beside it."""

    class Meta:
        abstract = True

    @property
    def seen(self) -> int:
        """Name the row as it was looked at."""
        digest = keys.hidden(f"key {self._meta.label_lower} {self.pk}")
        return int(digest, 16) % SAFE


def save_unordered[M: models.Model](row: M) -> M:
    """Save a new row under a number that tells nothing of how many there are.

    Args:
        row: Of a table of which some rows are not for everybody's eyes.
    """
    last = LedgerEntry.objects.order_by("-seq").values_list("seq", flat=True).first()
    rows = type(row)._base_manager  # noqa: SLF001 - Django's documented API
    for attempt in range(NUMBERS):
        seed = f"{row._meta.label_lower} {last} {attempt}"  # noqa: SLF001
        row.pk = FIRST_NUMBER + int(keys.hidden(seed), 16) % NUMBERS
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if not rows.filter(pk=row.pk).exists():
                raise
        else:
            break
    return row
