"""The own stock of a business, the notices it gave, and for whom agencies report."""

from dataclasses import dataclass
from datetime import date

from armstrace.accounts.models import Agency
from armstrace.audit import consultations
from armstrace.certificates import queries as certificates
from armstrace.licensing import queries as licensing
from armstrace.licensing.models import Holder
from armstrace.records.lookups import page_of
from armstrace.registry import trading
from armstrace.registry.inputs import EventInput
from armstrace.registry.models import Arm, ArmRecord, BusinessEnd, Notice, Reporting
from armstrace.registry.queries.stock import records_of
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class InStock:
    """An arm that a business has now."""

    arm_id: int
    reference: str
    source_number: str
    make: str
    model: str
    calibre: str
    serial: str
    since: date | None


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """What a notice means before it is given, as far as the trade may know it."""

    # Of the own stock; None where it has no such arm, or more than one.
    arm: InStock | None
    # Number of who receives it; empty where no licence is called so, or it comes in.
    other: str


@dataclass(frozen=True, slots=True)
class TradeOf:
    """Who reports for a holder, and since when it trades no longer."""

    # The newest first; also those that ended.
    reportings: tuple[Reporting, ...]
    # The newest first.
    ends: tuple[BusinessEnd, ...]

    @property
    def end(self) -> BusinessEnd | None:
        """Give the end of the business that stands."""
        stands = (each for each in self.ends if each.superseded_at is None)
        return next((each for each in stands if each.closed_on), None)


def own_business(*, viewer: Actor) -> trading.Business | None:
    """Give the business for which the viewer's agency reports."""
    viewer.require("trade.view")
    return trading.business_of(viewer.agency)


def own_licences(*, viewer: Actor, today: date) -> list[licensing.LicenceRow]:
    """Give the licences of the business for which the viewer's agency reports."""
    own = own_business(viewer=viewer)
    if own is None:
        return []
    return licensing.licences_of(own.holder_id, viewer=viewer, today=today)


def own_certificates(*, viewer: Actor) -> list[certificates.CertificateRow]:
    """Give the certificates of the business for which the viewer's agency reports."""
    own = own_business(viewer=viewer)
    return certificates.certificates_of(own.holder_id, viewer=viewer) if own else []


def in_stock(*, viewer: Actor, page: PageRequest) -> Page[InStock]:
    """Give one page of the arms that the viewer's own business has now."""
    viewer.require("trade.view")
    own = Reporting.objects.visible_to(viewer).current()
    arms = trading.stock_among(own.values("holder_id"))
    return _shown(page_of(arms.order_by("pk"), page))


def stock_left(holder_id: int, *, viewer: Actor, page: PageRequest) -> Page[InStock]:
    """Give one page of what a holder still has, as before a business is closed."""
    viewer.require("holder.record")
    return _shown(page_of(trading.stock_of(holder_id).order_by("pk"), page))


def notices(*, viewer: Actor, page: PageRequest) -> Page[Notice]:
    """Give one page of the notices of the viewer's agency, the latest first."""
    rows = Notice.objects.visible_to(viewer).select_related("arm")
    found = page_of(rows.order_by("-pk"), page)
    consultations.show_all(Arm, [each.arm_id for each in found.rows])
    return found


def read_notice(notice: EventInput, *, viewer: Actor) -> NoticeRead:
    """Say which arm and whom a notice names, before it is given."""
    viewer.require("trade.notify")
    named = "" if notice.holder_from.strip() else notice.holder_to.strip()
    holder, other = trading.sides_called([named]).get(named, (0, ""))
    if holder:
        consultations.show(Holder, holder)
    own, arm = own_business(viewer=viewer), notice.arm_number
    found = trading.ArmsNamed([arm]).held(arm, own.holder_id) if own else []
    arms = Arm.objects.get_queryset().filter(pk__in=found)
    shown = _shown(page_of(arms.order_by("pk"), PageRequest())).rows
    return NoticeRead(shown[0] if len(shown) == 1 else None, other)


def trade_of(holder_id: int, *, viewer: Actor) -> TradeOf:
    """Give who reports for a holder, and the end of its business."""
    viewer.require("holder.view")
    told = Reporting.objects.get_queryset().filter(holder_id=holder_id)
    ends = BusinessEnd.objects.get_queryset().filter(holder_id=holder_id)
    return TradeOf(
        tuple(told.select_related("agency").order_by("-known_at", "-pk")),
        tuple(ends.order_by("-known_at", "-pk")),
    )


def agencies_of_trade(*, viewer: Actor) -> list[tuple[str, str]]:
    """Give code and name of each open agency of the trade."""
    viewer.require("holder.record")
    rows = Agency.objects.filter(kind=AgencyKind.TRADE, is_open=True)
    return list(rows.order_by("code").values_list("code", "name"))


def holders_by_agency(*, viewer: Actor) -> dict[str, str]:
    """Give the number of the holder for whom each agency reports, by its code."""
    viewer.require("account.view")
    rows = Reporting.objects.current().exclude(holder=None)
    return dict(rows.values_list("agency__code", "holder__number"))


def _shown(found: Page[Arm]) -> Page[InStock]:
    rows = list(found.rows)
    keys = [each.pk for each in rows]
    consultations.show_all(Arm, keys)
    known = records_of(keys)
    return found.showing([_row(each, known[each.pk]) for each in rows])


def _row(arm: Arm, record: ArmRecord) -> InStock:
    own = {"arm_id": arm.pk, "since": arm.state_since}
    return fill(InStock, arm, record, serial=record.serial_as_marked, **own)
