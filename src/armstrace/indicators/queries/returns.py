"""The annual return of a year, filled from records and from what was entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from armstrace.analysis.statistics.questionnaire import checks, fill, keeping
from armstrace.analysis.statistics.questionnaire.declared import (
    Questionnaire,
    questionnaire,
)
from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled, is_same
from armstrace.audit import consultations, stamps
from armstrace.indicators.models import EnteredFigure, ExplainedDifference, Return
from armstrace.indicators.queries import (
    counted,
    drilling,
    returns_drilling,
    returns_lists,
)
from armstrace.indicators.queries import returns_columns as columns
from armstrace.indicators.queries.counted import CountScope, one_year
from armstrace.indicators.queries.rows import CountedRecord
from armstrace.records.lookups import page_of
from armstrace.recoveries.models import AmmunitionRecord, PartRecord
from armstrace.registry.models import Arm, ArmRecord
from armstrace.vocabulary import rows
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.returns import ReturnStage

NEWEST_KEPT = 200


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """A return as it was kept, without its content."""

    return_id: int
    year: int
    stage: ReturnStage
    as_of: datetime
    version: str
    method_version: str
    content_hash: str
    kept_at: datetime
    kept_by: str


def return_of(
    *, year: int, as_of: datetime | None = None, viewer: Actor
) -> ReturnFilled:
    """Fill the return of a year from one pass over its records."""
    scope = CountScope.of(viewer, "return.view", one_year(year), as_of)
    asked = ("return", scope, _has_ended(scope))
    return stamps.kept(asked, lambda: fill_in(scope, questionnaire()))


def return_records(
    *,
    year: int,
    key: str,
    as_of: datetime | None = None,
    viewer: Actor,
    page: PageRequest,
) -> Page[CountedRecord]:
    """Give one page of the records behind a cell or a failed check.

    Args:
        key: Key of a cell, or ``behind`` of a check.

    Raises:
        InvalidInput: No records stand behind that name.
    """
    scope = CountScope.of(viewer, "return.view", one_year(year), as_of)
    sets = returns_drilling.behind(scope, questionnaire(), key)
    counts = [rows.count() for rows in sets]
    total = sum(counts)
    page = page.within(total)
    shown = [
        record
        for place, part in drilling.parts_of(page, counts)
        for record in _shown(scope, sets[place], part)
    ]
    return Page(shown, page.number, page.size, total)


def kept_returns(*, viewer: Actor, year: int | None = None) -> list[KeptReturn]:
    """Give the newest returns that were kept, to choose among."""
    newest = PageRequest(size=NEWEST_KEPT)
    return list(kept_return_rows(viewer=viewer, page=newest, year=year).rows)


def kept_return_rows(
    *, viewer: Actor, page: PageRequest, year: int | None = None
) -> Page[KeptReturn]:
    """Give one page of the returns that were kept, the newest first."""
    viewer.require("return.view")
    rows = Return.objects.defer("content").order_by("-known_at", "-pk")
    found = page_of(rows if year is None else rows.filter(year=year), page)
    return found.showing([kept_card(row) for row in found.rows])


def kept_return(*, return_id: int, viewer: Actor) -> tuple[KeptReturn, ReturnFilled]:
    """Give a return as it was kept, cell by cell.

    Raises:
        NotFound: No return has that number.
    """
    viewer.require("return.view")
    row = Return.objects.filter(pk=return_id).first()
    if row is None:
        msg = message(
            "There is no kept return %(number)s; choose one from the list.",
            number=return_id,
        )
        raise NotFound(msg)
    return kept_card(row), keeping.read_return(row.content, row.as_of)


def fill_in(scope: CountScope, asked: Questionnaire) -> ReturnFilled:
    """Fill a questionnaire within scope, and make its checks."""
    recorded = read_records(scope, asked)
    tables = fill.tables_filled(asked, recorded, _figures_entered(scope))
    bare = ReturnFilled(
        scope.year,
        settings.HOME_COUNTRY,
        scope.as_of,
        asked.version,
        tables,
        left_out={
            cell.key: cell.value
            for table in tables[-1:]
            for cell in table.cells()
            if cell.value is not None
        },
    )
    evidence = _evidence(scope, asked, recorded, bare)
    return replace(bare, checks=checks.check_return(asked, tables, evidence))


def read_records(scope: CountScope, asked: Questionnaire) -> fill.Recorded:
    """Read all that the records of a year say."""
    arms = columns.arm_columns(scope)
    deciders = columns.deciders()
    counted = fill.free_of_exclusions(arms, deciders["exclusion"])
    items = {
        "ARM": arms,
        "PART": columns.quantity_columns(scope, PartRecord),
        "AMMUNITION": columns.quantity_columns(scope, AmmunitionRecord),
        "CASE": columns.case_columns(scope),
        "FATE": columns.fate_columns(scope, int((arms.counts * counted).sum())),
    }
    lines = {
        "G": returns_lists.significant_seizures(scope, asked),
        "H": returns_lists.routes(arms, counted),
    }
    return fill.Recorded(items, deciders, lines)


def _figures_entered(scope: CountScope) -> dict[str, fill.Entered]:
    found = EnteredFigure.objects.as_of(scope.as_of).filter(year=scope.year)
    return {row.cell: rows.fill(fill.Entered, row, source=row.cited) for row in found}


def _evidence(
    scope: CountScope, asked: Questionnaire, recorded: fill.Recorded, bare: ReturnFilled
) -> checks.Evidence:
    explained = ExplainedDifference.objects.as_of(scope.as_of).filter(year=scope.year)
    found = returns_drilling.count_doubled(scope)
    told = next(c for c in asked.checks if c.rule == returns_drilling.CONDITION)
    cell, unless = told.options["cell"], told.options["unless"]
    missing = fill.number_in(asked, recorded, cell, unless)
    before = _kept_before(scope.year - 1, scope.as_of).first()
    last = last_different(bare)
    return checks.Evidence(
        year_before=checks.comparable(_content(before).tables)
        if before
        else _totals(scope),
        last_kept={c.key: c.value for t in _content(last).tables for c in t.cells()}
        if last
        else None,
        found={**found, returns_drilling.CONDITION: missing},
        has_ended=_has_ended(scope),
        explained={
            row.finding: (row.reason_code, row.words, Message.read(row.sentence))
            for row in explained
        },
    )


def _has_ended(scope: CountScope) -> bool | None:
    """Tell whether the year had ended at the state of knowledge, UTC.

    What is known now was known at the last act.
    """
    known = scope.as_of or stamps.last_act()
    return None if known is None else known.year > scope.year


def last_different(filled: ReturnFilled) -> Return | None:
    """Give the return of its year that a return is held against.

    It is the last one submitted whose figures differ, so that submitting the
    same figures again leaves what is said of them as it was; where no other was
    submitted, the last one kept whose figures differ.

    Args:
        filled: The return as filled; its checks are not looked at.

    Returns:
        None where every return kept before holds the same figures.
    """
    kept = _kept_before(filled.year, filled.as_of)
    for stage in (ReturnStage.SUBMITTED, ReturnStage.KEPT):
        for row in kept.filter(stage=stage).iterator(chunk_size=1):
            if not is_same(_content(row), filled):
                return row
    return None


def _kept_before(year: int, as_of: datetime | None) -> QuerySet[Return]:
    kept = Return.objects.known_by(as_of).filter(year=year)
    if as_of is not None:
        kept = kept.filter(known_at__lt=as_of)
    return kept.order_by("-known_at", "-pk")


def _content(row: Return) -> ReturnFilled:
    return keeping.read_return(row.content, row.as_of)


def _totals(scope: CountScope) -> Mapping[str, int | None]:
    """Count the arms of the year before, by way of recovery."""
    before = scope.in_year(scope.year - 1)
    rows = counted.arms_counted(before).order_by()
    ways = rows.annotate(way=counted.way_of_recovery())
    found = ways.values_list("way").annotate(number=Count("pk"))
    return {f"A2:TOTAL:{kind}": number for kind, number in found}


def _shown(
    scope: CountScope, rows: QuerySet[Any], wanted: slice
) -> Sequence[CountedRecord]:
    if rows.model is Arm:
        arms = list(rows.order_by("-ended_on", "-pk")[wanted])
        described = ArmRecord.objects.as_of(scope.as_of).filter(arm__in=arms)
        by_arm = {record.arm_id: record for record in described}
        return [_of_arm(row, by_arm.get(row.pk)) for row in arms]
    page = rows.order_by("-recovered_on", "-recovery_id")[wanted]
    return [drilling.record_of(counted.KIND_OF[rows.model], row) for row in page]


def _of_arm(row: Any, record: ArmRecord | None) -> CountedRecord:  # noqa: ANN401 - an arm with the day of its end
    consultations.show(Arm, row.pk)
    return rows.fill(
        CountedRecord,
        record,
        recovery_id=0,
        reference=row.reference,
        item_kind=ItemKind.ARM,
        kind=RecoveryKind.SEIZED,
        recovered_on=DateSpan.of(row.ended_on),
        agency="",
        region="",
        case_number="",
        arm_id=row.pk,
        quantity=None,
        **({} if record else drilling.NO_MARKS),
    )


def kept_card(row: Return) -> KeptReturn:
    """Give a kept return without its content."""
    return rows.fill(KeptReturn, row, return_id=row.pk, kept_at=row.known_at)
