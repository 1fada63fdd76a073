"""How a programme walks a list: by cursor, and by what changed since a moment."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from ninja import Schema
from pydantic import AwareDatetime, Field

from armstrace.api.errors import Sent
from armstrace.vocabulary.paging import CursorRequest, Page

Moment = Annotated[
    AwareDatetime,
    Field(
        ge=datetime(1900, 1, 1, tzinfo=UTC),
        le=datetime(2200, 1, 1, tzinfo=UTC),
        examples=["2026-01-31T00:00:00Z"],
    ),
]
MOST = 200


class Pages(Sent):
    """Where a walk through a list goes on, and how far."""

    cursor: int = Field(
        0,
        ge=0,
        lt=2**63,
        description="The next of the answer before; 0 begins the walk.",
        examples=[0],
    )
    limit: int = Field(
        50, ge=1, le=MOST, description="How many rows at most.", examples=[50]
    )


class Walk(Pages):
    """A walk through a list that may begin with what changed since a moment."""

    changed_since: Moment | None = Field(
        None, description="Only rows that changed at this moment or later."
    )

    def page(self) -> CursorRequest:
        """Give the page that is asked for."""
        return CursorRequest(
            size=self.limit, after=self.cursor, changed_since=self.changed_since
        )


class Rows[T](Schema):
    """Rows of a list, in the order in which what they say became known here."""

    rows: list[T]
    next: int = Field(description="The cursor to go on with, today or another day.")
    is_last: bool = Field(description="Whether nothing follows for now.")


def answer_step[R](
    page: Page[R], out: Callable[[R], object] = lambda row: row
) -> dict[str, object]:
    """Give what one step of a walk answers.

    Args:
        page: As a query gave it.
        out: Puts a row on the wire; as the query gave it where nothing is said.
    """
    return {
        "rows": [out(row) for row in page.rows],
        "next": page.last_key,
        "is_last": page.is_last,
    }
