"""Read models of traces, as the doors show them."""

from dataclasses import dataclass
from datetime import date, datetime

from armstrace.analysis.matching.rank import Candidate, Ranking
from armstrace.analysis.provenance.chain import Chain
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.tracing import (
    DiversionKind,
    Establishment,
    FirstHop,
    GapKind,
    TraceException,
    TraceGround,
    TraceOutcome,
    TraceStanding,
)


@dataclass(frozen=True, slots=True)
class GapShown:
    kind: GapKind
    from_on: date | None
    until_on: date | None
    days: int | None
    sentence: Message


@dataclass(frozen=True, slots=True)
class FindingShown:
    """What the domestic trace found; a proposal until a person confirms it."""

    arm_id: int | None
    probability: float
    probability_absent: float
    first_hop: FirstHop
    hop_country: str
    hop_why: tuple[Message, ...]
    diversion_kind: DiversionKind | None
    diversion_on: date | None
    diversion_earliest_on: date | None
    diversion_latest_on: date | None
    diversion_place: str
    diversion_region: str
    diversion_country: str
    last_lawful_holder_id: int | None
    last_lawful_holder_number: str
    confidence: float
    why: tuple[Message, ...]
    evidence: tuple[int, ...]
    is_lawfully_held: bool
    time_to_crime_days: int | None
    days_from_first_retail_sale: int | None
    model_version: str
    known_at: datetime
    gaps: tuple[GapShown, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """One decision on a trace, current where nothing superseded it.

    Args:
        seen: To be sent with the next decision.
    """

    seen: int
    standing: TraceStanding
    ground: TraceGround | None
    exception: TraceException | None
    outcome: TraceOutcome | None
    established: Establishment
    diversion_kind: DiversionKind | None
    diversion_on: date | None
    diversion_place: str
    diversion_region: str
    diversion_country: str
    last_lawful_holder_number: str
    arm_id: int | None
    decided_on: date
    decided_by: str
    reason: str
    known_at: datetime
    superseded_at: datetime | None


@dataclass(frozen=True, slots=True)
class TracePage:
    """Where a recovery's trace stands, and how it came there."""

    recovery_id: int
    # None where no trace was opened.
    trace_id: int | None
    # The latest first.
    decisions: tuple[DecisionShown, ...]
    finding: FindingShown | None
    chain: Chain | None

    @property
    def decision(self) -> DecisionShown | None:
        """The decision that stands now."""
        return next((d for d in self.decisions if d.superseded_at is None), None)

    @property
    def arm_id(self) -> int | None:
        """The registered arm that it is about, a person's word first."""
        said = next((d.arm_id for d in self.decisions if d.arm_id is not None), None)
        return said or (self.finding.arm_id if self.finding else None)

    @property
    def holders(self) -> list[str]:
        """The numbers of the holders in the chain, in its order."""
        stops = self.chain.stops if self.chain else ()
        return [n for stop in stops for n in (stop.holder_from, stop.holder_to) if n]

    @property
    def seen(self) -> int:
        """The key of that decision, 0 for none."""
        return self.decision.seen if self.decision else 0


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """A candidate with its register row and what a person said of it."""

    candidate: Candidate
    arm: registry.ArmRow
    judged: recoveries.Judged | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates for one recovered arm."""

    ranking: Ranking
    shown: tuple[CandidateShown, ...]
