"""The list of holders, and the page of one; each view is written down."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from armstrace.audit import consultations, disclosures
from armstrace.licensing import standing
from armstrace.licensing.finding import named_by
from armstrace.licensing.models import Holder, HolderRecord, Licence
from armstrace.licensing.queries.cards import HolderCard
from armstrace.records.lookups import among, page_of, reads_as
from armstrace.records.parts import SHORTEST, Parts
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.licensing import LicenceStage
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.texts import is_reason

FOUND = 8
"""Most holders that are offered where a name was typed."""
# Telephones write another apostrophe than old keyboards: O’Neill, O'Neill.
_PARTS_OF_NAMES = re.compile(r"[\s'\u2019\u02bc`]+")
PARTS = Parts("licensing_nameparts", "licensing_holderrecord", ("name",))


@dataclass(frozen=True, slots=True)
class HolderFilter:
    """What narrows a list of holders; empty means any.

    Args:
        text: A number, the number of a licence, or part of a name.
        kind: Kind of holder.
    """

    text: str = ""
    kind: HolderKind | None = None


@dataclass(frozen=True, slots=True)
class HolderRow(HolderCard):
    """One holder in a list, named."""

    valid_until: date | None
    is_licensed: bool


@dataclass(frozen=True, slots=True)
class HolderPage:
    """One holder with the licences and the history of what is known."""

    record: HolderRecord
    # All that was known, the newest first.
    versions: tuple[HolderRecord, ...]
    # The current version of each licence, the newest first.
    licences: tuple[Licence, ...]
    # The status of each of them today.
    stages: tuple[LicenceStage, ...]
    # Those that allow something today.
    in_force: tuple[Licence, ...]

    @property
    def number(self) -> str:
        return self.record.holder.number


def asks_reason(viewer: Actor) -> bool:
    """Tell whether a viewer has to say why they look at holders.

    Whoever keeps the holders on record looks at them all day, for that; the others
    say why, as for every name of a person.
    """
    return disclosures.asks_reason(_grants(viewer))


def may_name(viewer: Actor, reason: str) -> bool:
    """Tell whether a viewer sees whom a record of a holder names, for a reason."""
    return any(map(viewer.may, ("holder.view", "holder.record"))) and (
        not asks_reason(viewer) or is_reason(reason)
    )


def holder_rows(
    where: HolderFilter,
    *,
    viewer: Actor,
    at: datetime,
    page: PageRequest,
    reason: str = "",
) -> Page[HolderRow]:
    """Give one page of holders by name; the ledger keeps whom it showed.

    Raises:
        InvalidInput: The installation asks for a reason, and none was given.
    """
    viewer.require("holder.view")
    rows = _filter(where).order_by("name", "pk")
    found = page_of(rows.select_related("holder"), page)
    shown = _disclose(found.rows, "holder.listed", viewer, at, reason)
    licences = _valid([row.holder_id for row in shown], at)
    return found.showing([_row(row, licences.get(row.holder_id, [])) for row in shown])


def receivers(text: str, *, viewer: Actor, at: datetime) -> list[HolderRow]:
    """Give the holders that a text may mean: one by number, else some by name.

    Args:
        text: A number, the number of a licence, or part of a name.
        viewer: Who asks; without the right to see persons a number alone finds.
    """
    viewer.require("registry.event")
    meant = text.strip()
    if not meant:
        return []
    current = HolderRecord.objects.current().select_related("holder")
    named = Holder.objects.filter(named_by(meant)).values("pk")
    exact = list(current.filter(holder__in=named))
    if not exact and viewer.may("holder.view"):
        by_name = _filter(HolderFilter(meant)).order_by("name", "pk")
        rows = list(by_name.select_related("holder")[:FOUND])
        exact = _disclose(rows, "holder.listed", viewer, at)
    return [_row(row, []) for row in exact]


def names_for_keeper(
    holder_ids: Iterable[int], *, viewer: Actor, at: datetime
) -> dict[int, str]:
    """Give the names of holders to who keeps them; the ledger keeps who looked.

    Others see numbers, and open the holder's page with their reason.
    """
    if not viewer.may("holder.record"):
        return {}
    rows = HolderRecord.objects.current().filter(holder_id__in=set(holder_ids))
    shown = _disclose(rows, "holder.listed", viewer, at)
    return {each.holder_id: each.name for each in shown}


def holder_page(
    holder_id: int, *, viewer: Actor, at: datetime, reason: str = ""
) -> HolderPage:
    """Give one holder with licences and history; the ledger keeps who looked.

    Raises:
        InvalidInput: The installation asks for a reason, and none was given.
    """
    viewer.require("holder.view")
    versions = HolderRecord.objects.filter(holder_id=holder_id)
    if not versions.exists():
        raise NotFound(message("There is no such holder; choose one from the list."))
    consultations.show_opened(Holder, holder_id)
    shown = disclosures.disclose(
        viewer=viewer,
        at=at,
        act="holder.viewed",
        records=versions.select_related("holder").order_by("-known_at", "-pk"),
        reason=reason,
        grants=_grants(viewer),
    )
    rows = Licence.objects.current().filter(holder_id=holder_id)
    licences = tuple(rows.order_by("-valid_until", "number"))
    today = timezone.localdate(at)
    return HolderPage(
        record=next(each for each in shown if each.superseded_at is None),
        versions=tuple(shown),
        licences=licences,
        stages=tuple(standing.stages_of(licences, today)),
        in_force=tuple(standing.in_force(licences, today)),
    )


def _filter(where: HolderFilter) -> QuerySet[HolderRecord]:
    rows = HolderRecord.objects.current()
    if where.kind:
        rows = rows.filter(kind=where.kind)
    text = consultations.note_search(where.text)
    if not text:
        return rows
    is_read = reads_as(text)
    licensed = Licence.objects.current().filter(is_read).values_list("holder_id")
    numbered = Holder.objects.filter(is_read | named_by(text)).values_list("pk")
    if keys := {key for found in (licensed, numbered) for (key,) in found}:
        return rows.filter(holder_id__in=keys)
    words = list(filter(None, _PARTS_OF_NAMES.split(text)))
    return rows.filter(_has_words(words or [text]))


def _has_words(words: list[str]) -> Q:
    """Give the condition that a name has each of some words in it.

    PostgreSQL looks parts up by itself. On SQLite the table of parts, which knows those
    of three letters and more, gives the few that have them all; where they are not few,
    a reading in order of names finds a page of them soon.
    """
    every = Q(*(Q(name__icontains=word) for word in words))
    found = PARTS.few_with(word for word in words if len(word) >= SHORTEST)
    if found is None:
        return every
    short = Q(*(Q(name__icontains=word) for word in words if len(word) < SHORTEST))
    return among("pk", found) & short


def _grants(viewer: Actor) -> tuple[str, ...]:
    return () if viewer.may("holder.record") else ("holder.view",)


def _disclose(
    rows: Iterable[HolderRecord],
    act: str,
    viewer: Actor,
    at: datetime,
    reason: str = "",
) -> list[HolderRecord]:
    found = list(rows)
    for row in found:
        consultations.show(Holder, row.holder_id)
    persons = [row for row in found if row.kind == HolderKind.PERSON]
    if persons:
        disclosures.disclose(
            viewer=viewer,
            at=at,
            act=act,
            records=persons,
            reason=reason,
            grants=_grants(viewer),
        )
    return found


def _valid(holder_ids: list[int], at: datetime) -> dict[int, list[Licence]]:
    found: dict[int, list[Licence]] = {}
    rows = Licence.objects.current().filter(holder_id__in=holder_ids)
    for each in standing.in_force(list(rows), timezone.localdate(at)):
        found.setdefault(each.holder_id, []).append(each)
    return found


def _row(row: HolderRecord, valid: list[Licence]) -> HolderRow:
    ends = [each.valid_until for each in valid]
    last = None if None in ends else max((d for d in ends if d), default=None)
    held = {"valid_until": last, "is_licensed": bool(valid)}
    return fill(HolderRow, row, row.holder, **held)
