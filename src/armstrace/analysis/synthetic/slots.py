"""What each recovery is: when, of which arm, and how that arm got away.

A recovery's number alone tells its category and day. Registered arms are
scattered over the recoveries by a permutation, so that an arm's number tells
whether and when it is recovered, without a list of either.
"""

from datetime import date
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from armstrace.analysis.synthetic import draws
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.packaged import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armstrace.analysis.synthetic.plants import Plot

_STREAM = 11
_GROUP_STREAM = 12
_LANES = 16
GROUP = 8
# Four years of recoveries.
DAYS = 1461

_AMMUNITION = 0.06
_ABSENT = 0.12
_REPEATED = 0.035
_STRAW_WITHIN = 0.6


class Category(Code):
    REGISTERED = "REGISTERED", "an arm of the register"
    REPEAT = "REPEAT", "the arm of the earlier recovery again"
    ABSENT = "ABSENT", "an arm that was never registered"
    AMMUNITION = "AMMUNITION", "ammunition"


class Story(Code):
    """How a registered arm left lawful hands."""

    THEFT = "THEFT", "stolen from its holder and reported"
    QUIET_THEFT = "QUIET_THEFT", "stolen and never reported"
    LOSS = "LOSS", "lost and reported"
    QUIET_LOSS = "QUIET_LOSS", "lost and never reported"
    SALE = "SALE", "sold or lent by its holder"
    FALSE_THEFT = "FALSE_THEFT", "sold, and reported stolen"
    STRAW = "STRAW", "bought for someone else"
    DEALER_SALE = "DEALER_SALE", "sold by a dealer off the books"
    DEALER_THEFT = "DEALER_THEFT", "stolen from a dealer"
    IMPORTER = "IMPORTER", "stolen from an importer"
    TRANSIT = "TRANSIT", "stolen under way"
    STATE_LEAK = "STATE_LEAK", "taken from State stock, not noticed"
    STATE_THEFT = "STATE_THEFT", "stolen from State stock"
    LICENCE_ENDED = "LICENCE_ENDED", "kept after the licence ended"
    ESTATE = "ESTATE", "left behind by a dead holder"
    LAWFUL = "LAWFUL", "still with its lawful holder"
    EXPORTED = "EXPORTED", "exported and come back"
    UNDESTROYED = "UNDESTROYED", "destroyed on paper"
    REACTIVATED = "REACTIVATED", "deactivated and live again"
    MAKER_STOCK = "MAKER_STOCK", "taken from its maker"


SHARES = read_table(__package__, "data/shares.toml")
STORIES = tuple((Story(name), share) for name, share in SHARES["stories"].items())


class Rates(NamedTuple):
    """Rates that differ from country to country."""

    shares: tuple[tuple[Story, float], ...] = STORIES
    # Share of groups of recoveries that a straw buyer supplied.
    straw_groups: float = 0.28


class Slot(NamedTuple):
    """One recovery."""

    number: int
    category: Category
    day: int
    draws: list[float]
    # How its arm got away, None for what is not on the register.
    story: Story | None = None
    # Number that the straw buyers of a group share, -1 for none.
    buyer: int = -1
    # Whether the recovery after it is of the same arm.
    repeats: bool = False
    # What was planted here, None for all others.
    plot: "Plot | None" = None


