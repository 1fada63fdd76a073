"""Counts of stores: what was expected, what was seen, what was said of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count as Many
from django.db.models import QuerySet

from armstrace.audit import consultations
from armstrace.custody import counting
from armstrace.custody.models import (
    Count,
    CountDifference,
    CountedNumber,
    CustodyEvent,
    Exhibit,
)
from armstrace.custody.queries.numbers import within
from armstrace.records.lookups import page_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class CountRow:
    """One count in a list."""

    count_id: int
    store: str
    agency: str
    place: str
    is_blind: bool
    opened_by: str
    known_at: datetime
    closed_at: datetime | None
    scanned: int
    answered: int

    @property
    def reference(self) -> str:
        return f"N{self.count_id}"


@dataclass(frozen=True, slots=True)
class CountPage(counting.Shown):
    """A count as its page shows it."""

    count: Count
    last: tuple[CountedNumber, ...]


LAST = 5


def count_rows(*, viewer: Actor, page: PageRequest) -> Page[CountRow]:
    """Give one page of counts, the latest first."""
    rows = Count.objects.visible_to(viewer).select_related("store")
    changes = ("known_at", "closed_at", "numbers__known_at", "answers__known_at")
    found = page_of(rows.order_by("-pk"), page, changes=changes)
    keys = [each.pk for each in found.rows]
    scanned, answered = (
        dict(
            rows.filter(count_id__in=keys).values_list("count_id").annotate(Many("pk"))
        )
        for rows in (_numbers_seen(), CountDifference.objects.get_queryset())
    )
    shown = [
        fill(
            CountRow,
            each,
            count_id=each.pk,
            store=each.store.name,
            agency=each.store.agency,
            scanned=scanned.get(each.pk, 0),
            answered=answered.get(each.pk, 0),
        )
        for each in found.rows
    ]
    return found.showing(shown)


def count_page(count_id: int, *, viewer: Actor) -> CountPage:
    """Give a count with its comparison.

    While a blind count is open nobody sees what is expected, nor how many.
    """
    count = Count.objects.get_visible(count_id, viewer)
    consultations.show_opened(Count, count_id)
    last = _numbers_seen().filter(count=count).order_by("-pk")[:LAST]
    scanned = _numbers_seen().filter(count=count).count()
    if count.is_blind and count.closed_at is None:
        return CountPage(count, tuple(last), scanned=scanned)
    compared, answers = comparison(count), CountDifference.objects.filter(count=count)
    return CountPage(
        count=count,
        scanned=scanned,
        last=tuple(last),
        expected=compared.expected,
        compared=compared,
        differences=compared.differences(_whereabouts(count, compared), answers),
    )


def comparison(count: Count) -> counting.Compared:
    """Compare what should be in the store with what was seen, as of its close."""
    expected = CustodyEvent.objects.as_of(count.closed_at).filter(
        within(count.place), store=count.store
    )
    seen = _numbers_seen().filter(count=count).values_list("as_scanned", "exhibit_id")
    # A bag bears several numbers: it is seen twice where one of them is.
    often = Counter((f"E{key}" if key else text, text.upper()) for text, key in seen)
    times: Counter[str] = Counter()
    for (number, _), n in often.items():
        times[number] = max(times[number], n)
    return counting.compare(
        {f"E{key}" for key in expected.values_list("exhibit_id", flat=True)},
        times.elements(),
        {f"E{key}" for _, key in seen if key},
    )


def _numbers_seen() -> QuerySet[CountedNumber]:
    return CountedNumber.objects.filter(struck_at=None)


def _whereabouts(count: Count, compared: counting.Compared) -> dict[str, str]:
    """Tell where what differs was on record when the count was closed."""
    numbers = {one for kind in counting.DIFFERENCES for one in compared.of(kind)}
    keys = {int(one[1:]) for one in numbers if one[0] == "E" and one[1:].isdecimal()}
    consultations.show_all(Exhibit, keys)
    events = CustodyEvent.objects.as_of(count.closed_at).filter(
        exhibit__in=Exhibit.objects.filter(pk__in=keys, agency=count.store.agency)
    )
    return {
        f"E{each.exhibit_id}": whereabouts_words(each)
        for each in events.select_related("store")
    }


def whereabouts_words(event: CustodyEvent) -> str:
    """Write where an exhibit is: store and place, else who holds it."""
    if event.store is not None:
        return ", ".join(filter(None, (event.store.name, event.place)))
    return " · ".join(filter(None, (event.holder, event.holder_agency or event.office)))
