"""A year as it would be published, before anyone decides on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from armstrace.analysis.statistics import publishing
from armstrace.analysis.statistics.publishing import Safe
from armstrace.analysis.statistics.questionnaire.declared import questionnaire
from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled
from armstrace.indicators.models import Publication
from armstrace.indicators.queries import figures, returns
from armstrace.vocabulary.actors import Actor


@dataclass(frozen=True, slots=True)
class TablePrepared:
    """How many cells of a table would be shown, withheld and blank.

    ``small`` of those withheld are so for their own count, the others because
    they would give one away.
    """

    table_id: str
    title: str
    shown: int
    withheld: int
    blank: int
    small: int


@dataclass(frozen=True, slots=True)
class YearPrepared:
    """A year's tables as they would be published now."""

    filled: ReturnFilled
    safe: Safe
    content_hash: str
    edition: int
    # Edition that stands published with the same content; 0 where none does.
    same_as: int

    @property
    def year(self) -> int:
        return self.filled.year

    @property
    def arms(self) -> int:
        """Arms seized, found and surrendered."""
        table = self.filled.table("A2")
        return sum(cell.value or 0 for cell in table.cells()) if table else 0

    @property
    def indicator(self) -> list[Mapping[str, Any]]:
        """The indicator by each published method; ``because`` says why not."""
        because = self.safe.because
        return [
            {**each, "because": because.get(each["method"], ())}
            for each in self.safe.document["indicator"]
        ]

    @property
    def tables(self) -> tuple[TablePrepared, ...]:
        tables = self.safe.document["tables"]
        return tuple(_count_cells(table, self.safe.small) for table in tables)


def preview_year(*, year: int, viewer: Actor) -> YearPrepared:
    """Give a year's tables as they would be published now.

    What an earlier edition withheld stays withheld, so that two editions do
    not give it away.

    Raises:
        NotPermitted: The viewer may not publish, or may not see returns.
    """
    viewer.require("publication.decide")
    filled = returns.return_of(year=year, viewer=viewer)
    editions = list(
        Publication.objects.filter(year=year)
        .select_related("withdrawal")
        .defer("content")
        .order_by("edition")
    )
    made = publishing.safe(
        filled,
        questionnaire(),
        figures.side_by_side(viewer=viewer, year=year, methods=publishing.METHODS),
        always={cell for each in editions for cell in each.withheld},
    )
    digest = publishing.content_hash(made.document)
    last = editions[-1] if editions else None
    stands = last is not None and not hasattr(last, "withdrawal")
    same = last.edition if last and stands and last.content_hash == digest else 0
    return YearPrepared(filled, made, digest, last.edition + 1 if last else 1, same)


def _count_cells(table: Mapping[str, Any], small: Collection[str]) -> TablePrepared:
    cells = [cell for row in table["rows"] for cell in row["cells"]]
    shown = sum(cell["value"] is not None for cell in cells)
    withheld = sum(cell["why"] == publishing.WITHHELD for cell in cells)
    blank = len(cells) - shown - withheld
    of_table = sum(key.startswith(f"{table['id']}:") for key in small)
    return TablePrepared(table["id"], table["title"], shown, withheld, blank, of_table)
