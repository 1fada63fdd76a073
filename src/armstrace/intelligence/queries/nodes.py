"""Records as nodes of the picture: only those that a viewer may see."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q

from armstrace.analysis.networks.graph import Node
from armstrace.audit import consultations, declarations
from armstrace.intelligence.ends import KINDS
from armstrace.intelligence.models import SubjectRecord
from armstrace.licensing.models import HolderRecord
from armstrace.records.lookups import among
from armstrace.recoveries.models import AmmunitionRecord, PartRecord, RecoveryRecord
from armstrace.registry.models import ArmRecord, LossReport
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.errors import NotFound, NotPermitted
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import NodeKind

NUMBER = re.compile(r"[A-Z][0-9]{1,18}")
# Letters of the records that this module reads itself.
LETTERS = frozenset("RAHVP")
GRADED = ("source_grade", "information_grade", "handling")


@dataclass(frozen=True, slots=True)
class Frontier:
    """Records whose links are sought: their numbers, and the keys of each table."""

    keys: frozenset[str]
    by_letter: dict[str, list[int]]
    # Whether only links among these are sought.
    is_whole: bool = False

    @classmethod
    def of(cls, keys: Iterable[str], *, is_whole: bool = False) -> "Frontier":
        """Take numbers such as R12 apart; what is no such number is left out."""
        found: dict[str, list[int]] = defaultdict(list)
        whole = frozenset(keys)
        for key in sorted(filter(NUMBER.fullmatch, whole)):
            found[key[0]].append(int(key[1:]))
        return cls(whole, found, is_whole)

    def __getitem__(self, letter: str) -> list[int]:
        """Give the keys of the records of a letter."""
        return self.by_letter.get(letter, [])

    def condition(self, *ends: tuple[str, str]) -> Q:
        """Give the condition that a column names one of the records.

        Args:
            ends: Columns, each with the letter of the records that it names.
        """
        found = Q(pk__in=[])
        for column, letter in ends:
            if self[letter]:
                found |= among(column, self[letter])
        return found


def visible_nodes(
    keys: Collection[str], *, viewer: Actor, with_withdrawn: bool = False
) -> dict[str, Node]:
    """Give the records that a viewer may see and that are in use, as nodes.

    At most one query a table, whatever the number of records.

    Args:
        keys: Numbers of records, such as R12; those that are not there are left out.
        with_withdrawn: Whether withdrawn subjects are given too.
    """
    if not keys:
        return {}
    wanted = Frontier.of(keys)
    found: list[Iterable[Node]] = []
    if viewer.may("recovery.view"):
        found.append(_recoveries(wanted["R"], viewer))
    if viewer.may("registry.view"):
        found += [_arms(wanted["A"]), _losses(wanted["V"])]
        found.append(_holders(wanted["H"], viewer))
    if viewer.may("intelligence.view"):
        found.append(_subjects(wanted["P"], viewer, with_withdrawn=with_withdrawn))
    others = wanted.by_letter.keys() - LETTERS
    found += [_others(letter, wanted[letter], viewer) for letter in others]
    return {node.key: node for nodes in found for node in nodes}


def no_such_record(key: str) -> NotFound:
    """Give the refusal of a record that is not there, or not for these eyes."""
    said = message("There is no record %(record)s here; check the number.", record=key)
    return NotFound(said)


def note_shown(nodes: Iterable[Node]) -> None:
    """Write down in the consultation which records a picture showed."""
    shown: dict[str, list[int]] = defaultdict(list)
    for node in nodes:
        shown[node.key[0]].append(int(node.key[1:]))
    for letter, keys in shown.items():
        consultations.show_all(_model(letter), keys)


def _recoveries(ids: list[int], viewer: Actor) -> Iterator[Node]:
    tables: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (RecoveryRecord, ("make", "model", "serial_as_marked")),
        (AmmunitionRecord, ("make", "calibre", "marks_as_written")),
        (PartRecord, ("type_as_written", "make_as_written", "serial_as_marked")),
    )
    left = set(ids)
    for table, columns in tables:
        if not left:
            return
        rows = table.objects.current().visible_to(viewer)
        rows = rows.filter(among("recovery_id", left))
        for key, day, *words in rows.values_list(
            "recovery_id", "recovered_on", *columns
        ):
            left.discard(key)
            yield Node(f"R{key}", NodeKind.RECOVERY, _join(words), day)


def _arms(ids: list[int]) -> Iterator[Node]:
    rows = ArmRecord.objects.current().filter(among("arm_id", ids))
    columns = ("make", "model", "serial_as_marked")
    for key, *words in rows.values_list("arm_id", *columns):
        yield Node(f"A{key}", NodeKind.ARM, _join(words))


def _losses(ids: list[int]) -> Iterator[Node]:
    rows = LossReport.objects.current().filter(among("pk", ids))
    for key, number, day in rows.values_list("pk", "source_number", "happened_on"):
        yield Node(f"V{key}", NodeKind.LOSS, number, day)


def _holders(ids: list[int], viewer: Actor) -> Iterator[Node]:
    """Name bodies only: a person's name is read on the holder's own page."""
    rows = HolderRecord.objects.current().filter(among("holder_id", ids))
    if not (viewer.may("holder.view") or viewer.may("intelligence.judge")):
        rows = rows.exclude(kind=HolderKind.PERSON)
    columns = ("holder_id", "holder__number", "kind", "name")
    for key, number, kind, name in rows.values_list(*columns):
        label = number if kind == HolderKind.PERSON else name
        yield Node(f"H{key}", NodeKind.HOLDER, label)


def _subjects(ids: list[int], viewer: Actor, *, with_withdrawn: bool) -> Iterator[Node]:
    rows = SubjectRecord.objects.current().visible_to(viewer)
    rows = rows.filter(among("subject_id", ids))
    if not with_withdrawn:
        rows = rows.filter(is_withdrawn=False)
    columns = ("subject_id", "subject__kind", "name", *GRADED)
    for key, kind, name, source, told, handling in rows.values_list(*columns):
        grade = f"{source}{told}"
        yield Node(f"P{key}", NodeKind(kind), name, grade=grade, handling=handling)


def _others(letter: str, ids: list[int], viewer: Actor) -> Iterator[Node]:
    """Give records of apps above this one, by what they declare of themselves."""
    found = declarations.identify(f"{letter}1")
    kind = KINDS.get(found.label) if found else None
    if kind is None:
        return
    try:
        rows = _model(letter).objects.visible_to(viewer).filter(among("pk", ids))
    except NotPermitted:
        return
    for row in rows:
        yield Node(f"{letter}{row.pk}", kind, getattr(row, "title", ""))


def _model(letter: str) -> Any:  # noqa: ANN401 - of whichever app
    if letter == "V":  # a report of loss has no page, so no app declares its letter
        return LossReport
    found = declarations.identify(f"{letter}1")
    return found and apps.get_model(found.app, found.number.model)


def _join(words: Iterable[str]) -> str:
    return " ".join(filter(None, words))
