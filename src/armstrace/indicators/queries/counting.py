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
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet

from armstrace.analysis.statistics import arm_codes
from armstrace.analysis.statistics.cells import Marking, RecoveryFacts
from armstrace.analysis.statistics.grounds import Grounds
from armstrace.analysis.statistics.scope import ScopeFacts
from armstrace.analysis.statistics.tables import RecoveredGroup, YearTables, tables_of
from armstrace.audit import stamps
from armstrace.indicators.queries import counted
from armstrace.indicators.queries.counted import CountScope
from armstrace.indicators.queries.signatures import Axes, Axis
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry.models import Arm
from armstrace.vocabulary.actors import Actor, Agencies
from armstrace.vocabulary.arms import ArmBasis, ItemKind
from armstrace.vocabulary.dates import EARLIEST

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


@dataclass(frozen=True, slots=True)
class SignedGroup:
    """Records of one signature."""

    # Which of the tables of ``rows_of`` they stand in.
    table: int
    signature: int
    count: int
    group: RecoveredGroup


def groups_counted(scope: CountScope) -> tuple[SignedGroup, ...]:
    """Add up the records within scope by signature, unless that is known.

    Counting reads every record, so a count is kept as long as none changes.
    """
    if not scope.years:
        return ()
    return stamps.kept(("groups counted", scope), lambda: _groups(scope))


def tables_counted(scope: CountScope) -> "Register":
    """Count the records within scope; the database adds them up."""
    if not scope.years:
        return {}
    return stamps.kept(("tables counted", scope), lambda: _tables(scope))


def arms_counted_by(
    scope: CountScope, column: str, codes: Sequence[str]
) -> Mapping[str, "Register"]:
    """Count the arms within scope apart for each code of a column."""
    if not scope.years:
        return {}
    asked = ("arms counted by", scope, column, tuple(codes))
    return stamps.kept(asked, lambda: _apart(scope, column, codes))


def tables_of_groups(groups: Sequence[SignedGroup]) -> dict[int, YearTables]:
    """Count groups, with the place of each group in the list as its item."""
    return tables_of(
        replace(each.group, count=each.count, items=(place,))
        for place, each in enumerate(groups)
    )


def rows_of(scope: CountScope, table: int, signatures: Sequence[int]) -> QuerySet[Any]:
    """Give the records of some signatures, the newest recovery first."""
    rows, _ = _sets(scope)[table]
    wanted = rows.filter(signature__in=signatures)
    return wanted.order_by("-recovered_on", "-recovery_id")


def _tables(scope: CountScope) -> "Register":
    groups = groups_counted(scope)
    return tables_of(replace(each.group, count=each.count) for each in groups)


def _apart(
    scope: CountScope, column: str, codes: Sequence[str]
) -> Mapping[str, "Register"]:
    arms = counted.with_decision(scope, scope.known(RecoveryRecord))
    apart = Axis(column, tuple((code, Q(**{column: code})) for code in codes))
    axes = Axes((year_axis(scope.years), apart, *arm_axes(scope)))
    rows, _ = sign(arms, axes)
    found: dict[str, list[RecoveredGroup]] = {}
    for signature, count in count_signatures(rows):
        values = axes.decode(signature)
        code = values.pop(column) or ""
        found.setdefault(code, []).append(replace(_group(values), count=count))
    return {code: tables_of(groups) for code, groups in sorted(found.items())}


def _groups(scope: CountScope) -> tuple[SignedGroup, ...]:
    return tuple(
        SignedGroup(table, signature, count, _group(axes.decode(signature)))
        for table, (rows, axes) in enumerate(_sets(scope))
        for signature, count in count_signatures(rows)
    )


def tables_listed(scope: CountScope) -> dict[int, YearTables]:
    """Count the records within scope and keep the number of each."""
    if not scope.years:
        return {}
    return tables_of(
        replace(group, count=len(numbers), items=numbers)
        for rows, axes in _sets(scope)
        for signature, numbers in _list_signatures(rows)
        for group in [_group(axes.decode(signature))]
    )


def years_counted(viewer: Actor, as_of: datetime | None) -> range:
    """Give the years from the first recovery to the last."""
    seen = viewer.agencies("indicator.view")
    asked = ("years of recoveries", seen, as_of)
    return stamps.kept(asked, lambda: _years(seen, as_of))


