"""What a row of a file of recoveries is counted as, and why, where words say it."""

from functools import lru_cache

from armstrace.analysis.marks import types
from armstrace.intake.fields import IntakeKind
from armstrace.intake.profiles import kind_words
from armstrace.intake.reading_values import member_of
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.recoveries import POPULATION_OF, Population, RecoveryKind

_OTHER_ITEMS = frozenset({ItemKind.AMMUNITION, ItemKind.PART})


def of_row(values: dict[str, str], kind: IntakeKind) -> Population | None:
    """Give what a row is counted as.

    Args:
        values: Canonical field to text.
        kind: What the rows of the file are.

    Returns:
        The class; None in a file that holds no recoveries.
    """
    if kind is not IntakeKind.RECOVERIES:
        return None
    names = ("item_kind", "arm_type", "loss_kind", "recovery_kind")
    return _of(*(values.get(name, "") for name in names))


@lru_cache(maxsize=20_000)
def _of(item: str, arm_type: str, loss_kind: str, kind: str) -> Population:
    if _item_kind(item, arm_type) in _OTHER_ITEMS or is_other_object(arm_type):
        return Population.NOT_AN_ARM
    if loss_kind:
        return Population.LOSS_REPORT
    known = member_of("recovery_kind", RecoveryKind, kind) if kind else None
    return Population.UNDECIDED if known is None else POPULATION_OF[known]


def item_kind_of(values: dict[str, str]) -> ItemKind:
    """Tell whether a row is about an arm, a part or ammunition.

    Args:
        values: Canonical field to text.
    """
    return _item_kind(values.get("item_kind", ""), values.get("arm_type", ""))


@lru_cache(maxsize=20_000)
def _item_kind(item: str, arm_type: str) -> ItemKind:
    stated = member_of("item_kind", ItemKind, item) if item else None
    return types.read_type(arm_type).item_kind if stated is None else stated


@lru_cache(maxsize=20_000)
def is_other_object(arm_type: str) -> bool:
    """Tell whether a word for an item is that of a knife, a vest, a grenade.

    Args:
        arm_type: The type as written.
    """
    return types.read_type(arm_type).reading.value == types.NOT_AN_ARM


def told_by_words(values: dict[str, str], *, is_open: bool) -> None:
    """Fill in why a row is on file, where its words say so and no code does.

    Args:
        values: Canonical field to text.
        is_open: Whether the profile leaves the question to the words; where it
            does not, only what stands in the column itself is read.
    """
    text = values["recovery_kind"]
    if values["loss_kind"] or (text and kind_words.is_code(text)):
        return
    if not text and is_open:
        text = values["offences"]
    rule = kind_words.rule_of(text) if text else None
    if rule is None:
        return
    values["recovery_kind"], values["loss_kind"] = rule.kind, rule.loss
    values["kind_reason"] = f"{rule.reason}: “{text[:200]}”"
