"""Read the items of one year as columns: one row a combination of codes."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from django.db.models import Case, Count, F, Func, Q, Sum, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from armstrace.analysis.statistics import arm_codes, cells
from armstrace.analysis.statistics.questionnaire import crosswalk
from armstrace.analysis.statistics.questionnaire.columns import (
    Columns,
    columns_of,
    columns_read,
)
from armstrace.analysis.statistics.questionnaire.crosswalk import Decider
from armstrace.analysis.statistics.scope import exclusion_of
from armstrace.indicators.queries import counted
from armstrace.indicators.queries.counted import CountScope
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import Acquisition, LegalJustification

YES, NO = "YES", "NO"
CHUNK = 20_000
TRACING_COLUMNS = (
    "serial_status", "production_class", "modification", "standing", "outcome",
    "established", "identified",
)  # fmt: skip
SCOPED = ("antique", "second_entry")
# What an arm is, how it was taken, how its trace stands: few texts of each.
PARTS = (
    ("recovery_kind", "on_file", "legal_justification", "place_kind", *SCOPED),
    ("arm_type", "production_class", "modification", "serial_status", "identified"),
    ("standing", "outcome", "established"),
    ("contexts",),
)
ROUTE = (
    "country",
    "country_of_manufacture",
    "import_country",
    "diversion_country",
    "hop_country",
)
PLAIN = (
    "recovery_kind", "legal_justification", "arm_type", "production_class",
    "modification", "serial_status", "place_kind",
)  # fmt: skip
YES_OR_NO = ("antique", "identified", "second_entry")
DECIDED = ("standing", "outcome", "established")
STORED = (*PLAIN, "on_file", *YES_OR_NO, *DECIDED, "contexts")
SCOPE_COLUMNS = ("on_file", "legal_justification", *SCOPED)


class Joined(Func):
    """Texts put together by a bar, by the database."""

    arity = None
    template = "(%(expressions)s)"
    arg_joiner = " || '|' || "
    output_field = TextField()


def expressions(scope: CountScope) -> Mapping[str, Any]:
    """Give the columns of an arm, by name, as the database reads them."""
    return {
        **{name: F(name) for name in PLAIN},
        "recovery_kind": counted.way_of_recovery(),
        "on_file": F("recovery_kind"),
        **{
            name: Case(When(met, then=Value(YES)), default=Value(NO))
            for name, met in counted.conditions(scope).items()
        },
        **{name: Coalesce(F(f"decision__{name}"), Value("")) for name in DECIDED},
        "contexts": Cast("criminal_contexts", TextField()),
    }


def route_expressions() -> Mapping[str, Any]:
    """Give the countries of an arm, by name, as the database reads them."""
    own: dict[str, Any] = {name: F(name) for name in ROUTE[:3]}
    return own | {
        "diversion_country": Coalesce(F("decision__diversion_country"), Value("")),
        "hop_country": Coalesce(F("finding__hop_country"), Value("")),
    }


def arm_columns(scope: CountScope) -> Columns:
    """Read the arms of a year; the database joins their codes into a few texts."""
    read = expressions(scope)
    joined = {
        f"part_{place}": Joined(*(read[name] for name in names))
        for place, names in enumerate(PARTS)
    }
    joined["route"] = Joined(*route_expressions().values())
    found = counted.with_finding(scope, counted.arms(scope))
    rows = found.annotate(**joined).order_by().values_list(*joined)
    return columns_read(
        (*PARTS, ROUTE), rows.iterator(chunk_size=CHUNK), {"contexts": contexts_read}
    )


def contexts_read(written: str) -> str:
    """Read the contexts of an arm, as the database wrote them, in order."""
    return " ".join(sorted(json.loads(written)))


def quantity_columns(scope: CountScope, table: Any) -> Columns:  # noqa: ANN401 - parts or ammunition
    """Read parts or ammunition, with the pieces or rounds of each group."""
    rows = (
        counted.items(scope, table)
        .annotate(way=counted.way_of_recovery())
        .values("way", "recovery_kind", "legal_justification")
        .annotate(number=Count("pk"), silent=Count("pk", filter=Q(quantity=None)))
        .annotate(amount=Sum("quantity", default=0))
        .order_by()
    )
    found = list(rows)
    groups = (
        (
            (row["way"], row["recovery_kind"], row["legal_justification"], NO, NO),
            row["number"],
        )
        for row in found
    )
    columns = columns_of(("recovery_kind", *SCOPE_COLUMNS), groups)
    return replace(
        columns,
        amounts=np.array([row["amount"] for row in found], np.int64),
        unstated=np.array([row["silent"] for row in found], np.int64),
    )


def case_columns(scope: CountScope) -> Columns:
    """Count the cases of seizure: an agency's case number counts once."""
    numbered, silent = [], 0
    for rows in counted.seizures(scope):
        silent += rows.filter(case_number="").count()
        named = rows.exclude(case_number="")
        numbered.append(named.values_list("agency", "case_number"))
    cases = numbered[0].union(*numbered[1:]).count() + silent
    kind = Acquisition.SEIZED.value
    columns = columns_of(("recovery_kind",), [((kind,), cases)] if cases else [])
    unstated = np.array([silent] if cases else [], np.int64)
    return replace(columns, amounts=columns.counts, unstated=unstated)


def fate_columns(scope: CountScope, recorded: int) -> Columns:
    """Count what became of recovered arms.

    Args:
        recorded: Arms of table A2, all ways of recovery.
    """
    rows = (
        counted.fates(scope)
        .values_list("kind")
        .annotate(number=Count("arm", distinct=True))
    )
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
    return (cells.tracing_cell(arm_codes.facts_of(_codes_of(codes))).value,)


def _exclusion(codes: Mapping[str, str]) -> tuple[str, ...]:
    reason = exclusion_of(arm_codes.scope_of(_codes_of(codes)))
    return (reason.value if reason else "",)


def _codes_of(codes: Mapping[str, str]) -> arm_codes.Columns:
    """Give the stored columns; what a decision does not look at stands empty."""
    return arm_codes.Columns(
        kind=codes.get("on_file", ""),
        justification=codes.get("legal_justification", LegalJustification.UNKNOWN),
        is_antique=codes.get("antique") == YES,
        serial_status=codes.get("serial_status", SerialStatus.UNKNOWN),
        production=codes.get("production_class", "UNKNOWN"),
        modification=codes.get("modification", "UNKNOWN"),
        standing=codes.get("standing"),
        outcome=codes.get("outcome"),
        establishment=codes.get("established"),
        is_identified=codes.get("identified") == YES,
        is_second_entry=codes.get("second_entry") == YES,
    )
