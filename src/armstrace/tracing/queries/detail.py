"""One trace: its finding, its chain, its candidates, its decisions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Prefetch, Q

from armstrace.analysis.matching.rank import Candidate, Ranking
from armstrace.analysis.provenance.chain import Chain
from armstrace.audit import consultations, disclosures
from armstrace.licensing import queries as licensing
from armstrace.licensing.models import HolderRecord
from armstrace.records.lookups import among
from armstrace.recoveries import queries as recoveries
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.registry import queries as registry
from armstrace.tracing.computing import chains_of
from armstrace.tracing.models import (
    ChainGap,
    Trace,
    TraceDecision,
    TraceFinding,
    TraceRequest,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.tracing import (
    DiversionKind,
    Establishment,
    TraceException,
    TraceGround,
    TraceOutcome,
    TraceStanding,
)

type Finding = TraceFinding


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
    finding: Finding | None
    chain: Chain | None
    # What other States were asked, the latest first.
    requests: tuple[TraceRequest, ...] = ()

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


def candidates_of(
    record: RecoveryRecord,
    *,
    viewer: Actor,
    top: int = 8,
    judgements: Iterable[recoveries.Judged] | None = None,
) -> Candidates:
    """Rank the registered arms that a recovered arm may be.

    Args:
        record: What is known of it; some query has already let it through.
        judgements: What people said of candidates; read here where None.
    """
    query = registry.query_of(record)
    ranking = registry.searcher(viewer=viewer, top=top).run(query)
    ids = [int(each.registry_id) for each in ranking.candidates]
    rows = registry.arms_by_id(ids, viewer=viewer)
    if judgements is None:
        said = recoveries.judgements_of([record.recovery_id])
        judgements = said.get(record.recovery_id, ())
    judged = {each.arm_id: each for each in judgements}
    shown = tuple(
        CandidateShown(each, rows[arm], judged.get(arm))
        for each, arm in zip(ranking.candidates, ids, strict=True)
        if arm in rows
    )
    return Candidates(ranking, shown)


def trace_page(
    recovery_id: int,
    *,
    home_country: str,
    viewer: Actor,
    record: RecoveryRecord | None = None,
) -> TracePage:
    """Give where a recovery's trace stands; holders by number, not by name.

    Args:
        record: What a query let through of it; read here where None.
    """
    viewer.require("trace.view")
    if record is None:
        record = recoveries.current_record(recovery_id, viewer=viewer)
    return trace_pages([record], home_country=home_country, viewer=viewer)[recovery_id]


def trace_pages(
    records: Iterable[RecoveryRecord], *, home_country: str, viewer: Actor
) -> dict[int, TracePage]:
    """Give where the traces of recovered arms stand, in the same few queries."""
    viewer.require("trace.view")
    asked = {record.recovery_id: record for record in records}
    rows = Trace.objects.filter(among("recovery_id", asked))
    traces = dict(rows.values_list("recovery_id", "pk"))
    decided, found = _decisions(traces.values()), _findings(traces.values())
    abroad: dict[int, list[TraceRequest]] = defaultdict(list)
    for row in _requests(traces.values()):
        abroad[row.trace_id].append(row)
    pages = {
        key: TracePage(
            key,
            traces.get(key),
            tuple(decided[traces.get(key, 0)]),
            found.get(traces.get(key, 0)),
            None,
            tuple(abroad[traces.get(key, 0)]),
        )
        for key in asked
    }
    arms = {key: page.arm_id for key, page in pages.items() if page.arm_id is not None}
    if not arms or not viewer.may("registry.view"):
        return pages
    told = [(asked[key], arm) for key, arm in arms.items()]
    chains = chains_of(told, home_country=home_country, viewer=viewer)
    return pages | {key: replace(pages[key], chain=chains[key]) for key in chains}


def _decisions(traces: Collection[int]) -> Mapping[int, list[DecisionShown]]:
    rows = TraceDecision.objects.filter(among("trace_id", traces))
    rows = rows.select_related("last_lawful_holder").order_by("-known_at", "-pk")
    found: dict[int, list[DecisionShown]] = defaultdict(list)
    for row in rows:
        found[row.trace_id].append(fill(DecisionShown, row, seen=row.pk))
    return found


def _findings(traces: Collection[int]) -> dict[int, TraceFinding]:
    rows = TraceFinding.objects.current().filter(among("trace_id", traces))
    gaps = Prefetch("gaps", ChainGap.objects.order_by("pk"))
    found = rows.select_related("last_lawful_holder").prefetch_related(gaps)
    return {row.trace_id: row for row in found}


def _requests(traces: Collection[int]) -> list[TraceRequest]:
    """Give requests as last known, earlier ones to a State too; the latest first."""
    is_last = Q(superseded_at=None) | ~Q(answer="")
    rows = TraceRequest.objects.filter(is_last, among("trace_id", traces))
    return list(rows.order_by("-asked_on", "-pk"))


def holders_named(
    numbers: Iterable[str], *, viewer: Actor, at: datetime, reason: str = ""
) -> dict[str, licensing.HolderCard]:
    """Give cards of holders by number; naming a person leaves a ledger entry.

    A viewer without ``holder.view`` gets persons without their names, and no
    entry is written.
    """
    ids = licensing.holder_ids(number for number in numbers if number)
    if not ids:
        return {}
    cards = licensing.holder_cards(ids.values(), viewer=viewer)
    persons = [pk for pk, card in cards.items() if card.is_person and card.name]
    if persons:
        rows = HolderRecord.objects.current().filter(holder_id__in=persons)
        disclosures.disclose(
            viewer=viewer,
            at=at,
            act="holder.viewed",
            records=rows,
            reason=reason,
            grants=("holder.view",),
        )
    return {card.number: card for card in cards.values()}


def summaries(recovery_ids: Iterable[int], *, viewer: Actor) -> list[dict[str, object]]:
    """Give traces as plain values, for the command line and the API.

    Each has the fields of the command-line contract: outcome, first hop, last
    lawful holder (by number), point of diversion, confidence and gaps.
    """
    viewer.require("trace.view")
    ids = list(recovery_ids)
    visible = RecoveryRecord.objects.current().visible_to(viewer)
    asked = visible.filter(recovery_id__in=ids)
    wanted = set(asked.values_list("recovery_id", flat=True))
    consultations.show_all(Recovery, wanted)
    findings = {
        row.trace.recovery_id: row
        for row in TraceFinding.objects.current()
        .filter(trace__recovery_id__in=wanted)
        .select_related("trace__recovery", "last_lawful_holder")
        .prefetch_related("gaps")
    }
    decisions = {
        row.trace.recovery_id: row
        for row in TraceDecision.objects.current()
        .filter(trace__recovery_id__in=wanted)
        .select_related("trace", "last_lawful_holder")
    }
    return [
        _summary(pk, findings.get(pk), decisions.get(pk)) for pk in ids if pk in wanted
    ]


def _summary(
    recovery_id: int, finding: TraceFinding | None, decision: TraceDecision | None
) -> dict[str, object]:
    confirmed = decision is not None and bool(decision.diversion_kind)
    told = decision if confirmed else finding
    holder = told.last_lawful_holder if told else None
    outcome = "NO_DECISION"
    if decision is not None:
        outcome = decision.outcome or decision.standing
    return {
        "id": f"R{recovery_id}",
        "source_number": finding.trace.recovery.source_number if finding else "",
        "outcome": outcome,
        "seen": decision.pk if decision else 0,
        "first_hop": finding.first_hop if finding else "",
        "first_hop_country": finding.hop_country if finding else "",
        "arm": f"A{finding.arm_id}" if finding and finding.arm_id else None,
        "last_lawful_holder": holder.number if holder else None,
        "point_of_diversion": _point(told, confirmed=confirmed),
        "confidence": finding.confidence if finding else 0.0,
        "is_lawfully_held": finding.is_lawfully_held if finding else None,
        "time_to_crime_days": finding.time_to_crime_days if finding else None,
        "gaps": [
            {
                "kind": gap.kind,
                "from": gap.from_on and gap.from_on.isoformat(),
                "until": gap.until_on and gap.until_on.isoformat(),
                "days": gap.days,
                "sentence": gap.sentence,
            }
            for gap in (finding.gaps.all() if finding else ())
        ],
    }


def _point(
    told: TraceFinding | TraceDecision | None, *, confirmed: bool
) -> dict[str, object] | None:
    if told is None or not told.diversion_kind:
        return None
    return {
        "kind": told.diversion_kind,
        "on": told.diversion_on and told.diversion_on.isoformat(),
        "place": told.diversion_place,
        "region": told.diversion_region,
        "country": told.diversion_country,
        "standing": "CONFIRMED" if confirmed else "PROPOSED",
        "why": list(map(Message.read, getattr(told, "why", []))),
    }


@dataclass(frozen=True, slots=True)
class DivertedArm:
    """A confirmed point of diversion of an arm, and the recovery that led to it."""

    recovery_id: int
    kind: DiversionKind | None
    on: date | None
    place: str


def diversions_of_arm(arm_id: int, *, viewer: Actor) -> tuple[DivertedArm, ...]:
    """Give the points of diversion that people confirmed for an arm, latest first."""
    rows = TraceDecision.objects.visible_to(viewer).filter(
        superseded_at=None,
        arm_id=arm_id,
        outcome=TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED.value,
    )
    return tuple(
        DivertedArm(
            recovery_id=row.trace.recovery_id,
            kind=DiversionKind(row.diversion_kind) if row.diversion_kind else None,
            on=row.diversion_on or row.diversion_latest_on,
            place=", ".join(
                part for part in (row.diversion_place, row.diversion_region) if part
            ),
        )
        for row in rows.select_related("trace").order_by("-known_at", "-pk")
    )
