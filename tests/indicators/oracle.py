"""A slow, obvious count of the indicator that shares no query with the code."""

from collections import defaultdict
from contextlib import contextmanager
from datetime import datetime

from armstrace.recoveries.models import (
    AmmunitionRecord,
    CandidateJudgement,
    PairJudgement,
    PartRecord,
    Recovery,
    RecoveryRecord,
)
from armstrace.tracing.models import Trace, TraceDecision

WAY_OF = {
    "SEIZED": "SEIZED",
    "FOUND": "FOUND",
    "SURRENDERED": "SURRENDERED",
    "SURRENDERED_AMNESTY": "SURRENDERED",
    "STATE_ARM_RECOVERED": "SEIZED",
}
UNIQUE = {"LO", "IN", "IF", "OD", "AT", "PE", "NO"}
VERSIONS = {"ARM": RecoveryRecord, "AMMUNITION": AmmunitionRecord, "PART": PartRecord}


class _Read:
    """What was read of each table, by the columns asked for; None reads it anew."""

    tables = None


@contextmanager
def tables_read_once():
    """Read each table once; for as long as nothing is written."""
    _Read.tables = {}
    try:
        yield
    finally:
        _Read.tables = None


def rows(model, **where):
    """Give the rows of a table in which some columns say so."""
    if _Read.tables is None:
        return list(model.objects.filter(**where))
    names = tuple(where)
    if (model, names) not in _Read.tables:
        found = _Read.tables[model, names] = defaultdict(list)
        for row in model.objects.all():
            found[tuple(getattr(row, name) for name in names)].append(row)
    return _Read.tables[model, names][tuple(where.values())]


def count(year: int, at: datetime | None) -> dict[str, set[int]]:
    """Put every recovery of a year under the name of its cell, one by one."""
    piles: defaultdict[str, set[int]] = defaultdict(set)
    for recovery in rows(Recovery):
        for name in place_of(recovery, year, at):
            piles[name].add(recovery.pk)
    return piles


def place_of(  # noqa: PLR0911 - one line a reason
    recovery: Recovery, year: int, at: datetime | None
) -> list[str]:
    known = version_of(recovery, at)
    if known is None or known.recovered_on.year != year:
        return []
    if recovery.item_kind != "ARM":
        return ["OUT.NOT_AN_ARM"]
    if is_second_entry(recovery, at):
        return ["OUT.ENTERED_TWICE"]
    way = WAY_OF.get(known.recovery_kind)
    if way is None:
        return [f"OUT.{known.recovery_kind}"]
    if known.year_of_manufacture is not None and known.year_of_manufacture < 1900:
        return ["OUT.ANTIQUE"]
    if way == "SEIZED" and known.legal_justification == "ADMINISTRATIVE":
        return ["OUT.ADMINISTRATIVE"]
    cell, is_established = cell_of(recovery, known, at)
    names = [f"{way}.{cell}"]
    if is_established and cell in {"NI", "NE", "NX", "K"}:
        names.append(f"{way}.established")
    return names


def version_of(recovery, at):
    """Give what was known of an item."""
    table = VERSIONS[recovery.item_kind]
    return standing(rows(table, recovery_id=recovery.pk), at)


def decision_of(recovery, at=None):
    """Give the decision of a person on a trace; what nobody decided is none."""
    trace = next(iter(rows(Trace, recovery_id=recovery.pk)), None)
    if trace is None or (at is not None and trace.known_at > at):
        return None
    decision = standing(rows(TraceDecision, trace_id=trace.pk), at)
    is_nobodys = decision and decision.reason == "Opened by the domestic trace."
    return None if is_nobodys else decision


def cell_of(recovery, known, at) -> tuple[str, bool]:
    decision = decision_of(recovery, at)
    how = decision.established if decision else ""
    status = known.serial_status
    if status == "PARTIAL" and is_same(recovery, at):
        status = "COMPLETE"
    if status == "UNKNOWN":
        return "K", how == "AUTHORITY"
    if status not in {"COMPLETE", "RESTORED"}:
        return unmarked(known, status), how == "AUTHORITY"
    return traced(decision, how), False


def unmarked(known, status) -> str:
    if known.modification in {"CONVERTED", "ASSEMBLED"}:
        return "NI"
    if known.production_class not in {"INDUSTRIAL", "UNKNOWN"}:
        return "NI"
    return "NE" if status in {"OBLITERATED", "ALTERED", "RESTAMPED"} else "NX"


def traced(decision, how) -> str:
    if decision and decision.outcome == "NO_DIVERSION":
        return "LO"
    by_how = {"OWN_REGISTER": "IN", "FOREIGN_REGISTER": "IF", "AUTHORITY": "OD"}
    if how in by_how:
        return by_how[how]
    if decision is None:
        return "NO"
    return {"OPEN": "PE", "CLOSED": "AT", "EXCEPTED": "NO"}[decision.standing]


def is_same(recovery, at) -> bool:
    return any(
        each.judgement == "SAME" and stands(each, at)
        for each in rows(CandidateJudgement, recovery_id=recovery.pk)
    )


def is_second_entry(recovery, at) -> bool:
    """Tell whether an earlier record is of the same item of the same procedure."""
    joined, grown = {recovery.pk}, True
    while grown:
        grown = False
        for pair in rows(PairJudgement, repeat="ENTERED_TWICE"):
            both = {pair.recovery_id, pair.earlier_id}
            # A record that nobody knew of yet cannot be the first entry.
            known = all(day_of(pk, at) for pk in both)
            said = pair.judgement == "SAME" and stands(pair, at)
            if said and known and both & joined and both - joined:
                joined, grown = joined | both, True
    return recovery.pk != min(joined, key=lambda pk: (day_of(pk, at), pk))


def day_of(number, at):
    known = standing(rows(RecoveryRecord, recovery_id=number), at)
    return known.recovered_on if known else None


def standing(versions, at):
    """Give the version that stood at a moment; the last where none is named."""
    return next((version for version in versions if stands(version, at)), None)


def stands(version, at) -> bool:
    if at is None:
        return version.superseded_at is None
    ended = version.superseded_at is not None and version.superseded_at <= at
    return version.known_at <= at and not ended


def fraction(piles, method: str) -> tuple[int, int]:
    """Count above and below the line by one of the yearly methods."""
    kinds = ["SEIZED"]
    if method != "unodc_annual":
        kinds = ["SEIZED", "FOUND", "SURRENDERED"]
    below = {
        "metadata": [*UNIQUE, "NI", "NE", "NX", "K"],
        "metadata_unique": UNIQUE,
        "unodc_annual": ["IN", "IF", "OD", "AT", "PE", "NO", "K"],
    }[method]
    above = ["IN", "IF", "OD"] + (["established"] if method == "metadata" else [])
    return tuple(
        sum(len(piles[f"{kind}.{name}"]) for kind in kinds for name in names)
        for names in (above, below)
    )
