"""Find exhibits by any number that stands on paper."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, reduce
from operator import or_

from django.db.models import F, Q, Value, lookups
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower, Replace

from armstrace.audit import consultations
from armstrace.custody.models import CustodyEvent, Exhibit
from armstrace.custody.queries.items import TABLES
from armstrace.custody.standing import place_path
from armstrace.records.lookups import Column, among, columns_holding
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind

REFERENCE = re.compile(r"([ERer])([1-9][0-9]{0,17})")
MOST = 20


def exhibits_numbered(text: str, *, viewer: Actor, most: int = MOST) -> list[int]:
    """Give the exhibits that bear a number, the latest first.

    Args:
        text: Number of the exhibit, the recovery, the case, the seal (now or
            before), custody, or the source; or a serial number as it was written.
    """
    text = text.strip()
    rows = Exhibit.objects.visible_to(viewer)
    if not REFERENCE.fullmatch(text) and not columns_holding([text], _columns()):
        return []
    rows = rows.filter(bears(text))
    found = list(rows.order_by("-pk").values_list("pk", flat=True)[:most])
    consultations.show_all(Exhibit, found)
    return found


def bears(text: str) -> Q:
    """Give the condition that an exhibit bears a number."""
    if not text:
        return Q(pk__in=[])
    found = REFERENCE.fullmatch(text)
    named = Q()
    if found:
        column = "pk" if found[1].upper() == "E" else "recovery_id"
        named = Q(**{column: int(found[2])})
    seals = CustodyEvent.objects.filter(seal_number=text)
    wanted = named | Q(pk__in=seals.values("exhibit_id"))
    # Each part is a list of keys, so that both databases find it by an index.
    at_source = Recovery.objects.filter(source_number=text)
    wanted |= Q(recovery_id__in=at_source.values("pk"))
    for kind, table in TABLES.items():
        # The condition of the indexes belongs to each part, or SQLite uses none.
        either = (Q(**{name: text}, superseded_at=None) for name in _papers(kind))
        rows = table.objects.filter(reduce(or_, either))
        wanted |= Q(recovery_id__in=rows.values("recovery_id"))
    return wanted


def _papers(kind: ItemKind) -> tuple[str, ...]:
    numbers = ("case_number", "seal_number", "custody_number")
    return numbers if kind is ItemKind.AMMUNITION else (*numbers, "serial_as_marked")


@cache
def _columns() -> tuple[Column, ...]:
    """Give all columns that ``bears`` looks through."""
    papers = (
        Column(table, name, is_current=True)
        for kind, table in TABLES.items()
        for name in _papers(kind)
    )
    seals = Column(CustodyEvent, "seal_number", is_current=False)
    return (seals, Column(Recovery, "source_number", is_current=False), *papers)


def within(place: str) -> Q:
    """Give the condition that an exhibit is at a place or deeper within it.

    Letter case and blanks do not count, as a desk writes them either way.
    """
    path = place_path(place)
    if not path:
        return Q()
    here = _letters(F("place"))
    deeper = lookups.StartsWith(here, _letters(Value(f"{path} / ")))
    return Q(lookups.Exact(here, _letters(Value(path)))) | Q(deeper)


def _letters(place: Combinable) -> Lower:
    return Lower(Replace(place, Value(" ")))


def exhibits_by_scan(texts: Iterable[str], *, agency: str) -> dict[str, int]:
    """Give the exhibit of each scanned number, in few queries for any many.

    A number that several exhibits bear names none of them.

    Args:
        texts: Numbers of exhibits, recoveries or seals, or custody numbers.
        agency: Whose exhibits, or held or offered ones, are looked through.
    """
    read = {text: REFERENCE.fullmatch(text) for text in set(texts)}
    found: dict[str, set[int]] = defaultdict(set)
    own = Exhibit.objects.filter(agency=agency)
    for letter, column in (("E", "pk"), ("R", "recovery_id")):
        numbers = {
            int(one[2]): text
            for text, one in read.items()
            if one and one[1].upper() == letter
        }
        rows = own.filter(among(column, numbers)).values_list(column, "pk")
        for number, key in rows:
            found[numbers[number]].add(key)
    plain = [text for text, one in read.items() if not one]
    seals = CustodyEvent.objects.current().filter(
        among("seal_number", plain), exhibit__agency=agency
    )
    for text, key in seals.values_list("seal_number", "exhibit_id"):
        found[text].add(key)
    for table in TABLES.values():
        rows = table.objects.filter(
            among("custody_number", plain),
            superseded_at=None,
            recovery__exhibit__agency=agency,
        )
        for text, key in rows.values_list("custody_number", "recovery__exhibit"):
            found[text].add(key)
    return {text: next(iter(keys)) for text, keys in found.items() if len(keys) == 1}
