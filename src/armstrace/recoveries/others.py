"""All other recoveries, as one of them is set beside them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from armstrace.analysis.marks import folding
from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Candidate, Ranker, ranker_of
from armstrace.analysis.matching.repeats import (
    Repeat,
    Teller,
    channel_of,
    default_rates,
)
from armstrace.analysis.matching.retrieval import Cards
from armstrace.analysis.matching.search import Search
from armstrace.analysis.matching.series import (
    SHORTEST_BEGINNING,
    WINDOW,
    Numbered,
    NumbersRead,
    split_number,
)
from armstrace.analysis.matching.shapes import LONG
from armstrace.records import lookups
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry import keystore, population, ranking
from armstrace.registry import queries as registry
from armstrace.registry.queries.candidates import READABLE
from armstrace.registry.search import DatabaseRegistry, Held

TOP = 50
# Most recoveries of one serial or one procedure that are always looked at.
MOST_BESIDE = 200
MOST_BLOCKS = 6
MOST_BEGINNINGS = 1000
HELD = Held("recoveries_recoverykey", "recoveries_recoveryrecord", "recovery_id")
KEYED = (HELD.owner, *keystore.KEYED[1:])
COUNTED = population.Counted(2, RecoveryRecord, "recovery_id")


def _of_recoveries(statement: str) -> str:
    """Turn a statement of the register's keys into one of recoveries' keys."""
    return statement.replace("registry_serialkey", HELD.keys).replace(
        "arm_id", HELD.owner
    )


INSERT = _of_recoveries(keystore.INSERT), _of_recoveries(keystore.INSERT_ARRAYS)
DELETE = _of_recoveries(keystore.DELETE), _of_recoveries(keystore.DELETE_ARRAYS)


@dataclass(frozen=True, slots=True)
class Met:
    """Another recovery that may be of the same arm."""

    other_id: int
    recovered_on: date
    found: Repeat
    # Whether both stand in one procedure of one agency.
    is_one_procedure: bool


class Others:
    """Finds, for one recovery after another, the others of the same arm."""

    def __init__(self) -> None:
        self._rates = default_rates()
        self._ranker = _ranker(population.population(COUNTED))
        self._held = _HeldOthers()
        self._search = Search(self._held, self._ranker, top=TOP)

    @property
    def model(self) -> str:
        """The version of the rates."""
        return self._ranker.channel.model

    def meet(self, record: RecoveryRecord, *, least: float) -> list[Met]:
        """Give the other recoveries that may be of this one's arm.

        Args:
            record: What is known of it now; its keys and theirs are stored.
            least: Least probability that it is the same arm, 0 to 1.
        """
        query = replace(registry.query_of(record), import_number="")
        if not query.serial:
            return []
        beside, one_procedure = _beside(record, query.serial)
        self._held.turn_to(record.recovery_id, beside)
        ranked = self._search.run(query)
        teller = Teller(self._ranker.channel, self._rates, Density(ranked.candidates))
        told = teller.tell(ranked, in_one=one_procedure.__contains__)
        likely = [
            each
            for each in told.repeats
            if each.probability >= least
            and _agrees(each.candidate.card, query)
            and (
                each.candidate.registry_id not in one_procedure
                or _is_one_item(each.candidate.card, query)
            )
        ]
        days = _days(likely)
        return [
            Met(other, days[other], each, each.candidate.registry_id in one_procedure)
            for each in likely
            if (other := int(each.candidate.registry_id)) in days
        ]


def _agrees(card: Card, query: Query) -> bool:
    """Refuse what bears no serial, or is of another make: no serial is unique."""
    return bool(card.serial) and len({card.make, query.make} - {""}) < 2


def _is_one_item(card: Card, query: Query) -> bool:
    """Tell whether two entries of one procedure may be of one item.

    A procedure lists each arm once, so that arms of a make whose number was read in
    part are as many arms: only whole numbers under one make say that it is one.
    """
    are_whole = card.serial.isalnum() and query.serial.isalnum()
    return bool(query.make) and card.make == query.make and are_whole


def _days(found: Sequence[Repeat]) -> dict[int, date]:
    if not found:
        return {}
    ids = [int(each.candidate.registry_id) for each in found]
    rows = RecoveryRecord.objects.current().filter(recovery_id__in=ids)
    return dict(rows.values_list("recovery_id", "recovered_on"))


def store_keys(records: Sequence[RecoveryRecord]) -> None:
    """Keep the keys of current records; those of their earlier versions go."""
    classes = [folding.standard()]
    readable = [r for r in records if r.serial_status in READABLE and r.serial_search]
    rows = _rows([record.__dict__ for record in readable], classes)
    earlier = RecoveryRecord.objects.filter(
        recovery_id__in=[record.recovery_id for record in records],
        superseded_at__isnull=False,
    )
    gone = _rows(earlier.values(*KEYED), classes) - rows
    keystore.change(*DELETE, sorted(gone))
    keystore.change(*INSERT, sorted(rows))


def _rows(
    records: Iterable[Mapping[str, Any]], classes: Sequence[folding.Folding]
) -> set[keystore.Row]:
    return {
        row
        for record in records
        for row in keystore.rows_of(record, classes, HELD.owner)
    }


def _ranker(counted: Population) -> Ranker:
    """Give the ranker with the rates in use; it remembers what it has met."""
    in_use = ranking.channel_in_use(ranking.tunings_in_use())
    channel = channel_of(default_rates(), in_use)
    return ranker_of(counted, channel.model, lambda of: Ranker(of, channel))


# One question an index: either at once would read every recovery.
_BESIDE = (
    f"SELECT * FROM (SELECT {HELD.card}, r.serial_status, r.agency, r.case_number "  # noqa: S608 - own words
    f"FROM {HELD.records} r WHERE r.superseded_at IS NULL AND r.{{column}} = %s "
    f"AND r.{HELD.owner} <> %s LIMIT {MOST_BESIDE}) AS {{column}}"
)
_BY_SERIAL, _BY_CASE = (
    _BESIDE.format(column=column) for column in ("serial_search", "case_number")
)


def _beside(record: RecoveryRecord, serial: str) -> tuple[list[Card], set[str]]:
    """Give what shares the serial or the procedure, whether keyed yet or not.

    Returns:
        The recoveries, and the identifiers of those of the procedure.
    """
    given: list[str | int] = [serial, record.recovery_id]
    asked = _BY_SERIAL
    if record.case_number:
        asked = f"{_BY_SERIAL} UNION {_BY_CASE}"
        given += [record.case_number, record.recovery_id]
    with connection.cursor() as cursor:
        cursor.execute(asked, given)
        rows = cursor.fetchall()
    cards, one_procedure = [], set()
    for *columns, status, agency, case in rows:
        card = population.card_of(columns)
        cards.append(card if status in READABLE else card._replace(serial=""))
        if case and (case, agency) == (record.case_number, record.agency):
            one_procedure.add(card.registry_id)
    return cards, one_procedure


class _HeldOthers:
    """The recoveries by their keys, but the one that is asked about."""

    def __init__(self) -> None:
        self._held = DatabaseRegistry(HELD)
        self._own = ""
        self._beside: list[Card] = []

    def turn_to(self, recovery_id: int, beside: list[Card]) -> None:
        """Leave out a recovery, and have some others looked at in any case."""
        self._own = str(recovery_id)
        self._beside = beside

    def cards_for(
        self, keys: Sequence[int], *, makes: AbstractSet[str] | None = None, limit: int
    ) -> list[Card]:
        found = self._held.cards_for(keys, makes=makes, limit=limit)
        return self._but_own(found, self._beside)

    def cards_beginning(
        self, beginning: str, *, makes: AbstractSet[str] | None = None, limit: int
    ) -> list[Card]:
        return self._but_own(
            self._held.cards_beginning(beginning, makes=makes, limit=limit)
        )

    def _but_own(self, found: list[Card], beside: Iterable[Card] = ()) -> Cards:
        others = Cards(
            {
                card.registry_id: card
                for card in (*found, *beside)
                if card.registry_id != self._own
            }.values()
        )
        others.left_out = getattr(found, "left_out", 0)
        return others

    def cards_described(self, query: Query, *, limit: int) -> list[Card]:
        """Give nothing: arms of one make and model are not told apart by it."""
        del query, limit
        return []


class Density:
    """How dense the series of candidates are on record, as ``series.Series``."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._marks = {(one.card.make, one.card.serial) for one in candidates}
        self._beginnings: dict[tuple[str, str], int] | None = None
        self._numbers: dict[tuple[object, ...], set[int]] = {}
        self._begins: dict[tuple[str, Numbered], str] = {}
        for one in candidates:
            own = split_number(one.card.serial)
            if own is not None:
                begin = one.card.serial[: len(own.before)]
                self._begins[one.card.make, own] = begin

    def beginning_so(self, make: str, serial: str) -> int:
        """Count the long serials of a make on record that go on from a serial."""
        if self._beginnings is None:
            self._beginnings = _count_beginnings(self._marks)
        return self._beginnings.get((make, serial), 0)

    def density(self, make: str, own: Numbered, read: NumbersRead) -> float:
        """Give the share of the numbers about a reading that are on record."""
        low, high = max(read.lowest - WINDOW, 0), read.highest + WINDOW
        begin = self._begins.get((make, own))
        if begin is None or high // WINDOW - low // WINDOW > MOST_BLOCKS:
            return 0.0
        series = make, begin, own.before, own.after, own.size, low, high
        numbers = self._numbers.get(series)
        if numbers is None:
            numbers = self._numbers[series] = _numbers(make, begin, own, low, high)
        return len(numbers - {own.number}) / (high - low + 1)


