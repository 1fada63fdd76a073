"""SDG indicator 16.4.2 by every method in use, side by side.

The published figure is not the formula of the metadata, and the averaging
changed between releases, so no method is the silent default.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from armstrace.analysis.statistics import figure_notes, ratios, wilson
from armstrace.analysis.statistics.ratios import Excluded, Part, YearRatio
from armstrace.analysis.statistics.tables import YearTables
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.tracing import TracingCell

SAID = Sentences(__package__)
METHOD_VERSION = "16.4.2-1"


class Method(Code):
    """How the indicator is computed; the value is the word of the contract."""

    METADATA = "metadata", "metadata"
    METADATA_UNIQUE = "metadata_unique", "metadata, uniquely identifiable arms"
    UNODC_ANNUAL = "unodc_annual", "UNODC, one year"
    UNODC_2026 = "unodc_2026", "UNODC 2026, mean of two years"
    UNODC_POOLED = "unodc_pooled", "UNODC to 2023, two years pooled"


class Caution(Code):
    """Why a figure from records says less than it seems to."""

    UNFINISHED = "UNFINISHED", "year not finished"
    NO_REGISTER = "NO_REGISTER", "no register on record"


SIDE_BY_SIDE = (Method.METADATA, Method.UNODC_ANNUAL)
SENTENCES = {
    Method.METADATA: message(
        "Counts all arms seized, found and surrendered below the line, and above "
        "it those whose point of diversion was traced or otherwise established, "
        "as the official metadata says; it differs from what UNODC publishes, "
        "which leaves out arms that could not be traced."
    ),
    Method.METADATA_UNIQUE: message(
        "Counts the same arms as the metadata, but only those that a mark makes "
        "unique; arms without such a mark, or of which it is not known, are left "
        "out above and below the line."
    ),
    Method.UNODC_ANNUAL: message(
        "Counts seized arms only, and of these only the ones that could have been "
        "traced: arms still with their lawful owner and arms without a unique mark "
        "are left out; this is the yearly ratio behind the published figure."
    ),
    Method.UNODC_2026: message(
        "Takes the mean of the yearly UNODC ratio of the year and of the next, "
        "whatever their sizes, and labels it by the first year, as in the 2026 "
        "release."
    ),
    Method.UNODC_POOLED: message(
        "Adds up the arms of the year before and of the year, then divides, so "
        "that the larger year weighs more, and labels it by the second year, as "
        "in the releases up to 2023."
    ),
}


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One figure with everything that is needed to check it.

    Args:
        method: How it was computed.
        year: The label of the figure.
        window: The years it rests on: ``2019-2020``, ``2020``, or empty.
        numerator: None for the mean of two ratios, or where there is no figure.
        denominator: As ``numerator``.
        value: Percent, two decimals, rounded half up; None where not computable.
        interval: 95 %, percent; None where there is no figure.
        parts: Fractions that the figure is made of.
        excluded: What the method leaves out, by reason.
        items: Records behind each ``KIND.CELL``; empty where counts are filed.
        reason: Why there is no figure.
        warning: That the figure rests on few arms; empty where it does not.
        notes: What else to know: a year that is missing, another reading.
        cautions: Why it says less than it seems to; each has its note.
    """

    method: Method
    year: int
    window: str = ""
    numerator: int | None = None
    denominator: int | None = None
    value: Decimal | None = None
    interval: wilson.Interval | None = None
    parts: tuple[Part, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    items: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    reason: Message = NOTHING
    warning: Message = NOTHING
    notes: tuple[Message, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def sentence(self) -> Message:
        """What the method counts and how it differs from the others."""
        return SENTENCES[self.method]

    @property
    def numerator_and_denominator(self) -> tuple[int, int] | None:
        """The fraction, where the figure is one."""
        if self.numerator is None or self.denominator is None:
            return None
        return self.numerator, self.denominator

    @property
    def method_version(self) -> str:
        return METHOD_VERSION


def method_named(word: str) -> Method:
    """Find the method that a word of the contract names.

    Raises:
        InvalidInput: There is no such method.
    """
    for method in Method:
        if method.value == word:
            return method
    raise InvalidInput(
        SAID.say(
            "NO_METHOD", method=word, known=[str(method.value) for method in Method]
        ),
        field="method",
    )


type Years = Mapping[int, YearTables]
type RatioOf = Callable[[YearTables], YearRatio]

ONE_YEAR: Mapping[Method, RatioOf] = {
    Method.METADATA: ratios.metadata,
    Method.METADATA_UNIQUE: ratios.metadata_unique,
    Method.UNODC_ANNUAL: ratios.annual,
}


def indicator_16_4_2(register: Years, year: int, method: Method) -> IndicatorValue:
    """Compute the indicator for one year by one method.

    Args:
        register: The tracing tables of each year that has any.
        year: The label of the figure; ``unodc_2026`` also needs the years
            beside it, ``unodc_pooled`` the year before.

    Source:
        Metadata of SDG indicator 16.4.2 (2018); for the UNODC methods,
        reconstructed from published values.
    """
    if method in ONE_YEAR:
        figure = of_one_year(method, ratio_in(register, year, ONE_YEAR[method]))
        noted = _with_rows_missing(_with_other_reading(figure, register), register)
        return _with_items(noted, register)
    before, this, after = (
        ratio_in(register, each, ratios.annual) for each in (year - 1, year, year + 1)
    )
    if method is Method.UNODC_POOLED:
        return _with_items(pool_years(before, this), register)
    return _with_items(mean_of_years(before, this, after), register)


def years_needed(method: Method, year: int) -> range:
    """Give the years whose tables a figure may rest on."""
    if method is Method.UNODC_POOLED:
        return range(year - 1, year + 1)
    if method is Method.UNODC_2026:
        return range(year - 1, year + 2)
    return range(year, year + 1)


def ratio_in(register: Years, year: int, ratio_of: RatioOf) -> YearRatio:
    """Compute one year's ratio; a year without tables has none, and says so."""
    if year in register:
        return ratio_of(register[year])
    nothing = message("Nothing is filed or recorded for %(year)s.", year=year)
    return YearRatio(year, reason=nothing)


def of_one_year(method: Method, ratio: YearRatio) -> IndicatorValue:
    """Turn the ratio of one year into a figure."""
    figure = IndicatorValue(
        method,
        ratio.year,
        parts=ratio.parts,
        excluded=ratio.excluded,
        reason=ratio.reason,
    )
    if not ratio.is_computable:
        return figure
    return replace(
        figure,
        window=str(ratio.year),
        numerator=ratio.numerator,
        denominator=ratio.denominator,
        value=wilson.percent(ratio.share),
        interval=wilson.wilson(ratio.numerator, ratio.denominator),
        warning=figure_notes.few_arms(ratio.denominator),
    )


def pool_years(before: YearRatio, this: YearRatio) -> IndicatorValue:
    """Pool two years' counts; one alone where the other has no figure.

    Source:
        Reconstructed from the values published about 2022-23.
    """
    usable = [ratio for ratio in (before, this) if ratio.is_computable]
    if not usable:
        return IndicatorValue(Method.UNODC_POOLED, this.year, reason=this.reason)
    numerator = sum(ratio.numerator for ratio in usable)
    denominator = sum(ratio.denominator for ratio in usable)
    return IndicatorValue(
        Method.UNODC_POOLED,
        this.year,
        window_of(usable),
        numerator,
        denominator,
        wilson.percent(Fraction(numerator, denominator)),
        wilson.wilson(numerator, denominator),
        tuple(ratio.part for ratio in usable),
        _together(usable),
        warning=figure_notes.few_arms(denominator),
        notes=figure_notes.lacking(before, this),
    )


def mean_of_years(
    before: YearRatio, this: YearRatio, after: YearRatio
) -> IndicatorValue:
    """Average two years' ratios, labelled by the first.

    A year whose next has no figure stands alone where the year before has none
    either, or where the next was filed in part and breaks the series; otherwise
    it is already inside the window before.

    Source:
        Reconstructed from the values of release 2026.Q3.G.01.
    """
    if not this.is_computable:
        return IndicatorValue(Method.UNODC_2026, this.year, reason=this.reason)
    if after.is_computable:
        return _mean(this, after)
    if before.is_computable and not after.breaks_series:
        reason = SAID.say(
            "YEAR_TWICE",
            year=this.year,
            window=window_of([before, this]),
            next=after.year,
        )
        return IndicatorValue(Method.UNODC_2026, this.year, reason=reason)
    alone = replace(of_one_year(Method.UNODC_2026, this), parts=(this.part,))
    return replace(alone, notes=figure_notes.lacking(this, after))


def years_of_window(figure: IndicatorValue) -> range:
    """Give the years that a figure rests on; its label where it has no window."""
    names = (figure.window or str(figure.year)).split("-")
    return range(int(names[0]), int(names[-1]) + 1)


def window_of(years: list[YearRatio]) -> str:
    """Write the years that a figure rests on: ``2019-2020``, or ``2020``."""
    first, last = years[0].year, years[-1].year
    return str(first) if first == last else f"{first}-{last}"


def _mean(this: YearRatio, after: YearRatio) -> IndicatorValue:
    fractions = [(each.numerator, each.denominator) for each in (this, after)]
    return IndicatorValue(
        Method.UNODC_2026,
        this.year,
        window_of([this, after]),
        value=wilson.percent((this.share + after.share) / 2),
        interval=wilson.mean_of_two(*fractions),
        parts=(this.part, after.part),
        excluded=_together([this, after]),
        warning=figure_notes.few_arms(min(this.denominator, after.denominator)),
    )


def _together(years: list[YearRatio]) -> tuple[Excluded, ...]:
    counts: dict[str, Excluded] = {}
    for each in (excluded for ratio in years for excluded in ratio.excluded):
        seen = counts.get(each.code)
        counts[each.code] = (
            replace(seen, count=seen.count + each.count) if seen else each
        )
    return tuple(counts.values())


def _with_other_reading(figure: IndicatorValue, register: Years) -> IndicatorValue:
    """Say what counting lawfully held arms as traced would give.

    The text of the metadata leaves this open, and it can move a country by
    twenty points.
    """
    tables = register.get(figure.year)
    if figure.method is not Method.METADATA or tables is None:
        return figure
    held = sum(
        table.count(TracingCell.LO)
        for table in tables.tables.values()
        if table.has_leaves
    )
    if not held or not figure.numerator_and_denominator:
        return figure
    above, below = figure.numerator_and_denominator
    if above + held > below:
        return figure
    note = figure_notes.other_reading(held, above + held, below)
    return replace(figure, notes=(*figure.notes, note))


def _with_rows_missing(figure: IndicatorValue, register: Years) -> IndicatorValue:
    """Say of which arms a figure counts none as traced for want of rows."""
    tables = register.get(figure.year)
    if tables is None or not figure.numerator_and_denominator:
        return figure
    counted = {part.name for part in figure.parts}
    notes = tuple(
        SAID.say("UNIDENTIFIABLE_ALONE", kind=kind)
        for kind, table in tables.tables.items()
        if kind.value in counted and table.lacks_unique
    )
    return replace(figure, notes=(*figure.notes, *notes))


def _with_items(figure: IndicatorValue, register: Years) -> IndicatorValue:
    items: dict[str, tuple[int, ...]] = {}
    for year in years_of_window(figure):
        if year in register:
            for name, behind in register[year].items.items():
                items[name] = items.get(name, ()) + behind
    return replace(figure, items=items)
