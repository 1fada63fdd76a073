"""Who sees which rows: declared once on a model, asked of its queryset.

``scope = Scoped("recovery.view", at("agency"))`` says which line of the policy opens
the rows and where the agency stands that they belong to. Queries ask
``.visible_to(viewer)`` and ``.get_visible(key, viewer)`` and write no filter of
their own, so that no list forgets one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from armstrace.audit import consultations
from armstrace.audit.declarations import Number, OnPaper
from armstrace.records import lookups
from armstrace.vocabulary.actors import Actor, Agencies
from armstrace.vocabulary.errors import NotFound, NotPermitted
from armstrace.vocabulary.messages import Message, message

MOST = 20
"""Records that one number on paper leads to."""
PLACE = re.compile(r"%\((\w+)\)s")
type Belongs = Callable[[str, str], Q]
"""Gives the condition that rows, reached by a path, belong to an agency."""
type ShownTo = Callable[[str, Actor, Agencies], Q]
"""Gives the condition that rows, reached by a path, are for a viewer's eyes."""


def everyone(path: str, agency: str) -> Q:
    """Let the grant alone decide: the rows belong to no agency."""
    del path, agency
    return Q()


def at(column: str) -> Belongs:
    """Say in which column the agency stands, or by which path it is reached."""
    return lambda path, agency: Q(**{path + column: agency})


def at_any(*columns: str) -> Belongs:
    """Say that a row is seen by each of the agencies that these columns name."""
    return lambda path, agency: reduce(
        or_, (Q(**{path + each: agency}) for each in columns)
    )


def at_all(*columns: str) -> Belongs:
    """Say that a row is seen by one agency only where all these columns name it."""
    return lambda path, agency: reduce(
        and_, (Q(**{path + each: agency}) for each in columns)
    )


def no_such(said: Message) -> Callable[[object], Message]:
    """Make what says of a number that there is none, or none for these eyes.

    Args:
        said: Names the number by its only place, if at all.
    """
    places = PLACE.findall(said.template)
    return lambda number: Message(said.template, dict.fromkeys(places, str(number)))


no_such_record = no_such(
    message("There is no such record here; look at the list again.")
)


@dataclass(frozen=True, slots=True)
class Scoped:
    """Who sees the rows of a model."""

    # Line of the policy that opens them; that of ``through`` where empty.
    grant: str = ""
    belongs: Belongs = everyone
    # Foreign key to the row that this one is part of and seen with.
    through: str = ""
    # Column of the number by which people ask for a row.
    key: str = "pk"
    # Says of a number that there is none, or none for these eyes.
    missing: Callable[[object], Message] = no_such_record
    # Who sees the rows where not the agency alone decides, such as the members of a
    # sealed case; it is asked instead of ``belongs``.
    shown_to: ShownTo | None = None

    def grant_of(self, model: type[models.Model]) -> str:
        """Give the line of the policy that opens the rows of a model."""
        return self.grant or self._above(model).grant_of(self._parent(model))

    def seen_by(
        self, model: type[models.Model], path: str, viewer: Actor, agencies: Agencies
    ) -> Q:
        """Give the condition that rows, reached by a path, are for a viewer's eyes."""
        if self.through:
            above, parent = self._above(model), self._parent(model)
            return above.seen_by(parent, f"{path}{self.through}__", viewer, agencies)
        if self.shown_to is not None:
            return self.shown_to(path, viewer, agencies)
        return Q() if agencies.are_all else self.belongs(path, agencies.own)

    def condition(self, model: type[models.Model], path: str, agency: str) -> Q:
        """Give the condition that rows, reached by a path, belong to an agency."""
        if not self.through:
            return self.belongs(path, agency)
        above, parent = self._above(model), self._parent(model)
        return above.condition(parent, f"{path}{self.through}__", agency)

    def _parent(self, model: type[models.Model]) -> type[models.Model]:
        field: Any = model._meta.get_field(self.through)  # noqa: SLF001 -- documented API
        parent: type[models.Model] = field.related_model
        return parent

    def _above(self, model: type[models.Model]) -> "Scoped":
        return scope_of(self._parent(model))


