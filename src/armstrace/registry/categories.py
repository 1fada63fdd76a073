"""The category of an arm in the law of a day, by its measurements and build."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from armstrace.records import jurisdiction
from armstrace.registry.models import ArmRecord
from armstrace.vocabulary.builds import BuildFact, Length
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.profiles import Category, in_force
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source

SIZES = ("rounds", "barrel_mm", "overall_mm")
BUILD = ("action", "ignition", "bore", "trait", *SIZES)
"""What is stated of the build of an arm."""
SHORTER_BARREL = Rule[tuple[int | None, int | None]](
    "RG-24",
    message("The barrel is longer than the whole arm; correct one of the lengths."),
    Source("design", "no part is longer than the whole"),
    lambda sizes: None in sizes or sizes[0] <= sizes[1],  # type: ignore[operator]
)
"""The facts are the lengths of the barrel and of the arm."""


@dataclass(frozen=True, slots=True)
class Categorised:
    """The category of an arm on a day, or what would have to be known."""

    # The provision that decides; None where none does.
    rule: Category | None = None
    # What is not known and could decide otherwise.
    lacks: tuple[BuildFact, ...] = ()

    @property
    def code(self) -> str:
        """Give the code of the provision that decides, empty where none does."""
        return self.rule.code if self.rule else ""


def category_of(
    record: ArmRecord, on: date, *, is_deactivated: bool = False
) -> Categorised:
    """Give the category of an arm by the law of a day.

    A change of the law counts from its day: ask for the day of a recovery to have
    what held then. What is not known decides nothing; the first provision that
    applies does, unless one before it might give another category.

    Source:
        The profile; Directive (EU) 2021/555, Annex I, Parts II and IV.
    """
    doubtful: list[tuple[Category, tuple[BuildFact, ...]]] = []
    for rule in in_force(jurisdiction.profile().categories, on):
        told = list(_tests(record, rule))
        is_apart = rule.is_deactivated and not is_deactivated
        if is_apart or any(answer is False for _fact, answer in told):
            continue
        lacks = tuple(fact for fact, answer in told if answer is None)
        if not lacks and all(one.category == rule.category for one, _ in doubtful):
            return Categorised(rule)
        doubtful.append((rule, lacks))
    facts = {fact: None for _rule, lacks in doubtful for fact in lacks}
    return Categorised(lacks=tuple(facts))


type Answer = bool | None
"""Whether a fact fits a provision; None where it is not known."""


def _tests(record: ArmRecord, rule: Category) -> Iterator[tuple[BuildFact, Answer]]:
    named = (
        (BuildFact.ACTION, record.action, rule.actions),
        (BuildFact.IGNITION, record.ignition, rule.ignitions),
        (BuildFact.BORE, record.bore, rule.bores),
        (BuildFact.TRAIT, record.trait, rule.traits),
    )
    for fact, value, listed in named:
        if listed:
            yield fact, value in listed if value else None
    if rule.lengths:
        yield from _length(record, rule)
    sized = (
        (BuildFact.ROUNDS, record.rounds, rule.rounds_over, None),
        (BuildFact.BARREL, record.barrel_mm, None, rule.barrel_up_to),
        (BuildFact.OVERALL, record.overall_mm, rule.overall_over, rule.overall_up_to),
    )
    for fact, number, over, up_to in sized:
        if over is not None or up_to is not None:
            yield fact, _lies(number, over, up_to)


def _lies(number: int | None, over: int | None, up_to: int | None) -> Answer:
    if number is None:
        return None
    return (over is None or number > over) and (up_to is None or number <= up_to)


def _length(record: ArmRecord, rule: Category) -> Iterator[tuple[BuildFact, Answer]]:
    barrel = _lies(record.barrel_mm, None, rule.short_barrel)
    overall = _lies(record.overall_mm, None, rule.short_overall)
    if barrel or overall:
        yield BuildFact.BARREL, Length.SHORT in rule.lengths
    elif barrel is False and overall is False:
        yield BuildFact.BARREL, Length.LONG in rule.lengths
    else:
        yield from ((BuildFact.BARREL, barrel), (BuildFact.OVERALL, overall))
