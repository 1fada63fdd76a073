"""Figures of indicator 16.4.2 as an SDMX message, and the table beside it.

The official structure has one series, VC_ARM_SZTRACE, and none for numerator
and denominator: these go into the comment, and into the accompanying table.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from armstrace.analysis.statistics.indicator import Caution, IndicatorValue, Method
from armstrace.analysis.statistics.sdmx import messages
from armstrace.analysis.statistics.sdmx.messages import Envelope, Layout
from armstrace.analysis.statistics.sdmx.structure import INVENTED_AREA, Structure
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.sources import Source

SAID = Sentences(__package__)
SERIES = "VC_ARM_SZTRACE"
LIMITS = (
    "Arms that no mark makes unique have no reliable origin on record. The value "
    "depends on the share of arms that can be traced. Traces take time, so the "
    "latest year is low and is revised. The indicator measures how far tracing "
    "succeeds, not the size of illicit flows."
)
ACCOMPANYING = (
    "year", "method", "method_version", "row", "name", "rule", "window", "numerator",
    "denominator", "value", "interval_low", "interval_high", "count", "words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """What a message says of itself beside the figures."""

    # Code of the country, as ``structure.area_of`` gives it.
    area: str
    # Who keeps the records, for SOURCE_DETAIL.
    source: str
    # The records as known at that moment, UTC.
    as_of: datetime
    # ``N`` for a national authority.
    reporting_type: str = "N"
    # ``C`` for country data.
    nature: str = "C"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is handed over."""

    text: str
    # CSV with every method, part and exclusion.
    accompanying: str
    observations: tuple[dict[str, str], ...]
    remarks: tuple[Message, ...]


def delivery_of(
    figures: Sequence[IndicatorValue],
    *,
    method: Method,
    about: About,
    structure: Structure,
    layout: Layout,
) -> Delivery:
    """Write the message of one method, and all methods beside it.

    Args:
        layout: CSV or XML; XML is also held against the schemas of SDMX.

    Raises:
        RuleBroken: ``SX-01`` to ``SX-06`` a code does not fit, ``SX-07`` a year
            has no figure, ``SX-08`` the country has no code.
        SourceUnavailable: The extra ``sdmx`` is not installed.

    Source:
        Global SDG data structure, IAEG-SDGs:SDG.
    """
    if not about.area:
        msg = message(
            "The country has no code of M49; set ARMSTRACE_COUNTRY to the two "
            "letters of this State."
        )
        raise RuleBroken("SX-08", msg, source=Source("sdmx-sdg"))
    observations = tuple(
        observation_of(figure, about, structure)
        for figure in figures
        if figure.method is method
    )
    envelope = _envelope(observations, about)
    text = messages.write(observations, structure, layout, envelope=envelope)
    if layout is Layout.XML:
        messages.validate(text)
        messages.validate(messages.write_generic(observations, structure, envelope))
    return Delivery(
        text=text,
        accompanying=accompanying_text(figures),
        observations=observations,
        remarks=tuple(_remarks(method, about, structure, layout)),
    )


def accompanying_text(figures: Iterable[IndicatorValue]) -> str:
    """Write the accompanying table as CSV."""
    text = io.StringIO()
    rows = [ACCOMPANYING, *accompanying_rows(figures)]
    spreadsheets.write_rows(text, rows)
    return text.getvalue()


def _envelope(observations: Sequence[dict[str, str]], about: About) -> Envelope:
    years = "_".join(one["TIME_PERIOD"] for one in observations)
    moment = f"{about.as_of:%Y%m%dT%H%M%SZ}"
    return Envelope(
        number=f"{SERIES}_{about.area}_{years}_{moment}",
        sender=f"M49_{about.area}",
        prepared_at=about.as_of.replace(microsecond=0),
        is_test=about.area == INVENTED_AREA,
    )


def _remarks(
    method: Method, about: About, structure: Structure, layout: Layout
) -> Iterable[Message]:
    yield SAID.say("ONE_METHOD", method=str(method.value))
    if not structure.is_whole:
        yield SAID.say("CHECKED_IN_PART")
    if about.area == INVENTED_AREA:
        yield SAID.say(
            "INVENTED",
            area=INVENTED_AREA,
            marked=message("the message is marked as a test")
            if layout is Layout.XML
            else message("SDMX-CSV has no place to mark a test"),
        )


