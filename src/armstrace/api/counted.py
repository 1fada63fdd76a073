"""The records behind a figure or a cell over the wire."""

from ninja import Schema
from pydantic import Field

from armstrace.api.shapes import AsOf, shown_from
from armstrace.api.walking import Pages
from armstrace.indicators import queries
from armstrace.vocabulary.paging import Page, PageRequest


class Counted(Pages):
    """A walk through the records that a figure counts, newest recovery first."""

    as_of: AsOf = None

    def page(self) -> PageRequest:
        """Give the page that is asked for; the cursor counts pages."""
        return PageRequest(self.cursor + 1, self.limit)

    def answer(self, page: Page[queries.CountedRecord]) -> dict[str, object]:
        """Give what one step of the walk answers, behind the last page nothing."""
        return {
            "rows": page.rows if page.number == self.cursor + 1 else (),
            "next": page.number,
            "is_last": not page.has_next,
        }


@shown_from(queries.CountedRecord, without={"recovery_id", "arm_id"})
class CountedOut(Schema):
    """A record that is counted."""

    id: str = Field(
        validation_alias="reference",
        description="Number of the recovery, or of the registered arm.",
        examples=["R12"],
    )
