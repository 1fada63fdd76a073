"""All lists of names as they are now, to look one name up in at once."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from armstrace.analysis.names.screening import Found, KindIndexes
from armstrace.audit import ledger, stamps
from armstrace.records import bulk
from armstrace.vetting.inputs import Screened
from armstrace.vetting.models import Hit, ListEntry, ListVersion
from armstrace.vocabulary.vetting import Examined


class Near(NamedTuple):
    """An entry of a list that is near a name."""

    entry_id: int
    list_name: str
    found: Found


class _List(NamedTuple):
    name: str
    entries: KindIndexes
    ids: dict[str, int]


def near(about: Screened) -> list[Near]:
    """Give the entries of all lists that reach the cut, best first of each list.

    The first look after a list has changed reads the lists, which takes seconds where
    they are long.

    Source:
        Background paper (2018), para. 33; rule of this design.
    """
    lists = stamps.kept("lists of names", _lists)
    return [
        Near(each.ids[found.entry.number], each.name, found)
        for each in lists
        for found in each.entries.near(about.name, about.schema, about.born)
    ]


def propose_hits(about: Screened, entry: ledger.Entry) -> None:
    """Look for one subject on all lists as they are now, in the act that names it."""
    beside = near(about)
    names = {each.list_name for each in beside}
    loaded = ListVersion.objects.get_queryset().filter(list_name__in=names)
    versions = {each.list_name: each for each in loaded.order_by("pk")}
    rows = Hit.objects.current().filter(subject=about.subject)
    known = set(rows.values_list("entry_id", flat=True))
    made = [
        hit(each.entry_id, about, each.found, versions[each.list_name], entry.at)
        for each in beside
        if each.entry_id not in known
    ]
    entry.about_keys(Hit, bulk.insert(Hit, made))


def hit(
    entry_id: int, about: Screened, found: Found, version: ListVersion, at: datetime
) -> dict[str, object]:
    """Give the columns of a hit that nobody has examined yet."""
    return {
        "entry_id": entry_id,
        "subject": about.subject,
        "subject_name": about.name[:200],
        "listed_name": found.name,
        "score": found.score.score,
        "why": found.score.sentence,
        "cut": version.cut,
        "version_id": version.pk,
        "examined": Examined.WAITING.value,
        "known_at": at,
    }


def _lists() -> list[_List]:
    rows: dict[str, list[ListEntry]] = defaultdict(list)
    for each in ListEntry.objects.current().order_by("list_name", "pk").iterator():
        rows[each.list_name].append(each)
    return [
        _List(
            name,
            KindIndexes(each.entry for each in some),
            {each.number: each.pk for each in some},
        )
        for name, some in rows.items()
    ]