def scope_of(model: type[models.Model]) -> Scoped:
    """Give who sees the rows of a model.

    Raises:
        TypeError: The model does not say so.
    """
    declared = getattr(model, "scope", None)
    if not isinstance(declared, Scoped):
        msg = f"{model.__name__} does not declare its scope"
        raise TypeError(msg)
    return declared


class ScopedQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows of a model that says who sees them."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep what a viewer may see."""
        scope = scope_of(self.model)
        agencies = viewer.agencies(scope.grant_of(self.model))
        return self.filter(scope.seen_by(self.model, "", viewer, agencies))

    def of(self, agencies: Agencies) -> Self:
        """Keep what belongs to some agencies, whoever looks."""
        if agencies.are_all:
            return self
        scope = scope_of(self.model)
        return self.filter(scope.condition(self.model, "", agencies.own))

    def get_visible(self, key: object, viewer: Actor) -> M:
        """Give the row of a number.

        Raises:
            NotFound: There is none, or it is not for these eyes; nobody learns
                which of the two.
        """
        scope = scope_of(self.model)
        found = self.visible_to(viewer).filter(**{scope.key: key}).first()
        if found is None:
            raise NotFound(scope.missing(key))
        return found


class ScopedManager[M: models.Model](models.Manager[M]):
    """The way to rows of a model that says who sees them."""

    def get_queryset(self) -> ScopedQuerySet[M]:
        """Give all rows."""
        return ScopedQuerySet(self.model, using=self._db)

    def visible_to(self, viewer: Actor) -> ScopedQuerySet[M]:
        """Keep what a viewer may see."""
        return self.get_queryset().visible_to(viewer)

    def get_visible(self, key: object, viewer: Actor) -> M:
        """Give the row of a number that a viewer may see."""
        return self.get_queryset().get_visible(key, viewer)


def keys_on_paper(app: str, named: Number, text: str, *, viewer: Actor) -> list[int]:
    """Give the records for these eyes on whose papers a number stands, as written.

    Letter case does not count where the papers write capitals. The latest first, at
    most ``MOST``; that they were shown is noted.
    """
    found = (_bearing(app, where, text, viewer) for where in named.on_paper)
    keys = sorted(set().union(*found), reverse=True)[:MOST]
    consultations.show_all(apps.get_model(app, named.model), keys)
    return keys


def _bearing(app: str, where: OnPaper, text: str, viewer: Actor) -> set[int]:
    model: Any = apps.get_model(app, where.model)
    is_current = hasattr(model, "superseded_at")
    among = {text, text.upper()}
    columns = tuple(lookups.Column(model, name, is_current) for name in where.columns)
    borne = lookups.columns_holding(among, columns)
    if not borne or not viewer.may(scope_of(model).grant_of(model)):
        return set()
    rows = model.objects.visible_to(viewer).exclude(**{where.key: None})
    if is_current:
        rows = rows.filter(superseded_at=None)
    found: set[int] = set()
    for column in borne:
        keys = rows.filter(**{f"{column.name}__in": among}).order_by(f"-{where.key}")
        found |= set(keys.values_list(where.key, flat=True)[:MOST])
    return found


def is_open(app: str, model: str, *, viewer: Actor) -> bool:
    """Tell whether the policy opens the rows of a model to a viewer, of some agency."""
    table = apps.get_model(app, model)
    return viewer.may(scope_of(table).grant_of(table))


def is_visible(app: str, model: str, key: int, *, viewer: Actor) -> bool:
    """Tell whether there is a row of a number for these eyes.

    Args:
        key: The number by which people ask for the row.
    """
    manager: Any = apps.get_model(app, model).objects
    try:
        manager.get_visible(key, viewer)
    except (NotFound, NotPermitted):
        return False
    return True
