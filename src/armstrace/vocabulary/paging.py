"""One page of a long list."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

SIZE = 50
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is wanted."""

    # From 1.
    number: int = 1
    size: int = SIZE

    @property
    def start(self) -> int:
        """Rows before the page."""
        return (max(self.number, 1) - 1) * self.size

    def within(self, total: int) -> "PageRequest":
        """Give the page of that many rows that is nearest to the one wanted."""
        last = max(1, -(-total // self.size))
        return PageRequest(min(max(self.number, 1), last), self.size)

    def of[T](self, rows: Sequence[T]) -> "Page[T]":
        """Give the page of rows that are all at hand."""
        page = self.within(len(rows))
        shown = rows[page.start : page.start + page.size]
        return Page(shown, page.number, page.size, len(rows))


@dataclass(frozen=True, slots=True)
class CursorRequest(PageRequest):
    """Which rows a programme wants that walks a list, whatever is added meanwhile.

    They come in the order in which what they say became known here, so that a row
    that is corrected during the walk comes again at its end.
    """

    # The ``last_key`` of the page before, 0 for the first one.
    after: int = 0
    # Only rows that changed at this moment or later.
    changed_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page[T]:
    """Rows of one page, and how many there are in all."""

    rows: Sequence[T]
    number: int
    size: int
    # Number of rows that match; ``COUNTED`` where there are more.
    total: int
    # Whether ``total`` is the exact number.
    is_counted: bool = True
    # Where a walk through the list goes on.
    last_key: int = 0
    # Whether a walk ends here for now.
    is_last: bool = True

    def showing[R](self, rows: Sequence[R]) -> "Page[R]":
        """Give the same page with its rows as they are shown."""
        return replace(self, rows=rows)  # type: ignore[return-value, arg-type]

    @property
    def pages(self) -> int:
        """Number of pages that can be opened."""
        return max(1, -(-self.total // self.size))

    @property
    def has_next(self) -> bool:
        """Tell whether a page follows."""
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        """Tell whether a page precedes."""
        return self.number > 1

    @property
    def first(self) -> int:
        """Number of the first row shown, 0 where there is none."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return (self.number - 1) * self.size + len(self.rows)


def arguments_of(
    query: Callable[..., object], known: Mapping[str, object]
) -> dict[str, Any]:
    """Give of what an interface knows of a call what a query takes.

    Args:
        known: Who asks, when, which page and the like, by their names.
    """
    takes = inspect.signature(query).parameters
    return {name: value for name, value in known.items() if name in takes}
