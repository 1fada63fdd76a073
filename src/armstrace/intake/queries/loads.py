"""What can be asked about files that were loaded, and the rows held of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Count, Q
from django.db.models.fields.json import KeyTextTransform

from armstrace.audit import consultations, disclosures
from armstrace.intake import conflicts, naming, recording
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import Batch, HeldRow
from armstrace.intake.outcomes import HeldState, Reason, Trouble
from armstrace.intake.queries import classes
from armstrace.intake.spans import read_span
from armstrace.jobs.queries import JobRow
from armstrace.records.lookups import page_of
from armstrace.records.scope import ScopedQuerySet
from armstrace.registry.trading import Business, business_of, has_reported
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.messages import Message, join, message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill

_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
HIDDEN = "\u2022\u2022\u2022"


@dataclass(frozen=True, slots=True)
class BatchCard:
    """A file that was loaded, with its counts.

    Args:
        rows_loaded: Corrections among them.
        open_held: Held rows that still wait for a person.
        mended: Held rows that were mended and loaded since.
        dismissed: Held rows that were dismissed since.
        by_reason: Reason code to rows, of those held and skipped as it was loaded.
        open_by_reason: Reason code to held rows that still wait, of one file.
        arms_by_class: Code of ``Population`` to rows read.
        columns: Heading to canonical fields.
        is_gone: Whether the file, where it was asked for, can be read no longer.
    """

    id: int
    kind: IntakeKind
    source: str
    file_name: str
    profile_name: str
    job: JobRow
    begun_at: datetime
    begun_by: str
    rows_expected: int
    rows_read: int
    rows_loaded: int
    rows_corrected: int
    rows_held: int
    rows_skipped: int
    by_reason: dict[str, int]
    arms_by_class: dict[str, int]
    headings: tuple[str, ...]
    columns: dict[str, list[str]]
    remarks: tuple[Message, ...]
    open_held: int = 0
    mended: int = 0
    dismissed: int = 0
    open_by_reason: Mapping[str, int] = field(default_factory=dict)
    is_gone: bool = False

    @property
    def names_persons(self) -> bool:
        """Tell whether a column of the file tells who a person is."""
        return bool(naming.naming_columns(self.kind, self.headings, self.columns))


@dataclass(frozen=True, slots=True)
class HeldRowCard:
    """A row that was held, whole.

    Args:
        values: Canonical field to text, as it would be mended.
        cells: The row as it stood in the file.
        troubles: Each thing that is wrong.
        hides_person: Whether the name of a person was left out.
        is_loss: Whether it reports a loss or theft.
        waits_for: For whom it waits, where the viewer may not record it.
        given_by: The agency of the trade whose notice it is; empty for other rows.
        business: For whom that agency reports, of one row.
    """

    id: int
    batch_id: int
    file_name: str
    kind: IntakeKind
    row: int
    identity: str
    reason: str
    reason_words: Message
    field: str
    troubles: tuple[Trouble, ...]
    values: dict[str, str]
    headings: tuple[str, ...]
    cells: tuple[str, ...]
    state: str
    decided_at: datetime | None
    decided_by: str
    decided_why: str
    hides_person: bool = False
    is_loss: bool = False
    waits_for: Message | None = None
    given_by: str = ""
    business: Business | None = None

    @property
    def day(self) -> DateSpan | None:
        """Give the day that a notice tells."""
        return read_span(self.values.get("happened_on", ""), DateOrder.NOT_STATED).value

    @property
    def sentence(self) -> Message:
        """Give all that is wrong, naming file, row and field."""
        placed = [each.to_sentence(self.file_name, self.row) for each in self.troubles]
        return join(placed)


def batches(*, viewer: Actor, page: PageRequest) -> Page[BatchCard]:
    """Give one page of the files that were loaded, the latest first."""
    rows = _with_counts(Batch.objects.visible_to(viewer)).order_by("-pk")
    found = page_of(rows, page, changes=("job__heartbeat_at", "held__decided_at"))
    return found.showing([_batch_card(row) for row in found.rows])


def batch(batch_id: int, *, viewer: Actor) -> BatchCard:
    """Give one loaded file."""
    record = batch_record(batch_id, viewer=viewer)
    card = _batch_card(record)
    waiting = HeldRow.objects.filter(batch_id=card.id, state=HeldState.OPEN)
    counted = waiting.values_list("reason").annotate(rows=Count("pk"))
    return replace(
        card,
        open_by_reason=dict(counted.order_by("reason")),
        is_gone=not classes.has_file(record),
    )


def batch_record(batch_id: int, *, viewer: Actor) -> Batch:
    """Give the record of a file, to hand to an action."""
    found = _with_counts(Batch.objects.get_queryset()).get_visible(batch_id, viewer)
    consultations.show_opened(Batch, batch_id)
    return found


def held_rows(
    *,
    viewer: Actor,
    page: PageRequest,
    batch_id: int | None = None,
    reason: str = "",
    state: str = HeldState.OPEN,
) -> Page[HeldRowCard]:
    """Give a page of held rows, in the order of their files."""
    wanted = {"batch_id": batch_id, "reason": reason, "state": state}
    narrowed = {name: value for name, value in wanted.items() if value}
    rows = HeldRow.objects.visible_to(viewer).filter(**narrowed)
    rows = rows.select_related("batch").order_by("batch_id", "row")
    found = page_of(rows, page, changes=("decided_at", "batch__job__heartbeat_at"))
    return found.showing([_held_card(row, viewer) for row in found.rows])


def held_row(held_id: int, *, viewer: Actor) -> HeldRowCard:
    """Give one held row."""
    consultations.show_opened(HeldRow, held_id)
    card = _held_card(held_record(held_id, viewer=viewer), viewer)
    return replace(card, business=business_of(card.given_by)) if card.given_by else card


def held_row_named(
    held_id: int, *, viewer: Actor, at: datetime, reason: str
) -> HeldRowCard:
    """Give one held row with the person that it names; the ledger keeps who asked."""
    (row,) = disclosures.disclose(
        viewer=viewer,
        at=at,
        act="held_row.person_viewed",
        records=[held_record(held_id, viewer=viewer)],
        reason=reason,
        grants=("holder.view",),
    )
    return _held_card(row, viewer, named=True)


def held_record(held_id: int, *, viewer: Actor) -> HeldRow:
    """Give the record of a held row, to hand to an action."""
    rows = HeldRow.objects.get_queryset().select_related("batch")
    return rows.get_visible(held_id, viewer)


def conflict_sides(
    held_id: int, *, viewer: Actor, at: datetime
) -> tuple[conflicts.Side, ...]:
    """Set a held row beside the record that it contradicts, field by field.

    Returns:
        Both sides of each field, also of an arm that a report names beside its marks;
        nothing where the row contradicts no record.
    """
    held = held_record(held_id, viewer=viewer)
    if held.reason != Reason.CONFLICT and held.field != "arm_number":
        return ()
    return conflicts.sides_of(held, viewer=viewer, at=at)


def open_held_count(*, viewer: Actor) -> int:
    """Count the held rows that wait: for the viewer, where the viewer may mend any."""
    waiting = HeldRow.objects.visible_to(viewer).filter(state=HeldState.OPEN)
    if viewer.may("intake.mend"):
        waiting = waiting.filter(_by_recorder(viewer))
    return waiting.count()


_NO_LOSS = Q(values__loss_kind__isnull=True) | Q(values__loss_kind="")


def _by_recorder(viewer: Actor) -> Q:
    """Narrow held rows to those of a kind that the viewer may record."""
    kinds = [kind for kind in IntakeKind if viewer.may(recording.grant_of(kind))]
    in_recoveries = Q(batch__kind=IntakeKind.RECOVERIES)
    found = Q(batch__kind__in=kinds) & (~in_recoveries | _NO_LOSS)
    if IntakeKind.LOSSES in kinds:
        found |= in_recoveries & ~_NO_LOSS
    return found


def held_of_year(year: int, *, viewer: Actor) -> int:
    """Count the held rows of recoveries that may belong to a year.

    A row may belong to it where its day names the year, or cannot be read. Who may
    see figures is told how many, and no more.
    """
    viewer.require("indicator.view")
    waiting = HeldRow.objects.filter(
        _NO_LOSS, batch__kind=IntakeKind.RECOVERIES, state=HeldState.OPEN
    )
    # As text: a bare year would be read as a number.
    day = KeyTextTransform("recovered_on", "values")
    texts = waiting.values_list(day).annotate(rows=Count("pk"))
    return sum(rows for text, rows in texts.order_by() if _may_lie_in(year, text))


def _may_lie_in(year: int, text: str | None) -> bool:
    span = read_span(text or "", DateOrder.NOT_STATED).value
    if span is not None:
        return span.first.year <= year <= span.last.year
    years = _FOUR_DIGITS.findall(text or "")
    return not years or str(year) in years


def _with_counts(rows: ScopedQuerySet[Batch]) -> ScopedQuerySet[Batch]:
    """Count the held rows of each file by what became of them."""
    states = {
        "open_held": HeldState.OPEN,
        "mended": HeldState.MENDED,
        "dismissed": HeldState.DISMISSED,
    }
    counts = {
        name: Count("held", filter=Q(held__state=state))
        for name, state in states.items()
    }
    return rows.select_related("job").annotate(**counts)


def _batch_card(row: Batch) -> BatchCard:
    return fill(
        BatchCard,
        row,
        job=JobRow.of(row.job),
        headings=tuple(row.headings),
        remarks=tuple(map(Message.read, row.remarks)),
    )


def _held_card(row: HeldRow, viewer: Actor, *, named: bool = False) -> HeldRowCard:
    consultations.show(HeldRow, row.pk)
    hidden = naming.naming(row.batch.kind)
    kind = IntakeKind(row.batch.kind)
    is_loss = kind is IntakeKind.RECOVERIES and bool(row.values.get("loss_kind"))
    reason = Message(Reason.words(row.reason))
    given_by = _giver_of(row)
    if given_by and row.reason == Reason.RULE_BROKEN:
        reason = message("waits for the registry")
    return fill(
        HeldRowCard,
        row,
        file_name=row.batch.file_name,
        kind=kind,
        reason_words=reason,
        given_by=given_by,
        troubles=tuple(map(Trouble.read, row.troubles)),
        values={k: v for k, v in row.values.items() if named or k not in hidden},
        headings=tuple(row.batch.headings),
        cells=tuple(row.cells if named else _cells_unnamed(row)),
        hides_person=not named and any(map(row.values.get, hidden)),
        is_loss=is_loss,
        waits_for=recording.refusal_of(
            IntakeKind.LOSSES if is_loss else kind, by=viewer
        ),
    )


def _giver_of(row: HeldRow) -> str:
    """Give the agency of the trade whose notice a row is; empty for other rows."""
    batch = row.batch
    is_told = batch.source == batch.agency and row.values.get("event") in LifeEventKind
    is_notice = is_told and batch.kind == IntakeKind.EVENTS
    return batch.source if is_notice and has_reported(batch.source) else ""


def _cells_unnamed(row: HeldRow) -> Iterator[str]:
    """Hide the cells of the columns that name a person."""
    batch = row.batch
    hidden = naming.naming_columns(batch.kind, batch.headings, batch.columns)
    for at, cell in enumerate(row.cells):
        yield HIDDEN if cell and at in hidden else cell
