"""One pass over the records of some years, into their tracing tables.

The database groups records by the codes that decide how they count; there are
few such groups, however many the records.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from armstrace.analysis.statistics.cells import Marking, RecoveryFacts
from armstrace.analysis.statistics.scope import LAST_ANTIQUE_YEAR, ScopeFacts
from armstrace.analysis.statistics.tables import (
    RecoveredGroup,
    YearTables,
    tables_of,
)
from armstrace.indicators import rules
from armstrace.recoveries.models import (
    AmmunitionRecord,
    CandidateJudgement,
    PartRecord,
    RecoveryRecord,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.tracing import Judgement

COLUMNS = (
    "recovery_kind",
    "legal_justification",
    "antique_year",
    "serial_status",
    "production_class",
    "modification",
    "is_begun",
    "decision__standing",
    "decision__outcome",
    "decision__established",
    "is_identified",
)
NOT_ARMS = ((ItemKind.PART, PartRecord), (ItemKind.AMMUNITION, AmmunitionRecord))


@dataclass(frozen=True, slots=True)
class Reach:
    """Which records are counted.

    Args:
        agency: Only this agency's; all where None.
        years: First and last year of recovery.
        as_of: As known at that moment; now where None.
    """

    agency: str | None
    years: range
    as_of: datetime | None

    def records(self, table: Any) -> QuerySet[Any]:  # noqa: ANN401 - any version table
        """Give the records of a version table that are within reach."""
        rows: QuerySet[Any] = table.objects.as_of(self.as_of).filter(
            recovered_on__gte=date(self.years[0], 1, 1),
            recovered_on__lte=date(self.years[-1], 12, 31),
        )
        return rows if self.agency is None else rows.filter(agency=self.agency)


def reach_of(viewer: Actor, years: range, as_of: datetime | None) -> Reach:
    """Give what a viewer's figures are counted from.

    Raises:
        NotPermitted: The viewer may not see figures.
    """
    return Reach(viewer.agencies_for("indicator.view"), years, as_of)


def tables_counted(reach: Reach) -> dict[int, YearTables]:
    """Count the records within reach; the database adds them up."""
    if not reach.years:
        return {}
    groups = [
        _arms(columns, year, count=count)
        for year, *columns, count in _counted(_arm_rows(reach), *COLUMNS)
    ]
    for kind, table in NOT_ARMS:
        rows = reach.records(table).annotate(year=_year(reach.years))
        groups += [
            _not_arms(kind, year, way, count=count)
            for year, way, count in _counted(rows, "recovery_kind")
        ]
    return tables_of(groups)


def tables_listed(reach: Reach) -> dict[int, YearTables]:
    """Count the records within reach and keep the number of each."""
    groups = [
        _arms(columns, year, items=items)
        for (year, *columns), items in _listed(_arm_rows(reach), *COLUMNS)
    ]
    for kind, table in NOT_ARMS:
        rows = reach.records(table).annotate(year=_year(reach.years))
        groups += [
            _not_arms(kind, year, way, items=items)
            for (year, way), items in _listed(rows, "recovery_kind")
        ]
    return tables_of(groups)


def years_counted(viewer: Actor, as_of: datetime | None) -> range:
    """Give the years from the first recovery to the last.

    Raises:
        NotPermitted: The viewer may not see figures.
    """
    own = viewer.agencies_for("indicator.view")
    rows = RecoveryRecord.objects.as_of(as_of)
    rows = rows if own is None else rows.filter(agency=own)
    first = rows.aggregate(day=Min("recovered_on"))["day"]
    last = rows.aggregate(day=Max("recovered_on"))["day"]
    return range(first.year, last.year + 1) if first and last else range(0)


def _arm_rows(reach: Reach) -> QuerySet[Any]:
    same = CandidateJudgement.objects.as_of(reach.as_of).filter(
        judgement=Judgement.SAME, recovery=OuterRef("recovery")
    )
    partial = Q(serial_status=SerialStatus.PARTIAL)
    identified = partial & (Q(decision__arm__isnull=False) | Exists(same))
    rows: QuerySet[Any] = (
        reach.records(RecoveryRecord)
        .alias(decision=_decision(reach.as_of))
        .annotate(
            year=_year(reach.years),
            antique_year=Case(
                When(
                    year_of_manufacture__lte=LAST_ANTIQUE_YEAR,
                    then=F("year_of_manufacture"),
                ),
                default=None,
                output_field=IntegerField(),
            ),
            is_begun=_flag(_begun(reach.as_of)),
            is_identified=_flag(identified),
        )
    )
    return rows


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


def _flag(condition: Q | Combinable) -> Case:
    return Case(
        When(condition, then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )


def _year(years: range) -> Case:
    """Give the year of recovery by comparison, which no database calls out for."""
    whens = [
        When(recovered_on__lte=date(year, 12, 31), then=Value(year)) for year in years
    ]
    return Case(*whens, output_field=IntegerField())


def _counted(rows: QuerySet[Any], *columns: str) -> Iterable[tuple[Any, ...]]:
    grouped = rows.order_by().values("year", *columns).annotate(number=Count("pk"))
    counted: Iterable[tuple[Any, ...]] = grouped.values_list("year", *columns, "number")
    return counted


def _listed(
    rows: QuerySet[Any], *columns: str
) -> Iterator[tuple[tuple[Any, ...], tuple[int, ...]]]:
    alike: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    named = rows.order_by("-recovered_on", "-recovery_id")
    for number, *found in named.values_list("recovery_id", "year", *columns).iterator():
        alike[tuple(found)].append(number)
    for key, numbers in alike.items():
        yield key, tuple(numbers)


def _arms(
    columns: list[Any], year: int, *, count: int = 0, items: tuple[int, ...] = ()
) -> RecoveredGroup:
    stored = rules.Columns(*columns)
    return RecoveredGroup(
        year,
        rules.scope_of(stored),
        rules.facts_of(stored),
        count or len(items),
        items,
    )


def _not_arms(
    kind: ItemKind,
    year: int,
    way: str,
    *,
    count: int = 0,
    items: tuple[int, ...] = (),
) -> RecoveredGroup:
    return RecoveredGroup(
        year,
        ScopeFacts(kind, RecoveryKind[way]),
        RecoveryFacts(Marking.UNKNOWN),
        count or len(items),
        items,
    )


type Register = Mapping[int, YearTables]
