"""Whose entries of the ledger, and of when, a list is narrowed to."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySpan:
    """What narrows any list of entries; empty means any."""

    # Sign-in name of who acted.
    actor: str = ""
    # The first moment.
    since: datetime | None = None
    # The moment after the last.
    until: datetime | None = None
    # Entries with lower numbers, for paging.
    before: int | None = None

    def condition(self) -> Q:
        """Give what an entry must fulfil."""
        wanted = Q()
        if self.actor:
            wanted &= Q(actor=self.actor)
        if self.since:
            wanted &= Q(at__gte=self.since)
        if self.until:
            wanted &= Q(at__lt=self.until)
        if self.before is not None:
            wanted &= Q(seq__lt=self.before)
        return wanted
