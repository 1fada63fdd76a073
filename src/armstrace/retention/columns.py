"""What a kind of record is to retention, and the columns that many kinds share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, Greatest

from armstrace.records.scope import scope_of
from armstrace.retention.models import LegalHold
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.outcomes import NOTHING
from armstrace.vocabulary.profiles.provisions import RecordClass

type Rows = models.QuerySet[Any]
OWN = "retention.view"


@dataclass(frozen=True, slots=True)
class Kind:
    """How rows of one kind are found."""

    model: type[models.Model]
    # Gives the rows with their columns as of a day.
    rows: Callable[[date], Rows]
    # The classes whose rules may apply, with the column of each from which a period
    # counts; one whose column is empty does not apply.
    floors: Mapping[RecordClass, str]
    # Why a row is in use.
    used: Message = NOTHING
    # What uses a row besides, told by no list: only an act takes account of it.
    unseen: Q = field(default_factory=Q)
    # The column that says when a row began.
    begun: str = "known_at"

    @property
    def letter(self) -> str:
        """Give what stands before the number; empty where people do not number them."""
        return getattr(self.model, "letter", "")

    @property
    def grant(self) -> str:
        """Give the line of the policy that opens them besides ``retention.view``."""
        is_scoped = hasattr(self.model, "scope")
        return scope_of(self.model).grant_of(self.model) if is_scoped else OWN


def last_of(
    model: Any,  # noqa: ANN401 - any model
    path: str,
    column: str = "known_at",
    **where: object,
) -> Subquery:
    """Give the last value of a column of the rows that point to a record."""
    rows = model.objects.filter(**where, **{path: OuterRef("pk")}).order_by()
    return Subquery(rows.values(path).annotate(last=Max(column)).values("last"))


def latest(*told: Subquery) -> Greatest:
    """Give the latest of some moments and of when the record began."""
    return Greatest(F("known_at"), *(Coalesce(each, F("known_at")) for each in told))


def is_held(letter: str, key: str = "pk") -> Exists:
    """Tell whether a hold is on a record, or on one that it is about.

    Args:
        letter: Before the number of the one that is held.
        key: The column with its key.
    """
    number = Concat(Value(letter), Cast(OuterRef(key), models.CharField()))
    return Exists(LegalHold.objects.current().filter(number=number))
