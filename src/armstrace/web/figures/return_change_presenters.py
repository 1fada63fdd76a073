"""What changed in a return since it was kept, as its page shows it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import IndicatorValue
from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled, WhyBlank
from armstrace.indicators import queries
from armstrace.translation import translate
from armstrace.web.cell_names import cell_words, why_words
from armstrace.web.figures.return_presenters import Viewing


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that says something else than it did."""

    words: str
    # Its records; empty where none stand behind it.
    address: str
    before: object
    now: object
    # What was named as its source, where people entered it.
    source: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a record stood in the tables of one kind, and where it stands."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A record that stands in other cells than it did."""

    # Its number; 0 for a registered arm.
    recovery_id: int
    # That it came to the year or left it; empty where it did neither.
    says: str
    # What it left and came to, in the order of the tables.
    steps: tuple[Step, ...]
    why: str
    # Number of the registered arm; None for a recovery.
    arm_id: int | None = None


def changes(
    filled: ReturnFilled, found: queries.Revision, viewing: Viewing
) -> list[Changed]:
    """Name the figures and cells that say something else than a return kept."""
    named = [_figure(then, now) for then, now in found.figures]
    for key, before, after in found.cells:
        cell = filled.cell(key)
        opens = filled.opens(key)
        address = viewing.address("return-records", key) if opens else ""
        source = cell.source if cell is not None else ""
        said, now = _blank_words(before), _blank_words(after)
        named.append(Changed(cell_words(key), address, said, now, source))
    return named


def _figure(then: IndicatorValue, now: IndicatorValue) -> Changed:
    name = gettext("Indicator 16.4.2")
    words = f"{name}, {gettext(now.method.label)}"
    return Changed(words, "", _percent(then), _percent(now))


def _percent(figure: IndicatorValue) -> str | None:
    if figure.value is None:
        return None
    said = gettext("%(value)s %% (%(above)s of %(below)s)")
    counts = {"above": figure.numerator, "below": figure.denominator}
    return said % {"value": figure.value, **counts}


def _blank_words(value: object) -> object:
    """Say why a cell is blank as the return says it."""
    return why_words(value) if isinstance(value, WhyBlank) else value


def moves(found: queries.Revision) -> list[Moved]:
    of_record: defaultdict[tuple[int, int | None], list[queries.RecordMove]]
    of_record = defaultdict(list)
    for each in found.records:
        of_record[each.recovery_id, each.arm_id].append(each)
    return [
        Moved(
            number,
            "" if arm else _year_words(steps, found.year),
            tuple(Step(_cells(each.before), _cells(each.after)) for each in steps),
            translate(steps[0].why),
            arm,
        )
        for (number, arm), steps in of_record.items()
    ]


def _year_words(steps: Iterable[queries.RecordMove], year: int) -> str:
    """Say where a record came to the year or left it."""
    known = list(steps)
    now = known[0].year_now
    if any(each.before and each.after for each in known):
        return ""
    if now is not None and now != year:
        said = gettext("left %(year)s, now %(now)s")
        return said % {"year": year, "now": now}
    came = all(each.after for each in known)
    return gettext("came to %(year)s") % {"year": year} if came else ""


def _cells(keys: str) -> str:
    named = [cell_words(key.strip()) for key in keys.split(",") if key.strip()]
    return "; ".join(named) or gettext("none")
