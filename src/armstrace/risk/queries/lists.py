"""Lists of declarations, and the list that a shift examines."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet

from armstrace.audit import consultations
from armstrace.records import jurisdiction
from armstrace.records.lookups import among, page_of, starts_with
from armstrace.risk.models import (
    Declaration,
    DeclarationRecord,
    Examination,
    ExaminationList,
    ListedDeclaration,
)
from armstrace.risk.queries.rows import DeclarationRow, describe
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.risk import Find


class DeclarationsShown(Code):
    WAITING = "WAITING", "not examined"
    LATE = "LATE", "not examined in time"
    EXAMINED = "EXAMINED", "examined"
    FOUND = "FOUND", "something was found"
    TO_RECORD = "TO_RECORD", "arms, parts or ammunition found, no recovery yet"


@dataclass(frozen=True, slots=True)
class DeclarationFilter:
    """What narrows the list.

    Args:
        text: Beginning of the number at its source, or a number such as D12.
        shown: How far it is.
        code: An indicator that hit.
        first: First day of declaration.
        last: Last day.
    """

    text: str = ""
    shown: DeclarationsShown | None = None
    code: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw of a day.

    Args:
        at: When it was made.
        seed: It draws the same lot again.
        candidates: Among how many it was made.
    """

    at: datetime
    drawn_by: str
    seed: int
    capacity: int
    candidates: int


