"""Verdicts of checks as formulas, so that they follow what is typed.

A check that looks at records and not at cells keeps the verdict that it had.
"""

from collections.abc import Callable, Mapping, Sequence

from armstrace.analysis.statistics.questionnaire.declared import (
    CheckSpec,
    questionnaire,
)
from armstrace.analysis.statistics.questionnaire.filled import (
    CheckResult,
    ReturnFilled,
    blanks_awaited,
)
from armstrace.analysis.statistics.workbook.cells import Place, SheetCell

HOLDS, FAILS, UNTOLD = "holds", "does not hold", "cannot be told"
VERDICT = {True: HOLDS, False: FAILS, None: UNTOLD}

type Write = Callable[[CheckSpec, CheckResult, Sequence[str]], str]


def verdict(
    result: CheckResult, filled: ReturnFilled, places: Mapping[str, Place], sheet: str
) -> SheetCell:
    """Give the verdict of a check, by a formula where cells decide it."""
    said = VERDICT[result.holds]
    spec = next((c for c in questionnaire().checks if c.rule == result.rule), None)
    known = all(key in places for key in result.cells)
    if spec is None or not known:
        return SheetCell(said, style="check")
    if spec.kind == "WHOLE":
        return SheetCell(said, _none_below_zero(places), style="check")
    if result.cells and spec.kind in ("SUMS", "COLUMNS"):
        return SheetCell(said, _adds_up(result, filled, places, sheet), style="check")
    if not result.cells or spec.kind not in _FORMULAS:
        return SheetCell(said, style="check")
    names = [places[key].seen_from(sheet) for key in result.cells]
    return SheetCell(said, _FORMULAS[spec.kind](spec, result, names), style="check")


def _if(untold: str, holds: str) -> str:
    return f'=IF({untold},"{UNTOLD}",IF({holds},"{HOLDS}","{FAILS}"))'


def _none_below_zero(places: Mapping[str, Place]) -> str:
    lowest: dict[str, int] = {}
    for place in places.values():
        lowest[place.sheet] = max(lowest.get(place.sheet, 0), place.row + 1)
    counts = [f"COUNTIF('{name}'!C1:F{row},\"<0\")" for name, row in lowest.items()]
    return f'=IF({"+".join(counts)}=0,"{HOLDS}","{FAILS}")'


def _adds_up(
    result: CheckResult, filled: ReturnFilled, places: Mapping[str, Place], sheet: str
) -> str:
    whole, *parts = (places[key].seen_from(sheet) for key in result.cells)
    inside = ",".join(parts)
    cells = [cell for key in result.cells[1:] if (cell := filled.cell(key))]
    # Where records stand behind a part, a blank adds nothing and is not awaited.
    waits = bool(blanks_awaited(cells)) or not any(c.opens_records for c in cells)
    few = f"COUNT({inside})<{len(parts) if waits else 1}"
    untold = f"AND({few},OR(COUNT({whole})=0,SUM({inside})<=N({whole})))"
    return _if(untold, f"N({whole})=SUM({inside})")


def _equal(_spec: CheckSpec, _result: CheckResult, names: Sequence[str]) -> str:
    one, other = names
    return _if(f"COUNT({one},{other})<2", f"N({one})=N({other})")


def _at_most(_spec: CheckSpec, _result: CheckResult, names: Sequence[str]) -> str:
    one, limit = names
    return _if(f"COUNT({one},{limit})<2", f"N({one})<=N({limit})")


def _cases(_spec: CheckSpec, _result: CheckResult, names: Sequence[str]) -> str:
    cases, *items = names
    every = f"SUM({','.join(items)})"
    holds = f"AND(N({cases})<={every},(N({cases})>0)=({every}>0))"
    return _if(f"AND(COUNT({cases})=0,{every}>0)", holds)


def _near(spec: CheckSpec, result: CheckResult, names: Sequence[str]) -> str:
    (now,), then = names, _then(result)
    share, least = spec.options["share"], spec.options["least"]
    small = f"MAX(N({now}),{then})<{least}"
    return _if(f"COUNT({now})=0", f"OR({small},ABS(N({now})-{then})<={share}*{then})")


def _as_before(_spec: CheckSpec, result: CheckResult, names: Sequence[str]) -> str:
    (now,), then = names, result.sentence.params["value"]
    if not isinstance(then, int):
        return _if("FALSE", f"COUNT({now})=0")
    return _if("FALSE", f"AND(COUNT({now})=1,N({now})={then})")


def _then(result: CheckResult) -> int:
    then = result.sentence.params["value"]
    assert isinstance(then, int)  # noqa: S101 - the check compares counts
    return then


_FORMULAS: Mapping[str, Write] = {
    "EQUAL": _equal,
    "AT_MOST": _at_most,
    "CASES": _cases,
    "YEAR_ON_YEAR": _near,
    "REVISED": _as_before,
}
