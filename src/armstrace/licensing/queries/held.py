"""The list of licences, of whatever authority, in the order in which they end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import batched

from django.db.models import F, Q, QuerySet

from armstrace.audit import consultations
from armstrace.audit import queries as audit
from armstrace.licensing import standing
from armstrace.licensing.models import Holder, HolderRecord, Licence, LicenceTerms
from armstrace.licensing.queries.applications import ActivityFilter
from armstrace.records.lookups import among, counts_of, page_of, reads_as
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.licensing import LicenceStage, LicenceType
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill

AT_ONCE = 500
SOON = timedelta(90)
"""How long before its end a licence is listed as ending: time enough to renew it."""


class LicencesShown(Code):
    """Which licences a list shows."""

    VALID = "VALID", "valid"
    ENDING = "ENDING", "valid, ends within 90 days"
    SUSPENDED = "SUSPENDED", "suspended"
    REVOKED = "REVOKED", "revoked"
    EXPIRED = "EXPIRED", "expired"


@dataclass(frozen=True, slots=True)
class LicenceFilter(ActivityFilter):
    """What narrows the list of licences.

    Args:
        text: Number of a licence or of its holder.
        activity: What a licence allows.
        first: First day on which a licence ends.
        last: Last day on which a licence ends.
        shown: Status today.
    """

    shown: LicencesShown | None = None


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """One licence in a list.

    Args:
        activity: None where a register did not say what it allows.
        stage: Its status today.
        valid_until: Its last day; None where it has none.
    """

    licence_id: int
    number: str
    activity: LicenceType | None
    holder_number: str
    stage: LicencesShown
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class WrittenLicence:
    """A licence as a desk wrote it down or widened it, without an application."""

    licence: Licence
    # As it was on record until then; None where it was not.
    before: Licence | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class KindChanged:
    """A holder of whom a desk changed the kind."""

    record: HolderRecord
    before: HolderKind
    recorded_by: str


def licence_rows(
    where: LicenceFilter, *, viewer: Actor, today: date, page: PageRequest
) -> Page[LicenceRow]:
    """Give one page of licences, the first to end first, those without end last."""
    rows = _narrow(where, viewer, today)
    found = page_of(rows, page, ahead=Q(valid_until__isnull=False), by="pk")
    return found.showing(_describe(found.rows, today))


def every_licence(
    where: LicenceFilter, *, viewer: Actor, today: date
) -> Iterator[LicenceRow]:
    """Give every licence of a list, for a file."""
    rows = _narrow(where, viewer, today).iterator(AT_ONCE)
    for licences in batched(rows, AT_ONCE, strict=False):
        yield from _describe(licences, today)


def licences_of(holder_id: int, *, viewer: Actor, today: date) -> list[LicenceRow]:
    """Give the licences of a holder that is the viewer's own, the last to end first."""
    viewer.require("trade.view")
    rows = Licence.objects.current().filter(holder_id=holder_id)
    last = F("valid_until").desc(nulls_first=True)
    found = rows.select_related("holder").order_by(last, "-pk")
    return _describe(list(found), today)


def count_ending(*, viewer: Actor, today: date) -> int:
    """Count the valid licences that end soon; the count stops at ``COUNTED``."""
    who = ("licences ending", viewer.agencies("holder.view"), today)
    where = LicenceFilter(shown=LicencesShown.ENDING)
    return counts_of(who, lambda: [_narrow(where, viewer, today)])[0]


def licences_written(
    *, viewer: Actor, at: datetime, page: PageRequest
) -> Page[WrittenLicence]:
    """Give one page of the licences that a desk wrote down or widened in 90 days.

    No application led to them, so that nobody but the clerk has looked.
    """
    viewer.require("holder.view")
    noted = audit.keys_noted(
        "despite",
        ("holder.entered", "holder.corrected"),
        Licence._meta.label_lower,  # noqa: SLF001 -- Django's documented API
        viewer=viewer,
        since=at - SOON,
    )
    rows = Licence.objects.filter(among("pk", noted)).order_by("-known_at", "-pk")
    found = page_of(rows.select_related("holder"), page)
    numbers = {each.number for each in found.rows}
    versions = list(Licence.objects.filter(among("number", numbers)).order_by("pk"))
    consultations.show_all(Holder, [each.holder_id for each in found.rows])

    def before(licence: Licence) -> Licence | None:
        own = [e for e in versions if e.number == licence.number and e.pk < licence.pk]
        return own[-1] if own else None

    return found.showing(
        [WrittenLicence(each, before(each), noted[each.pk]) for each in found.rows]
    )


