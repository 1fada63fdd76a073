"""Cards of holders, their numbers and their licences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from armstrace.audit import consultations
from armstrace.licensing.models import Holder, HolderRecord, Licence
from armstrace.records.lookups import among
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class HolderCard:
    """A holder as shown: the name only to those who may see personal data."""

    holder_id: int
    number: str
    name: str
    kind: HolderKind
    place: str
    region: str
    country: str

    @property
    def is_person(self) -> bool:
        return self.kind is HolderKind.PERSON


def cards_by_number(numbers: Iterable[str], *, viewer: Actor) -> dict[str, HolderCard]:
    """Give cards of holders by their numbers, in one query; see ``holder_cards``."""
    rows = HolderRecord.objects.current().filter(among("holder__number", numbers))
    return {card.number: card for card in _cards(rows, viewer).values()}


def holder_cards(
    holder_ids: Iterable[int], *, viewer: Actor, as_of: datetime | None = None
) -> dict[int, HolderCard]:
    """Give cards of holders by identity, in one query.

    A natural person's name and place are left out for a viewer without
    ``holder.view``; whoever shows the rest writes the consultation entry with
    ``audit.disclosures``.

    Args:
        holder_ids: Identities; unknown ones are left out of the answer.
    """
    rows = HolderRecord.objects.as_of(as_of).filter(holder_id__in=set(holder_ids))
    return _cards(rows, viewer)


def _cards(rows: QuerySet[HolderRecord], viewer: Actor) -> dict[int, HolderCard]:
    named = viewer.may("holder.view")
    return {
        row.holder_id: _card(row, named=named) for row in rows.select_related("holder")
    }


def _card(row: HolderRecord, *, named: bool) -> HolderCard:
    kind = HolderKind(row.kind)
    shown = named or kind is not HolderKind.PERSON
    consultations.show(Holder, row.holder_id)
    hidden = {} if shown else {"name": "", "place": ""}
    return fill(HolderCard, row, row.holder, **hidden)


def holder_ids(numbers: Iterable[str]) -> dict[str, int]:
    """Give the identities of holders by their numbers, in one query."""
    rows = Holder.objects.filter(among("number", numbers))
    return dict(rows.values_list("number", "pk"))


def holders_called(name: str, *, viewer: Actor) -> list[int]:
    """Give the identities of holders of a name, for whoever reads the ledger.

    Args:
        name: As it is written on an account; case is passed over.
    """
    viewer.require("ledger.view")
    rows = HolderRecord.objects.current().filter(name__iexact=name)
    return list(rows.values_list("holder_id", flat=True))


def holder_kinds(numbers: Iterable[str | None]) -> dict[str, HolderKind]:
    """Give what kind each holder is, by number, in one query."""
    wanted = {each for each in numbers if each}
    if not wanted:
        return {}
    rows = HolderRecord.objects.current().filter(among("holder__number", wanted))
    found = rows.values_list("holder__number", "kind")
    return {number: HolderKind(kind) for number, kind in found}


def licence_numbers(
    holder_ids: Iterable[int], *, viewer: Actor
) -> dict[int, list[str]]:
    """Give the licence numbers of holders by identity, in one query.

    They are personal data where the holder is a person: asked for beside the
    names, whose reading writes the consultation entry.
    """
    viewer.require("holder.view")
    rows = Licence.objects.current().filter(holder_id__in=set(holder_ids))
    found: dict[int, list[str]] = {}
    for holder, number in rows.order_by("number").values_list("holder_id", "number"):
        found.setdefault(holder, []).append(number)
    return found
