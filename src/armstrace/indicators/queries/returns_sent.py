"""What leaves the house with a return: what its workbook says, and the message."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from armstrace.analysis.statistics.indicator import IndicatorValue, Method
from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled
from armstrace.analysis.statistics.sdmx import sending, structure
from armstrace.analysis.statistics.sdmx.messages import Layout
from armstrace.analysis.statistics.sdmx.sending import About
from armstrace.analysis.statistics.workbook.layout import Told
from armstrace.indicators.queries.figures import side_by_side
from armstrace.indicators.queries.returns import KeptReturn
from armstrace.indicators.queries.returns_revisions import revisions
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import message

_MINUTE = "%d %b %Y %H:%M"
SOURCE = message("National records of recovered arms and of their traces")


@dataclass(frozen=True, slots=True)
class MessageAsked:
    """Which SDMX message is wanted."""

    years: tuple[int, ...]
    # By which method the message is; every other one stands in the file beside it.
    method: Method
    layout: Layout
    # As known at that moment; now where None.
    as_of: datetime | None = None
    # Who keeps the records, for SOURCE_DETAIL.
    source: str = str(SOURCE)


def told_beside(
    filled: ReturnFilled, *, viewer: Actor, card: KeptReturn | None = None, at: datetime
) -> Told:
    """Give the figures, who made it, and what changed since one was kept."""
    as_of = card.as_of if card else filled.as_of
    figures = by_every_method(year=filled.year, as_of=as_of, viewer=viewer)
    made, by = (card.kept_at, card.kept_by) if card else (at, viewer.name)
    told = Told(figures, f"{made:{_MINUTE}} UTC, {by}")
    if as_of is not None:
        return told
    found = revisions(year=filled.year, viewer=viewer)
    if found.since is None:
        return told
    since = f"{found.since.as_of:{_MINUTE}} UTC"
    return Told(figures, told.made, found.lines, since)


def by_every_method(
    *, year: int, as_of: datetime | None = None, viewer: Actor
) -> tuple[IndicatorValue, ...]:
    """Give the figure of a year by every method."""
    return side_by_side(viewer=viewer, year=year, methods=tuple(Method), as_of=as_of)


def sdmx_message(
    asked: MessageAsked,
    *,
    fits: structure.Structure | None = None,
    viewer: Actor,
    at: datetime,
) -> sending.Delivery:
    """Write the indicator of this State as an SDMX message.

    Args:
        fits: The structure that it is held against; the built-in part where None.

    Raises:
        RuleBroken: ``SX-01`` to ``SX-08``, as ``sending.delivery_of`` raises them.
        SourceUnavailable: The extra ``sdmx`` is not installed.
    """
    fits = fits or structure.built_in().of_version(settings.SDG_VERSION)
    known_at = min(asked.as_of, at) if asked.as_of else at
    area = structure.area_of(settings.HOME_COUNTRY, fits)
    return sending.delivery_of(
        [
            figure
            for year in asked.years
            for figure in by_every_method(year=year, as_of=asked.as_of, viewer=viewer)
        ],
        method=asked.method,
        about=About(area, asked.source, known_at.astimezone(UTC)),
        structure=fits,
        layout=asked.layout,
    )
