"""When the records last changed, so that a count need not be made twice."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db import connection

from armstrace.audit import changed_tables, consultations, ledger, tables_read
from armstrace.audit.models import LedgerEntry
from armstrace.vocabulary.ledger import Operation

CHANGING = tuple(each.value for each in Operation if each not in ledger.NAMES_ONLY)
# Each operation's last entry is the end of an index; one search over all of them
# reads every consultation since the last change, on every page.
LAST_OF_EACH = " UNION ALL ".join(
    ["SELECT max(seq) AS seq FROM audit_ledgerentry WHERE operation = %s"]
    * len(CHANGING)
)
LAST_CHANGE = (
    "SELECT seq, leaf FROM audit_ledgerentry WHERE seq = "  # noqa: S608 -- no values
    f"(SELECT max(seq) FROM ({LAST_OF_EACH}) AS changed)"
)

MOST_KEPT = 512

type Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was made, of which tables, and when in the ledger."""

    found: object
    # What else it hangs on than the records.
    until: object
    span: object
    tables: tables_read.Tables
    made: changed_tables.Moment
    gathered: consultations.Consultation


_KEPT: OrderedDict[Hashable, _Kept] = OrderedDict()
_SPAN: ContextVar[object] = ContextVar("span", default=None)


def last_change() -> Stamp:
    """Give what stays the same as long as no act changes a record.

    Every act writes its entry in its own transaction, so the last entry that
    changes anything tells the state of all records. An edit behind the
    application is not seen; ``ledger verify`` names it.

    Returns:
        The state of the records; empty where nothing tells it.
    """
    about = (last_change, ledger.WRITTEN.changes)
    return consultations.ask_once(about, _last_change)


def _last_change() -> Stamp:
    with connection.cursor() as cursor:
        cursor.execute(LAST_CHANGE, CHANGING)
        last = cursor.fetchone()
    if last is None:
        return ()
    return (str(connection.settings_dict["NAME"]), last[0], bytes(last[1]))


def last_act() -> datetime | None:
    """Give when the last act was done, whatever it was; None before the first."""
    return LedgerEntry.objects.order_by("-seq").values_list("at", flat=True).first()


@contextmanager
def good_throughout(span: object) -> Iterator[None]:
    """Let what was kept within a span of time do, though acts were done since.

    For figures of years and months beside the work of a day: where people work, each
    act would have all of them counted anew.

    Args:
        span: Names the span, such as by its first moment.
    """
    before = _SPAN.set(span)
    try:
        yield
    finally:
        _SPAN.reset(before)


def kept[T](key: Hashable, made: Callable[[], T], *, until: object = None) -> T:
    """Give what was made for a key, until an act changes what it was made of.

    For what is dear to find and the same for everybody who may ask: the key names
    everything that it depends on, the reach of the viewer first, but the rows that
    ``made`` itself reads. An act that names none of the tables that were read leaves
    it as it is. Records that were noted as shown when it was made are noted again.

    Args:
        until: What makes it anew though no act was done, once it is another.
    """
    moment = changed_tables.moment_of(last_change())
    known = _KEPT.get(key)
    if known is not None and known.until == until and _does(known, moment):
        consultations.show_again(known.gathered)
        tables_read.add(known.tables)
        return cast("T", known.found)
    with consultations.gather() as gathered, tables_read.gather() as tables:
        found = made()
    consultations.show_again(gathered)
    _KEPT[key] = _Kept(found, until, _SPAN.get(), frozenset(tables), moment, gathered)
    while len(_KEPT) > MOST_KEPT:
        _KEPT.popitem(last=False)
    return found


def _does(known: _Kept, now: changed_tables.Moment) -> bool:
    """Tell whether what was kept still holds, or was made in this span of time."""
    if not now.ledger or known.made.ledger != now.ledger:
        return False
    if known.span is not None and known.span == _SPAN.get():
        return True
    since = changed_tables.last_of(known.tables, now)
    return since <= known.made.seq <= now.seq
