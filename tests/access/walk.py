"""Every address of the product, found in the table of addresses itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

PARAMETER = "<"


@dataclass(frozen=True, slots=True)
class Route:
    """One address, or one kind of addresses.

    Args:
        name: As templates call it; how it is written where it has none.
        pattern: As it is written, with its parameters.
        parameters: Names of the parameters.
    """

    name: str
    pattern: str
    parameters: frozenset[str]

    @property
    def is_of_api(self) -> bool:
        """Tell whether programmes ask it, by a token."""
        return self.pattern.startswith("api/")

    def address(self, given: Mapping[str, object]) -> str:
        """Give an address of this kind."""
        if self.pattern.startswith("^"):
            return "/api/"
        made = "/"
        for part in self.pattern.split(PARAMETER):
            named, closed, rest = part.partition(">")
            name = named.rpartition(":")[2]
            made += f"{given[name]}{rest}" if closed else part
        return made


def routes() -> list[Route]:
    """Give every address of the product."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    for one in resolver.url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLPattern):
            is_plain = isinstance(one.pattern, RoutePattern)
            named = frozenset(one.pattern.converters) if is_plain else frozenset()
            yield Route(one.name or pattern, pattern, named)
        else:
            yield from _walk(one, pattern)