def _years(seen: Agencies, as_of: datetime | None) -> range:
    rows = RecoveryRecord.objects.as_of(as_of).of(seen)
    # Earlier versions let years such as 1026 and 9999 in: no page stumbles over one.
    first = rows.filter(recovered_on__gte=EARLIEST).aggregate(day=Min("recovered_on"))[
        "day"
    ]
    past = rows.filter(recovered_on__year__lte=F("known_at__year"))
    newest = past.order_by("-recovered_on").values_list("recovered_on", flat=True)
    last = newest.first()
    return range(first.year, last.year + 1) if first and last else range(0)


def grounds_of(agencies: Agencies, as_of: datetime | None) -> Grounds:
    """Give what figures of some agencies' records rest on.

    What is known now was known at the last act.
    """
    known = as_of or stamps.last_act()
    asked = ("grounds", agencies, as_of)
    last_recovery, has_register = stamps.kept(asked, lambda: _grounds(agencies, as_of))
    return Grounds(known.date() if known else None, last_recovery, has_register)


def _grounds(agencies: Agencies, as_of: datetime | None) -> tuple[date | None, bool]:
    rows = RecoveryRecord.objects.as_of(as_of).of(agencies)
    registered = Arm.objects.known_by(as_of).filter(basis=ArmBasis.REGISTERED)
    return rows.aggregate(day=Max("recovered_on"))["day"], registered.exists()


def _sets(scope: CountScope) -> list[tuple[QuerySet[Any], Axes]]:
    """Give the arms, then what is no arm, each row with its signature."""
    year = year_axis(scope.years)
    arms = counted.with_decision(scope, scope.known(RecoveryRecord))
    sets = [sign(arms, Axes((year, *arm_axes(scope))))]
    for table in counted.TABLES[1:]:
        kind = counted.KIND_OF[table]
        only = Axis("item_kind", ((kind, Q(pk__isnull=False)),))
        axes = Axes((year, only, _axis_of("kind")))
        sets.append(sign(scope.known(table), axes))
    return sets


def sign(rows: QuerySet[Any], axes: Axes) -> tuple[QuerySet[Any], Axes]:
    """Give rows of the years with their signature; the first axis is the year."""
    within = rows.annotate(within=axes.axes[0].expression()).filter(within__gt=0)
    return within.annotate(signature=axes.expression()), axes


def arm_axes(scope: CountScope) -> tuple[Axis, ...]:
    """Give all that decides how an arm counts, apart from its year."""
    met = counted.conditions(scope)
    return (
        *(_axis_of(name) for name in arm_codes.ALIKE),
        Axis("is_antique", ((True, met["antique"]),)),
        Axis("is_identified", ((True, met["identified"]),)),
        Axis("is_second_entry", ((True, met["second_entry"]),)),
    )


def _axis_of(name: str) -> Axis:
    column = COLUMN_OF[name]
    return Axis(
        name,
        tuple(
            (codes[0], Q(**{f"{column}__in": codes})) for codes in arm_codes.ALIKE[name]
        ),
    )


def year_axis(years: range) -> Axis:
    """Give the axis of the years of recovery."""
    return Axis(
        "year",
        tuple(
            (
                year,
                Q(
                    recovered_on__gte=date(year, 1, 1),
                    recovered_on__lte=date(year, 12, 31),
                )
                & counted.IN_ONE_YEAR,
            )
            for year in years
        ),
    )


def count_signatures(rows: QuerySet[Any]) -> Iterable[tuple[int, int]]:
    """Count the rows of each signature."""
    grouped = rows.order_by().values("signature").annotate(number=Count("pk"))
    counted: Iterable[tuple[int, int]] = grouped.values_list("signature", "number")
    return counted


def _list_signatures(rows: QuerySet[Any]) -> Iterator[tuple[int, tuple[int, ...]]]:
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
        outside = ScopeFacts(item_kind, values["kind"])
        return RecoveredGroup(year, outside, RecoveryFacts(Marking.UNKNOWN))
    stored = arm_codes.Columns(**values)
    return RecoveredGroup(year, arm_codes.scope_of(stored), arm_codes.facts_of(stored))


type Register = Mapping[int, YearTables]