def kinds_changed(
    *, viewer: Actor, at: datetime, page: PageRequest
) -> Page[KindChanged]:
    """Give one page of the holders of whom a desk changed the kind in 90 days."""
    viewer.require("holder.view")
    noted = audit.keys_noted(
        "despite",
        ("holder.corrected",),
        HolderRecord._meta.label_lower,  # noqa: SLF001 -- Django's documented API
        viewer=viewer,
        since=at - SOON,
    )
    rows = HolderRecord.objects.filter(among("pk", noted)).order_by("-known_at", "-pk")
    found = page_of(rows.select_related("holder"), page)
    holders = [each.holder_id for each in found.rows]
    versions = list(HolderRecord.objects.filter(among("holder_id", holders)))
    consultations.show_all(Holder, holders)

    def before(record: HolderRecord) -> HolderKind:
        told = {e.pk: e.kind for e in versions if e.holder_id == record.holder_id}
        return HolderKind(told[max(pk for pk in told if pk < record.pk)])

    return found.showing([KindChanged(e, before(e), noted[e.pk]) for e in found.rows])


def _narrow(where: LicenceFilter, viewer: Actor, today: date) -> QuerySet[Licence]:
    viewer.require("holder.view")
    rows = Licence.objects.visible_to(viewer).current().select_related("holder")
    if text := consultations.note_search(where.text):
        numbered = rows.filter(reads_as(text))
        rows = numbered if numbered.exists() else rows.filter(reads_as(text, "holder"))
    told = {
        "licence_type": where.activity,
        "valid_until__gte": where.first,
        "valid_until__lte": where.last,
    }
    rows = rows.filter(**{name: each for name, each in told.items() if each})
    if where.shown:
        rows = rows.filter(_is_shown(where.shown, today))
    return rows.order_by(F("valid_until").asc(nulls_last=True), "pk")


def _is_shown(shown: LicencesShown, today: date) -> Q:
    """Give the condition of a status: as ``standing.stage_of`` tells it."""
    is_over = Q(valid_until__lt=today)
    revoked, suspended = map(_is_at, (LicenceStage.REVOKED, LicenceStage.SUSPENDED))
    is_valid = ~(is_over | revoked | suspended)
    ends_soon = Q(valid_until__gte=today, valid_until__lte=today + SOON)
    return {
        LicencesShown.VALID: is_valid,
        LicencesShown.ENDING: ends_soon & ~revoked & ~suspended,
        LicencesShown.SUSPENDED: suspended,
        LicencesShown.REVOKED: revoked,
        LicencesShown.EXPIRED: is_over & ~revoked & ~suspended,
    }[shown]


def _is_at(stage: LicenceStage) -> Q:
    numbers = LicenceTerms.objects.current().filter(stage=stage).values("number")
    return Q(number__in=numbers)


def _shown(stage: LicenceStage) -> LicencesShown:
    """Say a status by the word that narrows the list to it."""
    is_issued = stage is LicenceStage.ISSUED
    return LicencesShown.VALID if is_issued else LicencesShown(stage.value)


def _describe(licences: Sequence[Licence], today: date) -> list[LicenceRow]:
    for each in licences:
        consultations.show(Holder, each.holder_id)
    return [
        fill(
            LicenceRow,
            each,
            licence_id=each.pk,
            activity=LicenceType(each.licence_type) if each.licence_type else None,
            holder_number=each.holder.number,
            stage=_shown(stage),
        )
        for each, stage in zip(
            licences, standing.stages_of(licences, today), strict=True
        )
    ]
