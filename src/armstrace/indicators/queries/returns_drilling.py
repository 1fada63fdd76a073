"""From a cell of the return to its records, by the same definitions.

The database decides each row by the lines of the crosswalk, apart from the count,
which decides combinations of codes in memory: the two can be held against each
other.
"""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)

from armstrace.analysis.statistics import cells
from armstrace.analysis.statistics.questionnaire import crosswalk
from armstrace.analysis.statistics.questionnaire.declared import (
    Questionnaire,
    TableSpec,
)
from armstrace.analysis.statistics.questionnaire.filled import split_key
from armstrace.analysis.statistics.scope import NOT_COUNTED
from armstrace.indicators.queries import counted
from armstrace.indicators.queries import returns_columns as columns
from armstrace.indicators.queries.counted import CountScope
from armstrace.indicators.queries.returns_columns import YES
from armstrace.recoveries.models import AmmunitionRecord, PartRecord, RecoveryRecord
from armstrace.registry.models import Arm
from armstrace.vocabulary.arms import Modification, ProductionClass
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.recoveries import (
    POPULATION_OF,
    Acquisition,
    LegalJustification,
)
from armstrace.vocabulary.tracing import Establishment, TraceOutcome, TraceStanding

NOT_IN = "!"
TABLE_OF = {"PART": PartRecord, "AMMUNITION": AmmunitionRecord}
EVENT_OF = {"MARKED": "RETAINED_MARKED"}
RECORDED = "RECORDED"


def behind(scope: CountScope, asked: Questionnaire, key: str) -> list[QuerySet[Any]]:
    """Give the records behind a cell, one set for each table they stand in.

    Args:
        key: Key of a cell; ``A!B!C`` for the records of A in neither B nor C; or
            the rule of a check that finds records by itself.

    Raises:
        InvalidInput: No cell that records fill has that name.
    """
    by_itself = {
        SAME_SERIAL: lambda: same_serial(scope),
        TWO_AGENCIES: lambda: two_agencies(scope),
        CONDITION: lambda: condition_missing(scope, asked),
    }
    if key in by_itself:
        return [by_itself[key]()]
    first, *others = key.split(NOT_IN)
    spec = _spec(asked, first)
    if spec.population.items == "ARM":
        return [_arms(scope, asked, first, others)]
    if others:
        raise _unknown(key)
    return _others(scope, spec, first)


def _others(scope: CountScope, spec: TableSpec, first: str) -> list[QuerySet[Any]]:
    if spec.population.items in TABLE_OF:
        table = TABLE_OF[spec.population.items]
        rows = counted.items(scope, table).filter(counted.is_counted(scope, table))
        return [rows.filter(counted.came_by(split_key(first)[2]))]
    if spec.population.items == "CASE":
        return list(counted.seizures(scope))
    return [_fate(scope, split_key(first)[1])]


def _arms(
    scope: CountScope, asked: Questionnaire, key: str, others: list[str]
) -> QuerySet[Any]:
    rows = with_codes(scope)
    counts = counted.is_counted(scope, RecoveryRecord)
    for place, each in enumerate([key, *others]):
        spec = _spec(asked, each)
        rows = rows.alias(**{f"row_{place}": row_of(spec.dimension)})
        met = _met(spec, split_key(each), f"row_{place}", counts)
        rows = rows.filter(~met if place else met)
    return rows


def _met(spec: TableSpec, key: tuple[str, str, str], name: str, counts: Q) -> Q:
    _, row, column = key
    found = spec.row(row)
    if found is None:
        raise _unknown(":".join(key))
    met = counted.came_by(column) & (counts if spec.population.is_counted else ~counts)
    if not spec.dimension:
        return met
    wanted = found.sums or (row,)
    if spec.is_multiple:
        return met & _contexts(spec.dimension, wanted)
    return met & Q(**{f"{name}__in": wanted})


