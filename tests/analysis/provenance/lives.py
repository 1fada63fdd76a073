"""Short words for life events, so that a test reads as an arm's life."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from armstrace.analysis.provenance.events import Event
from armstrace.vocabulary.arms import HolderKind, LifeEventKind

HOME = "XV"
KINDS = {
    "P": HolderKind.PERSON,
    "D": HolderKind.DEALER,
    "M": HolderKind.MANUFACTURER,
    "I": HolderKind.IMPORTER,
    "S": HolderKind.STATE_BODY,
    "C": HolderKind.CLUB_OR_COMPANY,
    "F": HolderKind.FOREIGN,
}
_keys = count(1)


def kind_of(holder: str) -> HolderKind | None:
    return KINDS.get(holder[:1])


def event(kind: str, on: str | None, giver: str = "", taker: str = "", **more: Any):
    """Make an event known one day after it happened."""
    day = date.fromisoformat(on) if on else None
    told = day or date(2020, 1, 1)
    known = datetime(told.year, told.month, told.day, tzinfo=UTC) + timedelta(days=1)
    values: dict[str, Any] = {
        "key": next(_keys),
        "kind": LifeEventKind(kind),
        "happened_on": day,
        "known_at": known,
        "holder_from": giver,
        "holder_to": taker,
        "holder_kind_from": kind_of(giver),
        "holder_kind_to": kind_of(taker),
        "region": "Ostmark",
        "country": HOME,
    }
    return Event(**(values | more))


def bought(person: str = "P1", on: str = "2015-05-04", dealer: str = "D1"):
    """Give the ordinary beginning: made abroad, imported, sold to a person."""
    return [
        event("MANUFACTURED", "2014-01-10", "", "F1", country="AT", region=""),
        event("IMPORTED", "2014-06-01", "F1", "I1"),
        event("SOLD_TO_DEALER", "2014-09-01", "I1", dealer),
        event("SOLD_TO_HOLDER", on, dealer, person),
    ]
