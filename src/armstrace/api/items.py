"""Recovered ammunition and parts over the wire."""

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from armstrace.api.errors import caller
from armstrace.api.routing import Area
from armstrace.api.shapes import Text, Year, shown_from
from armstrace.api.walking import Rows, Walk, walked
from armstrace.recoveries import queries
from armstrace.recoveries.queries.rows import AmmunitionRow, PartRow

router = Area("items")


class ItemQuery(Walk):
    """What narrows a list of recovered items."""

    text: Text = Field("", description="A case or a number.")
    year: Year | None = Field(None, description="Year of recovery.", examples=[2025])

    def filter(self) -> queries.RecoveryFilter:
        """Give what narrows."""
        return queries.RecoveryFilter(text=self.text, year=self.year)


@shown_from(AmmunitionRow)
class AmmunitionOut(Schema):
    """Recovered ammunition in a list."""


@shown_from(PartRow)
class PartOut(Schema):
    """A recovered part in a list."""


@router.reads("/ammunition", Rows[AmmunitionOut])
def list_ammunition(request: HttpRequest, where: Query[ItemQuery]) -> dict[str, object]:
    """List recovered ammunition."""
    return walked(
        queries.ammunition_rows(
            where.filter(), viewer=caller(request), page=where.page()
        )
    )


@router.reads("/parts", Rows[PartOut])
def list_parts(request: HttpRequest, where: Query[ItemQuery]) -> dict[str, object]:
    """List recovered parts."""
    return walked(
        queries.part_rows(where.filter(), viewer=caller(request), page=where.page())
    )
