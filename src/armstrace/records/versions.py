"""Two times on every record: when it happened, and when it became known here.

A version table holds one row for each state of knowledge. A correction adds a
row and closes the earlier one by setting ``superseded_at``; closing is the only
update a version ever sees, until its time is over and two people erase it.
"""

from copy import copy
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from armstrace.records.constraints import CURRENT, check, unique
from armstrace.records.scope import ScopedManager, ScopedQuerySet
from armstrace.vocabulary.actors import Actor


class KnownQuerySet[M: models.Model](ScopedQuerySet[M]):
    """Rows that became known at a moment and stay true."""

    def known_by(self, at: datetime | None) -> Self:
        """Keep what was known at a moment; everything where it is None."""
        return self if at is None else self.filter(known_at__lte=at)


class VersionQuerySet[M: models.Model](KnownQuerySet[M]):
    """Rows of which a later one may supersede an earlier one."""

    def current(self) -> Self:
        """Keep the versions that nothing has superseded."""
        return self.filter(superseded_at=None)

    def as_of(self, at: datetime | None) -> Self:
        """Keep the versions that were current at a moment; now where None."""
        if at is None:
            return self.current()
        still = Q(superseded_at=None) | Q(superseded_at__gt=at)
        return self.filter(still, known_at__lte=at)


class KnownManager[M: models.Model](ScopedManager[M]):
    """The way to records that say when they became known.

    Written out, not made by ``from_queryset``: its types do not depend on the
    order in which modules are read.
    """

    def get_queryset(self) -> KnownQuerySet[M]:
        """Give all rows."""
        return KnownQuerySet(self.model, using=self._db)

    def visible_to(self, viewer: Actor) -> KnownQuerySet[M]:
        """Keep what a viewer may see."""
        return self.get_queryset().visible_to(viewer)

    def known_by(self, at: datetime | None) -> KnownQuerySet[M]:
        """Keep what was known at a moment; everything where it is None."""
        return self.get_queryset().known_by(at)


class VersionManager[M: models.Model](ScopedManager[M]):
    """The way to versions, current or as known at a moment."""

    def get_queryset(self) -> VersionQuerySet[M]:
        """Give all versions."""
        return VersionQuerySet(self.model, using=self._db)

    def visible_to(self, viewer: Actor) -> VersionQuerySet[M]:
        """Keep what a viewer may see."""
        return self.get_queryset().visible_to(viewer)

    def current(self) -> VersionQuerySet[M]:
        """Keep the versions that nothing has superseded."""
        return self.get_queryset().current()

    def as_of(self, at: datetime | None) -> VersionQuerySet[M]:
        """Keep the versions that were current at a moment; now where None."""
        return self.get_queryset().as_of(at)


class Named(models.Model):
    """A record that is named by its kind and its key where nothing else names it."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class KnownRecord(Named):
    """A record that says when it became known here."""

    known_at = models.DateTimeField()

    objects = KnownManager()

    class Meta:
        abstract = True


class NumberedRecord(KnownRecord):
    """A record that people name by its kind's letter and its number."""

    letter: ClassVar[str]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number that people write and type."""
        return f"{self.letter}{self.pk}"


class VersionRecord(Named):
    """One state of knowledge about something, open until superseded."""

    known_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=80, blank=True)

    objects = VersionManager()

    class Meta:
        abstract = True

    def supersede(self, at: datetime) -> datetime:
        """End this version, and give the moment at which it ends.

        Clocks of two servers may differ, and no version ends before it begins.
        """
        self.superseded_at = ends_at = max(at, self.known_at)
        self.save(update_fields=["superseded_at"])
        return ends_at

    def next_version(self, **columns: Any) -> Self:  # noqa: ANN401 - of any type
        """Make a new version, not saved, that is the same but for some columns."""
        later = copy(self)
        later.pk = later.superseded_at = None
        later._state.adding = True  # noqa: SLF001 - Django's way to copy a row
        for name, value in columns.items():
            setattr(later, name, value)
        return later


class StatementRecord(VersionRecord):
    """A version that keeps what a source states.

    ``content_key`` is the key of what the version says. ``stated_key`` is filled
    where a person has corrected it: the key of what the source itself stated last,
    so that the source may repeat it without undoing the correction.
    ``corrected_by`` is the sign-in name of who decided what it says, where a person
    did and not the source.
    """

    content_key = models.CharField(max_length=64, blank=True)
    stated_key = models.CharField(max_length=64, blank=True)
    corrected_by = models.CharField(max_length=150, blank=True)

    class Meta:
        abstract = True


def one_current(name: str, *fields: str) -> models.UniqueConstraint:
    """Make the constraint that at most one version is current."""
    return unique(name, *fields, where=CURRENT)


def ends_after_known(name: str) -> models.CheckConstraint:
    """Make the constraint that nothing is superseded before it was known."""
    ends = Q(superseded_at=None) | Q(superseded_at__gte=models.F("known_at"))
    return check(name, ends)


def of_versions(name: str, *fields: str) -> list[models.BaseConstraint]:
    """Make the constraints of versions: one is current, none ends before it is known.

    Args:
        name: With which the names of the constraints begin.
        fields: What one is current of.
    """
    return [one_current(f"{name}_current", *fields), ends_after_known(f"{name}_times")]
