"""How far findings agree with the truth of a synthetic country."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

_TOLERANCE_DAYS = 31


@dataclass(frozen=True, slots=True)
class Finding:
    """What a trace proposes for one recovery.

    Args:
        source_number: The agency's number of the recovery.
        last_lawful_holder: The holder's number, empty where left open.
        diversion_kind: Code of the kind, empty or UNKNOWN where left open.
        diversion_region: The region, empty where left open.
        diversion_on: The day, None where only bounds are known.
        earliest: The earliest possible day, None where not known.
        latest: The latest possible day, None where not known.
        is_lawfully_held: The trace says that nothing was diverted.
    """

    source_number: str
    last_lawful_holder: str = ""
    diversion_kind: str = ""
    diversion_region: str = ""
    diversion_on: date | None = None
    earliest: date | None = None
    latest: date | None = None
    is_lawfully_held: bool = False


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of one question over all recovered arms; they sum to one.

    Args:
        right: Proposed, and true.
        wrong: Proposed, and not true.
        open: Honestly left open.
    """

    right: float
    wrong: float
    open: float


@dataclass(frozen=True, slots=True)
class Score:
    """How far the findings agree with the truth.

    Args:
        arms: Recovered arms scored.
        last_lawful_holder: Over all of them.
        point_of_diversion: Kind and region over all of them; saying rightly
            that nothing was diverted counts as right.
        dates_within_bounds: Share of right proposals whose day, or whose
            bounds, hold the true day within a month.
        confusions: Counts of (true kind, proposed kind) where they differ.
    """

    arms: int
    last_lawful_holder: Shares
    point_of_diversion: Shares
    dates_within_bounds: float
    confusions: tuple[tuple[str, str, int], ...]


def score_findings(
    findings: Iterable[Finding], truth: Iterable[Mapping[str, str]]
) -> Score:
    """Compare findings with the truth of a synthetic country.

    Arms that were never registered count as well: whoever proposes a holder
    for them is wrong. A recovery without a finding was left open.

    Args:
        findings: One a recovery at most.
        truth: Rows of ``SyntheticCountry.truth``; ammunition is left out.

    Returns:
        Shares, from 0 to 1.
    """
    by_number = {finding.source_number: finding for finding in findings}
    rows = [row for row in truth if row["item_kind"] == "ARM"]
    pairs = [
        (row, by_number.get(row["source_number"], Finding(row["source_number"])))
        for row in rows
    ]
    holder = Counter(_holder_verdict(row, found) for row, found in pairs)
    point = Counter(_point_verdict(row, found) for row, found in pairs)
    return Score(
        len(rows),
        _shares(holder, len(rows)),
        _shares(point, len(rows)),
        _share_dated(pairs),
        _confusions(pairs),
    )


def _holder_verdict(row: Mapping[str, str], found: Finding) -> str:
    if not found.last_lawful_holder:
        return "open"
    return "right" if found.last_lawful_holder == row["last_lawful_holder"] else "wrong"


def _point_verdict(row: Mapping[str, str], found: Finding) -> str:
    if found.is_lawfully_held:
        return "wrong" if row["diversion_kind"] else "right"
    if found.diversion_kind in {"", "UNKNOWN"}:
        return "open"
    same_kind = found.diversion_kind == row["diversion_kind"]
    same_place = found.diversion_region in {"", row["diversion_region"]}
    return "right" if same_kind and same_place else "wrong"


def _shares(counts: Counter[str], total: int) -> Shares:
    if not total:
        return Shares(0.0, 0.0, 0.0)
    return Shares(
        counts["right"] / total, counts["wrong"] / total, counts["open"] / total
    )


def _share_dated(pairs: list[tuple[Mapping[str, str], Finding]]) -> float:
    told = [
        _holds(row["diversion_on"], found)
        for row, found in pairs
        if found.diversion_kind and _point_verdict(row, found) == "right"
    ]
    return sum(told) / len(told) if told else 0.0


def _holds(true_day: str, found: Finding) -> bool:
    if not true_day:
        return False
    day = date.fromisoformat(true_day)
    earliest = found.diversion_on or found.earliest
    latest = found.diversion_on or found.latest
    if earliest is not None and (earliest - day).days > _TOLERANCE_DAYS:
        return False
    return latest is None or (day - latest).days <= _TOLERANCE_DAYS


def _confusions(
    pairs: list[tuple[Mapping[str, str], Finding]],
) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(
        (
            row["diversion_kind"] or "NONE",
            "NONE" if found.is_lawfully_held else found.diversion_kind or "OPEN",
        )
        for row, found in pairs
        if _point_verdict(row, found) == "wrong"
    )
    return tuple((true, told, n) for (true, told), n in counts.most_common())