@dataclass(frozen=True, slots=True)
class Shift:
    """The list of a day, with how far it is done.

    Args:
        draws: Those of the day, the latest first.
        capacity: Of all that was drawn on that day.
        candidates: Among how many the latest draw of the day was made.
        seed: It draws the lot of that draw again.
        left_over: How many rows are of earlier days and not examined yet.
        late: How many left the list because nobody examined them in time.
    """

    agency: str
    day: date
    capacity: int
    candidates: int
    seed: int
    draws: tuple[Draw, ...]
    left_over: int
    late: int
    rows: tuple[DeclarationRow, ...]

    @property
    def done(self) -> int:
        """Count what has been examined."""
        return sum(bool(row.find) for row in self.rows)

    @property
    def by_lot(self) -> int:
        """Count what was selected at random."""
        return sum(row.lane == "CONTROL" for row in self.rows)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a customs desk today."""

    # On any list and not examined.
    to_examine: int
    # Arms were found, and no recovery is recorded.
    to_record: int


def declaration_rows(
    where: DeclarationFilter, *, viewer: Actor, page: PageRequest
) -> Page[DeclarationRow]:
    """Give one page of declarations, the latest first."""
    rows = _narrow(current(viewer), where, viewer).order_by(
        "-declared_on", "-score", "-pk"
    )
    found = page_of(rows, page)
    return found.showing(describe(found.rows))


def current(viewer: Actor) -> QuerySet[DeclarationRecord]:
    """Give the current records that a viewer may see."""
    rows = DeclarationRecord.objects.visible_to(viewer).current()
    return rows.select_related("declaration__listed")


def _narrow(
    rows: QuerySet[DeclarationRecord], where: DeclarationFilter, viewer: Actor
) -> QuerySet[DeclarationRecord]:
    text = consultations.note_search(where.text)
    digits = text[1:]
    if text[:1] in {"D", "d"} and digits.isdecimal() and len(digits) < 19:
        rows = rows.filter(declaration_id=int(digits))
    elif text:
        named = Declaration.objects.filter(starts_with("source_number", text))
        rows = rows.filter(declaration_id__in=named.values("pk"))
    if where.code:
        rows = rows.filter(hits__code=where.code)
    if where.first is not None:
        rows = rows.filter(declared_on__gte=where.first)
    if where.last is not None:
        rows = rows.filter(declared_on__lte=where.last)
    return _narrow_by_outcome(rows, where.shown, viewer)


def late(viewer: Actor, agency: str = "") -> QuerySet[ListedDeclaration]:
    """Give what lists named and nobody examined within the days of the profile.

    The day of the latest list says what is late: without a draw nothing ages.

    Args:
        agency: Of whose lists; empty for all that the viewer may see.
    """
    lists = ExaminationList.objects.visible_to(viewer)
    lists = lists.filter(agency=agency) if agency else lists
    last = lists.aggregate(last=Max("day"))["last"]
    days = jurisdiction.profile().deadline_days(EXAMINATION, last) if last else None
    if days is None:
        return ListedDeclaration.objects.none()
    return ListedDeclaration.objects.filter(
        listed_in__in=lists,
        listed_in__day__lt=last - timedelta(days=days),
        declaration__examinations=None,
    )


def _narrow_by_outcome(
    rows: QuerySet[DeclarationRecord], shown: DeclarationsShown | None, viewer: Actor
) -> QuerySet[DeclarationRecord]:
    if shown is None:
        return rows
    if shown is DeclarationsShown.LATE:
        return rows.filter(declaration_id__in=late(viewer).values("declaration_id"))
    outcomes = Examination.objects.current()
    if shown is DeclarationsShown.WAITING:
        return rows.exclude(declaration_id__in=outcomes.values("declaration_id"))
    if shown is DeclarationsShown.FOUND:
        outcomes = outcomes.exclude(find="NOTHING")
    if shown is DeclarationsShown.TO_RECORD:
        outcomes = outcomes.filter(find__in=ARMS, recovery=None)
    return rows.filter(declaration_id__in=outcomes.values("declaration_id"))


EXAMINATION = "EXAMINATION"
ARMS = tuple(find.value for find in Find if find.is_arms)


def shift(*, viewer: Actor, day: date | None = None) -> Shift | None:
    """Give the latest list that a viewer may see; None where there is none.

    All that was drawn on its day is on it, and what earlier lists left unexamined,
    until it is late.
    """
    lists = ExaminationList.objects.visible_to(viewer)
    if day is not None:
        lists = lists.filter(day=day)
    found = lists.order_by("-day", "-pk").first()
    if found is None:
        return None
    of_day = lists.filter(agency=found.agency, day=found.day)
    wanted = Q(listed_in__in=of_day)
    if day is None:
        wanted |= Q(listed_in__day__lt=found.day, declaration__examinations=None)
    overdue = late(viewer, found.agency)
    kept = ListedDeclaration.objects.filter(wanted, listed_in__agency=found.agency)
    if day is None:
        kept = kept.exclude(pk__in=overdue.values("pk"))
    kept = kept.order_by("-listed_in__day", "listed_in_id", "rank")
    days = dict(kept.values_list("declaration_id", "listed_in__day"))
    places = {key: place for place, key in enumerate(days)}
    records = current(viewer).filter(among("declaration_id", places))
    rows = sorted(describe(records), key=lambda row: places[row.declaration_id])
    columns = ("known_at", "drawn_by", "seed", "capacity", "candidates")
    draws = [Draw(*row) for row in of_day.order_by("-pk").values_list(*columns)]
    return Shift(
        agency=found.agency,
        day=found.day,
        capacity=sum(each.capacity for each in draws),
        candidates=found.candidates,
        seed=found.seed,
        draws=tuple(draws),
        left_over=sum(each < found.day for each in days.values()),
        late=overdue.count(),
        rows=tuple(rows),
    )


def waiting(*, viewer: Actor) -> Waiting:
    """Count what waits at a customs desk."""
    rows = ListedDeclaration.objects.visible_to(viewer).filter(
        listed_in__agency=viewer.agency, declaration__examinations=None
    )
    outcomes = Examination.objects.visible_to(viewer).current()
    return Waiting(
        to_examine=rows.exclude(pk__in=late(viewer, viewer.agency)).count(),
        to_record=outcomes.filter(
            find__in=ARMS, recovery=None, declaration__agency=viewer.agency
        ).count(),
    )
