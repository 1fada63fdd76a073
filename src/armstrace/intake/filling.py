"""Keep of a record what a file that corrects it has no column for."""

import dataclasses
from collections.abc import Mapping, Sequence, Set
from operator import attrgetter
from typing import Any

from armstrace.analysis.marks.description import Description
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import HolderRecord, Licence
from armstrace.licensing.statements import LICENSED, RECORDED
from armstrace.records.lookups import among
from armstrace.records.on_record import OnRecord, Store, Table
from armstrace.records.versions import StatementRecord
from armstrace.recoveries import fields
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.records import TABLES, input_of
from armstrace.registry.arm_statements import restate
from armstrace.registry.described import MARK_NAMES
from armstrace.registry.event_statements import restate_event
from armstrace.registry.inputs import ArmInput, EventInput, LossInput
from armstrace.registry.loss_statements import restate_loss
from armstrace.registry.models import ArmRecord, LifeEvent, LossReport
from armstrace.vocabulary.arms import HolderKind

# Fields that another field states with its own: an exact day has no last one.
TOLD_BY = {"recovered_until": "recovered_on", "happened_until": "happened_on"}
# Of what belongs to an arm and has its own number: the table, and how it is restated.
_BY_NUMBER: Mapping[type, tuple[Any, Any]] = {
    EventInput: (LifeEvent, restate_event),
    LossInput: (LossReport, restate_loss),
}
_HANDS = {EventInput: ("holder_from", "holder_to"), LossInput: ("holder",)}
# What is stated of ammunition and parts alone.
_OF_OTHER_ITEMS = {each: each for each in ("ammunition_kind", "part_type", "quantity")}
NOT_CONTENT = {"number", "source_row", "known_at"}


def fill(
    stated: Sequence[Any],
    owners: Sequence[int],
    *,
    given: Set[str],
    source: str = "",
) -> list[Any]:
    """Fill from the records that are corrected what the file cannot state.

    Args:
        stated: What the rows state, each of a record that stands.
        owners: The identity of each.
        given: Canonical fields of which the file has a column or a constant.
        source: Whose numbers events and reports of loss bear.
    """
    if not stated:
        return []
    kind, on_record = type(stated[0]), known(stated, owners, source=source)
    blank, untold = _blank(kind), _untold(kind, given)
    return [
        each if record is None else _fill(each, record, blank, untold)
        for each, record in zip(stated, on_record, strict=True)
    ]


def find_repeats(
    filled: Sequence[Any],
    owners: Sequence[int],
    known_as: Sequence[OnRecord],
    *,
    source: str,
) -> dict[str, str]:
    """Give the last words of a source that filled rows repeat, by number.

    They say what is on record, though in fewer fields than it was said in.
    """
    records = known(filled, owners, source=source) if filled else []
    return {
        each.number: was.last_stated
        for each, record, was in zip(filled, records, known_as, strict=True)
        if record is not None
        and was.last_stated
        and not was.is_corrected
        and dataclasses.replace(record, number=each.number).content_key
        == each.content_key
    }


def words_of(
    stated: Sequence[Any], known: Sequence[OnRecord], *, given: Set[str], store: Store
) -> dict[str, str]:
    """Give all that a source says of what a person has corrected since, by number.

    What its file has no column for is as the source said it last: a file that repeats
    a part of that says nothing new.

    Args:
        known: What is on record of each.
    """
    if not stated:
        return {}
    kind = type(stated[0])
    blank, untold = _blank(kind), _untold(kind, given)
    told = [path for path in paths(kind).values() if path not in untold]
    last, found = _last_words(known, store), {}
    for each, was in zip(stated, known, strict=True):
        if (row := last.get((was.table, was.version))) is None:
            continue
        own = _restate_version(kind, row)
        is_same = all(attrgetter(p)(each) == attrgetter(p)(own) for p in told)
        is_last = row.content_key == was.last_stated
        whole = _fill(each, own, blank, untold).content_key
        found[each.number] = was.last_stated if is_same and is_last else whole
    return found


def _last_words(
    known: Sequence[OnRecord], store: Store
) -> dict[tuple[Table, int], StatementRecord]:
    """Give, of what a person corrected, the last words of its source.

    That is the version of what it stated last; where that was set aside and became
    none, the version of what it stated before.
    """
    found: dict[tuple[Table, int], StatementRecord] = {}
    column = store.owner if store.identity is not None else store.number
    for table in {was.table for was in known if was.is_corrected}:
        of_table = {was.version: was for was in known if was.table is table}
        manager = table._default_manager  # noqa: SLF001 -- Django's documented model API
        now = manager.filter(among("pk", of_table)).values_list(column, "pk")
        versions = dict(now)
        told = manager.filter(among(column, versions), corrected_by="").order_by("pk")
        for row in told:
            version = versions[getattr(row, column)]
            last = found.get((table, version))
            stated = of_table[version].last_stated
            if last is None or last.content_key != stated:
                found[table, version] = row
    return found