def observation_of(
    figure: IndicatorValue, about: About, structure: Structure
) -> dict[str, str]:
    """Write a figure as one observation of VC_ARM_SZTRACE.

    Args:
        structure: Its dimensions; a breakdown that the series lacks is ``_T``.

    Raises:
        RuleBroken: ``SX-07`` the year has no figure by that method.

    Source:
        Global SDG data structure, IAEG-SDGs:SDG; SDMX guidelines for SDG data:
        annual frequency, TIME_DETAIL where a figure rests on several years.
    """
    if figure.value is None or figure.interval is None:
        msg = message(
            "There is no figure for %(year)s by %(method)s, so no message is written: "
            "%(reason)s",
            year=figure.year,
            method=str(figure.method.value),
            reason=figure.reason,
        )
        raise RuleBroken("SX-07", msg, source=Source("sdmx-sdg"))
    told = {
        "FREQ": "A",
        "REPORTING_TYPE": about.reporting_type,
        "SERIES": SERIES,
        "REF_AREA": about.area,
        "TIME_PERIOD": str(figure.year),
        "OBS_VALUE": str(figure.value),
        "OBS_STATUS": status_of(figure),
        "UNIT_MULT": "0",
        "UNIT_MEASURE": "PT",
        "NATURE": about.nature,
        "TIME_DETAIL": figure.window,
        "COMMENT_OBS": plain(comment_of(figure)),
        "UPPER_BOUND": str(figure.interval.high),
        "LOWER_BOUND": str(figure.interval.low),
        "SOURCE_DETAIL": plain(about.source),
        "COMMENT_TS": plain(f"{figure.sentence} {LIMITS}"),
        "DATA_LAST_UPDATE": about.as_of.date().isoformat(),
    }
    breakdowns = {each.id: "_T" for each in structure.dimensions}
    written = {each.id for each in structure.components} | {"OBS_VALUE"}
    return {
        name: value
        for name, value in (breakdowns | told).items()
        if name in written and value
    }


def status_of(figure: IndicatorValue) -> str:
    """Give OBS_STATUS: normal, provisional, or of low reliability.

    Source:
        SDMX cross-domain code list CL_OBS_STATUS.
    """
    if Caution.NO_REGISTER in figure.cautions:
        return "U"
    return "P" if Caution.UNFINISHED in figure.cautions else "A"


def comment_of(figure: IndicatorValue) -> str:
    """Say in one comment what the figure is made of."""
    words = [f"{figure.window} average based on available data."] * (
        "-" in figure.window
    )
    if figure.numerator_and_denominator:
        words.append(f"Numerator {figure.numerator}, denominator {figure.denominator}.")
    if figure.numerator is None:
        words += [
            f"{part.name}: {part.numerator} of {part.denominator}."
            for part in figure.parts
        ]
    words.append(f"Method {figure.method.value} ({figure.method_version}).")
    if figure.interval:
        low, high = figure.interval.low, figure.interval.high
        words.append(f"95 % interval {low} to {high}.")
    return " ".join([*words, *map(str, (figure.warning, *figure.notes))]).strip()


def plain(text: str) -> str:
    """Write a text so that every SDMX reader takes it as it stands.

    Writers escape little: quotes, backslashes and characters that are not
    printable would break an XML attribute or come back altered.
    """
    inside = iter("“”" * (text.count('"') // 2 + 1))
    quoted = "".join(next(inside) if each == '"' else each for each in text)
    apart = quoted.replace("'", "’").replace("\\", "/")
    printable = "".join(each if each.isprintable() else " " for each in apart)
    return re.sub(r"\s+", " ", printable).strip()


def accompanying_rows(
    figures: Iterable[IndicatorValue],
) -> Iterator[tuple[object, ...]]:
    """Give the table that goes with a message: every method, part, exclusion.

    Yields:
        Rows under the headings ``ACCOMPANYING``; ``row`` says whether it is a
        FIGURE, a PART of it, or a reason why arms were LEFT_OUT.
    """
    for figure in figures:
        head = (figure.year, figure.method.value, figure.method_version)
        interval = figure.interval
        yield (
            *head,
            "FIGURE",
            figure.method.label,
            "",
            figure.window,
            figure.numerator,
            figure.denominator,
            figure.value,
            interval.low if interval else None,
            interval.high if interval else None,
            None,
            " ".join(map(str, (figure.reason, figure.warning, *figure.notes))).strip(),
        )
        for part in figure.parts:
            counts = (part.numerator, part.denominator)
            yield (*head, "PART", part.name, "", figure.window, *counts, *_NO_VALUE, "")
        for each in figure.excluded:
            none = (None,) * 5
            left = (figure.window, *none, each.count, str(each.words))
            yield (*head, "LEFT_OUT", each.code, each.rule, *left)


_NO_VALUE = (None,) * 4
