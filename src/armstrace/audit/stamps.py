"""When the records last changed, so that a count need not be made twice."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import cast

from django.db import connection

from armstrace.audit import consultations, ledger
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

type Kept = tuple[Stamp, object, consultations.Consultation, object]

_KEPT: OrderedDict[Hashable, Kept] = OrderedDict()
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
    """Give what was made for a key since the last act, or make it now.

    For what is dear to find and the same for everybody who may ask: the key names
    everything that it depends on, the reach of the viewer first. Records that were
    noted as shown when it was made are noted again.

    Args:
        until: What makes it anew though no act was done, once it is another.
    """
    stamp = (*changed, until) if (changed := last_change()) else ()
    known = _KEPT.get(key)
    if known is not None and stamp and (known[0] == stamp or _does(known, stamp)):
        consultations.show_again(known[2])
        return cast("T", known[1])
    with consultations.gather() as gathered:
        found = made()
    consultations.show_again(gathered)
    _KEPT[key] = (stamp, found, gathered, _SPAN.get())
    while len(_KEPT) > MOST_KEPT:
        _KEPT.popitem(last=False)
    return found


def _does(known: Kept, stamp: Stamp) -> bool:
    """Tell whether something was kept in this span, from this same ledger."""
    of, _found, _gathered, span = known
    if span is None or span != _SPAN.get() or (of[0], of[-1]) != (stamp[0], stamp[-1]):
        return False
    leaf = (
        LedgerEntry.objects.filter(seq=cast("int", of[1]))
        .values_list("leaf", flat=True)
        .first()
    )
    return leaf is not None and bytes(leaf) == of[2]
