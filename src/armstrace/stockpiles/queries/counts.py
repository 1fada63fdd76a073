"""What can be asked about counts of stores, and of stores beside lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from armstrace.audit import consultations
from armstrace.custody import counting as comparing
from armstrace.stockpiles import comparison, reading
from armstrace.stockpiles.models import StockAnswer, StockCount
from armstrace.stockpiles.queries.stores import depot_called
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.custody import CountFinding
from armstrace.vocabulary.messages import Message


@dataclass(frozen=True, slots=True)
class CountPage(comparing.Shown):
    """A count as its page shows it."""

    count: StockCount
    lines: tuple[reading.Line, ...]
    remarks: tuple[Message, ...]
    # Kinds of differences of which somebody has still to say something.
    unanswered: frozenset[CountFinding] = frozenset()


@dataclass(frozen=True, slots=True)
class ListCompared:
    """A store beside a list: the comparison, and what is odd about the list."""

    store: str
    compared: comparing.Compared
    # Where arms that should not be here are on record, by number.
    where: dict[str, str]
    remarks: tuple[Message, ...]


def counts_of(depot_id: int, *, viewer: Actor) -> Sequence[StockCount]:
    """Give the last counts of a store."""
    rows = StockCount.objects.visible_to(viewer).filter(depot_id=depot_id)
    return list(rows.order_by("-pk")[:20])


def counts_unsettled(*, viewer: Actor) -> int:
    """Count the counts with arms that nobody has found or answered for."""
    rows = StockCount.objects.visible_to(viewer)
    return rows.filter(signed_at__isnull=False, settled_at=None).count()


def counts_to_sign(*, viewer: Actor) -> Sequence[int]:
    """Give the counts that wait for the viewer's signature, unless counted anew."""
    later = StockCount.objects.filter(depot=OuterRef("depot"), pk__gt=OuterRef("pk"))
    rows = StockCount.objects.visible_to(viewer).filter(
        ~Exists(later), signed_at=None, second_by=viewer.name
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def count_page(count_id: int, *, viewer: Actor, most: int | None = None) -> CountPage:
    """Give a count with its comparison, hidden while a blind one is not signed.

    Args:
        most: How many of the differences are given; all where None.
    """
    count = StockCount.objects.get_visible(count_id, viewer)
    consultations.show_opened(StockCount, count.pk)
    lines = tuple(comparison.lines_of(count))
    scanned = sum(bool(each.text) for each in lines)
    said = tuple(reading.remarks(lines))
    if count.is_blind and count.signed_at is None:
        return CountPage(count=count, lines=lines, remarks=said, scanned=scanned)
    found = comparison.compare_count(count)
    answers = list(StockAnswer.objects.filter(count=count))
    described = comparison.describe(found, most)
    return CountPage(
        count=count,
        lines=lines,
        remarks=(*comparison.remarks(found), *said, *comparison.look_alikes(found)),
        scanned=scanned,
        expected=found.expected,
        compared=found,
        differences=found.differences(described, answers, most),
        unanswered=found.unanswered(answers),
    )


def rows_left_out(
    count_id: int, rows: Sequence[reading.Row], *, viewer: Actor
) -> list[Message]:
    """Say which rows of the list that was counted are headings and notes."""
    count = StockCount.objects.get_visible(count_id, viewer)
    return list(reading.left_out(rows, comparison.lines_of(count)))


def compare_list(
    store: str, rows: Sequence[reading.Row], *, viewer: Actor
) -> ListCompared:
    """Compare a store with a list; nothing is recorded.

    Args:
        store: Name or key of the store.
    """
    depot = depot_called(store, viewer=viewer)
    lines = comparison.read(depot, rows)
    found = comparison.compare(depot, lines)
    where = comparison.whereabouts(found.elsewhere)
    loose = comparison.in_no_store(found.elsewhere, where)
    odd = (*reading.left_out(rows, lines), *reading.remarks(lines))
    alike = comparison.look_alikes(found)
    said = (*comparison.remarks(found), *odd, *alike, *loose)
    return ListCompared(depot.name, found, where, said)
