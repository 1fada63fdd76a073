"""The register as matching searches it: by stored keys, in the database."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from django.db import connection
from django.db.models import QuerySet

from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.retrieval import Cards
from armstrace.registry.keystore import make_code
from armstrace.registry.models import ArmRecord
from armstrace.registry.population import CARD_COLUMNS, card_of

FEW_MAKES = 3
# A key that more arms bear than this tells nothing; the rest is not read.
MOST_ROWS = 20_000


class DatabaseRegistry:
    """Finds cards of registered arms by their keys, as ``retrieval.Registry``."""

    def cards_for(
        self,
        keys: Sequence[int],
        *,
        makes: AbstractSet[str] | None = None,
        limit: int,
    ) -> list[Card]:
        """Give the arms that bear any of the keys, those with most keys first."""
        if not keys:
            return []
        return _cards_with(keys, makes, limit)

    def cards_described(self, query: Query, *, limit: int) -> list[Card]:
        """Give arms whose make, model and calibre are those read."""
        read = {"make": query.make, "model": query.model, "calibre": query.calibre}
        wanted = {name: value for name, value in read.items() if value}
        if not query.make:  # without an index on the make this reads every arm
            return []
        alike = ArmRecord.objects.current().filter(**wanted).order_by("arm_id")
        return _cards(alike[:limit])


def _cards(rows: QuerySet[ArmRecord]) -> list[Card]:
    return [card_of(row) for row in rows.values_list(*CARD_COLUMNS)]


def _cards_with(
    keys: Sequence[int], makes: AbstractSet[str] | None, limit: int
) -> list[Card]:
    codes = None
    if makes is not None:
        codes = sorted({make_code(""), *(make_code(make) for make in makes)})
    with connection.cursor() as cursor:
        cursor.execute(*_bearers(keys, codes))
        shared = Counter(row[0] for row in cursor.fetchall())
        arms = sorted(sorted(shared), key=lambda arm: -shared[arm])[:limit]
        cards = Cards()
        if arms:
            cursor.execute(
                f"SELECT {', '.join(CARD_COLUMNS)} FROM registry_armrecord "  # noqa: S608 - see above
                f"WHERE superseded_at IS NULL AND arm_id IN ({_listed(arms)})"
            )
            cards.extend(map(card_of, cursor.fetchall()))
        cards.left_out = len(shared) - len(arms)
        return cards


def _bearers(
    keys: Sequence[int], codes: Sequence[int] | None
) -> tuple[str, list[list[int]]]:
    """Give the statement that finds who bears the keys, and its parameters."""
    # Many codes are cheaper to sift than to seek with each of the keys.
    column = "make_code" if codes and len(codes) <= FEW_MAKES else "+make_code"
    if connection.vendor == "postgresql":
        held, given = "= ANY(%s::bigint[])", [list(keys)]
        if codes is not None:
            held += f" AND {column} = ANY(%s::integer[])"
            given.append(list(codes))
    else:
        # Keys and codes are whole numbers of our own making, so they stand in the
        # text: a thousand bound parameters cost more than the search itself.
        held, given = f"IN ({_listed(keys)})", []
        if codes is not None:
            held += f" AND {column} IN ({_listed(codes)})"
    return (
        f"SELECT arm_id FROM registry_serialkey WHERE key {held} LIMIT {MOST_ROWS}",  # noqa: S608 - see above
        given,
    )


def _listed(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))
