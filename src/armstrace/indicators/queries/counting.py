"""One pass over the records of some years, into their tracing tables.

Each record gets a signature: one number made of the codes that decide how it
counts. The database adds up records of one signature; there are few signatures,
however many the records.

The tables are read from end to end on purpose: following the index on the day
fetches rows in random order, which took nine times as long on 100,000 records.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import (
    Count,
    Exists,
    FilteredRelation,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
)

from armstrace.analysis.statistics import arm_codes
from armstrace.analysis.statistics.cells import Marking, RecoveryFacts
from armstrace.analysis.statistics.scope import LAST_ANTIQUE_YEAR, ScopeFacts
from armstrace.analysis.statistics.tables import (
    RecoveredGroup,
    YearTables,
    tables_of,
)
from armstrace.indicators.queries import stamps
from armstrace.indicators.queries.signatures import Axes, Axis
from armstrace.recoveries.models import (
    AmmunitionRecord,
    CandidateJudgement,
    PartRecord,
    RecoveryRecord,
)
from armstrace.vocabulary.actors import Actor, Agencies
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.tracing import Judgement

COLUMN_OF = {
    "kind": "recovery_kind",
    "justification": "legal_justification",
    "serial_status": "serial_status",
    "production": "production_class",
    "modification": "modification",
    "standing": "decision__standing",
    "outcome": "decision__outcome",
    "establishment": "decision__established",
}
NOT_ARMS = ((ItemKind.PART, PartRecord), (ItemKind.AMMUNITION, AmmunitionRecord))


@dataclass(frozen=True, slots=True)
class Reach:
    """Which records are counted.

    Args:
        agencies: Whose records are counted.
        years: First and last year of recovery.
        as_of: As known at that moment; now where None.
    """

    agencies: Agencies
    years: range
    as_of: datetime | None

    def records(self, table: Any) -> QuerySet[Any]:  # noqa: ANN401 - any version table
        """Give the records of a version table that are within reach."""
        rows: QuerySet[Any] = table.objects.as_of(self.as_of).of(self.agencies)
        return rows


def reach_of(viewer: Actor, years: range, as_of: datetime | None) -> Reach:
    """Give what a viewer's figures are counted from.

    Raises:
        NotPermitted: The viewer may not see figures.
    """
    return Reach(viewer.agencies("indicator.view"), years, as_of)


@dataclass(frozen=True, slots=True)
class SignedGroup:
    """Records of one signature.

    Args:
        table: Which of the tables of ``rows_of`` they stand in.
        signature: The number that they share.
        count: How many they are.
        group: What the number says.
    """

    table: int
    signature: int
    count: int
    group: RecoveredGroup


def groups_counted(reach: Reach) -> tuple[SignedGroup, ...]:
    """Add up the records within reach by signature, unless that is known.

    Counting reads every record, so a count is kept as long as none changes.
    """
    if not reach.years:
        return ()
    state = stamps.stamp()
    return _groups_kept(reach, state) if state else _groups(reach)


def tables_counted(reach: Reach) -> dict[int, YearTables]:
    """Count the records within reach; the database adds them up."""
    return tables_of(
        replace(each.group, count=each.count) for each in groups_counted(reach)
    )


def arms_counted_by(
    reach: Reach, column: str, codes: Sequence[str]
) -> dict[str, dict[int, YearTables]]:
    """Count the arms within reach apart for each code of a column.

    Args:
        reach: The reach.
        column: A column of the recovery record.
        codes: Its codes.
    """
    state = stamps.stamp()
    asked = (reach, column, tuple(codes))
    found = _apart_kept(*asked, state) if state else _apart(*asked)
    return {code: tables_of(groups) for code, groups in found}


def tables_of_groups(groups: Sequence[SignedGroup]) -> dict[int, YearTables]:
    """Count groups, with the place of each group in the list as its item."""
    return tables_of(
        replace(each.group, count=each.count, items=(place,))
        for place, each in enumerate(groups)
    )


def rows_of(reach: Reach, table: int, signatures: Sequence[int]) -> QuerySet[Any]:
    """Give the records of some signatures, the newest recovery first.

    Args:
        reach: The reach that the signatures were counted under.
        table: As in ``SignedGroup``.
        signatures: The numbers wanted.
    """
    rows, _ = _sets(reach)[table]
    wanted = rows.filter(signature__in=signatures)
    return wanted.order_by("-recovered_on", "-recovery_id")


@lru_cache(maxsize=64)
def _groups_kept(reach: Reach, state: stamps.Stamp) -> tuple[SignedGroup, ...]:
    del state
    return _groups(reach)


@lru_cache(maxsize=16)
def _apart_kept(
    reach: Reach, column: str, codes: tuple[str, ...], state: stamps.Stamp
) -> tuple[tuple[str, tuple[RecoveredGroup, ...]], ...]:
    del state
    return _apart(reach, column, codes)


def _apart(
    reach: Reach, column: str, codes: tuple[str, ...]
) -> tuple[tuple[str, tuple[RecoveredGroup, ...]], ...]:
    if not reach.years:
        return ()
    arms = reach.records(RecoveryRecord).alias(decision=_decision(reach.as_of))
    apart = Axis(column, tuple((code, Q(**{column: code})) for code in codes))
    axes = Axes((_year_axis(reach.years), apart, *_arm_axes(reach.as_of)))
    rows, _ = _signed(arms, axes)
    found: dict[str, list[RecoveredGroup]] = {}
    for signature, count in _added(rows):
        values = axes.decoded(signature)
        code = values.pop(column) or ""
        found.setdefault(code, []).append(replace(_group(values), count=count))
    return tuple((code, tuple(groups)) for code, groups in sorted(found.items()))


def _groups(reach: Reach) -> tuple[SignedGroup, ...]:
    return tuple(
        SignedGroup(table, signature, count, _group(axes.decoded(signature)))
        for table, (rows, axes) in enumerate(_sets(reach))
        for signature, count in _added(rows)
    )


def tables_listed(reach: Reach) -> dict[int, YearTables]:
    """Count the records within reach and keep the number of each."""
    if not reach.years:
        return {}
    return tables_of(
        replace(group, count=len(numbers), items=numbers)
        for rows, axes in _sets(reach)
        for signature, numbers in _listed(rows)
        for group in [_group(axes.decoded(signature))]
    )


def years_counted(viewer: Actor, as_of: datetime | None) -> range:
    """Give the years from the first recovery to the last.

    Raises:
        NotPermitted: The viewer may not see figures.
    """
    seen = viewer.agencies("indicator.view")
    rows = RecoveryRecord.objects.as_of(as_of).of(seen)
    first = rows.aggregate(day=Min("recovered_on"))["day"]
    last = rows.aggregate(day=Max("recovered_on"))["day"]
    return range(first.year, last.year + 1) if first and last else range(0)


def _sets(reach: Reach) -> list[tuple[QuerySet[Any], Axes]]:
    """Give the arms, then what is no arm, each row with its signature."""
    year = _year_axis(reach.years)
    arms = reach.records(RecoveryRecord).alias(decision=_decision(reach.as_of))
    sets = [_signed(arms, Axes((year, *_arm_axes(reach.as_of))))]
    for kind, table in NOT_ARMS:
        only = Axis("item_kind", ((kind, Q(pk__isnull=False)),))
        axes = Axes((year, only, _coded("kind")))
        sets.append(_signed(reach.records(table), axes))
    return sets


def _signed(rows: QuerySet[Any], axes: Axes) -> tuple[QuerySet[Any], Axes]:
    within = rows.annotate(within=axes.axes[0].expression()).filter(within__gt=0)
    return within.annotate(signature=axes.expression()), axes


def _arm_axes(as_of: datetime | None) -> tuple[Axis, ...]:
    same = CandidateJudgement.objects.as_of(as_of).filter(
        judgement=Judgement.SAME, recovery=OuterRef("recovery")
    )
    partial = Q(serial_status=SerialStatus.PARTIAL)
    identified = partial & (Q(decision__arm__isnull=False) | Exists(same))
    antique = Q(year_of_manufacture__lte=LAST_ANTIQUE_YEAR)
    return (
        *(_coded(name) for name in arm_codes.ALIKE),
        Axis("year_of_manufacture", ((LAST_ANTIQUE_YEAR, antique),)),
        Axis("is_begun", ((True, _begun(as_of)),)),
        Axis("is_identified", ((True, identified),)),
    )


def _coded(name: str) -> Axis:
    column = COLUMN_OF[name]
    return Axis(
        name,
        tuple(
            (codes[0], Q(**{f"{column}__in": codes})) for codes in arm_codes.ALIKE[name]
        ),
    )


def _year_axis(years: range) -> Axis:
    return Axis(
        "year",
        tuple(
            (
                year,
                Q(
                    recovered_on__gte=date(year, 1, 1),
                    recovered_on__lte=date(year, 12, 31),
                ),
            )
            for year in years
        ),
    )


def _decision(as_of: datetime | None) -> FilteredRelation:
    path = "recovery__trace__decisions"
    open_ended = Q(**{f"{path}__superseded_at": None})
    if as_of is None:
        return FilteredRelation(path, condition=open_ended)
    still = open_ended | Q(**{f"{path}__superseded_at__gt": as_of})
    known = Q(**{f"{path}__known_at__lte": as_of})
    return FilteredRelation(path, condition=still & known)


def _begun(as_of: datetime | None) -> Q:
    if as_of is None:
        return Q(recovery__trace__isnull=False)
    return Q(recovery__trace__known_at__lte=as_of)


def _added(rows: QuerySet[Any]) -> Iterable[tuple[int, int]]:
    grouped = rows.order_by().values("signature").annotate(number=Count("pk"))
    counted: Iterable[tuple[int, int]] = grouped.values_list("signature", "number")
    return counted


def _listed(rows: QuerySet[Any]) -> Iterator[tuple[int, tuple[int, ...]]]:
    alike: defaultdict[int, list[int]] = defaultdict(list)
    newest_first = rows.order_by("-recovered_on", "-recovery_id")
    pairs = newest_first.values_list("signature", "recovery_id")
    for signature, number in pairs.iterator():
        alike[signature].append(number)
    for signature, numbers in alike.items():
        yield signature, tuple(numbers)


def _group(values: dict[str, Any]) -> RecoveredGroup:
    year = values.pop("year")
    item_kind = values.pop("item_kind", ItemKind.ARM)
    if item_kind is not ItemKind.ARM:
        scope = ScopeFacts(item_kind, values["kind"])
        return RecoveredGroup(year, scope, RecoveryFacts(Marking.UNKNOWN))
    stored = arm_codes.Columns(**values)
    return RecoveredGroup(year, arm_codes.scope_of(stored), arm_codes.facts_of(stored))


type Register = Mapping[int, YearTables]
