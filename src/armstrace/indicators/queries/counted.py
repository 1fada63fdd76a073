"""What is counted: the recovered items of some years, as known at a moment.

The indicator, the funnel, the routes, the tables of the return, the records behind
each of them and revisions all read these rows and these conditions, so that a
figure and its records cannot part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from armstrace.records import jurisdiction
from armstrace.records.lookups import among
from armstrace.recoveries.models import (
    AmmunitionRecord,
    CandidateJudgement,
    PartRecord,
    RecoveryRecord,
)
from armstrace.recoveries.queries.repeats import known_repeats
from armstrace.registry.models import LifeEvent
from armstrace.tracing.models import OPENED_BY_NOBODY
from armstrace.vocabulary.actors import Actor, Agencies
from armstrace.vocabulary.arms import AmmunitionKind, ItemKind, LifeEventKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import (
    ACQUISITION_OF,
    KINDS_OF,
    Acquisition,
    LegalJustification,
)
from armstrace.vocabulary.tracing import Judgement

ROUNDS = (AmmunitionKind.COMPLETE_ROUND, AmmunitionKind.UNKNOWN)
FATES = (LifeEventKind.RETAINED_MARKED, LifeEventKind.DESTROYED)
KIND_OF: Mapping[Any, ItemKind] = {
    RecoveryRecord: ItemKind.ARM,
    PartRecord: ItemKind.PART,
    AmmunitionRecord: ItemKind.AMMUNITION,
}
TABLES = tuple(KIND_OF)
OTHERWISE = "OTHERWISE"


@dataclass(frozen=True, slots=True)
class CountScope:
    """Which records are counted."""

    agencies: Agencies
    years: range
    # As known at that moment; now where None.
    as_of: datetime | None = None

    @classmethod
    def of(
        cls, viewer: Actor, grant: str, years: range, as_of: datetime | None = None
    ) -> Self:
        """Give what a viewer's figures are counted from."""
        return cls(viewer.agencies(grant), years, as_of)

    @property
    def year(self) -> int:
        """The year, where it is one."""
        return self.years.start

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of the years."""
        return date(self.years.start, 1, 1), date(self.years.stop - 1, 12, 31)

    def in_year(self, year: int) -> Self:
        """Give the same scope in another year."""
        return replace(self, years=one_year(year))

    def known(self, table: Any) -> QuerySet[Any]:  # noqa: ANN401 - any version table
        """Give the versions of a table that were known, of any year."""
        rows: QuerySet[Any] = table.objects.as_of(self.as_of).of(self.agencies)
        return rows

    def records(self, table: Any) -> QuerySet[Any]:  # noqa: ANN401 - any version table
        """Give the versions of a table that were recovered in the years.

        The day stands in a CASE so that the table is read from end to end:
        following the index on the day fetches rows in random order.
        """
        days = Q(recovered_on__range=self.days) & IN_ONE_YEAR
        inside = When(days, then=Value(1))
        within = self.known(table).alias(within=Case(inside, default=Value(0)))
        found: QuerySet[Any] = within.filter(within=1)
        return found


# A month or a year is enough for a year; a span over two years is in neither.
IN_ONE_YEAR = Q(recovered_until=None) | Q(recovered_until__year=F("recovered_on__year"))


def one_year(year: int) -> range:
    """Give the years of one year."""
    return range(year, year + 1)


def arms(scope: CountScope) -> QuerySet[Any]:
    """Give the recovered arms, each with the decision on its trace."""
    return with_decision(scope, scope.records(RecoveryRecord))


def with_decision(scope: CountScope, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Give arms with the decision on their traces, under ``decision``.

    A trace that no person opened counts as not begun, whatever earlier versions
    wrote of it.
    """
    path = "recovery__trace__decisions"
    of_nobody = Q(**{f"{path}__reason": OPENED_BY_NOBODY})
    decision = FilteredRelation(
        path, condition=_standing(path, scope.as_of) & ~of_nobody
    )
    found: QuerySet[Any] = rows.alias(decision=decision)
    return found


