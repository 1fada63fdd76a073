"""What is known of a transfer, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from armstrace.analysis.procedures import clocks
from armstrace.transfers.inputs import AuthorisationInput, PaperInput
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.profiles import Deadline, TransferAsked
from armstrace.vocabulary.transfers import Direction, Moment, PaperKind


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods of one description."""

    item_kind: ItemKind = ItemKind.ARM
    description: str = ""
    quantity: int = 0
    category: str = ""


@dataclass(frozen=True, slots=True)
class Document(PaperInput):
    """A document on file, with what it says."""

    # Whether a file of it is kept.
    is_kept: bool = True
    # Number of another authorisation that it was used for.
    used_for: str = ""
    # How many of an import licence others draw that were issued before, and which.
    drawn: int = 0
    drawn_by: tuple[str, ...] = ()

    @property
    def came_on(self) -> date | None:
        """Give the day on which it was on file, as far as somebody says."""
        return self.received_on or self.issued_on


@dataclass(frozen=True, slots=True)
class Facts(AuthorisationInput):
    """What is known of a transfer.

    Args:
        departs_on: The day on which the goods leave; None where nobody says.
        refused: Refused transfers with a party of such a name, each with its score.
    """

    direction: Direction = Direction.EXPORT
    departs_on: date | None = None
    goods: tuple[Goods, ...] = ()
    papers: tuple[Document, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def quantity(self) -> int:
        return sum(each.quantity for each in self.goods)

    def of_kind(self, kind: PaperKind, country: str = "") -> Iterator[Document]:
        """Give the documents of a kind, of one State where it is named."""
        for each in self.papers:
            if each.kind is kind and country in {"", each.country}:
                yield each


@dataclass(frozen=True, slots=True)
class Asking:
    """A provision that is asked, and of what."""

    rule: TransferAsked
    moment: Moment
    on: date
    # After which time a silent transit State does not object; None where it writes.
    silence: Deadline | None
    # Code of the country whose offices' days count.
    home: str


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later, the last of the month at the latest."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def due_by(clock: Deadline, begun: date, home: str) -> date:
    """Give the last day in time of a clock, in its own kind of days.

    Args:
        begun: The day from which it runs, which is not counted.
        home: Code of the country whose working days count.
    """
    if not clock.is_working:
        return begun + timedelta(days=clock.days)
    return clocks.due_on(begun, clock.days, (), home) or begun
