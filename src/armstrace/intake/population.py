"""What a row of a file of recoveries is counted as, and why, where words say it."""

from collections.abc import Sequence
from functools import lru_cache

from armstrace.analysis.marks import types
from armstrace.intake.fields import IntakeKind, LossKind
from armstrace.intake.outcomes import Reason, Trouble
from armstrace.intake.profiles import kind_words
from armstrace.intake.reading_values import member_of
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.recoveries import POPULATION_OF, Population, RecoveryKind
from armstrace.vocabulary.texts import shorten

_OTHER_ITEMS = frozenset({ItemKind.AMMUNITION, ItemKind.PART})
_LEFT_OPEN = frozenset({None, RecoveryKind.SEIZED, RecoveryKind.UNDECIDED})


def of_row(values: dict[str, str], kind: IntakeKind) -> Population | None:
    """Give what a row is counted as; None where its file holds no recoveries."""
    if kind is not IntakeKind.RECOVERIES:
        return None
    names = ("item_kind", "arm_type", "loss_kind", "recovery_kind")
    return _of(*(values.get(name, "") for name in names))


@lru_cache(maxsize=20_000)
def _of(item: str, arm_type: str, loss_kind: str, kind: str) -> Population:
    if _item_kind(item, arm_type) in _OTHER_ITEMS:
        return Population.NOT_AN_ARM
    if is_other_object(arm_type) or is_other_object(item):
        return Population.NOT_AN_ARM
    if loss_kind or kind in LossKind.__members__:
        return Population.LOSS_REPORT
    known = member_of("recovery_kind", RecoveryKind, kind) if kind else None
    return Population.UNDECIDED if known is None else POPULATION_OF[known]


def item_kind_of(values: dict[str, str]) -> ItemKind:
    """Tell whether a row is about an arm, a part or ammunition."""
    return _item_kind(values.get("item_kind", ""), values.get("arm_type", ""))


@lru_cache(maxsize=20_000)
def _item_kind(item: str, arm_type: str) -> ItemKind:
    stated = member_of("item_kind", ItemKind, item) if item else None
    return types.read_type(arm_type).item_kind if stated is None else stated


@lru_cache(maxsize=20_000)
def is_other_object(arm_type: str) -> bool:
    """Tell whether a word for an item is that of a knife, a vest, a grenade."""
    return types.read_type(arm_type).reading.value == types.NOT_AN_ARM


@lru_cache(maxsize=20_000)
def said_twice(text: str) -> tuple[Trouble, ...]:
    """Hold a row that is said to be two things, as “seized and stolen” is."""
    said = kind_words.classes_listed(text)
    if len(set(said)) < 2:
        return ()
    sentence = message(
        "“%(text)s” says %(kinds)s at once; write the one that holds.",
        text=shorten(text, 40),
        kinds=said,
    )
    return (Trouble(Reason.UNKNOWN_CODE, "recovery_kind", sentence),)


def told_by_words(
    values: dict[str, str], others: Sequence[tuple[str, str]], *, is_open: bool
) -> None:
    """Fill in why a row is on file, where its words say so and no code does.

    What says that an arm was seized gives way to what says whose it is, or that it
    was handed in; a report of loss is read only where nothing says how the arm came
    in, because an arm that was seized may be on a list of stolen ones.

    Args:
        others: Heading and text of the cells that no field takes.
        is_open: Whether the profile leaves the question to the words.
    """
    text = values["recovery_kind"]
    stated = member_of("recovery_kind", RecoveryKind, text) if text else None
    if values["loss_kind"] or stated not in _LEFT_OPEN:
        return
    is_asked = stated is None and (bool(text) or is_open)
    said = [kind_words.said_beside(*each) for each in others]
    if is_asked:
        said.append(kind_words.said_in(text or values["offences"]))
    found = kind_words.first_of(each for each in said if each)
    if found is None or (found.is_weak and not is_asked):
        return
    values["recovery_kind"], values["loss_kind"] = found.rule.kind, found.rule.loss
    values["kind_reason"] = f"{found.rule.reason}: “{shorten(found.text, 200)}”"