def _restate_version(kind: type, row: Any) -> Any:  # noqa: ANN401 - records and inputs of any kind
    """State a version as it was recorded."""
    if kind is RecoveryInput:
        return input_of(row)
    if kind is ArmInput:
        return restate("", row, {})
    if kind is HolderInput:
        made = Licence.objects.filter(holder=row.holder_id, known_at=row.known_at)
        return _restate_holder("", row, made.first())
    return _BY_NUMBER[kind][1](row)


def known(stated: Sequence[Any], owners: Sequence[int], *, source: str) -> list[Any]:
    """Give what is on record of what rows state, as inputs; None where nothing is."""
    kind, keys = type(stated[0]), list[Any](owners)
    if kind in _BY_NUMBER:
        keys = [each.number for each in stated]
        found: Mapping[Any, Any] = _known_by_number(kind, keys, source)
    else:
        found = _known(stated, owners)
    return list(map(found.get, keys))


def _fill(stated: Any, known: Any, blank: Any, paths: Sequence[str]) -> Any:  # noqa: ANN401 - inputs of any kind
    """Give a statement with the fields of a record that nothing in its file states."""
    filled = stated
    for path in paths:
        give = attrgetter(path)
        if give(stated) == give(blank):
            filled = _set(filled, path, give(known))
    return filled


def _untold(kind: type, given: Set[str]) -> list[str]:
    """Give where the fields stand of which the file has neither column nor constant."""
    return [
        path
        for name, path in paths(kind).items()
        if given.isdisjoint((name, TOLD_BY.get(name, name)))
    ]


def _blank(kind: type) -> Any:  # noqa: ANN401 - an input of any kind
    """Give an input that states nothing; what every input states is empty there."""
    needed = {
        each.name: ""
        for each in dataclasses.fields(kind)
        if each.default is dataclasses.MISSING
        and each.default_factory is dataclasses.MISSING
    }
    return kind(
        **needed | ({"description": Description()} if "description" in needed else {})
    )


def paths(kind: type) -> Mapping[str, str]:
    """Give where each canonical field stands in an input."""
    if kind is RecoveryInput:
        return {each.name: each.path for each in fields.FIELDS} | _OF_OTHER_ITEMS
    own = [each.name for each in dataclasses.fields(kind)]
    told = {name: name for name in own if name not in NOT_CONTENT}
    if told.pop("description", ""):
        told = {name: path for path, name in MARK_NAMES.items()} | told
    return told


def _set(stated: Any, path: str, value: Any) -> Any:  # noqa: ANN401 - an input of any kind
    part, _, name = path.rpartition(".")
    if part:
        inner = dataclasses.replace(getattr(stated, part), **{name: value})
        return dataclasses.replace(stated, **{part: inner})
    return dataclasses.replace(stated, **{name: value})


def _known(stated: Sequence[Any], owners: Sequence[int]) -> dict[int, Any]:
    """Give what is on record of some identities, as inputs."""
    if isinstance(stated[0], RecoveryInput):
        rows: list[Any] = []
        for table in TABLES.values():
            found = table.objects.current().filter(among("recovery_id", owners))
            rows += found.select_related("recovery")
        return {each.recovery_id: input_of(each) for each in rows}
    if isinstance(stated[0], ArmInput):
        arms = ArmRecord.objects.current().filter(among("arm_id", owners))
        return {each.arm_id: restate("", each, {}) for each in arms}
    if isinstance(stated[0], HolderInput):
        return _known_holders(stated, owners)
    return {}


def _known_by_number(kind: type, numbers: Sequence[str], source: str) -> dict[str, Any]:
    """Give what is on record of events, or of reports of loss, as inputs."""
    table, restated = _BY_NUMBER[kind]
    rows = table._default_manager.filter(  # noqa: SLF001 -- Django's documented model API
        among("source_number", numbers), superseded_at=None, source=source
    ).select_related("arm", *_HANDS[kind])
    return {each.source_number: restated(each) for each in rows}


def _known_holders(
    stated: Sequence[HolderInput], owners: Sequence[int]
) -> dict[int, HolderInput]:
    numbers = {each.licence_number for each in stated} - {""}
    held = Licence.objects.current().filter(among("number", numbers))
    licences = {(each.holder_id, each.number): each for each in held}
    rows = HolderRecord.objects.current().filter(among("holder_id", owners))
    records = {each.holder_id: each for each in rows}
    known = {}
    for one, owner in zip(stated, owners, strict=True):
        if (record := records.get(owner)) is None:
            continue
        licence = licences.get((owner, one.licence_number))
        known[owner] = _restate_holder(one.number, record, licence)
    return known


def _restate_holder(
    number: str, record: HolderRecord, licence: Licence | None
) -> HolderInput:
    told: dict[str, Any] = {name: getattr(record, name) for name in RECORDED}
    if licence is not None:
        told |= {name: getattr(licence, name) for name in LICENSED[1:]}
        told["licence_number"] = licence.number
    return HolderInput(number, kind=HolderKind(record.kind), **told)
