"""Keep what a person narrows the work queue to, under a name."""

from datetime import datetime

from armstrace.audit import ledger
from armstrace.records import closing, lengths
from armstrace.records.lengths import Limit
from armstrace.tracing.models import SavedFilter
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import is_visible


def save_filter(*, name: str, asked: str, by: Actor, at: datetime) -> SavedFilter:
    """Keep a filter; it takes the place of the one that has the name.

    Args:
        asked: The query of the page, as in its address.

    Raises:
        InvalidInput: The name or the filter is empty or too long.

    Source:
        Rule of this design: a list is a link, and a link can be kept.
    """
    by.require("trace.assign")
    lengths.require_fits(name, Limit("name", str, 80))
    lengths.require_fits(asked, Limit("filter", str, 1000))
    if not (is_visible(name) and asked):
        msg = message("Narrow the queue first, and give the filter a name.")
        raise InvalidInput(msg, field="name")
    with ledger.entry("filter.saved", by=by, at=at) as entry:
        _end(name.strip(), by, entry)
        kept = SavedFilter.objects.create(
            person=by.name,
            name=name.strip(),
            asked=asked,
            source=by.agency,
            known_at=at,
        )
        entry.about(kept)
    return kept


def forget_filter(*, name: str, by: Actor, at: datetime) -> None:
    """Let a kept filter go.

    Args:
        name: What the person calls it; one that is not kept is forgotten already.

    Source:
        Rule of this design: a list is a link, and a link can be kept.
    """
    by.require("trace.assign")
    with ledger.entry("filter.forgotten", by=by, at=at) as entry:
        _end(name, by, entry)


def _end(name: str, by: Actor, entry: ledger.Entry) -> None:
    kept = SavedFilter.objects.current().filter(person=by.name, name=name)
    closing.close(kept, entry.at, entry)
