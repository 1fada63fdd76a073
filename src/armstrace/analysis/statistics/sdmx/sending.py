"""A whole delivery: the checked message and the table that accompanies it."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from armstrace.analysis.statistics.indicator import IndicatorValue, Method
from armstrace.analysis.statistics.sdmx import content, messages
from armstrace.analysis.statistics.sdmx.content import About
from armstrace.analysis.statistics.sdmx.messages import Envelope, Layout
from armstrace.analysis.statistics.sdmx.structure import INVENTED_AREA, Structure
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sources import Source


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
        content.observation_of(figure, about, structure)
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
    rows = [content.ACCOMPANYING, *content.accompanying_rows(figures)]
    spreadsheets.write_rows(text, rows)
    return text.getvalue()


def _envelope(observations: Sequence[dict[str, str]], about: About) -> Envelope:
    years = "_".join(one["TIME_PERIOD"] for one in observations)
    moment = f"{about.as_of:%Y%m%dT%H%M%SZ}"
    return Envelope(
        number=f"{content.SERIES}_{about.area}_{years}_{moment}",
        sender=f"M49_{about.area}",
        prepared_at=about.as_of.replace(microsecond=0),
        is_test=about.area == INVENTED_AREA,
    )


def _remarks(
    method: Method, about: About, structure: Structure, layout: Layout
) -> Iterable[Message]:
    yield message(
        "The message holds the figure by %(method)s; every other method, with "
        "numerator and denominator, stands in the accompanying file.",
        method=str(method.value),
    )
    if not structure.is_whole:
        yield message(
            "Its codes were checked against the part of the SDG structure that is "
            "built in, which proves no official validity; check against the full "
            "structure with --structure."
        )
    if about.area == INVENTED_AREA:
        yield message(
            "REF_AREA %(area)s stands for a country that does not exist: %(marked)s, "
            "and it is not to be sent.",
            area=INVENTED_AREA,
            marked=message("the message is marked as a test")
            if layout is Layout.XML
            else message("SDMX-CSV has no place to mark a test"),
        )
