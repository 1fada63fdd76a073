"""Read the items of one year as columns: one row a combination of codes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from armstrace.analysis.statistics import arm_codes, cells, scope
from armstrace.analysis.statistics.questionnaire import crosswalk
from armstrace.analysis.statistics.questionnaire.columns import (
    Columns,
    columns_of,
    columns_read,
)
from armstrace.analysis.statistics.questionnaire.crosswalk import Decider
from armstrace.recoveries.models import (
    AmmunitionRecord,
    CandidateJudgement,
    PartRecord,
    RecoveryRecord,
)
from armstrace.registry.models import LifeEvent
from armstrace.vocabulary.actors import Agencies
from armstrace.vocabulary.arms import AmmunitionKind, LifeEventKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import LegalJustification, RecoveryKind
from armstrace.vocabulary.tracing import Judgement

YES, NO = "YES", "NO"
ROUNDS = (AmmunitionKind.COMPLETE_ROUND, AmmunitionKind.UNKNOWN)
FATES = (LifeEventKind.RETAINED_MARKED, LifeEventKind.DESTROYED)
CHUNK = 20_000
TRACING_COLUMNS = (
    "serial_status",
    "production_class",
    "modification",
    "begun",
    "standing",
    "outcome",
    "established",
    "identified",
)
# What an arm is, how it was taken, how its trace stands: few texts of each.
PARTS = (
    ("recovery_kind", "legal_justification", "place_kind", "antique"),
    ("arm_type", "production_class", "modification", "serial_status", "identified"),
    ("begun", "standing", "outcome", "established"),
    ("contexts",),
)
ROUTE = (
    "country",
    "country_of_manufacture",
    "import_country",
    "diversion_country",
    "hop_country",
)
SCOPE_COLUMNS = ("recovery_kind", "legal_justification", "antique")


@dataclass(frozen=True, slots=True)
class Reach:
    """Which records a return is filled from.

    Args:
        agencies: Whose records it is filled from.
        year: Year of recovery.
        as_of: As known at that moment; now where None.
    """

    agencies: Agencies
    year: int
    as_of: datetime | None

    def records(self, table: Any) -> QuerySet[Any]:  # noqa: ANN401 - any version table
        """Give the versions of a table that were recovered in the year.

        The day stands in a CASE so that the table is read from end to end:
        following the index on the day fetches rows in random order.
        """
        rows: QuerySet[Any] = table.objects.as_of(self.as_of).of(self.agencies)
        inside = When(recovered_on__range=self.days, then=Value(1))
        within = rows.alias(within=Case(inside, default=Value(0)))
        found: QuerySet[Any] = within.filter(within=1)
        return found

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of the year."""
        return date(self.year, 1, 1), date(self.year, 12, 31)


class Joined(Func):
    """Texts put together by a bar, by the database."""

    arity = None
    template = "(%(expressions)s)"
    arg_joiner = " || '|' || "
    output_field = TextField()


def arms(reach: Reach) -> QuerySet[Any]:
    """Give the recovered arms of a year, each with the decision on its trace."""
    rows: QuerySet[Any] = reach.records(RecoveryRecord)
    found: QuerySet[Any] = rows.alias(decision=_decision(reach.as_of))
    return found


def conditions(as_of: datetime | None) -> Mapping[str, Combinable | Q]:
    """Give what an arm must meet for each column that is yes or no."""
    same = CandidateJudgement.objects.as_of(as_of).filter(
        judgement=Judgement.SAME, recovery=OuterRef("recovery")
    )
    partial = Q(serial_status=SerialStatus.PARTIAL)
    begun = Q(recovery__trace__isnull=False)
    if as_of is not None:
        begun = Q(recovery__trace__known_at__lte=as_of)
    return {
        "antique": Q(year_of_manufacture__lte=scope.LAST_ANTIQUE_YEAR),
        "identified": partial & (Q(decision__arm__isnull=False) | Exists(same)),
        "begun": begun,
    }


