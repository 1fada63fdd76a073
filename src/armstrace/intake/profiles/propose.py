"""Propose how the columns of an unknown file may be understood."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from rapidfuzz import fuzz

from armstrace.intake.dates import DateOrder, read_date
from armstrace.intake.fields import FIELDS, Field, IntakeKind, Shape, identity_field
from armstrace.intake.tables.headings import fold

EXAMPLES = 3
LEAST = 0.45
_CALIBRE = re.compile(
    r"\.?\d{1,3}([.,]\d{1,2})?\s*(x\s*\d|mm|ga|gauge|cal|acp|auto|spl|lr|mag|luger|"
    r"special|win|rem|s&w|nato|para|$)",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9 /.\-]{2,20}", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}.*")


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """How one column may be understood.

    Args:
        field: The canonical field; empty where none is proposed.
        confidence: 0 to 1.
        why: What speaks for it, in words.
        examples: The column's first different values.
    """

    heading: str
    field: str
    confidence: float
    why: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a file may be understood, for a person to correct.

    Args:
        columns: One for each column of the file.
        missing: Needed fields that no column gives; the profile must state them.
        date_order: What its dates show.
        name: A name for the profile.
    """

    kind: IntakeKind
    columns: tuple[ProposedColumn, ...]
    missing: tuple[str, ...]
    date_order: DateOrder
    name: str


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    folded: str
    values: tuple[str, ...]
    distinct: tuple[str, ...]


def propose_profile(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    kind: IntakeKind,
    name: str,
) -> Proposal:
    """Propose a mapping from headings and the first rows.

    Args:
        headings: The file's headings.
        rows: Some rows, as text.
        kind: What the rows are.
        name: The file's name.

    Returns:
        Each column with a field, how sure that is, and why.
    """
    columns = [_column(heading, at, rows) for at, heading in enumerate(headings)]
    scores = [
        (score, at, field.name, why)
        for at, column in enumerate(columns)
        for field in FIELDS[kind]
        for score, why in [_score(column, field, kind)]
        if score >= LEAST
    ]
    chosen: dict[int, tuple[float, str, str]] = {}
    taken: set[str] = set()
    for score, at, field_name, why in sorted(scores, key=lambda s: (-s[0], s[1])):
        if at not in chosen and field_name not in taken:
            chosen[at] = (score, field_name, why)
            taken.add(field_name)
    return Proposal(
        kind=kind,
        columns=tuple(
            _propose_column(column, chosen.get(at)) for at, column in enumerate(columns)
        ),
        missing=tuple(
            f.name for f in FIELDS[kind] if f.is_required and f.name not in taken
        ),
        date_order=_date_order(columns, chosen, kind),
        name=fold(name.rsplit(".", 1)[0]).replace(" ", "-") or "profile",
    )


def _column(heading: str, at: int, rows: Sequence[Sequence[str]]) -> _Column:
    values = tuple(row[at].strip() for row in rows if at < len(row) and row[at].strip())
    return _Column(heading, fold(heading), values, tuple(dict.fromkeys(values)))


def _propose_column(
    column: _Column, chosen: tuple[float, str, str] | None
) -> ProposedColumn:
    score, name, why = chosen or (0.0, "", "nothing speaks for a field")
    return ProposedColumn(
        column.heading,
        name,
        round(min(score, 0.99), 2),
        why,
        column.distinct[:EXAMPLES],
    )


def _score(column: _Column, field: Field, kind: IntakeKind) -> tuple[float, str]:
    named, why = _heading_score(column.folded, field.name, kind)
    shaped = _shape_score(column, field)
    if shaped is None:
        return named, why
    if named == 0.0:
        lone = 0.55 * shaped if field.name in {"calibre"} and shaped > 0.6 else 0.0
        return lone, "its values look like it"
    score = named * (0.8 + 0.2 * shaped)
    also = "its values look like it" if shaped > 0.5 else "its values hardly do"
    return score, f"{why}, and {also}"


def _heading_score(folded: str, name: str, kind: IntakeKind) -> tuple[float, str]:
    best = 0.0
    for words in _words(kind).get(name, ()):
        if folded == words:
            return 1.0, "the heading names it"
        tokens, wanted = set(folded.split()), set(words.split())
        if wanted < tokens and len(words) > 2:
            best = max(best, 0.45 + 0.3 * len(wanted) / len(tokens))
        elif len(words) > 4 and fuzz.ratio(folded, words) >= 86:
            best = max(best, 0.65)
    return best, "the heading is like its name"


