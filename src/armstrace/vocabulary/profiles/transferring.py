"""What the law asks of a transfer, and where an embargo forbids it."""

from collections.abc import Iterable
from dataclasses import dataclass

from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.profiles.provisions import Provision, Strength
from armstrace.vocabulary.transfers import (
    Direction,
    Moment,
    PaperKind,
    Particular,
    Regime,
    TransferCheck,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAsked(Provision):
    """What is in order before a transfer is licensed, or the goods leave."""

    # By which a refusal cites it.
    code: str
    demands: TransferCheck
    directions: tuple[Direction, ...]
    # Refuses where the law makes it a duty, warns where it is a setting.
    strength: Strength
    moments: tuple[Moment, ...] = (Moment.ISSUE,)
    # The regimes of which it is asked, all where empty.
    regimes: tuple[Regime, ...] = ()
    # The kinds of goods of which it is asked, all where empty.
    items: tuple[ItemKind, ...] = ()
    # What is to be stated; None where it demands something else.
    particular: Particular | None = None
    # The documents that are asked for, or on which a particular may be stated where the
    # licence does not.
    papers: tuple[PaperKind, ...] = ()
    # For single (false) or multiple (true) authorisations alone; None for both.
    is_multiple: bool | None = None
    # Not asked of carriage by sea or air without transhipment.
    not_direct: bool = False
    # Whether the end user has to promise civilian use.
    is_civilian: bool = False
    # Of an embargo: codes of the States on which it lies.
    countries: tuple[str, ...] = ()
    # On whom there it lies, where not on all; in this project's own words.
    receiver: str = ""
    # Whether it forbids goods from there too.
    both_ways: bool = False
    # The longest time; none is set where both are 0.
    months: int = 0
    days: int = 0

    def is_asked_of(
        self, direction: Direction, regime: Regime, items: Iterable[ItemKind]
    ) -> bool:
        """Tell whether it is asked of a transfer of such goods."""
        is_of_goods = not self.items or bool({*self.items} & {*items})
        is_of_regime = not self.regimes or regime in self.regimes
        return direction in self.directions and is_of_regime and is_of_goods
