"""The rows of a file behind each count by class, read from the file itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from armstrace.intake import planning, population, preview
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.mapping import Mapped
from armstrace.intake.models import Batch
from armstrace.intake.profiles.schema import Profile
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.recoveries import Population

SHOWN = ("source_number", "arm_type", "make", "model", "calibre", "serial")


@dataclass(frozen=True, slots=True)
class ClassedRow:
    """A row of a file, as far as it tells of the item."""

    row: int
    # The number and the marks, as written.
    texts: tuple[str, ...]
    # Why it is in its class, where a rule or its words say so.
    reason: str


def file_rows_of(
    wanted: Population,
    *,
    file: IncomingFile,
    profile: Profile,
    viewer: Actor,
    page: PageRequest,
) -> Page[ClassedRow]:
    """Give one page of the rows of a file that are counted in a class.

    Args:
        page: Which page; the total says whether another follows, not how many.
    """
    viewer.require("intake.load")
    return _page(wanted, file, profile, page, total=None)


def batch_rows_of(
    wanted: Population, *, batch: Batch, viewer: Actor, page: PageRequest
) -> Page[ClassedRow]:
    """Give one page of the rows of a loaded file that are counted in a class."""
    viewer.require("intake.view", agency=batch.agency or None)
    path = Path(batch.file_path)
    if not has_file(batch):
        msg = message(
            "%(file_name)s is no longer here, so its rows cannot be shown.",
            file_name=batch.file_name,
        )
        raise NotFound(msg)
    file = IncomingFile(path, batch.file_name)
    total = batch.arms_by_class.get(wanted.value, 0)
    return _page(wanted, file, batch.profile, page.within(total), total=total)


def has_file(batch: Batch) -> bool:
    """Tell whether the rows of a loaded file can still be read from it."""
    return bool(batch.profile_text) and Path(batch.file_path).is_file()


def _page(
    wanted: Population,
    file: IncomingFile,
    profile: Profile,
    page: PageRequest,
    *,
    total: int | None,
) -> Page[ClassedRow]:
    """Read as far as a page reaches, and one row on to tell whether more follow."""
    with preview.open_file(file, profile) as (mapping, table):
        rows = _of_class(wanted, planning.map_rows(table.rows, mapping), profile)
        found = list(islice(rows, page.start, page.start + page.size + 1))
    known = page.start + len(found) if total is None else total
    is_counted = total is not None or len(found) <= page.size
    return Page(
        found[: page.size], page.number, page.size, known, is_counted=is_counted
    )


def _of_class(
    wanted: Population, rows: Iterator[planning.MappedRow], profile: Profile
) -> Iterator[ClassedRow]:
    for row in rows:
        if not isinstance(row, Mapped):
            continue
        if population.of_row(row.values, profile.kind) is wanted:
            texts = tuple(row.values.get(name, "") for name in SHOWN)
            yield ClassedRow(row.number, texts, row.values.get("kind_reason", ""))