def expressions(as_of: datetime | None) -> Mapping[str, Any]:
    """Give the columns of an arm, by name, as the database reads them."""
    plain = (
        "recovery_kind",
        "legal_justification",
        "arm_type",
        "production_class",
        "modification",
        "serial_status",
        "place_kind",
    )
    return {
        **{name: F(name) for name in plain},
        **{
            name: Case(When(met, then=Value(YES)), default=Value(NO))
            for name, met in conditions(as_of).items()
        },
        **{
            name: Coalesce(F(f"decision__{name}"), Value(""))
            for name in ("standing", "outcome", "established")
        },
        "contexts": Cast("criminal_contexts", TextField()),
    }


def route_expressions() -> Mapping[str, Any]:
    """Give the countries of an arm, by name, as the database reads them."""
    own: dict[str, Any] = {name: F(name) for name in ROUTE[:3]}
    return own | {
        "diversion_country": Coalesce(F("decision__diversion_country"), Value("")),
        "hop_country": Coalesce(F("finding__hop_country"), Value("")),
    }


def arm_columns(reach: Reach) -> Columns:
    """Read the arms of a year; the database joins their codes into a few texts."""
    read = expressions(reach.as_of)
    joined = {
        f"part_{place}": Joined(*(read[name] for name in names))
        for place, names in enumerate(PARTS)
    }
    joined["route"] = Joined(*route_expressions().values())
    found = arms(reach).alias(finding=finding(reach.as_of))
    rows = found.annotate(**joined).order_by().values_list(*joined)
    return columns_read(
        (*PARTS, ROUTE), rows.iterator(chunk_size=CHUNK), {"contexts": contexts_read}
    )


def contexts_read(written: str) -> str:
    """Read the contexts of an arm, as the database wrote them, in order."""
    return " ".join(sorted(json.loads(written)))


def quantity_columns(reach: Reach, table: Any) -> Columns:  # noqa: ANN401 - parts or ammunition
    """Read parts or ammunition, with the pieces or rounds of each group."""
    rows = (
        items(reach, table)
        .values("recovery_kind", "legal_justification")
        .annotate(number=Count("pk"), silent=Count("pk", filter=Q(quantity=None)))
        .annotate(amount=Sum("quantity", default=0))
        .order_by()
    )
    found = list(rows)
    groups = (
        ((row["recovery_kind"], row["legal_justification"], NO), row["number"])
        for row in found
    )
    columns = columns_of(SCOPE_COLUMNS, groups)
    return Columns(
        columns.values,
        columns.codes,
        columns.counts,
        np.array([row["amount"] for row in found], np.int64),
        np.array([row["silent"] for row in found], np.int64),
    )


def items(reach: Reach, table: Any) -> QuerySet[Any]:  # noqa: ANN401 - parts or ammunition
    """Give the parts or the rounds of a year."""
    rows = reach.records(table)
    return (
        rows.filter(ammunition_kind__in=ROUNDS) if table is AmmunitionRecord else rows
    )


def is_counted(table: Any) -> Q:  # noqa: ANN401 - any of the tables of items
    """Give what an item must meet to count, apart from its kind.

    Source:
        Metadata of SDG indicator 16.4.2 (2018): criminal offences only; no
        antiques.
    """
    administrative = Q(
        recovery_kind=RecoveryKind.SEIZED,
        legal_justification=LegalJustification.ADMINISTRATIVE,
    )
    if table is not RecoveryRecord:
        return ~administrative
    young = Q(year_of_manufacture=None) | Q(
        year_of_manufacture__gt=scope.LAST_ANTIQUE_YEAR
    )
    return ~administrative & young


def seizures(reach: Reach) -> Iterator[QuerySet[Any]]:
    """Give what was seized and counts: arms, then parts, then rounds."""
    for table in (RecoveryRecord, PartRecord, AmmunitionRecord):
        rows = items(reach, table).filter(recovery_kind=RecoveryKind.SEIZED)
        yield rows.filter(is_counted(table)).order_by()


