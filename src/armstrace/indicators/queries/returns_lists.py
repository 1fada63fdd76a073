"""The tables of the return that are lists: significant seizures and routes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.db.models import Count, Max, Min, QuerySet, Sum

from armstrace.analysis.statistics.questionnaire.columns import (
    Codes,
    Columns,
    combine,
    taken_apart,
)
from armstrace.analysis.statistics.questionnaire.crosswalk import deciders
from armstrace.analysis.statistics.questionnaire.declared import Questionnaire
from armstrace.analysis.statistics.questionnaire.filled import Field
from armstrace.analysis.statistics.routes import Stops, stops_of
from armstrace.indicators.queries import counted
from armstrace.indicators.queries import returns_columns as columns
from armstrace.indicators.queries.counted import CountScope
from armstrace.recoveries.models import AmmunitionRecord, PartRecord, RecoveryRecord
from armstrace.vocabulary.recoveries import Acquisition

type Line = Mapping[str, Field]
type CaseKey = tuple[str, str]
CASE = ("agency", "case_number")
MOST = 500
ROUTE_CODES = (*columns.ROUTE, "standing", "established")
NOT_HELD = (
    "departure", "transit", "destination", "transport", "concealment", "persons",
    "detection",
)  # fmt: skip


def significant_seizures(scope: CountScope, asked: Questionnaire) -> tuple[Line, ...]:
    """List the cases with at least so many arms or rounds, the largest first.

    What the records do not hold stands as None.
    """
    arms = _largest(scope, RecoveryRecord, Count("pk"), asked.significant_arms)
    rounds = _largest(
        scope, AmmunitionRecord, Sum("quantity", default=0), asked.significant_rounds
    )
    cases = sorted(arms | rounds, key=lambda case: (-arms.get(case, 0), case))[:MOST]
    tables = (RecoveryRecord, PartRecord, AmmunitionRecord)
    found = {table: _cases(scope, table, cases) for table in tables}
    types, made = _types(scope, cases), _made_in(scope, cases)
    return tuple(
        {
            **_circumstances(case, [found[table].get(case, {}) for table in tables]),
            "types": _write_counts(types[case]),
            "made_in": " ".join(sorted(made[case])) or None,
            **dict.fromkeys(NOT_HELD),
        }
        for case in cases
    )


def routes(arms: Columns, counted: Codes) -> tuple[Line, ...]:
    """List the routes across a border, known and suspected apart.

    Args:
        counted: For each group 1 where it counts, 0 where it is left out.

    Returns:
        Lines, the largest first; shares in tenths of a percent of the arms that
        crossed a border.
    """
    distinct, places = combine(arms, ROUTE_CODES)
    members = np.bincount(places, weights=arms.counts * counted)
    found: defaultdict[Stops, int] = defaultdict(int)
    for number, count in zip(distinct.tolist(), members.tolist(), strict=True):
        codes = taken_apart(arms, ROUTE_CODES, number)
        found[stops_of(codes)] += int(count)
    across = {r: n for r, n in found.items() if n and r[0] and r[0] != r[2]}
    total = sum(across.values())
    return tuple(
        {
            "departure": departure,
            "transit": transit or None,
            "destination": destination or None,
            "standing": "KNOWN" if is_known else "SUSPECTED",
            "arms": count,
            "share_per_mille": round(1000 * count / total),
        }
        for (departure, transit, destination, is_known), count in sorted(
            across.items(), key=lambda each: (-each[1], each[0])
        )
    )


def _items_seized(scope: CountScope, table: Any) -> QuerySet[Any]:  # noqa: ANN401 - a table of items
    rows = counted.items(scope, table).filter(
        counted.is_counted(scope, table), counted.came_by(Acquisition.SEIZED)
    )
    return rows.exclude(case_number="").order_by()


def _largest(
    scope: CountScope,
    table: Any,  # noqa: ANN401 - a table of items
    measure: Any,  # noqa: ANN401 - an aggregate
    least: int,
) -> dict[CaseKey, int]:
    rows = _items_seized(scope, table).values_list(*CASE).annotate(number=measure)
    return {(a, c): number for a, c, number in rows.filter(number__gte=least)}


def _of_cases(scope: CountScope, table: Any, cases: Sequence[CaseKey]) -> QuerySet[Any]:  # noqa: ANN401 - a table of items
    return _items_seized(scope, table).filter(
        case_number__in=[case for _, case in cases]
    )


def _cases(
    scope: CountScope,
    table: Any,  # noqa: ANN401 - a table of items
    cases: Sequence[CaseKey],
) -> dict[CaseKey, dict[str, Any]]:
    added = {
        "number": Count("pk"),
        "first_on": Min("recovered_on"),
        "last_on": Max("recovered_on"),
        **{f"{n}_": Max(n) for n in ("region", "place", "place_kind")},
        "justification": Max("legal_justification"),
    }
    if table is not RecoveryRecord:
        added["quantity"] = Sum("quantity")
    rows = _of_cases(scope, table, cases).values(*CASE).annotate(**added)
    return {(row["agency"], row["case_number"]): row for row in rows}


def _circumstances(case: CaseKey, found: list[dict[str, Any]]) -> dict[str, Field]:
    arms, parts, rounds = found
    told = arms or rounds or parts
    return {
        "agency": case[0],
        "case_number": case[1],
        "first_on": told.get("first_on"),
        "last_on": told.get("last_on"),
        "region": told.get("region_") or None,
        "place": told.get("place_") or None,
        "place_kind": told.get("place_kind_"),
        "justification": told.get("justification"),
        "arms": arms.get("number"),
        "parts": parts.get("quantity"),
        "rounds": rounds.get("quantity"),
    }


def _types(
    scope: CountScope, cases: Sequence[CaseKey]
) -> defaultdict[CaseKey, dict[str, int]]:
    """Count the arms of each case by the rows of table B1."""
    decide = deciders()["type"].rows_of
    found: defaultdict[CaseKey, dict[str, int]] = defaultdict(dict)
    rows = _of_cases(scope, RecoveryRecord, cases).values_list(*CASE, "arm_type")
    for agency, case, arm_type, count in rows.annotate(number=Count("pk")):
        (row,) = decide({"arm_type": arm_type})
        counts = found[agency, case]
        counts[row] = counts.get(row, 0) + count
    return found


def _made_in(
    scope: CountScope, cases: Sequence[CaseKey]
) -> defaultdict[CaseKey, set[str]]:
    found: defaultdict[CaseKey, set[str]] = defaultdict(set)
    rows = _of_cases(scope, RecoveryRecord, cases).exclude(country_of_manufacture="")
    for agency, case, made in rows.values_list(*CASE, "country_of_manufacture"):
        found[agency, case].add(made)
    return found


def _write_counts(counts: Mapping[str, int]) -> str | None:
    largest = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return " ".join(f"{row}:{count}" for row, count in largest) or None
