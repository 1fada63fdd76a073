"""What was published: for the staff that decide on it, and for everyone.

The queries for everyone read publications and their files, and no other table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet

from armstrace.indicators.models import Publication, PublicationFile
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that is handed out."""

    name: str
    media_type: str
    sha256: str
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class PublicationCard:
    """An edition in the list of the staff."""

    publication_id: int
    year: int
    edition: int
    note: str
    content_hash: str
    withheld: int
    published_at: datetime
    published_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """A year as everyone sees it."""

    year: int
    edition: int
    note: str
    # Its tables, as ``statistics.publishing`` made them.
    content: Mapping[str, Any]
    content_hash: str
    published_at: datetime
    files: tuple[PublishedFile, ...]


def publications(*, viewer: Actor) -> list[PublicationCard]:
    """Give all editions, the newest first."""
    viewer.require("indicator.view")
    rows = Publication.objects.select_related("withdrawal").defer("content")
    return [_card(row) for row in rows.order_by("-known_at", "-pk")[:200]]


def years_published() -> tuple[int, ...]:
    """Give the years that everyone may read, the newest first."""
    return tuple(_current().order_by("-year").values_list("year", flat=True))


def year_published(year: int) -> PublishedYear:
    """Give the edition of a year that is handed out.

    Raises:
        NotFound: Nothing of that year is published.
    """
    row = _current().filter(year=year).first()
    if row is None:
        msg = message(
            "No statistics of %(year)s are published; choose a year from the list.",
            year=year,
        )
        raise NotFound(msg)
    files = row.files.order_by("name").values_list("name", "media_type", "sha256")
    return _year(row, (PublishedFile(*each) for each in files))


def series_published() -> tuple[PublishedYear, ...]:
    """Give the editions that are handed out, the newest year first, without files."""
    return tuple(_year(row) for row in _current().order_by("-year"))


def file_published(year: int, name: str) -> PublishedFile:
    """Give a file of the edition that is handed out.

    Raises:
        NotFound: No file of a published edition has that name.
    """
    found = PublicationFile.objects.filter(
        publication__in=_current().filter(year=year), name=name
    ).first()
    if found is None:
        msg = message("There is no such file; choose one from the page of its year.")
        raise NotFound(msg)
    return fill(PublishedFile, found, content=bytes(found.content))


def _current() -> QuerySet[Publication]:
    """Give the newest edition of each year, where it was not withdrawn."""
    newest = Publication.objects.values("year").annotate(newest=Max("pk"))
    return Publication.objects.filter(
        pk__in=newest.values("newest"), withdrawal__isnull=True
    )


def _year(row: Publication, files: Iterable[PublishedFile] = ()) -> PublishedYear:
    return fill(PublishedYear, row, published_at=row.known_at, files=tuple(files))


def _card(row: Publication) -> PublicationCard:
    gone = getattr(row, "withdrawal", None)
    return fill(
        PublicationCard,
        row,
        publication_id=row.pk,
        withheld=len(row.withheld),
        published_at=row.known_at,
        withdrawn_at=gone.known_at if gone else None,
        withdrawn_reason=gone.reason if gone else "",
    )
