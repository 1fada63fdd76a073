"""Lists as they were loaded, and the subjects that are near their entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from armstrace.analysis.names.screening import OTHER, PERSON
from armstrace.audit import consultations
from armstrace.jobs.queries import JobRow
from armstrace.records.lookups import among, page_of
from armstrace.vetting import screening, standing
from armstrace.vetting.inputs import Screened
from armstrace.vetting.models import Hit, ListEntry, ListVersion, VettingRequest
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.vetting import Examined


@dataclass(frozen=True, slots=True)
class HitFilter:
    """What narrows a list of hits; empty means any.

    Args:
        text: Number of a subject, such as H12.
        examined: What a person found.
    """

    text: str = ""
    examined: Examined | None = None


@dataclass(frozen=True, slots=True)
class HitRow:
    """A subject near an entry of a list.

    Args:
        hit_id: This state of the hit; a judgement gives it another number.
        subject: Number of the subject, such as H12.
        subject_name: As it was compared.
        subject_born: Days of birth of the subject that requests for vetting tell.
        listed_name: The one of the entry's names that is nearest.
        other_names: The other names of the entry.
        born: Births that the list tells.
        countries: Countries that the list tells.
        number: The publisher's number of the entry.
        version: The day of the list that proposed it, or its file that says none.
        cut: The score from which names were proposed.
        why: The score's own words.
        examined_by: Sign-in name of who judged it.
        is_current: Whether entry and name are still as they were.
    """

    hit_id: int
    subject: str
    subject_name: str
    subject_born: tuple[str, ...]
    listed_name: str
    other_names: tuple[str, ...]
    born: tuple[str, ...]
    countries: tuple[str, ...]
    list_name: str
    number: str
    version: str
    score: float
    cut: float
    why: Message
    examined: Examined
    examined_by: str
    reason: str
    known_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a list, and what its check came to."""

    version: ListVersion
    job: JobRow
    # Of entries and hits: how many there are, are new, changed or gone.
    counts: Mapping[str, int]


def hit_rows(where: HitFilter, *, viewer: Actor, page: PageRequest) -> Page[HitRow]:
    """Give one page of hits, the highest scores first, no two in one place."""
    rows = Hit.objects.current().visible_to(viewer)
    if where.examined:
        rows = rows.filter(examined=where.examined)
    if text := consultations.note_search(where.text):
        rows = rows.filter(subject=text.upper())
    rows = rows.select_related("entry", "version").order_by("-score", "pk")
    found = page_of(rows, page)
    consultations.show_all(Hit, [each.pk for each in found.rows])
    standing.show_subjects({each.subject for each in found.rows})
    return found.showing(_rows(found.rows))


def hits_beside(request_id: int, *, viewer: Actor) -> tuple[HitRow, ...]:
    """Give the hits of whom a request is about that nobody judged to be another.

    Nobody is told of them who may not see hits.
    """
    asked = VettingRequest.objects.get_visible(request_id, viewer)
    if not viewer.may("screening.view"):
        return ()
    keys = [each.pk for each in standing.open_hits(asked)]
    rows = Hit.objects.visible_to(viewer).filter(among("pk", keys))
    found = rows.select_related("entry", "version").order_by("-score", "pk")
    consultations.show_all(Hit, keys)
    return tuple(_rows(found))


@dataclass(frozen=True, slots=True)
class NameFilter:
    """Which name is looked for; an empty one finds nothing.

    Args:
        text: The name, as written.
        is_other: Whether it is that of a firm, a ship or an organisation.
    """

    text: str = ""
    is_other: bool = False


def names_near(
    where: NameFilter, *, viewer: Actor, page: PageRequest
) -> Page[screening.Near]:
    """Give the entries of all lists that are near a name; nothing is recorded of it."""
    viewer.require("screening.view")
    text = consultations.note_search(where.text)
    schema = OTHER if where.is_other else PERSON
    found = screening.near(Screened(0, "", text, schema)) if text else []
    shown = page.of(sorted(found, key=lambda each: -each.found.score.score))
    consultations.show_all(ListEntry, [each.entry_id for each in shown.rows])
    return shown


def hit_page(hit_id: int, *, viewer: Actor) -> tuple[HitRow, tuple[HitRow, ...]]:
    """Give one hit, and its states in time, the latest first."""
    asked = Hit.objects.get_visible(hit_id, viewer)
    rows = (
        Hit.objects.visible_to(viewer)
        .select_related("entry", "version")
        .filter(
            subject=asked.subject,
            entry__list_name=asked.entry.list_name,
            entry__number=asked.entry.number,
        )
    )
    states = tuple(_rows(rows.order_by("-known_at", "-pk")))
    consultations.show_opened(Hit, states[0].hit_id)
    standing.show_subjects([asked.subject])
    return states[0], states


def count_waiting(*, viewer: Actor) -> int:
    """Count the hits that nobody has examined."""
    rows = Hit.objects.current().visible_to(viewer)
    return rows.filter(examined=Examined.WAITING.value).count()


def list_versions(*, viewer: Actor, page: PageRequest) -> Page[VersionRow]:
    """Give one page of versions of lists, the latest first."""
    rows = ListVersion.objects.visible_to(viewer).select_related("job")
    found = page_of(rows.order_by("-pk"), page)
    consultations.show_all(ListVersion, [each.pk for each in found.rows])
    return found.showing([_version(each) for each in found.rows])


def list_names(*, viewer: Actor) -> tuple[str, ...]:
    """Name the lists that were loaded."""
    rows = ListVersion.objects.visible_to(viewer).order_by("list_name")
    return tuple(rows.values_list("list_name", flat=True).distinct())


def _version(row: ListVersion) -> VersionRow:
    return VersionRow(row, JobRow.of(row.job), row.job.result)


def _rows(hits: Iterable[Hit]) -> list[HitRow]:
    found = list(hits)
    people = {each.pk: (each.subject, each.subject_name) for each in found}
    born = standing.births(set(people.values()))
    return [_row(each, born.get(people[each.pk], [])) for each in found]


def _row(hit: Hit, born: Iterable[date]) -> HitRow:
    entry = hit.entry.entry
    return fill(
        HitRow,
        hit,
        entry,
        hit.entry,
        hit_id=hit.pk,
        subject_born=tuple(map(str, born)),
        other_names=tuple(each for each in entry.names if each != hit.listed_name),
        version=hit.version.version or hit.version.file_name,
        is_current=hit.superseded_at is None,
    )
