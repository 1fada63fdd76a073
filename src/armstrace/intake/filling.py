"""Keep of a record what a file that corrects it has no column for."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence, Set
from operator import attrgetter
from typing import Any

from django.db.models import prefetch_related_objects

from armstrace.analysis.marks.description import Description
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import HolderRecord, Licence
from armstrace.licensing.statements import LICENSED, RECORDED
from armstrace.records.lookups import among
from armstrace.records.on_record import OnRecord, Store
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
# The table of what belongs to an arm and has its own number.
_BY_NUMBER: Mapping[type, Any] = {EventInput: LifeEvent, LossInput: LossReport}
# What a version is restated with, and how; holders need their licences too.
_RELATED = {
    RecoveryInput: ("recovery",),
    EventInput: ("arm", "holder_from", "holder_to"),
    LossInput: ("arm", "holder"),
}
_RESTATED: Mapping[type, Callable[[Any], Any]] = {
    RecoveryInput: input_of,
    ArmInput: lambda row: restate("", row, {}),
    EventInput: restate_event,
    LossInput: restate_loss,
}
# What is stated of ammunition and parts alone.
_OF_OTHER_ITEMS = {each: each for each in ("ammunition_kind", "part_type", "quantity")}
# Goods that are declared are taken as they are stated.
_FILLED = {HolderInput, *_RESTATED}
NOT_CONTENT = {"number", "source_row", "known_at"}


def fill(
    stated: Sequence[Any], on_record: Sequence[Any], *, given: Set[str]
) -> list[Any]:
    """Fill from the records that are corrected what the file cannot state.

    Args:
        stated: What the rows state, each of a record that stands.
        on_record: What is on record of each, as ``known`` gives it.
        given: Canonical fields of which the file has a column or a constant.
    """
    if not stated:
        return []
    kind = type(stated[0])
    blank, untold = _blank(kind), _untold(kind, given)
    return [
        each if record is None else _fill(each, record, blank, untold)
        for each, record in zip(stated, on_record, strict=True)
    ]


def name_differences(stated: Any, on_record: Any) -> list[str]:  # noqa: ANN401 - inputs of any kind
    """Name the fields in which what a row states differs from what is on record."""
    return [
        name
        for name, path in paths(type(stated)).items()
        if attrgetter(path)(stated) != attrgetter(path)(on_record)
    ]


def find_repeats(
    filled: Sequence[Any], on_record: Sequence[Any], known_as: Sequence[OnRecord]
) -> dict[str, str]:
    """Give the last words of a source that filled rows repeat, by number.

    They say what is on record, though in fewer fields than it was said in.
    """
    return {
        each.number: was.last_stated
        for each, record, was in zip(filled, on_record, known_as, strict=True)
        if record is not None
        and was.last_stated
        and not was.is_corrected
        and dataclasses.replace(record, number=each.number).content_key
        == each.content_key
    }


def words_of(
    stated: Sequence[Any],
    known_as: Sequence[OnRecord],
    *,
    given: Set[str],
    store: Store,
) -> dict[str, str]:
    """Give all that a source says of what a person has corrected since, by number.

    What its file has no column for is as the source said it last: a file that repeats
    a part of that says nothing new.

    Args:
        known_as: What is on record of each.
    """
    corrected = {
        each.number: (each, was)
        for each, was in zip(stated, known_as, strict=True)
        if was.is_corrected and type(each) in _FILLED
    }
    if not corrected:
        return {}
    kind = type(stated[0])
    blank, untold = _blank(kind), _untold(kind, given)
    told = [path for path in paths(kind).values() if path not in untold]
    last = _last_words({n: was for n, (_, was) in corrected.items()}, store)
    found = {}
    for number, own in _restate_versions(kind, last).items():
        each, was = corrected[number]
        is_same = all(attrgetter(p)(each) == attrgetter(p)(own) for p in told)
        is_last = last[number].content_key == was.last_stated
        whole = _fill(each, own, blank, untold).content_key
        found[number] = was.last_stated if is_same and is_last else whole
    return found


def _last_words(known: Mapping[str, OnRecord], store: Store) -> dict[str, Any]:
    """Give, of what a person corrected, the last words of its source, by number.

    That is the version of what it stated last; where that was set aside and became
    none, the version of what it stated before.
    """
    has_identity = store.identity is not None
    column = store.owner if has_identity else store.number
    found: dict[str, Any] = {}
    for table in {was.table for was in known.values()}:
        numbers: dict[Any, str] = {
            was.owner if has_identity else number: number
            for number, was in known.items()
            if was.table is table
        }
        rows = table._default_manager.filter(  # noqa: SLF001 -- Django's documented model API
            among(column, numbers), corrected_by=""
        ).order_by("pk")
        for row in rows:
            number = numbers[getattr(row, column)]
            last = found.get(number)
            if last is None or last.content_key != known[number].last_stated:
                found[number] = row
    return found


def _restate_versions(kind: type, versions: Mapping[str, Any]) -> dict[str, Any]:
    """State versions as they were recorded, by number."""
    prefetch_related_objects([*versions.values()], *_RELATED.get(kind, ()))
    if kind is not HolderInput:
        give = _RESTATED[kind]
        return {number: give(row) for number, row in versions.items()}
    owners = {row.holder_id for row in versions.values()}
    made = {
        (each.holder_id, each.known_at): each
        for each in Licence.objects.filter(among("holder_id", owners)).order_by("-pk")
    }
    return {
        number: _restate_holder("", row, made.get((row.holder_id, row.known_at)))
        for number, row in versions.items()
    }


def known(stated: Sequence[Any], owners: Sequence[int], *, source: str) -> list[Any]:
    """Give what is on record of what rows state, as inputs; None where nothing is.

    Args:
        owners: The identity of each.
        source: Whose numbers events and reports of loss bear.
    """
    if not stated:
        return []
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
        return {each.arm_id: _RESTATED[ArmInput](each) for each in arms}
    if isinstance(stated[0], HolderInput):
        return _known_holders(stated, owners)
    return {}


def _known_by_number(kind: type, numbers: Sequence[str], source: str) -> dict[str, Any]:
    """Give what is on record of events, or of reports of loss, as inputs."""
    table = _BY_NUMBER[kind]
    rows = table._default_manager.filter(  # noqa: SLF001 -- Django's documented model API
        among("source_number", numbers), superseded_at=None, source=source
    ).select_related(*_RELATED[kind])
    return {each.source_number: _RESTATED[kind](each) for each in rows}


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