class Slots:
    """The recoveries of a country, each a function of its number.

    Args:
        plots: What is planted: in the last recoveries, and in the arms of the
            numbers after them where the day lies after the last one.

    Raises:
        InvalidInput: There are more recoveries than arms.
    """

    def __init__(
        self,
        seed: int,
        arms: int,
        recoveries: int,
        *,
        ends_on: date,
        rates: Rates = Rates(),  # noqa: B008 - a value that nothing alters
        plots: "Sequence[Plot]" = (),
    ) -> None:
        if recoveries > arms:
            msg = "A synthetic country needs at least as many arms as recoveries."
            raise InvalidInput(msg, field="recoveries")
        self.seed, self.arms, self.recoveries = seed, arms, recoveries
        self.last_day = ends_on.toordinal()
        self.rates, self.plots = rates, plots
        self.unplanted = recoveries - sum(p.day <= self.last_day for p in plots)
        self._factor = _coprime(int(arms * 0.618) + seed % 97, arms)
        self._offset = (seed * 7_368_787) % arms
        self._inverse = pow(self._factor, -1, arms) if arms > 1 else 0

    def arm_of(self, number: int) -> int:
        """Give the number of the arm that a recovery's place stands for."""
        return (self._factor * number + self._offset) % self.arms

    def of_arm(self, arm: int) -> Slot | None:
        """Give the first recovery of an arm, or its plot; None where neither is."""
        number = (self._inverse * (arm - self._offset)) % self.arms
        if number >= self.unplanted + len(self.plots):
            return None
        slot = self.of(number)
        return slot if slot.category is Category.REGISTERED else None

    def of(self, number: int) -> Slot:
        drawn = self._drawn(number)
        if number < self.unplanted:
            return self._by_chance(number, drawn)
        plot, category = self.plots[number - self.unplanted], Category.REGISTERED
        return Slot(number, category, plot.day, drawn, plot.story, plot=plot)

    def _by_chance(self, number: int, drawn: list[float]) -> Slot:
        category = self._base(drawn)
        if number % 2 and self._repeats(number - 1):
            day = self._day_again(number - 1, drawn)
            return Slot(number, Category.REPEAT, day, drawn)
        day = self.last_day - int(DAYS * drawn[2] ** 1.15)
        if category is not Category.REGISTERED:
            return Slot(number, category, day, drawn)
        if self._repeats(number):
            return Slot(number, category, day, drawn, Story.THEFT, repeats=True)
        group = draws.row(self.seed, _GROUP_STREAM, number // GROUP, lanes=4)
        if group[0] < self.rates.straw_groups and drawn[3] < _STRAW_WITHIN:
            day = self.straw_sale_day(number) + 10 + int(drawn[4] ** 1.5 * 500)
            day, buyer = min(day, self.last_day), number // GROUP * GROUP
            return Slot(number, category, day, drawn, Story.STRAW, buyer)
        return Slot(number, category, day, drawn, self._story(drawn[5]))

    def straw_sale_day(self, number: int) -> int:
        """Give the ordinal of the day around which a straw buyer bought."""
        group = draws.row(self.seed, _GROUP_STREAM, number // GROUP, lanes=4)
        return self.last_day - 40 - int((DAYS - 60) * group[1])

    def _drawn(self, number: int) -> list[float]:
        return draws.row(self.seed, _STREAM, number, lanes=_LANES)

    def _base(self, drawn: list[float]) -> Category:
        if drawn[0] < _AMMUNITION:
            return Category.AMMUNITION
        if drawn[0] < _AMMUNITION + _ABSENT * (1 - _AMMUNITION):
            return Category.ABSENT
        return Category.REGISTERED

    def _repeats(self, number: int) -> bool:
        if number % 2 or number + 1 >= self.unplanted:
            return False
        after = self._drawn(number + 1)
        if after[1] >= _REPEATED:
            return False
        fits = self._day_again(number, after) <= self.last_day
        return fits and self._base(self._drawn(number)) is Category.REGISTERED

    def _day_again(self, number: int, after: list[float]) -> int:
        drawn = self._drawn(number)
        first = self.last_day - int(DAYS * drawn[2] ** 1.15)
        return first + 75 + int(after[2] * 420)

    def _story(self, draw: float) -> Story:
        rest = draw * sum(share for _, share in self.rates.shares)
        for story, share in self.rates.shares:
            rest -= share
            if rest < 0:
                return story
        return Story.SALE


def _coprime(factor: int, arms: int) -> int:
    while gcd(factor, arms) != 1:
        factor += 1
    return factor