def with_codes(scope: CountScope) -> QuerySet[Any]:
    """Give the arms of a year with their codes under ``stored_…``."""
    read = columns.expressions(scope)
    named = {f"stored_{name}": value for name, value in read.items()}
    found: QuerySet[Any] = counted.arms(scope).alias(**named)
    return found


def row_of(dimension: str) -> Case | Value:
    """Give the row of an arm in a dimension, as the database decides it.

    Needs the columns that ``stored`` names.
    """
    if dimension == "tracing":
        whens = [_when(_tracing(rule), rule.cell.value) for rule in cells.RULES]
    elif dimension == "exclusion":
        administrative = Q(
            stored_recovery_kind=Acquisition.SEIZED,
            stored_legal_justification=LegalJustification.ADMINISTRATIVE,
        )
        whens = [
            _when(Q(stored_second_entry=YES), "ENTERED_TWICE"),
            *(
                _when(Q(stored_on_file=kind), reason.value)
                for population, reason in NOT_COUNTED.items()
                for kind, of in POPULATION_OF.items()
                if of is population
            ),
            _when(Q(stored_antique=YES), "ANTIQUE"),
            _when(administrative, "ADMINISTRATIVE"),
        ]
    else:
        known = [line for line in crosswalk.lines() if line.dimension == dimension]
        whens = [_when(_line(line), line.row) for line in known if line.when]
        last = [line.row for line in known if not line.when]
        return Case(*whens, default=Value(last[0] if last else ""))
    return Case(*whens, default=Value(""), output_field=TextField())


def _when(met: Q, row: str) -> When:
    return When(met, then=Value(row))


def _line(line: crosswalk.Line) -> Q:
    met = Q()
    for name, wanted in line.when.items():
        if name in crosswalk.MANY:
            met &= _any(Q(stored_contexts__contains=f'"{code}"') for code in wanted)
        elif name in _DERIVED:
            met &= _any(_row_met(name, row) for row in wanted)
        else:
            met &= Q(**{f"stored_{name}__in": sorted(wanted)})
    return met


def _row_met(dimension: str, row: str) -> Q:
    """Give what an arm meets to stand in a row that an earlier line asks for."""
    own = [line for line in crosswalk.lines() if line.dimension == dimension]
    met, before = Q(pk__in=[]), Q(pk__in=[])
    for line in own:
        here = _line(line) if line.when else Q(pk__isnull=False)
        if line.row == row:
            met |= here & ~before
        before |= here
    return met


_DERIVED = frozenset(line.dimension for line in crosswalk.lines())


def _contexts(dimension: str, rows: tuple[str, ...]) -> Q:
    own = [line for line in crosswalk.lines() if line.dimension == dimension]
    return _any(_line(line) for line in own if line.row in rows)


def _any(met: Iterator[Q]) -> Q:
    return reduce(or_, met, Q(pk__in=[]))


def _tracing(rule: cells.CellRule) -> Q:
    met = Q()
    for name, wanted in zip(cells.VALUES, rule.conditions, strict=True):
        if wanted != cells.ANY:
            met &= FACTS[name, wanted]
    return met


def _codes(name: str, codes: object) -> Q:
    return Q(**{f"stored_{name}__in": codes})