def case_columns(reach: Reach) -> Columns:
    """Count the cases of seizure: an agency's case number counts once."""
    numbered, silent = [], 0
    for rows in seizures(reach):
        silent += rows.filter(case_number="").count()
        named = rows.exclude(case_number="")
        numbered.append(named.values_list("agency", "case_number"))
    cases = numbered[0].union(*numbered[1:]).count() + silent
    kind = RecoveryKind.SEIZED.value
    columns = columns_of(("recovery_kind",), [((kind,), cases)] if cases else [])
    unstated = np.array([silent] if cases else [], np.int64)
    return Columns(
        columns.values, columns.codes, columns.counts, columns.counts, unstated
    )


def fates(reach: Reach) -> QuerySet[Any]:
    """Give what became in the year of arms that had been recovered."""
    known = LifeEvent.objects.as_of(reach.as_of)
    recovered = known.filter(kind=LifeEventKind.RECOVERED, arm=OuterRef("arm"))
    ended = known.filter(kind__in=FATES, happened_on__range=reach.days)
    return ended.filter(Exists(recovered))


def fate_columns(reach: Reach, recorded: int) -> Columns:
    """Count what became of recovered arms.

    Args:
        reach: Which year.
        recorded: Arms of table A2, all ways of recovery.
    """
    rows = fates(reach).values_list("kind").annotate(number=Count("arm", distinct=True))
    groups = [(("TOTAL", kind), number) for kind, number in rows.order_by()]
    if recorded:
        groups.append((("TOTAL", "RECORDED"), recorded))
    return columns_of(("recovery_kind", "event"), groups)


def deciders() -> dict[str, Decider]:
    """Give how every dimension is decided, tracing and exclusion included."""
    return {
        **crosswalk.deciders(),
        "tracing": Decider(TRACING_COLUMNS, _tracing),
        "exclusion": Decider(SCOPE_COLUMNS, _exclusion),
    }


def _tracing(codes: Mapping[str, str]) -> tuple[str, ...]:
    return (cells.tracing_cell(arm_codes.facts_of(_stored(codes))).value,)


def _exclusion(codes: Mapping[str, str]) -> tuple[str, ...]:
    reason = scope.exclusion_of(arm_codes.scope_of(_stored(codes)))
    return (reason.value if reason else "",)


def _stored(codes: Mapping[str, str]) -> arm_codes.Columns:
    """Give the stored columns; what a decision does not look at stands empty."""
    antique = codes.get("antique") == YES
    return arm_codes.Columns(
        kind=codes.get("recovery_kind", ""),
        justification=codes.get("legal_justification", LegalJustification.UNKNOWN),
        year_of_manufacture=scope.LAST_ANTIQUE_YEAR if antique else None,
        serial_status=codes.get("serial_status", SerialStatus.UNKNOWN),
        production=codes.get("production_class", "UNKNOWN"),
        modification=codes.get("modification", "UNKNOWN"),
        is_begun=codes.get("begun") == YES,
        standing=codes.get("standing"),
        outcome=codes.get("outcome"),
        establishment=codes.get("established"),
        is_identified=codes.get("identified") == YES,
    )


def finding(as_of: datetime | None) -> FilteredRelation:
    """Give the finding on an arm's trace that stood at a moment."""
    return _standing("recovery__trace__findings", as_of)


def _decision(as_of: datetime | None) -> FilteredRelation:
    return _standing("recovery__trace__decisions", as_of)


def _standing(path: str, as_of: datetime | None) -> FilteredRelation:
    open_ended = Q(**{f"{path}__superseded_at": None})
    if as_of is None:
        return FilteredRelation(path, condition=open_ended)
    still = open_ended | Q(**{f"{path}__superseded_at__gt": as_of})
    known = Q(**{f"{path}__known_at__lte": as_of})
    return FilteredRelation(path, condition=still & known)
