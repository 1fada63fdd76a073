"""`armstrace indicator 16.4.2`: the figure, from records or from a release."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from armstrace.accounts import actors
from armstrace.analysis.statistics import indicator as methods
from armstrace.analysis.statistics import world
from armstrace.analysis.statistics.indicator import SIDE_BY_SIDE, IndicatorValue, Method
from armstrace.analysis.statistics.tables import YearTables
from armstrace.cli import options, release, shortfalls, telling, usage, writing
from armstrace.indicators import queries
from armstrace.intake import queries as intake
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import NOTHING, Message, join, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = typer.Typer()
INDICATOR = "16.4.2"
NOTHING_TO_COUNT = message(
    "No recovery is on record, so there is nothing to count. Recoveries come in "
    "through Intake."
)
OF_RECORDS = message("it is for records, not for a release")


class Layout(StrEnum):
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Wanted:
    chosen: tuple[Method, ...]
    year: int | None
    as_json: bool


@app.command()
def indicator(
    name: Annotated[str, typer.Argument(help="The indicator: 16.4.2.")],
    year: Annotated[int | None, typer.Option(help="Only this year.")] = None,
    method: Annotated[
        Method | None,
        typer.Option(help="How to compute it; metadata and unodc_annual if not given."),
    ] = None,
    as_of: options.AsOf = None,
    from_release: Annotated[
        Path | None, typer.Option(help="UNODC's published long table, XLSX or CSV.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="Only this country of the release, ISO 3166.")
    ] = None,
    layout: Annotated[
        Layout | None, typer.Option("--format", help="Layout of a release's rows.")
    ] = None,
    what_it_would_take: Annotated[
        bool,
        typer.Option(
            "--what-it-would-take",
            help="Print the points that each reason costs the figure.",
        ),
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Compute indicator 16.4.2 from records, or from a published table."""
    if name != INDICATOR:
        msg = message("the indicator is %(name)s", name=INDICATOR)
        raise usage.Wrong(msg)
    if from_release is None and (country or layout):
        msg = message("--country and --format go with --from-release")
        raise usage.Wrong(msg)
    if from_release is not None and as_of:
        raise usage.Wrong(OF_RECORDS, "--as-of")
    if from_release is not None and what_it_would_take:
        raise usage.Wrong(OF_RECORDS, "--what-it-would-take")
    wanted = Wanted(
        chosen=(method,) if method else SIDE_BY_SIDE,
        year=year,
        as_json=as_json or layout is Layout.JSON,
    )
    if from_release is not None:
        _print_release(from_release, country, wanted)
    elif what_it_would_take:
        shortfalls.print_costs(
            wanted.chosen, year, as_of=options.moment_of(as_of), as_json=wanted.as_json
        )
    else:
        _print_records(options.moment_of(as_of), wanted)


# A release -------------------------------------------------------------------


def _print_release(path: Path, country: str | None, wanted: Wanted) -> None:
    published = release.read(path)
    telling.note_remarks(published.remarks)
    registers = world.registers_of(published.lines)
    countries = sorted(registers)
    if country is not None:
        countries = [iso3 for iso3 in countries if iso3 == country.upper()]
        if not countries:
            code = country.upper()
            raise NotFound(SAID.say("NO_TRACING_TABLE", file=path.name, country=code))
    names = {line.iso3: line.country for line in reversed(published.lines)}
    rows = [
        _row(iso3, names[iso3], figure)
        for iso3 in countries
        for figure in _figures(registers[iso3], wanted)
    ]
    if wanted.as_json:
        telling.show_json(rows)
    else:
        typer.echo(_csv(rows), nl=False)


def _figures(
    register: Mapping[int, YearTables], wanted: Wanted
) -> Iterator[IndicatorValue]:
    for method in wanted.chosen:
        # A pooled figure is labelled by its second year, so one more can follow.
        labels = set(register)
        if method is Method.UNODC_POOLED:
            labels |= {year + 1 for year in register}
        for year in sorted(labels) if wanted.year is None else [wanted.year]:
            yield methods.indicator_16_4_2(register, year, method)


