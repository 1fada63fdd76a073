"""Where arms stand: the fold of their events, repeated on the arm."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import State
from armstrace.licensing import queries as licensing
from armstrace.records.lookups import among
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary.arms import LifeEventKind, Passing

COLUMNS = (
    "pk", "arm_id", "kind", "happened_on", "known_at", "holder_from__number",
    "holder_to__number", "place", "region", "country", "document", "source", "manner",
    "notes",
)  # fmt: skip
# One statement: after each of many, SQLite walks all that the transaction changed.
UPDATE = """
UPDATE registry_arm
SET state = now.state, state_since = now.since, holder_id = now.holder
FROM unnest(%s::text[], %s::date[], %s::bigint[], %s::bigint[])
    AS now (state, since, holder, id)
WHERE registry_arm.id = now.id
"""
UPDATE_SQLITE = """
UPDATE registry_arm
SET state = json_extract(now.value, '$[0]'),
    state_since = json_extract(now.value, '$[1]'),
    holder_id = json_extract(now.value, '$[2]')
FROM json_each(%s) AS now
WHERE registry_arm.id = json_extract(now.value, '$[3]')
"""


def events_of(
    arm_ids: Iterable[int],
    *,
    as_of: datetime | None = None,
) -> dict[int, list[Event]]:
    """Give the events of arms, in two queries."""
    found = LifeEvent.objects.as_of(as_of).filter(among("arm_id", arm_ids))
    rows = list(found.values_list(*COLUMNS))
    of = licensing.holder_kinds({holder for row in rows for holder in row[5:7]})
    lives: dict[int, list[Event]] = defaultdict(list)
    for pk, arm, kind, on, known, giver, taker, *rest in rows:
        place, region, country, document, source, manner, notes = rest
        lives[arm].append(
            Event(
                key=pk,
                kind=LifeEventKind(kind),
                happened_on=on,
                known_at=timezone.localtime(known),
                holder_from=giver or "",
                holder_to=taker or "",
                holder_kind_from=of.get(giver or ""),
                holder_kind_to=of.get(taker or ""),
                place=place,
                region=region,
                country=country,
                document=document,
                source=source,
                manner=Passing(manner) if manner else None,
                notes=notes,
            )
        )
    return lives


def rewrite(standings: dict[int, State]) -> list[int]:
    """Repeat the standings on their arms; give the keys of those that changed.

    Args:
        standings: Where each arm stands, by identity.
    """
    holders = licensing.holder_ids({now.holder for now in standings.values()})
    rows, changed = [], []
    stood = Arm.objects.filter(among("pk", standings))
    for pk, *before in stood.values_list("pk", "state", "state_since", "holder_id"):
        now = standings[pk]
        after = (now.state.value, now.since, holders.get(now.holder))
        if tuple(before) != after:
            rows.append((*after, pk))
            changed.append(pk)
    if rows:
        _update(rows)
    return changed


def _update(rows: list[tuple[str, date | None, int | None, int]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(UPDATE_SQLITE, [json.dumps(rows, default=str)])
        else:
            cursor.execute(UPDATE, [list(column) for column in zip(*rows, strict=True)])