def with_finding(scope: CountScope, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Give arms with the finding on their traces, under ``finding``."""
    path = "recovery__trace__findings"
    finding = FilteredRelation(path, condition=_standing(path, scope.as_of))
    found: QuerySet[Any] = rows.alias(finding=finding)
    return found


def conditions(scope: CountScope) -> Mapping[str, Combinable | Q]:
    """Give what an arm meets for each column that is yes or no."""
    partial = Q(serial_status=SerialStatus.PARTIAL)
    return {
        "antique": antique(scope),
        "identified": partial & to_one_arm(scope),
        "second_entry": second_entry(scope),
    }


def to_one_arm(scope: CountScope) -> Q:
    """Give what an arm meets that a person found to be one registered arm."""
    same = CandidateJudgement.objects.as_of(scope.as_of).filter(
        judgement=Judgement.SAME, recovery=OuterRef("recovery")
    )
    return Q(decision__arm__isnull=False) | Q(Exists(same))


def second_entry(scope: CountScope) -> Q:
    """Give what an arm meets that people found to be on file already.

    Source:
        Statistics of the questionnaire, check 11: an item counts once.
    """
    return among("recovery_id", known_repeats(scope.as_of).entered_twice)


def antique(scope: CountScope) -> Q:
    """Give what an antique meets, by the law at the end of the year it was recovered.

    Source:
        Firearms Protocol, art. 3 (a); the jurisdiction profile.
    """
    years_of: dict[int | None, list[int]] = {}
    for year in scope.years:
        last = jurisdiction.last_antique_year(date(year, 12, 31))
        years_of.setdefault(last, []).append(year)
    never = Q(pk__in=[])
    if len(years_of) == 1:
        (last,) = years_of
        return never if last is None else Q(year_of_manufacture__lte=last)
    return reduce(
        or_,
        (
            Q(recovered_on__year=year, year_of_manufacture__lte=last)
            for last, years in years_of.items()
            for year in years
            if last is not None
        ),
        never,
    )


def is_counted(scope: CountScope, table: Any) -> Q:  # noqa: ANN401 - a table of items
    """Give what an item meets that counts, whichever way it was recovered.

    Source:
        Metadata of SDG indicator 16.4.2 (2018): criminal offences only; no
        antiques; no item twice.
    """
    administrative = Q(
        recovery_kind__in=KINDS_OF[Acquisition.SEIZED],
        legal_justification=LegalJustification.ADMINISTRATIVE,
    )
    counts = Q(recovery_kind__in=list(ACQUISITION_OF)) & ~administrative
    if table is not RecoveryRecord:
        return counts
    # What is not known is no antique: NOT of NULL would leave it out.
    young = Q(year_of_manufacture=None) | ~antique(scope)
    return counts & young & ~second_entry(scope)


def came_by(way: str) -> Q:
    """Give what an item meets that was recovered in one of the ways counted.

    Args:
        way: A code of ``Acquisition``, or ``OTHERWISE`` for what is on file and
            was recovered in none of them.
    """
    if way == OTHERWISE:
        return ~Q(recovery_kind__in=list(ACQUISITION_OF))
    return Q(recovery_kind__in=KINDS_OF[Acquisition(way)])


def way_of_recovery() -> Case:
    """Give the way of recovery of an item, ``OTHERWISE`` where none counts."""
    whens = [When(came_by(way), then=Value(way.value)) for way in Acquisition]
    return Case(*whens, default=Value(OTHERWISE))


def arms_counted(scope: CountScope) -> QuerySet[Any]:
    """Give the recovered arms that count, each with the decision on its trace."""
    found: QuerySet[Any] = arms(scope).filter(is_counted(scope, RecoveryRecord))
    return found


def arms_between_years(scope: CountScope) -> QuerySet[Any]:
    """Give the arms that may have been recovered in the years or in another.

    They would count by the way they came in, and are in no year's figures.
    """
    first, last = scope.days
    touching = Q(recovered_on__lte=last, recovered_until__gte=first)
    rows = scope.known(RecoveryRecord).filter(touching & ~IN_ONE_YEAR)
    found: QuerySet[Any] = rows.filter(is_counted(scope, RecoveryRecord))
    return found


def items(scope: CountScope, table: Any) -> QuerySet[Any]:  # noqa: ANN401 - a table of items
    """Give the parts or the rounds of the years."""
    rows = scope.records(table)
    return (
        rows.filter(ammunition_kind__in=ROUNDS) if table is AmmunitionRecord else rows
    )


def seizures(scope: CountScope) -> Iterator[QuerySet[Any]]:
    """Give what was seized and counts: arms, then parts, then rounds."""
    for table in TABLES:
        rows = items(scope, table).filter(came_by(Acquisition.SEIZED))
        yield rows.filter(is_counted(scope, table)).order_by()


def fates(scope: CountScope) -> QuerySet[Any]:
    """Give what became in the years of arms that had been recovered."""
    known = LifeEvent.objects.as_of(scope.as_of)
    recovered = known.filter(kind=LifeEventKind.RECOVERED, arm=OuterRef("arm"))
    ended = known.filter(kind__in=FATES, happened_on__range=scope.days)
    return ended.filter(Exists(recovered))


def _standing(path: str, as_of: datetime | None) -> Q:
    open_ended = Q(**{f"{path}__superseded_at": None})
    if as_of is None:
        return open_ended
    still = open_ended | Q(**{f"{path}__superseded_at__gt": as_of})
    return still & Q(**{f"{path}__known_at__lte": as_of})
