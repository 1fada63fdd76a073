"""Read models of recovered items, as the doors show them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from armstrace.analysis.marks.readings import Reading
from armstrace.audit import consultations
from armstrace.recoveries.fields import values_of
from armstrace.recoveries.models import (
    AmmunitionRecord,
    PartRecord,
    Recovery,
    RecoveryRecord,
)
from armstrace.recoveries.records import input_of
from armstrace.vocabulary.arms import AmmunitionKind, ArmType, PartType
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.tracing import Judgement, RepeatKind


class RecoveryOrder(Code):
    """Orders that an index serves, so that no list is sorted as a whole."""

    NEWEST = "-recovered", "the latest recovery first"
    OLDEST = "recovered", "the earliest recovery first"
    LAST_NUMBER = "-number", "the highest number first"
    FIRST_NUMBER = "number", "the lowest number first"


@dataclass(frozen=True, slots=True)
class RecoveryFilter:
    """What narrows a list of recoveries; empty means any.

    Args:
        text: A number, a case, a serial or a place.
        make: Make, as the vocabulary has it.
        agency: Code of the agency.
        since: Recovered on this day or later.
        until: Recovered on this day or earlier.
    """

    text: str = ""
    kind: str = ""
    arm_type: str = ""
    make: str = ""
    region: str = ""
    agency: str = ""
    serial_status: str = ""
    year: int | None = None
    since: date | None = None
    until: date | None = None
    order: RecoveryOrder = RecoveryOrder.NEWEST


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What every list shows of a recovered item."""

    recovery_id: int
    reference: str
    kind: RecoveryKind
    recovered_on: DateSpan
    agency: str
    region: str
    case_number: str


def item_row[R](
    kind: type[R],
    record: RecoveryRecord | AmmunitionRecord | PartRecord,
    /,
    **more: object,
) -> R:
    """Give the row of a record that some query has already let through."""
    consultations.show(Recovery, record.recovery_id)
    return fill(
        kind,
        record,
        reference=f"R{record.recovery_id}",
        kind=RecoveryKind(record.recovery_kind),
        recovered_on=record.recovered,
        **more,
    )


@dataclass(frozen=True, slots=True)
class RecoveryRow(ItemRow):
    """One recovered arm in a list."""

    place: str
    arm_type: ArmType
    make: str
    model: str
    calibre: str
    serial_as_marked: str
    serial_status: SerialStatus


@dataclass(frozen=True, slots=True)
class RecoveryVersion:
    """One state of knowledge about a recovery, for its history."""

    known_at: datetime
    superseded_at: datetime | None
    reason: str
    source: str
    values: dict[str, Any]
    version: int = 0
    # Sign-in name of the person whose word it is; empty where it is its source's.
    corrected_by: str = ""

    @property
    def told_by(self) -> str:
        """Name who says so: a person, or the source."""
        return self.corrected_by or self.source


@dataclass(frozen=True, slots=True)
class FurtherMark:
    mark_id: int
    kind: str
    text_as_marked: str
    component: str
    position: str
    condition: str
    observed_on: date | None
    observed_by: str


@dataclass(frozen=True, slots=True)
class Photo:
    photograph_id: int
    sha256: str
    media_type: str
    caption: str
    taken_on: date | None
    taken_by: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person said of a candidate.

    Args:
        superseded_at: When a later word took its place; None while it stands.
        seen: To be sent with the next word on it.
    """

    arm_id: int
    judgement: Judgement
    reason: str
    judged_by: str
    known_at: datetime
    superseded_at: datetime | None = None
    seen: int = 0


@dataclass(frozen=True, slots=True)
class PairJudged:
    """What a person said of this recovery and another one.

    Args:
        repeat: Of the same arm, whether one was entered twice; None otherwise.
        is_earlier: Whether the other one was recovered before.
        is_in_reach: Whether the other one is for these eyes; else no reason is told.
        seen: To be sent with the next word on it.
    """

    recovery_id: int
    reference: str
    judgement: Judgement
    reason: str
    repeat: RepeatKind | None
    judged_by: str
    known_at: datetime
    is_earlier: bool
    is_in_reach: bool
    seen: int = 0

    @property
    def verdict(self) -> Code:
        """What was said, in one word: of the same arm, which kind of repeat."""
        return self.repeat or self.judgement


@dataclass(frozen=True, slots=True)
class Seen:
    """Another recovery of what seems to be the same arm.

    Args:
        repeat: Whether it is proposed as entered twice or as recovered again.
        probability: That it is the same arm; None where earlier versions gave none.
    """

    recovery_id: int
    reference: str
    recovered_on: DateSpan
    region: str
    why: Message
    agency: str
    is_in_reach: bool
    is_earlier: bool
    repeat: RepeatKind
    probability: float | None


@dataclass(frozen=True, slots=True)
class RecoveredArm:
    """Everything that is known of one recovered arm, persons left out."""

    recovery_id: int
    reference: str
    source: str
    source_number: str
    record: RecoveryRecord
    readings: tuple[Reading, ...]
    marks: tuple[FurtherMark, ...] = ()
    photographs: tuple[Photo, ...] = ()
    # What stands of what people said of candidates.
    judgements: tuple[Judged, ...] = ()
    # What they said before, closed by a later word.
    judged_before: tuple[Judged, ...] = ()
    pairs: tuple[PairJudged, ...] = ()
    seen: tuple[Seen, ...] = ()
    # Whether it was set beside all others as it is known now.
    is_compared: bool = False
    # Whether a load is still being compared with the others.
    is_load_waiting: bool = False
    history: tuple[RecoveryVersion, ...] = field(default_factory=tuple)

    @property
    def stated(self) -> Mapping[str, Any]:
        """What is stated of it, by the names of the fields."""
        return values_of(input_of(self.record))


@dataclass(frozen=True, slots=True)
class AmmunitionRow(ItemRow):
    place: str
    ammunition_kind: AmmunitionKind
    make: str
    calibre_as_written: str
    calibre: str
    quantity: int | None


@dataclass(frozen=True, slots=True)
class PartRow(ItemRow):
    part_type: PartType
    make: str
    serial_as_marked: str
    quantity: int | None
