"""Write down who looked at which records, once for each request.

Whatever shows records opens a consultation; the queries that make what is shown note
each record in it, and it is written before the answer leaves. Where nothing is open,
as in work that shows nobody anything, noting does nothing.

Source:
    Directive (EU) 2016/680, art. 25: consultation logs show the justification, the
    time, the person and the records.
"""

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import cast

from django.db import models

from armstrace.audit import ledger, ledgered
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ledger import Access, Operation

ACTS = {
    Access.LIST: "list.shown",
    Access.RECORD: "record.opened",
    Access.LOOK_UP: "marks.looked_up",
    Access.EXPORT: "list.exported",
}
GRAVITY = tuple(ACTS)


class Consultation:
    """What one request shows, while it is being gathered."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.seen: dict[type[models.Model], array[int]] = {}
        self.kinds: set[Access] = set()
        self.opened = ""
        self.token: int | None = None
        # What is asked for once, however often the answer needs it.
        self.asked: dict[object, object] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was looked at that must be written down."""
        return not self.seen and not self.kinds

    @property
    def kind(self) -> Access:
        """The gravest way in which the request looked."""
        return max(self.kinds or {Access.LIST}, key=GRAVITY.index)

    def keys(self, model: type[models.Model]) -> "array[int]":
        """Give the numbers seen of a model, to be added to."""
        return self.seen.setdefault(model, array("q"))

    def write(self, *, route: str, by: Actor, at: datetime) -> None:
        """Write the consultation as one entry of the ledger.

        Args:
            route: What was asked for, as a code (``RECOVERY``).
        """
        with ledger.entry(ACTS[self.kind], by=by, at=at, op=Operation.CONSULT) as entry:
            for model, keys in self.seen.items():
                entry.about_keys(model, keys)
            told = {
                "route": route,
                "opened": self.opened,
                "token": self.token,
                "rows": self._commitment() if Access.EXPORT in self.kinds else None,
            }
            entry.note(**{name: value for name, value in told.items() if value})

    def _commitment(self) -> str:
        """Give the hash over the exported rows in the order in which they left."""
        told = hashlib.sha256()
        for model, keys in sorted(self.seen.items(), key=_label):
            told.update(f"{ledgered.label_of(model)} {len(keys)}\n".encode())
            told.update(keys.tobytes())
        return told.hexdigest().upper()


_OPEN: ContextVar[Consultation | None] = ContextVar("consultation", default=None)


@contextmanager
def gather() -> Iterator[Consultation]:
    """Gather what is shown until the block ends; the caller writes it."""
    gathered, around = Consultation(), _OPEN.get()
    gathered.asked = around.asked if around else {}
    before = _OPEN.set(gathered)
    try:
        yield gathered
    finally:
        _OPEN.reset(before)


def ask_once[T](about: object, ask: Callable[[], T]) -> T:
    """Give what was asked for before in the same answer, or ask."""
    if (gathered := _OPEN.get()) is None:
        return ask()
    if about not in gathered.asked:
        gathered.asked[about] = ask()
    return cast("T", gathered.asked[about])


def show(model: type[models.Model], key: int) -> None:
    """Note a record that is shown among others."""
    if (gathered := _OPEN.get()) is not None:
        gathered.keys(model).append(key)


def show_all(model: type[models.Model], keys: Iterable[int]) -> None:
    """Note records of one model that are shown among others."""
    if (gathered := _OPEN.get()) is not None:
        gathered.keys(model).extend(keys)


def show_opened(model: type[models.Model], key: int) -> None:
    """Note the record whose own page is shown."""
    if (gathered := _OPEN.get()) is None:
        return
    gathered.keys(model).append(key)
    gathered.kinds.add(Access.RECORD)
    gathered.opened = gathered.opened or f"{ledgered.label_of(model)}.{key}".upper()


def note_kind(kind: Access) -> None:
    """Note a way of looking that leaves an entry though nothing was found."""
    if (gathered := _OPEN.get()) is not None:
        gathered.kinds.add(kind)


def note_search(text: str) -> str:
    """Note that something is looked for, found or not; give it, trimmed."""
    if wanted := text.strip():
        note_kind(Access.LIST)
    return wanted


def note_token(token_id: int) -> None:
    """Note the token that opened the API to whoever looks."""
    if (gathered := _OPEN.get()) is not None:
        gathered.token = token_id


def shown_so_far() -> dict[str, list[int]]:
    """Give which records were noted until now, by the label of their table."""
    gathered = _OPEN.get()
    seen = gathered.seen if gathered else {}
    return {ledgered.label_of(model): list(keys) for model, keys in seen.items()}


def show_labelled(seen: Mapping[str, Iterable[int]]) -> None:
    """Note records that an answer showed before, where it is given once more."""
    for label, keys in seen.items():
        if (model := ledgered.model_of(label)) is not None:
            show_all(model, keys)


def show_again(gathered: Consultation) -> None:
    """Note what an earlier consultation gathered, where its rows are shown anew."""
    if (now := _OPEN.get()) is not None:
        for model, keys in gathered.seen.items():
            now.keys(model).extend(keys)
        now.kinds |= gathered.kinds


def _label(seen: tuple[type[models.Model], "array[int]"]) -> str:
    return ledgered.label_of(seen[0])
