"""Which arms were reported lost or stolen, when, and to whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from armstrace.audit import consultations
from armstrace.records.lookups import among, page_of
from armstrace.registry.models import LifeEvent, LossReport
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LOSSES, ItemKind, LifeEventKind
from armstrace.vocabulary.content import CONTENT_KEY
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill


def losses_among(arm_ids: Iterable[int], *, viewer: Actor) -> frozenset[int]:
    """Give those of some arms that were ever reported lost or stolen."""
    viewer.require("registry.view")
    asked = set(arm_ids)
    reports = LossReport.objects.current().filter(among("arm_id", asked))
    events = LifeEvent.objects.current().filter(among("arm_id", asked), kind__in=LOSSES)
    return frozenset(
        [
            *reports.values_list("arm_id", flat=True),
            *events.values_list("arm_id", flat=True),
        ]
    )


@dataclass(frozen=True, slots=True)
class LossTold:
    """The latest loss or theft of an arm, and who received the report."""

    kind: LifeEventKind
    # The day, or that of the report where it is not known.
    happened: DateSpan | None
    place: str
    region: str
    # The source of the report; of the register where it tells alone.
    told_by: str
    # Its number there; empty where it has none, or the register tells alone.
    number: str
    # The agency that received it, as its source writes it.
    agency: str = ""


def latest_losses(arm_ids: Iterable[int], *, viewer: Actor) -> dict[int, LossTold]:
    """Give the latest loss or theft on record of each of some arms, in two queries.

    Whether it still stands, the state of the arm tells.
    """
    viewer.require("registry.view")
    asked = set(arm_ids)
    events = LifeEvent.objects.current().filter(among("arm_id", asked), kind__in=LOSSES)
    reports = LossReport.objects.current().filter(among("arm_id", asked))
    told = [(row.arm_id, _told_by_register(row)) for row in events.order_by("pk")]
    # Of one loss that both tell, the report names who received it.
    told += [
        (row.arm_id, _told_by_report(row))
        for row in reports.order_by("pk")
        if row.arm_id is not None
    ]
    told.sort(key=lambda each: each[1].happened.first if each[1].happened else date.min)
    return dict(told)


def _told_by_register(row: LifeEvent) -> LossTold:
    on = DateSpan.of(row.happened_on) if row.happened_on else None
    kind = LifeEventKind(row.kind)
    return LossTold(kind, on, row.place, row.region, row.source, "")


def _told_by_report(row: LossReport) -> LossTold:
    on = row.happened
    if on is None and row.reported_on:
        on = DateSpan.of(row.reported_on)
    # A row without a number is known by a key that no agency knows.
    own = "" if row.source_number.startswith(CONTENT_KEY) else row.source_number
    number = row.case_number or own
    kind = LifeEventKind(row.loss_kind)
    told = (row.place, row.region, row.source, number, row.reported_to)
    return LossTold(kind, on, *told)


@dataclass(frozen=True, slots=True)
class LossFilter:
    """What narrows the list of reports; empty means any."""

    text: str = ""
    item_kind: str = ""
    loss_kind: str = ""


@dataclass(frozen=True, slots=True)
class LossRow:
    """One report of loss or theft in a list; its holder is not named here."""

    number: str
    source: str
    loss_kind: LifeEventKind
    item_kind: ItemKind
    # The arm on record that it is of; None for ammunition and parts.
    arm_id: int | None
    # Kind, make, model and calibre as they were written.
    described: str
    # As marked.
    serial: str
    happened: DateSpan | None
    reported_on: date | None
    place: str


def loss_rows(where: LossFilter, *, viewer: Actor, page: PageRequest) -> Page[LossRow]:
    """Give one page of the reports of loss and theft, the latest known first."""
    viewer.require("registry.view")
    rows = LossReport.objects.current().order_by("-known_at", "-pk")
    if where.item_kind:
        rows = rows.filter(item_kind=where.item_kind)
    if where.loss_kind:
        rows = rows.filter(loss_kind=where.loss_kind)
    if text := consultations.note_search(where.text):
        rows = rows.filter(source_number__startswith=text)
    found = page_of(rows, page, asked=("losses", where))
    consultations.show_all(LossReport, [row.pk for row in found.rows])
    return found.showing([_row(report) for report in found.rows])


def _row(report: LossReport) -> LossRow:
    written = (
        report.type_as_written,
        report.make_as_written,
        report.model_as_written,
        report.calibre_as_written,
    )
    return fill(
        LossRow,
        report,
        number=report.source_number,
        described=" ".join(filter(None, written)),
        serial=report.serial_as_marked,
        place=", ".join(filter(None, (report.place, report.region))),
    )
