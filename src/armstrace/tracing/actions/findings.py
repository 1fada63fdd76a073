"""Run the domestic trace and keep what it finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.recoveries.models import RecoveryRecord
from armstrace.tracing.computing import Computed, compute
from armstrace.tracing.inputs import POINT
from armstrace.tracing.models import ChainGap, Trace, TraceFinding
from armstrace.vocabulary.actors import Actor


@dataclass(frozen=True, slots=True)
class _Kept:
    """What stands on record for the recoveries of one run."""

    traces: dict[int, Trace]
    made: list[Trace]
    findings: dict[int, TraceFinding]


def trace_at_home(
    *, recovery_ids: Sequence[int], home_country: str, by: Actor, at: datetime
) -> list[Computed]:
    """Trace recovered arms in the country's own records.

    Looking into one's own records decides nothing: a recovery without a decision
    has none afterwards either. A finding that differs from the last supersedes it,
    with its gaps. A proposal stays a proposal until a person confirms it.

    Args:
        recovery_ids: Recovered arms; others are passed over.

    Returns:
        What was found for each arm, in the order of the recoveries.

    Source:
        MOSAIC 05.31; Firearms Protocol, art. 12, para. 4; ITI, para. 14.
    """
    records = list(
        RecoveryRecord.objects.current()
        .filter(recovery_id__in=recovery_ids)
        .select_related("recovery")
        .order_by("recovery_id")
    )
    for agency in {record.agency for record in records}:
        by.require("trace.open", agency=agency)
    if not records:
        return []
    computed = compute(records, home_country=home_country, viewer=by)
    with ledger.entry("trace.run", by=by, at=at) as entry:
        kept = _traces(records, at)
        entry.about_all(kept.made)
        fresh = _new_findings(computed, kept, at)
        stale = [
            kept.findings[each.trace_id].pk
            for each in fresh
            if each.trace_id in kept.findings
        ]
        TraceFinding.objects.filter(pk__in=stale).update(superseded_at=at)
        entry.about_keys(TraceFinding, stale)
        entry.about_all(TraceFinding.objects.bulk_create(fresh))
        entry.about_all(ChainGap.objects.bulk_create(_gaps(computed, fresh, kept)))
        entry.about_keys(Trace, [trace.pk for trace in kept.traces.values()])
        entry.note(traced=len(computed), changed=len(fresh))
    return computed


def _traces(records: list[RecoveryRecord], at: datetime) -> _Kept:
    ids = [record.recovery_id for record in records]
    traces = {t.recovery_id: t for t in Trace.objects.filter(recovery_id__in=ids)}
    made = Trace.objects.bulk_create(
        Trace(recovery_id=pk, known_at=at) for pk in ids if pk not in traces
    )
    traces |= {trace.recovery_id: trace for trace in made}
    keys = [trace.pk for trace in traces.values()]
    current = TraceFinding.objects.current().filter(trace_id__in=keys)
    return _Kept(traces, made, {each.trace_id: each for each in current})


def _new_findings(
    computed: list[Computed], kept: _Kept, at: datetime
) -> list[TraceFinding]:
    numbers = {
        each.chain.last_lawful_holder.holder
        for each in computed
        if each.chain and each.chain.last_lawful_holder
    }
    holders = licensing.holder_ids(numbers)
    fresh = []
    for each in computed:
        trace = kept.traces[each.record.recovery_id]
        columns = _columns(each, holders)
        old = kept.findings.get(trace.pk)
        if old is not None and all(
            getattr(old, name) == value for name, value in columns.items()
        ):
            continue
        fresh.append(TraceFinding(trace=trace, known_at=at, **columns))
    return fresh


def _columns(found: Computed, holders: dict[str, int]) -> dict[str, Any]:
    chain, proposal = found.chain, found.proposal
    columns: dict[str, Any] = {
        "arm_id": found.identity.arm_id,
        "probability": round(found.identity.probability, 4),
        "probability_absent": round(found.identity.probability_absent, 4),
        "first_hop": found.hop.hop,
        "hop_country": found.hop.country,
        "hop_reasons": [why.to_json() for why in found.hop.why],
        "confidence": round(found.confidence, 4),
        "model_version": found.model_version[:40],
    }
    if chain is not None:
        last = chain.last_lawful_holder
        columns |= {
            "last_lawful_holder_id": holders.get(last.holder) if last else None,
            "is_lawfully_held": chain.is_lawfully_held,
            "time_to_crime_days": chain.time_to_crime_days,
            "days_from_first_retail_sale": chain.days_from_first_retail_sale,
        }
    if proposal is not None:
        columns |= {
            **{
                f"diversion_{to}": getattr(proposal, name) for to, name in POINT.items()
            },
            "why": [why.to_json() for why in proposal.why],
            "evidence": list(proposal.evidence),
        }
    return columns


def _gaps(
    computed: list[Computed], fresh: list[TraceFinding], kept: _Kept
) -> list[ChainGap]:
    chains = {kept.traces[each.record.recovery_id].pk: each.chain for each in computed}
    return [
        ChainGap(
            finding=finding,
            kind=gap.kind.value,
            from_on=gap.since,
            until_on=gap.until,
            days=gap.days,
            said=gap.sentence.to_json(),
        )
        for finding in fresh
        if (chain := chains[finding.trace_id]) is not None
        for gap in chain.gaps
    ]
