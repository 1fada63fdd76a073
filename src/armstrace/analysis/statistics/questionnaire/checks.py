"""The checks that the questionnaire asks for, on a return as filled."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from armstrace.analysis.statistics.questionnaire.declared import (
    ALL,
    CheckSpec,
    From,
    Questionnaire,
)
from armstrace.analysis.statistics.questionnaire.filled import (
    Cell,
    CheckResult,
    Table,
    WhyBlank,
    blanks_awaited,
    split_key,
)
from armstrace.vocabulary.messages import NOTHING, Message, Parameter, counted, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)

type Numbers = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the checks look at beside the tables."""

    # Counts of the year before by cell; empty where unknown.
    year_before: Numbers = field(default_factory=dict)
    # Counts of the last return kept of this year, by cell; None where none was kept.
    last_kept: Numbers | None = None
    # How many records some checks found by themselves, by rule.
    found: Mapping[str, int] = field(default_factory=dict)
    # Whether the year had ended when this was known; None where that cannot be told.
    has_ended: bool | None = None
    # Reason code, words and the sentence that they explain, by the key of a finding;
    # where that says nothing, any figures are.
    explained: Mapping[str, tuple[str, str, Message]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """Tables and evidence, as a check looks at them."""

    tables: tuple[Table, ...]
    evidence: Evidence
    cells: Mapping[str, Cell]

    def number(self, key: str) -> int | None:
        cell = self.cells.get(key)
        return cell.value if cell else None

    def behind(self, key: str, *, holds: bool | None) -> str:
        """Give the key of what opens a failure; empty where records stand behind none.

        Args:
            key: Of a cell, or ``A!B`` for what is in A and not in B.
        """
        cells = [self.cells.get(each) for each in key.split("!")]
        opens = all(cell is not None and cell.opens_records for cell in cells)
        return key if opens and holds is False else ""


def check_return(
    asked: Questionnaire, tables: Sequence[Table], evidence: Evidence
) -> tuple[CheckResult, ...]:
    """Make every check; one that cannot be told says so.

    Source:
        UNODC illicit arms flows questionnaire (2018), validation; metadata of
        SDG indicator 16.4.2 (2018), validation.
    """
    cells = {cell.key: cell for table in tables for cell in table.cells()}
    seen = Checked(tuple(tables), evidence, cells)
    return tuple(
        _explain(found, evidence)
        for spec in asked.checks
        for found in _KINDS[spec.kind](spec, seen)
    )


def _explain(found: CheckResult, evidence: Evidence) -> CheckResult:
    code, words, then = evidence.explained.get(found.key, ("", "", NOTHING))
    # What was kept as prose can say the same without being the same message.
    if then and str(then) != str(found.sentence):
        return replace(found, outdated=then)
    return replace(found, explained=code, explanation=words)


def _result(
    spec: CheckSpec,
    sentence: Message,
    *cells: str,
    holds: bool | None,
    behind: str = "",
    differs_by: int = 0,
) -> CheckResult:
    return CheckResult(
        spec.rule, spec.words, sentence, holds, cells, behind, differs_by
    )


def _whole(spec: CheckSpec, seen: Checked) -> Iterator[CheckResult]:
    counts = [each for each in seen.cells.values() if each.value is not None]
    wrong = [each.key for each in counts if each.value is not None and each.value < 0]
    blank = len(seen.cells) - len(counts)
    sentence = counted(
        "%(n)s cell holds a count; blank: %(blank)s.",
        "%(n)s cells hold a count; blank: %(blank)s.",
        n=len(counts),
        blank=blank,
    )
    if wrong:
        sentence = message("Below zero: %(cells)s.", cells=wrong)
    yield _result(spec, sentence, *wrong, holds=not wrong)


def _sums(spec: CheckSpec, seen: Checked) -> Iterator[CheckResult]:
    for table in seen.tables:
        for row in table.spec.rows:
            for column in table.spec.columns if row.sums else ():
                names = [f"{table.table_id}:{code}:{column}" for code in row.sums]
                whole = f"{table.table_id}:{row.code}:{column}"
                yield from _adds_up(spec, seen, whole, names)


def _columns(spec: CheckSpec, seen: Checked) -> Iterator[CheckResult]:
    for table in (each for each in seen.tables if each.spec.columns_sum):
        total = table.spec.columns_sum
        for row in table.spec.rows:
            names = [
                f"{table.table_id}:{row.code}:{column}"
                for column in table.spec.columns
                if column != total
            ]
            whole = f"{table.table_id}:{row.code}:{total}"
            yield from _adds_up(spec, seen, whole, names)


def _adds_up(
    spec: CheckSpec, seen: Checked, whole: str, parts: list[str]
) -> Iterator[CheckResult]:
    total = seen.number(whole)
    known = [value for key in parts if (value := seen.number(key)) is not None]
    waits = blanks_awaited(seen.cells[key] for key in parts if key in seen.cells)
    if not known or (total is None and not waits):
        return
    added = sum(known)
    if waits and (total is None or added <= total):
        sentence = SAID.say(
            "WAITS", cell=whole, value=_count(total), cells=[each.key for each in waits]
        )
        yield _result(spec, sentence, whole, *parts, holds=None)
        return
    sentence = SAID.say("ADDS_UP_TO", cell=whole, value=_count(total), sum=added)
    total = total or 0
    apart = total - added
    yield _result(spec, sentence, whole, *parts, holds=not apart, differs_by=apart)


def _equal(spec: CheckSpec, seen: Checked) -> Iterator[CheckResult]:
    for keys in spec.options["sets"]:
        there = [key for key in keys if seen.number(key) is not None]
        for one, other in pairwise(there):
            left, right = seen.number(one) or 0, seen.number(other) or 0
            sentence = SAID.say("EQUAL", cell=one, value=left, other=other, now=right)
            high, low = (one, other) if left >= right else (other, one)
            yield _result(
                spec,
                sentence,
                one,
                other,
                holds=left == right,
                behind=seen.behind(f"{high}!{low}", holds=left == right),
                differs_by=left - right,
            )


def _at_most(spec: CheckSpec, seen: Checked) -> Iterator[CheckResult]:
    for pattern, limit in spec.options["sets"]:
        most = seen.number(limit)
        for key in _matching(pattern, seen):
            value = seen.number(key)
            if value is None or most is None:
                continue
            sentence = SAID.say(
                "AT_MOST", cell=key, value=value, most=most, limit=limit
            )
            yield _result(
                spec,
                sentence,
                key,
                limit,
                holds=value <= most,
                behind=seen.behind(key, holds=value <= most),
                differs_by=max(0, value - most),
            )


def _matching(pattern: str, seen: Checked) -> list[str]:
    wanted = split_key(pattern)
    return [
        key
        for key in seen.cells
        if all(w in (ALL, k) for w, k in zip(wanted, split_key(key), strict=True))
    ]


def _cases(spec: CheckSpec, seen: Checked) -> Iterator[CheckResult]:
    for cases_key, *item_keys in spec.options["sets"]:
        cases = seen.number(cases_key)
        items = sum(seen.number(key) or 0 for key in item_keys)
        arms, parts, rounds = (_count(seen.number(key)) for key in item_keys)
        sentence = SAID.say(
            "CASES", cases=_count(cases), arms=arms, parts=parts, rounds=rounds
        )
        if cases is None:
            holds = None if items else True
        else:
            holds = cases <= items and (cases > 0) == (items > 0)
        behind = seen.behind(cases_key, holds=holds)
        yield _result(spec, sentence, cases_key, *item_keys, holds=holds, behind=behind)


def _year_on_year(spec: CheckSpec, seen: Checked) -> Iterator[CheckResult]:
    share, least = spec.options["share"], spec.options["least"]
    before = seen.evidence.year_before
    if not before:
        sentence = message("Nothing is on record of the year before.")
        yield _result(spec, sentence, holds=None)
    for key, then in before.items():
        now = seen.number(key)
        if now is None or then is None or max(now, then) < least:
            continue
        holds = abs(now - then) <= share * then
        sentence = SAID.say("YEAR_BEFORE", cell=key, value=then, now=now)
        behind, apart = seen.behind(key, holds=holds), now - then
        yield _result(spec, sentence, key, holds=holds, behind=behind, differs_by=apart)


def _compare_last(spec: CheckSpec, seen: Checked) -> Iterator[CheckResult]:
    then = seen.evidence.last_kept
    if then is None:
        sentence = message("No return of this year was kept before.")
        yield _result(spec, sentence, holds=None)
        return
    tables = set(spec.options["tables"])
    changed = [
        key
        for key in seen.cells
        if split_key(key)[0] in tables and key in then and then[key] != seen.number(key)
    ]
    for key in changed:
        sentence = SAID.say(
            "CHANGED", cell=key, value=_count(then[key]), now=_count(seen.number(key))
        )
        apart = (seen.number(key) or 0) - (then[key] or 0)
        yield _result(
            spec, sentence, key, holds=False, behind="REVISED", differs_by=apart
        )
    if not changed:
        sentence = message("No tracing figure changed since the last return.")
        yield _result(spec, sentence, holds=True)


def _count(value: int | None) -> Parameter:
    return message("blank") if value is None else value


def _by_itself(spec: CheckSpec, seen: Checked) -> Iterator[CheckResult]:
    """Report what a query found: records that stand twice or contradict."""
    number = seen.evidence.found.get(spec.rule)
    if number is None:
        yield _result(spec, message("It was not looked for."), holds=None)
        return
    sentence = message("None was found.")
    if number:
        sentence = message("Records found: %(number)s.", number=number)
    behind = spec.rule if number else ""
    yield _result(spec, sentence, holds=not number, behind=behind, differs_by=number)


def _left_out(spec: CheckSpec, seen: Checked) -> Iterator[CheckResult]:
    every = [
        key
        for row in spec.options["rows"]
        for key in _matching(f"X:{row}:*", seen)
        if seen.cells[key].why_blank is not WhyBlank.NOT_APPLICABLE
    ]
    told = [
        message("%(cell)s: %(value)s", cell=key, value=_count(seen.number(key)))
        for key in every
    ]
    sentence = message("Left out, and standing in table X: %(cells)s.", cells=told)
    keys = [key for key in every if seen.number(key)]
    behind = seen.behind(keys[0], holds=False) if keys else ""
    yield _result(spec, sentence, *keys, holds=True, behind=behind)


def _year_ended(spec: CheckSpec, seen: Checked) -> Iterator[CheckResult]:
    sentences = {
        True: message("The year has ended."),
        False: SAID.say("NOT_ENDED"),
        None: message("It was not looked for."),
    }
    holds = seen.evidence.has_ended
    yield _result(spec, sentences[holds], holds=holds)


_KINDS: Mapping[str, Callable[[CheckSpec, Checked], Iterator[CheckResult]]] = {
    "WHOLE": _whole,
    "SUMS": _sums,
    "EQUAL": _equal,
    "AT_MOST": _at_most,
    "CASES": _cases,
    "COLUMNS": _columns,
    "YEAR_ON_YEAR": _year_on_year,
    "REVISED": _compare_last,
    "SAME_SERIAL": _by_itself,
    "TWO_AGENCIES": _by_itself,
    "LEFT_OUT": _left_out,
    "CONDITION": _by_itself,
    "YEAR_ENDED": _year_ended,
}


def comparable(tables: Sequence[Table]) -> Numbers:
    """Give the counts that are compared with another year's: totals only."""
    return {
        cell.key: cell.value
        for table in tables
        if table.spec.origin is not From.LISTED and table.table_id.startswith("A")
        for cell in table.cells()
    }