def _shape_score(column: _Column, field: Field) -> float | None:
    """Give the share of values that look like the field's; None if any text may."""
    if not column.values:
        return None
    looks = _looks(field)
    if looks is None:
        return None
    if field.name == "source_number":
        return len(column.distinct) / len(column.values)
    return sum(map(looks, column.values)) / len(column.values)


def _looks(field: Field) -> Callable[[str], bool] | None:
    by_name: dict[str, Callable[[str], bool]] = {
        "calibre": lambda text: _CALIBRE.match(text) is not None,
        "serial": lambda text: _SERIAL.fullmatch(text) is not None,
        "source_number": bool,
    }
    by_shape: dict[Shape, Callable[[str], bool]] = {
        Shape.DATE: _is_date,
        Shape.WHOLE: str.isdecimal,
        Shape.YEAR: str.isdecimal,
    }
    return by_name.get(field.name) or by_shape.get(field.shape)


def _is_date(text: str) -> bool:
    return any(
        read_date(text, order).value is not None
        for order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)
    )


def _date_order(
    columns: Sequence[_Column],
    chosen: dict[int, tuple[float, str, str]],
    kind: IntakeKind,
) -> DateOrder:
    dates = {field.name for field in FIELDS[kind] if field.shape is Shape.DATE}
    days_first = months_first = False
    for at, (_, name, _) in chosen.items():
        if name not in dates:
            continue
        for text in columns[at].distinct:
            found = _SLASHED.fullmatch(text)
            days_first |= found is not None and int(found[1]) > 12
            months_first |= found is not None and int(found[2]) > 12
    if days_first == months_first:
        return DateOrder.NOT_STATED
    return DateOrder.DAY_FIRST if days_first else DateOrder.MONTH_FIRST


@cache
def _words(kind: IntakeKind) -> dict[str, tuple[str, ...]]:
    text = (resources.files(__package__) / "headings.toml").read_text("utf-8")
    told = tomllib.loads(text)
    found: dict[str, tuple[str, ...]] = {}
    for each in FIELDS[kind]:
        own = told.get(kind.value, {}).get(each.name, [])
        words = [each.name, *own, *told["any"].get(each.name, [])]
        found[each.name] = tuple(dict.fromkeys(map(fold, words)))
    return found


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person adds to a proposal to make it a profile.

    Args:
        name: The profile's name.
        source: Who states the rows.
        columns: Heading to canonical field, corrected.
        constants: Field to (value, reason).
        ignored: Heading to the reason why it is left out.
        date_order: As a person states it; as proposed where None.
    """

    name: str
    source: str
    columns: dict[str, str]
    constants: dict[str, tuple[str, str]]
    ignored: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None


def profile_text(proposal: Proposal, draft: Draft) -> str:
    """Write a proposal and what a person added to it as a profile's TOML.

    Args:
        proposal: What was proposed.
        draft: What a person made of it.
    """
    order = proposal.date_order if draft.date_order is None else draft.date_order
    lines = [
        f"name = {json.dumps(draft.name)}",
        f"kind = {json.dumps(proposal.kind.value)}",
        f"source = {json.dumps(draft.source, ensure_ascii=False)}",
        f"date_order = {json.dumps(order.value)}",
        f"recognise = {json.dumps(list(draft.columns), ensure_ascii=False)}",
        "",
        "[columns]",
    ]
    lines += [
        f"{json.dumps(heading, ensure_ascii=False)} = {json.dumps(name)}"
        for heading, name in draft.columns.items()
        if name
    ]
    lines += ["", "[ignored]"] if draft.ignored else []
    lines += [
        f"{json.dumps(heading, ensure_ascii=False)} = "
        f"{json.dumps(reason, ensure_ascii=False)}"
        for heading, reason in draft.ignored.items()
    ]
    for name, (value, reason) in draft.constants.items():
        lines += ["", f"[constants.{name}]", f"value = {json.dumps(value)}"]
        lines.append(f"reason = {json.dumps(reason, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def accept(proposal: Proposal, *, source: str) -> Draft:
    """Take a proposal as it is."""
    columns = {each.heading: each.field for each in proposal.columns if each.field}
    return Draft(proposal.name, source, columns, {})


def identity_is_proposed(proposal: Proposal) -> bool:
    """Tell whether a column gives the rows their identity."""
    wanted = identity_field(proposal.kind)
    return any(each.field == wanted for each in proposal.columns)