# A number of a candidate and the one that follows all that begin with it.
_BEGINNINGS = """
SELECT w.make, w.serial, (
    SELECT count(*) FROM (
        SELECT 1 FROM recoveries_recoveryrecord r
        WHERE r.superseded_at IS NULL AND r.make = w.make
        AND r.serial_search {from_} w.serial AND r.serial_search {below} w.past
        AND length(r.serial_search) >= w.least
        LIMIT {most}) AS found)
FROM ({wanted}) AS w
"""
# PostgreSQL knows how many an array holds; of a list of other kinds it expects so
# many that it compiles the statement, which takes longer than the answer.
_LISTED = {
    "sqlite": (
        "SELECT value ->> 0 AS make, value ->> 1 AS serial, value ->> 2 AS past,"
        " value ->> 3 AS least FROM json_each(%s)"
    ),
    "postgresql": (
        "SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::integer[])"
        " AS w (make, serial, past, least)"
    ),
}
_NUMBERS = """
SELECT serial_search FROM (SELECT serial_search FROM recoveries_recoveryrecord r
WHERE r.superseded_at IS NULL AND r.make = %s
AND r.serial_search {from_} %s AND r.serial_search {below} %s LIMIT {most}) AS found
"""


def _count_beginnings(marks: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Count, for makes and serials, the long serials on record that go on from one."""
    wanted = [
        (make, serial, lookups.past(serial), max(LONG, len(serial) + 2))
        for make, serial in marks
        if len(serial) >= SHORTEST_BEGINNING
    ]
    if not wanted:
        return {}
    from_, below = lookups.signs_of_range()
    listed = _LISTED[connection.vendor]
    statement = _BEGINNINGS.format(
        from_=from_, below=below, most=MOST_BEGINNINGS, wanted=listed
    )
    given: list[Any] = [json.dumps(wanted)]
    if connection.vendor == "postgresql":
        given = [list(column) for column in zip(*wanted, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return {(make, serial): count for make, serial, count in cursor.fetchall()}


def _numbers(make: str, begin: str, own: Numbered, low: int, high: int) -> set[int]:
    """Give the numbers on record from one to another in the series of a serial."""
    blocks = {
        begin + (str(block).zfill(own.size - 2) if own.size > 2 else "")
        for block in range(low // WINDOW, high // WINDOW + 1)
    }
    from_, below = lookups.signs_of_range()
    each = _NUMBERS.format(from_=from_, below=below, most=10 * WINDOW)
    given = [
        text for block in sorted(blocks) for text in (make, block, lookups.past(block))
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([each] * len(blocks)), given)
        near = [serial for (serial,) in cursor.fetchall()]
    return {
        place.number
        for place in map(split_number, near)
        if place is not None
        and (place.before, place.after, place.size) == (own.before, own.after, own.size)
        and low <= place.number <= high
    }
