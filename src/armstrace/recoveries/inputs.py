"""What a source states about a recovered item."""

from dataclasses import dataclass, field
from datetime import date, datetime

from armstrace.analysis.marks.description import Description
from armstrace.vocabulary.arms import (
    AmmunitionKind,
    ItemKind,
    Modification,
    PartType,
    ProductionClass,
)
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.content import content_key
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.recoveries import (
    CriminalContext,
    LegalJustification,
    PlaceKind,
    RecoveryKind,
)

NOT_CONTENT = ("kind_reason", "known_at", "source_row")


@dataclass(frozen=True, slots=True)
class PlaceInput:
    """Where an item was recovered, as far as it is known."""

    place: str = ""
    region: str = ""
    country: str = ""
    kind: PlaceKind = PlaceKind.UNKNOWN
    # Degrees north, WGS 84.
    latitude: float | None = None
    # Degrees east, WGS 84.
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class RecoveryInput:
    """One recovered item as a force or a clerk states it."""

    # The source's own number of the item.
    number: str
    recovery_kind: RecoveryKind
    # The day, or the first day that it can have been.
    recovered_on: date
    # Code of the agency that took it.
    agency: str
    # The marks as written.
    description: Description
    # The last day that it can have been; None where the day is known.
    recovered_until: date | None = None
    item_kind: ItemKind = ItemKind.ARM
    where: PlaceInput = field(default_factory=PlaceInput)
    case_number: str = ""
    legal_justification: LegalJustification = LegalJustification.UNKNOWN
    criminal_contexts: tuple[CriminalContext, ...] = ()
    offences: str = ""
    year_of_manufacture: int | None = None
    # None leaves it to the reading of the marks.
    production_class: ProductionClass | None = None
    modification: Modification = Modification.UNKNOWN
    taken_from: str = ""
    taken_from_is_holder: Known = Known.UNKNOWN
    ammunition_kind: AmmunitionKind = AmmunitionKind.UNKNOWN
    part_type: PartType = PartType.OTHER_ESSENTIAL
    # For ammunition and parts; None where not stated.
    quantity: int | None = None
    seal_number: str = ""
    custody_number: str = ""
    notes: str = ""
    source_row: int | None = None
    # Why it is taken for that kind, in a sentence; no part of what the source states.
    kind_reason: str = ""
    # When it became known, where the source says so.
    known_at: datetime | None = None

    @property
    def recovered(self) -> DateSpan:
        """Give when it was recovered, as precisely as that is known."""
        return DateSpan.of(self.recovered_on, self.recovered_until)

    @property
    def content_key(self) -> str:
        """Give the key by which an unchanged statement is recognised."""
        return content_key(self, without=NOT_CONTENT)
