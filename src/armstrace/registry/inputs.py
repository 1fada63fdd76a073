"""What a source states about an arm, its life and its loss."""

from dataclasses import dataclass
from datetime import date, datetime

from armstrace.analysis.marks.description import Description
from armstrace.vocabulary.arms import ItemKind, LifeEventKind
from armstrace.vocabulary.builds import Action, Bore, Ignition, Trait
from armstrace.vocabulary.content import content_key

NOT_CONTENT = ("known_at", "source_row")


@dataclass(frozen=True, slots=True)
class ArmInput:
    """One registered arm as its register states it.

    Args:
        number: The register's own number of the arm.
        description: The marks as written.
        holder_number: Who holds it, where the register says so.
        acquired_on: Since when.
        source_row: Row of the file it stood in.
        known_at: When it became known, where the source says so.
        action: How it loads; None where not known, as of what follows.
        trait: What sets it apart, which may put it in another category of the law.
        rounds: Rounds without reloading, with the one in the chamber.
        barrel_mm: Length of the barrel in millimetres.
        overall_mm: Overall length in millimetres.
    """

    number: str
    description: Description
    year_of_manufacture: int | None = None
    import_country: str = ""
    import_year: int | None = None
    holder_number: str = ""
    acquired_on: date | None = None
    notes: str = ""
    source_row: int | None = None
    known_at: datetime | None = None
    action: Action | None = None
    ignition: Ignition | None = None
    bore: Bore | None = None
    trait: Trait | None = None
    rounds: int | None = None
    barrel_mm: int | None = None
    overall_mm: int | None = None

    @property
    def content_key(self) -> str:
        """Give the key by which an unchanged statement is recognised."""
        return content_key(self, without=NOT_CONTENT)


@dataclass(frozen=True, slots=True)
class EventInput:
    """One event in the life of an arm.

    Args:
        number: The source's own number of the event.
        arm_number: The register's number of the arm.
        holder_from: Number of the holder that gave it up; empty where not known.
        holder_to: Number of the holder that took it; empty where not known.
        manner: A code of ``Passing``, empty where it is not stated.
    """

    number: str
    arm_number: str
    kind: LifeEventKind
    happened_on: date | None = None
    holder_from: str = ""
    holder_to: str = ""
    place: str = ""
    region: str = ""
    country: str = ""
    document: str = ""
    notes: str = ""
    manner: str = ""
    source_row: int | None = None
    known_at: datetime | None = None

    @property
    def content_key(self) -> str:
        """Give the key by which an unchanged statement is recognised."""
        return content_key(self, without=NOT_CONTENT)


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to an arm, as a clerk records it.

    Args:
        kind: What happened.
        number: The number of a report of loss; empty lets the system give one.
    """

    kind: LifeEventKind
    happened_on: date
    place: str = ""
    region: str = ""
    document: str = ""
    notes: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class LossInput:
    """One report of loss or theft."""

    number: str
    description: Description
    # ``LOST`` or ``STOLEN``.
    loss_kind: LifeEventKind
    # The register's number of the arm; empty where not known.
    arm_number: str = ""
    happened_on: date | None = None
    reported_on: date | None = None
    place: str = ""
    region: str = ""
    # From whom; empty where not known.
    holder_number: str = ""
    notes: str = ""
    source_row: int | None = None
    known_at: datetime | None = None
    # ``AMMUNITION`` or ``PART``; None where it is an arm.
    item_kind: ItemKind | None = None
    # The latest day that it can be, where the day is not known.
    happened_until: date | None = None
    # The agency that received it, where the source says so.
    reported_to: str = ""
    case_number: str = ""

    @property
    def content_key(self) -> str:
        """Give the key by which an unchanged statement is recognised."""
        return content_key(self, without=NOT_CONTENT)
