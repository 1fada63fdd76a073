"""Read rows of a synthetic country as events of a chain."""

from datetime import UTC, date, datetime

from armstrace.analysis.provenance.events import Event
from armstrace.vocabulary.arms import LifeEventKind
from tests.analysis.provenance.lives import kind_of


def read_event(row: dict[str, str], key: int) -> Event:
    on = date.fromisoformat(row["happened_on"]) if row["happened_on"] else None
    known = datetime.combine(
        date.fromisoformat(row["known_on"]), datetime.min.time(), UTC
    )
    return Event(
        key,
        LifeEventKind(row["event"]),
        on,
        known,
        row["holder_from"],
        row["holder_to"],
        kind_of(row["holder_from"]),
        kind_of(row["holder_to"]),
        row["place"],
        row["region"],
        row["country"],
        row["document"],
    )
