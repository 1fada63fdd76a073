"""The annual return of a year, filled from records and from what was entered."""

from datetime import datetime

from django.conf import settings

from armstrace.analysis.statistics.questionnaire import fill
from armstrace.analysis.statistics.questionnaire.declared import (
    Questionnaire,
    questionnaire,
)
from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled
from armstrace.indicators.queries import returns_columns as columns
from armstrace.indicators.queries.returns_columns import Reach
from armstrace.recoveries.models import AmmunitionRecord, PartRecord
from armstrace.vocabulary.actors import Actor


def return_of(
    *, year: int, as_of: datetime | None = None, viewer: Actor
) -> ReturnFilled:
    """Fill the return of a year from one pass over its records.

    Args:
        year: Year in which the items were recovered.
        as_of: As known at that moment; now where None.
        viewer: Who asks.

    Raises:
        NotPermitted: The viewer may not see returns.
    """
    reach = Reach(viewer.agencies_for("return.view"), year, as_of)
    return filled(reach, questionnaire())


def filled(reach: Reach, asked: Questionnaire) -> ReturnFilled:
    """Fill a questionnaire within reach."""
    recorded = recorded_in(reach)
    tables = fill.tables_filled(asked, recorded, {})
    return ReturnFilled(
        reach.year, settings.HOME_COUNTRY, reach.as_of, asked.version, tables
    )


def recorded_in(reach: Reach) -> fill.Recorded:
    """Read all that the records of a year say."""
    arms = columns.arm_columns(reach)
    deciders = columns.deciders()
    items = {
        "ARM": arms,
        "PART": columns.quantity_columns(reach, PartRecord),
        "AMMUNITION": columns.quantity_columns(reach, AmmunitionRecord),
        "CASE": columns.case_columns(reach),
    }
    recorded = fill.counted_arms(arms, deciders)
    items["FATE"] = columns.fate_columns(reach, recorded)
    return fill.Recorded(items, deciders)
