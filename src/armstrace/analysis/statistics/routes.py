"""The routes by which recovered arms came, as far as the records tell them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from armstrace.vocabulary.tracing import Establishment, TraceStanding

type Stops = tuple[str, str, str, bool]
"""Departure, transit, destination, and whether a closed trace established it."""


@dataclass(frozen=True, slots=True)
class FoundRoute:
    """Arms that came the same way, as far as the records tell it."""

    # Country where the arm left the legal world, else where the trace points first,
    # else where it was made.
    departure: str
    # Country of its import mark, where that is another one.
    transit: str
    destination: str
    # Whether a closed trace established the departure.
    is_known: bool
    count: int

    @property
    def code(self) -> str:
        """The route in one word."""
        known = "known" if self.is_known else "suspected"
        stops = (self.departure, self.transit or "none", self.destination or "none")
        return "-".join((known, *stops))

    @property
    def is_at_home(self) -> bool:
        """Whether it crosses no border."""
        return self.departure == self.destination


@dataclass(frozen=True, slots=True)
class RoutesPage:
    """The routes of a year."""

    # Across a border, the largest first.
    routes: tuple[FoundRoute, ...]
    # Arms that left the legal world in the country of recovery.
    at_home: int
    # Arms of which no country of departure is known.
    not_known: int


def stops_of(codes: Mapping[str, str | None]) -> Stops:
    """Read a route: what a closed trace says, else where the records point.

    Args:
        codes: Countries of recovery, manufacture, import and of the finding, and
            standing, establishment and country of the decision, by column.
    """
    established = codes["established"] or ""
    is_known = (
        codes["standing"] == TraceStanding.CLOSED.value
        and established != Establishment.NOT_ESTABLISHED.value
        and bool(codes["diversion_country"])
    )
    suspected = codes["hop_country"] or codes["country_of_manufacture"]
    departure = codes["diversion_country"] if is_known else suspected
    destination = codes["country"] or ""
    transit = codes["import_country"] or ""
    if transit in (departure, destination):
        transit = ""
    return departure or "", transit, destination, is_known


def routes_of(counts: Iterable[tuple[Stops, int]]) -> RoutesPage:
    """Add up arms by route; those across a border are listed."""
    added: dict[Stops, int] = {}
    for stops, number in counts:
        added[stops] = added.get(stops, 0) + number
    routes = [FoundRoute(*stops, number) for stops, number in added.items() if number]
    across = [each for each in routes if each.departure and not each.is_at_home]
    return RoutesPage(
        tuple(sorted(across, key=lambda route: (-route.count, route.code))),
        sum(each.count for each in routes if each.departure and each.is_at_home),
        sum(each.count for each in routes if not each.departure),
    )
