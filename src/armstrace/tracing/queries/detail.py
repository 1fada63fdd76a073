"""One trace: its finding, its chain, its candidates, its decisions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import Prefetch

from armstrace.analysis.provenance.chain import chain_of
from armstrace.audit import consultations, disclosures
from armstrace.licensing import queries as licensing
from armstrace.licensing.models import HolderRecord
from armstrace.records.lookups import among
from armstrace.recoveries import queries as recoveries
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.registry import queries as registry
from armstrace.tracing.computing import companions_of
from armstrace.tracing.models import ChainGap, Trace, TraceDecision, TraceFinding
from armstrace.tracing.queries.rows import (
    Candidates,
    CandidateShown,
    DecisionShown,
    FindingShown,
    GapShown,
    TracePage,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Known
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
    viewer.require("trace.view")
    if record is None:
        record = recoveries.current_record(recovery_id, viewer=viewer)
    return trace_pages([record], home_country=home_country, viewer=viewer)[recovery_id]


def trace_pages(
    records: Iterable[RecoveryRecord], *, home_country: str, viewer: Actor
) -> dict[int, TracePage]:
    """Give where the traces of recovered arms stand, in the same few queries.

    Args:
        records: What a query let through of them.
        home_country: ISO 3166 alpha-2 of this State.
    """
    viewer.require("trace.view")
    asked = {record.recovery_id: record for record in records}
    rows = Trace.objects.filter(among("recovery_id", asked))
    traces = dict(rows.values_list("recovery_id", "pk"))
    decided, found = _decisions(traces.values()), _findings(traces.values())
    pages = {
        key: TracePage(
            key,
            traces.get(key),
            tuple(decided[traces.get(key, 0)]),
            found.get(traces.get(key, 0)),
            None,
        )
        for key in asked
    }
    arms = {key: page.arm_id for key, page in pages.items() if page.arm_id is not None}
    if not arms or not viewer.may("registry.view"):
        return pages
    lives = registry.lives_of(arms.values(), viewer=viewer)
    companions = companions_of(lives)
    for key, arm in arms.items():
        chain = chain_of(
            lives.get(arm, []),
            recovered_on=asked[key].recovered,
            home_country=home_country,
            taken_from_is_holder=Known(asked[key].taken_from_is_holder),
            companions=companions.get(arm, 0),
        )
        pages[key] = replace(pages[key], chain=chain)
    return pages


def _decisions(traces: Collection[int]) -> Mapping[int, list[DecisionShown]]:
    rows = TraceDecision.objects.filter(among("trace_id", traces))
    rows = rows.select_related("last_lawful_holder").order_by("-known_at", "-pk")
    found: dict[int, list[DecisionShown]] = defaultdict(list)
    for row in rows:
        found[row.trace_id].append(_decision(row))
    return found


def _findings(traces: Collection[int]) -> dict[int, FindingShown]:
    rows = TraceFinding.objects.current().filter(among("trace_id", traces))
    gaps = Prefetch("gaps", ChainGap.objects.order_by("pk"))
    return {
        row.trace_id: _finding(row, tuple(_gap(gap) for gap in row.gaps.all()))
        for row in rows.select_related("last_lawful_holder").prefetch_related(gaps)
    }


def _gap(gap: ChainGap) -> GapShown:
    return GapShown(
        GapKind(gap.kind), gap.from_on, gap.until_on, gap.days, gap.sentence
    )


def _finding(row: TraceFinding, gaps: tuple[GapShown, ...]) -> FindingShown:
    holder = row.last_lawful_holder
    return FindingShown(
        arm_id=row.arm_id,
        probability=row.probability,
        probability_absent=row.probability_absent,
        first_hop=FirstHop(row.first_hop),
        hop_country=row.hop_country,
        hop_why=tuple(map(Message.read, row.hop_reasons)),
        diversion_kind=DiversionKind(row.diversion_kind)
        if row.diversion_kind
        else None,
        diversion_on=row.diversion_on,
        diversion_earliest_on=row.diversion_earliest_on,
        diversion_latest_on=row.diversion_latest_on,
        diversion_place=row.diversion_place,
        diversion_region=row.diversion_region,
        diversion_country=row.diversion_country,
        last_lawful_holder_id=row.last_lawful_holder_id,
        last_lawful_holder_number=holder.number if holder else "",
        confidence=row.confidence,
        why=tuple(map(Message.read, row.why)),
        evidence=tuple(row.evidence),
        is_lawfully_held=row.is_lawfully_held,
        time_to_crime_days=row.time_to_crime_days,
        days_from_first_retail_sale=row.days_from_first_retail_sale,
        model_version=row.model_version,
        known_at=row.known_at,
        gaps=gaps,
    )


def _decision(row: TraceDecision) -> DecisionShown:
    holder = row.last_lawful_holder
    return DecisionShown(
        seen=row.pk,
        standing=TraceStanding(row.standing),
        ground=TraceGround(row.ground) if row.ground else None,
        exception=TraceException(row.exception) if row.exception else None,
        outcome=TraceOutcome(row.outcome) if row.outcome else None,
        established=Establishment(row.established),
        diversion_kind=DiversionKind(row.diversion_kind)
        if row.diversion_kind
        else None,
        diversion_on=row.diversion_on,
        diversion_place=row.diversion_place,
        diversion_region=row.diversion_region,
        diversion_country=row.diversion_country,
        last_lawful_holder_number=holder.number if holder else "",
        arm_id=row.arm_id,
        decided_on=row.decided_on,
        decided_by=row.decided_by,
        reason=row.reason,
        known_at=row.known_at,
        superseded_at=row.superseded_at,
    )


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