_LAWFUL = Q(stored_outcome=TraceOutcome.NO_DIVERSION)
_OWN = Q(stored_established=Establishment.OWN_REGISTER)
_FOREIGN = Q(stored_established=Establishment.FOREIGN_REGISTER)
_PARTIAL = Q(stored_serial_status=SerialStatus.PARTIAL)
_UNIQUE = _codes("serial_status", cells.UNIQUELY_MARKED) | (
    _PARTIAL & Q(stored_identified=YES)
)
_UNMARKED = Q(stored_serial_status=SerialStatus.UNKNOWN)
_NOT_BEGUN = _codes("standing", ("", TraceStanding.EXCEPTED))
FACTS: Mapping[tuple[str, str], Q] = {
    ("marking", "UNIQUE"): _UNIQUE,
    ("marking", "UNKNOWN"): _UNMARKED,
    ("marking", "NOT_UNIQUE"): ~_UNIQUE & ~_UNMARKED,
    ("register", "NATIONAL"): _LAWFUL | _OWN,
    ("register", "FOREIGN"): ~_LAWFUL & _FOREIGN,
    ("possession", "STILL_HELD"): _LAWFUL,
    ("possession", "LEFT"): ~_LAWFUL & (_OWN | _FOREIGN),
    ("established", "YES"): Q(stored_established=Establishment.AUTHORITY),
    ("trace", "OPEN"): Q(stored_standing=TraceStanding.OPEN),
    ("trace", "CLOSED"): Q(stored_standing=TraceStanding.CLOSED),
    ("trace", "NONE"): _NOT_BEGUN,
    ("illicitly_made", "YES"): (
        _codes("production_class", cells.ILLICIT_PRODUCTION & set(ProductionClass))
        | _codes("modification", cells.ILLICIT_MODIFICATION & set(Modification))
    ),
    ("tampered", "YES"): _codes("serial_status", cells.TAMPERED_WITH),
}


def same_serial(scope: CountScope) -> QuerySet[Any]:
    """Give the arms of which another of one make bears the same serial."""
    return _arms_doubled(scope, Q())


def two_agencies(scope: CountScope) -> QuerySet[Any]:
    """Give the arms that two agencies recovered under one make and serial."""
    return _arms_doubled(scope, ~Q(agency=OuterRef("agency")))


def count_doubled(scope: CountScope) -> dict[str, int]:
    """Count the arms whose marks stand twice, by the rule that asks.

    One pass groups the marks; asking for each arm whether another is like it
    would be a search an arm.
    """
    alike = (
        _arms_marked(scope)
        .values("make", "serial_search")
        .annotate(number=Count("pk"), first=Min("agency"), last=Max("agency"))
        .filter(number__gt=1)
        .order_by()
    )
    found = list(alike.values_list("number", "first", "last"))
    return {
        SAME_SERIAL: sum(number for number, _, _ in found),
        TWO_AGENCIES: sum(number for number, one, other in found if one != other),
    }


def _arms_marked(scope: CountScope) -> QuerySet[Any]:
    rows = counted.arms_counted(scope)
    return rows.exclude(serial_search="").exclude(make="")


def _arms_doubled(scope: CountScope, apart: Q) -> QuerySet[Any]:
    like = scope.records(RecoveryRecord).filter(
        counted.is_counted(scope, RecoveryRecord),
        apart,
        make=OuterRef("make"),
        serial_search=OuterRef("serial_search"),
    )
    return _arms_marked(scope).filter(Exists(like.exclude(pk=OuterRef("pk"))))


SAME_SERIAL, TWO_AGENCIES, CONDITION = "CK-11", "CK-12", "CK-15"


def condition_missing(scope: CountScope, asked: Questionnaire) -> QuerySet[Any]:
    """Give the arms counted as illicitly made whose condition does not say so."""
    check = next(each for each in asked.checks if each.rule == CONDITION)
    return _arms(scope, asked, check.options["cell"], check.options["unless"])


def _fate(scope: CountScope, row: str) -> QuerySet[Any]:
    if row == RECORDED:
        return counted.arms_counted(scope)
    ended = counted.fates(scope).filter(kind=EVENT_OF.get(row, row), arm=OuterRef("pk"))
    return Arm.objects.filter(Exists(ended)).annotate(
        ended_on=Subquery(ended.order_by("-happened_on").values("happened_on")[:1])
    )


def _spec(asked: Questionnaire, key: str) -> TableSpec:
    spec = asked.table(split_key(key)[0])
    if spec is None or not spec.population.items:
        raise _unknown(key)
    return spec


def _unknown(key: str) -> InvalidInput:
    msg = message(
        "No records are behind “%(cell)s”; open a cell from the return.", cell=key
    )
    return InvalidInput(msg, field="key")
