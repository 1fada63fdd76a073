"""Recovered ammunition and parts over the wire."""

from ninja import Schema
from pydantic import Field

from armstrace.api.routing import Area
from armstrace.api.shapes import Text, Year, shown_from
from armstrace.api.walking import Walk
from armstrace.recoveries import queries
from armstrace.recoveries.queries.rows import AmmunitionRow, PartRow

router = Area("items")


class ItemQuery(Walk):
    """What narrows a list of recovered items."""

    text: Text = Field("", description="A case or a number.")
    year: Year | None = Field(None, description="Year of recovery.", examples=[2025])


@shown_from(AmmunitionRow)
class AmmunitionOut(Schema):
    """Recovered ammunition in a list."""


@shown_from(PartRow)
class RecoveredPartOut(Schema):
    """A recovered part in a list."""


@router.lists("/ammunition", queries.ammunition_rows, AmmunitionOut, where=ItemQuery)
def list_ammunition() -> None:
    """List recovered ammunition."""


@router.lists("/parts", queries.part_rows, RecoveredPartOut, where=ItemQuery)
def list_parts() -> None:
    """List recovered parts."""
