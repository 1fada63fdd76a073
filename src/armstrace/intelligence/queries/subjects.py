"""The list of subjects, and the page of one; each view is written down."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from armstrace.audit import consultations, disclosures
from armstrace.intelligence import name_keys
from armstrace.intelligence.models import Subject, SubjectRecord
from armstrace.records.lookups import among, page_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.intelligence import SUBJECT_KINDS
from armstrace.vocabulary.networks import NodeKind
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class SubjectFilter:
    """What narrows the list of subjects; empty means any.

    Args:
        text: A number such as P12, a document, or a name in any spelling.
        review_by: Only those due for review on this day or before.
        kind: Of this kind.
    """

    text: str = ""
    kind: NodeKind | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class SubjectRow:
    subject_id: int
    reference: str
    kind: NodeKind
    name: str
    place: str
    category: str
    agency: str
    handling: str
    grade: str
    review_on: date


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """One subject with the history of what is known."""

    subject: Subject
    record: SubjectRecord
    # All that was known, the newest first.
    versions: tuple[SubjectRecord, ...]


def subject_rows(
    where: SubjectFilter, *, viewer: Actor, page: PageRequest
) -> Page[SubjectRow]:
    """Give one page of subjects in use, the latest first."""
    rows = _filter(where, viewer).select_related("subject")
    found = page_of(rows.order_by("-pk"), page)
    consultations.show_all(Subject, [row.subject_id for row in found.rows])
    return found.showing([row_of(each) for each in found.rows])


def row_of(record: SubjectRecord) -> SubjectRow:
    """Give the row of a list that shows one subject."""
    return fill(SubjectRow, record, record.subject)


def subject_page(
    subject_id: int, *, viewer: Actor, at: datetime, reason: str = ""
) -> SubjectPage:
    """Give one subject with its history; the ledger keeps who looked."""
    subject = Subject.objects.get_visible(subject_id, viewer)
    # A version of before may be handled more strictly than the present one.
    versions = SubjectRecord.objects.visible_to(viewer).filter(subject=subject)
    consultations.show_opened(Subject, subject.pk)
    shown = disclosures.disclose(
        viewer=viewer,
        at=at,
        act="subject.viewed",
        records=versions.order_by("-known_at", "-pk"),
        reason=reason,
    )
    current = next(each for each in shown if each.superseded_at is None)
    return SubjectPage(subject, current, tuple(shown))


def _filter(where: SubjectFilter, viewer: Actor) -> QuerySet[SubjectRecord]:
    rows = SubjectRecord.objects.current().visible_to(viewer)
    rows = rows.filter(is_withdrawn=False)
    if where.kind:
        rows = rows.filter(subject__kind=where.kind)
    if where.review_by is not None:
        rows = rows.filter(review_on__lte=where.review_by)
    text = consultations.note_search(where.text)
    if not text:
        return rows
    number = text[1:] if text[:1] in "Pp" else ""
    exact = Q(document=text)
    if number.isascii() and number.isdecimal() and len(number) < 19:
        exact |= Q(subject_id=int(number))
    if (named := rows.filter(exact)).exists():
        return named
    kinds = (where.kind,) if where.kind else SUBJECT_KINDS
    called = name_keys.subjects_called(kinds, text)
    return rows.filter(among("subject_id", called))
