"""Names for items that share the number of one seizure.

A source's number may stand on several items. An item is known by the number, its
kind where another kind has the number already, and a running number where several
of a kind have it: ``77``, ``77 AMMUNITION``, ``77 ARM 2``. Which item a row tells of
is decided by what it says, so that a file may bring its rows in any order.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from armstrace.records.lookups import among
from armstrace.records.on_record import OnRecord, Store, on_record
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.models import Recovery
from armstrace.recoveries.statements import RecoveryRecorder
from armstrace.registry.inputs import LossInput
from armstrace.registry.loss_statements import LossRecorder
from armstrace.registry.models import LossReport
from armstrace.vocabulary.arms import ItemKind

type Stated = RecoveryInput | LossInput
type Group = tuple[str, ItemKind, bool]
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Item:
    """Which item of a seizure a row tells of."""

    number: str
    kind: ItemKind
    # Its place among the items of the kind that bear the number, from 1.
    nth: int = 1
    # The kind whose first item bears the number alone.
    owner: ItemKind = ItemKind.ARM
    # Whether it is a report; reports are numbered by themselves.
    is_loss: bool = False

    @property
    def identity(self) -> str:
        """Its name at its source."""
        return name_of(self.number, self.kind, self.nth, self.owner)

    @property
    def group(self) -> Group:
        """What the items of one kind under one number share."""
        return self.number, self.kind, self.is_loss


def name_of(number: str, kind: ItemKind, nth: int, owner: ItemKind) -> str:
    """Name an item of a seizure.

    Args:
        nth: Its place among the items of the kind, from 1.
        owner: The kind whose first item bears the number alone.
    """
    if nth > 1:
        return f"{number} {kind.value} {nth}"
    if kind is owner:
        return number
    # A name that went out in an export comes back as it is.
    is_named = re.search(rf" {kind.value}(?: \d+)?$", number) is not None
    return number if is_named else f"{number} {kind.value}"


@dataclass(slots=True)
class Taken:
    """The names that the rows of one file have taken, where several share a number."""

    names: dict[Group, set[str]] = field(default_factory=dict)


def settle(
    stated: Sequence[tuple[Item, Stated]], *, source: str, taken: Taken
) -> list[Stated]:
    """Give statements the names of the items on record that they tell of.

    Args:
        stated: Items as the file counts them, with what is stated of each.
        taken: The names that earlier rows of the file have; these are added.
    """
    places = range(len(stated))
    named = [each for _, each in stated]
    for is_loss, store in ((False, RecoveryRecorder.store), (True, LossRecorder.store)):
        those = [at for at in places if stated[at][0].is_loss is is_loss]
        if those:
            found = _Found(store, source, is_loss=is_loss)
            found.look([stated[at][0] for at in those])
            _settle(found, [(at, *stated[at]) for at in those], named, taken)
    return named


type _Row = tuple[int, Item, Stated]


@dataclass(slots=True)
class _Found:
    """The names on record, and the kind of item that each stands for."""

    store: Store
    source: str
    is_loss: bool
    kinds: dict[str, str] = field(default_factory=dict)

    def look(self, items: Iterable[Item]) -> None:
        """Find the first two names of each group."""
        self._add(
            name
            for each in items
            for name in (
                each.number,
                f"{each.number} {each.kind.value}",
                name_of(each.number, each.kind, 2, each.owner),
            )
        )

    def look_on(self, groups: Iterable[Group], after: int) -> None:
        """Find the names of groups that come after a place."""
        self._add(
            name_of(number, kind, nth, kind)
            for number, kind, _ in groups
            for nth in range(after + 1, after + 1 + _AT_ONCE)
        )

    def names(self, group: Group) -> list[str]:
        """Give the names on record of the items of a group."""
        number, kind, _ = group
        first = [number, f"{number} {kind.value}"]
        names = [name for name in first if self.kinds.get(name) == kind.value]
        nth = 2
        while (name := name_of(number, kind, nth, kind)) in self.kinds:
            names.append(name)
            nth += 1
        return names

    def _add(self, names: Iterator[str]) -> None:
        wanted = among("source_number", names)
        table: Any = LossReport.objects.current() if self.is_loss else Recovery.objects
        rows = table.filter(wanted, source=self.source)
        self.kinds |= dict(rows.values_list("source_number", "item_kind"))


def _settle(
    found: _Found, rows: Sequence[_Row], named: list[Stated], taken: Taken
) -> None:
    groups: dict[Group, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[row[1].group].append(row)
    several = {}
    for group, those in groups.items():
        at, item, each = those[0]
        on_file = found.names(group)
        if len(those) > 1 or item.nth > 1 or len(on_file) > 1:
            several[group] = those
        else:
            named[at] = _name(each, _only(found, item, on_file))
    if several:
        _settle_several(found, several, named, taken)


def _name(stated: Stated, number: str) -> Stated:
    """Give a statement a name; nearly every one has it already."""
    return stated if stated.number == number else replace(stated, number=number)


def _only(found: _Found, item: Item, on_file: Sequence[str]) -> str:
    """Name an item that is the only one of its kind under its number."""
    return on_file[0] if on_file else _first(found, item)


def _first(found: _Found, item: Item) -> str:
    """Name the first item of a kind; the number alone may be another kind's."""
    owner = found.kinds.get(item.number, item.owner.value)
    return name_of(item.number, item.kind, 1, ItemKind(owner))


def _settle_several(
    found: _Found,
    groups: Mapping[Group, list[_Row]],
    named: list[Stated],
    taken: Taken,
) -> None:
    long = {group for group in groups if len(found.names(group)) > 1}
    after = 2
    while long:
        found.look_on(long, after)
        after += _AT_ONCE
        long = {group for group in long if len(found.names(group)) >= after}
    names = {group: found.names(group) for group in groups}
    known = on_record(
        found.store, found.source, {name for each in names.values() for name in each}
    )
    for group, rows in groups.items():
        before = taken.names.setdefault(group, set())
        if not before:
            before |= _taken_before(found, rows[0][1])
        _share_out(found, rows, named, (names[group], known, before))


def _taken_before(found: _Found, item: Item) -> set[str]:
    """Give the names that earlier rows of a file have, by their count."""
    if item.nth == 1:
        return set()
    later = (
        name_of(item.number, item.kind, nth, item.kind) for nth in range(2, item.nth)
    )
    return {_only(found, item, found.names(item.group)), *later}


def _share_out(
    found: _Found,
    rows: Sequence[_Row],
    named: list[Stated],
    names: tuple[list[str], Mapping[str, OnRecord], set[str]],
) -> None:
    """Share out the names of a group: by what is stated, then in their order."""
    on_file, known, taken = names
    waiting = []
    for row in rows:
        at, _, each = row
        free = [name for name in on_file if name not in taken]
        same = next((name for name in free if _says(each, name, known[name])), "")
        if same:
            taken.add(same)
            named[at] = _name(each, same)
        else:
            waiting.append(row)
    for at, item, each in waiting:
        name = _next(found, item, on_file, taken)
        taken.add(name)
        named[at] = _name(each, name)


def _says(stated: Stated, name: str, known: OnRecord) -> bool:
    key = _name(stated, name).content_key
    return key in {known.content_key, known.last_stated}


def _next(found: _Found, item: Item, on_file: Sequence[str], taken: set[str]) -> str:
    """Give the first name of a group that no row has taken, on record or new."""
    for name in (*on_file, *([] if on_file else [_first(found, item)])):
        if name not in taken:
            return name
    nth = 2
    while (
        name := name_of(item.number, item.kind, nth, item.kind)
    ) in taken or name in on_file:
        nth += 1
    return name