def _row(iso3: str, country: str, figure: IndicatorValue) -> dict[str, Any]:
    return {
        "iso3": iso3,
        "year": figure.year,
        "window": figure.window,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": _number(figure.value),
        "method": figure.method.value,
        "country": country,
        "interval_low": _number(figure.interval.low if figure.interval else None),
        "interval_high": _number(figure.interval.high if figure.interval else None),
        "parts": "; ".join(
            f"{part.name}: {part.numerator}/{part.denominator}" for part in figure.parts
        ),
        "reason": translate(figure.reason),
        "remarks": " ".join(map(translate, (*figure.notes, figure.warning))).strip(),
    }


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    text = io.StringIO()
    writing.write_rows(text, [list(rows[0]) if rows else ["iso3", "year", "window"]])
    for row in rows:
        two_decimals = (
            f"{value:.2f}" if isinstance(value, float) else value
            for value in row.values()
        )
        writing.write_rows(text, [list(two_decimals)])
    return text.getvalue()


# Records ---------------------------------------------------------------------


def _print_records(as_of: datetime | None, wanted: Wanted) -> None:
    viewer = actors.system_actor(Purpose.STATISTICS)
    years = (
        (wanted.year,)
        if wanted.year is not None
        else queries.years_of_recoveries(viewer=viewer, as_of=as_of)
    )
    figures = [
        figure
        for method in wanted.chosen
        for figure in queries.indicator_series(
            viewer=viewer, years=years, method=method, as_of=as_of
        )
    ]
    if not figures and not wanted.as_json:
        telling.note(NOTHING_TO_COUNT)
    elif not wanted.as_json:
        typer.echo("\n\n".join(_sentences(figure) for figure in figures))
        if as_of is None:
            _print_held({figure.year for figure in figures}, viewer)
    elif len(figures) == 1:
        telling.show_json(_document(figures[0], as_of))
    else:
        documents = [_document(figure, as_of) for figure in figures]
        whole = {"indicator": INDICATOR, "figures": documents}
        telling.show_json(whole)


def _print_held(years: Iterable[int], viewer: Actor) -> None:
    """Say how many rows are held that may belong to the years shown."""
    for year in sorted(years):
        count = intake.held_of_year(year, viewer=viewer)
        if count:
            telling.note(SAID.say("HELD_NOT_COUNTED", year=year, count=count))


def _document(figure: IndicatorValue, as_of: datetime | None) -> dict[str, Any]:
    interval = figure.interval
    return {
        "indicator": INDICATOR,
        "method": figure.method.value,
        "method_version": figure.method_version,
        "year": figure.year,
        "window": figure.window,
        "as_of": as_of.isoformat() if as_of else None,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": _number(figure.value),
        "interval": [_number(interval.low), _number(interval.high)]
        if interval
        else None,
        "parts": [asdict(part) for part in figure.parts],
        "excluded": [
            {
                "code": each.code,
                "rule": each.rule,
                "reason": translate(each.words),
                "count": each.count,
            }
            for each in figure.excluded
        ],
        "reason": translate(figure.reason),
        "warning": translate(figure.warning),
        "notes": [translate(note) for note in figure.notes],
        "cautions": [caution.value for caution in figure.cautions],
        "explanation": translate(figure.sentence),
    }


def _sentences(figure: IndicatorValue) -> str:
    head = f"{INDICATOR}, {figure.year}, {figure.method.value}: "
    lines = [
        f"{part.name}: {translate(_fraction(part.numerator, part.denominator))}"
        for part in figure.parts
    ]
    left_out = (
        SAID.say("COUNT_LEFT_OUT", count=each.count, why=each.words, rule=each.rule)
        for each in figure.excluded
    )
    remarks = (*left_out, *figure.notes, figure.warning, figure.sentence)
    lines += [translate(remark) for remark in remarks if remark]
    return "\n  ".join([head + translate(_value(figure)), *lines])


def _fraction(above: int, below: int) -> Message:
    return message("%(above)s of %(below)s", above=above, below=below)


def _value(figure: IndicatorValue) -> Message:
    if figure.value is None or figure.interval is None:
        return message("no figure. %(reason)s", reason=figure.reason)
    both = figure.numerator_and_denominator
    fraction = _fraction(*both) if both else NOTHING
    return SAID.say(
        "FIGURE",
        value=figure.value,
        grounds=join([fraction, Message(figure.window)], "; "),
        low=figure.interval.low,
        high=figure.interval.high,
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
