"""Very many arms of one number cost a search no more than some thousands do."""

from collections.abc import Callable

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.identify import identify
from armstrace.analysis.matching import keys
from armstrace.analysis.matching.search import CIRCLES
from armstrace.registry import population, queries
from armstrace.registry.models import Arm, ArmRecord, SerialKey
from armstrace.registry.search import MOST_ROWS, DatabaseRegistry
from tests import builders
from tests.cast import ANALYST

pytestmark = [pytest.mark.django_db, pytest.mark.unledgered]

SERIAL = "KLM573"
READINGS = {
    "as registered": Description(make="Glock", serial=SERIAL),
    "the serial alone": Description(serial=SERIAL),
    "another make": Description(make="Taurus", serial=SERIAL),
    "a sign unread": Description(make="Glock", serial="KL?573"),
    "a sign misread": Description(make="Glock", serial="KLM574"),
    "the end lost": Description(serial="KLM5*"),
}
FEW, MANY, MILLION = MOST_ROWS, 2 * MOST_ROWS, 1_000_000
# Two of them ask whether what was counted before still holds.
MOST_STATEMENTS = 11
GROWTH = 1.25
COPIED = (
    (Arm, "id", {"id": "id + n", "source_number": "'copy ' || n"}),
    (ArmRecord, "arm_id", {"id": "id + n", "arm_id": "arm_id + n"}),
    (SerialKey, "arm_id", {"arm_id": "arm_id + n"}),
)


def grow(first: int, *, to: int) -> None:
    """Copy an arm with its record and keys, until so many bear its number."""
    span = [Arm.objects.count(), to - 1]
    for model, owner, changed in COPIED:
        names = [column.column for column in concrete(model)]
        taken = [changed.get(name, name) for name in names]
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH RECURSIVE numbers (n) AS (SELECT CAST(%s AS integer) UNION ALL "
                "SELECT n + 1 FROM numbers WHERE n < %s) "
                f"INSERT INTO {table} ({', '.join(names)}) "
                f"SELECT {', '.join(taken)} FROM {table}, numbers WHERE {owner} = %s",
                [*span, first],
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself after a load
    population.recount()


def concrete(model: type[models.Model]) -> list[models.Field]:
    return [column for column in model._meta.concrete_fields if column.column]


def work_of(search: Callable[[], object]) -> int:
    """Count the steps of SQLite's machine, or the keys that PostgreSQL read."""
    if connection.vendor == "postgresql":
        before = keys_read()
        search()
        return keys_read() - before
    steps = 0

    def stepped() -> None:
        nonlocal steps
        steps += 1

    connection.connection.set_progress_handler(stepped, 1000)
    search()
    connection.connection.set_progress_handler(None, 0)
    return steps


def keys_read() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_stat_get_xact_tuples_returned(i.indexrelid)) "
            "FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
            "WHERE c.relname IN ('registry_serialkey', 'registry_armrecord')"
        )
        return int(cursor.fetchone()[0])


def measured(read: Description) -> int:
    """Look a reading up, hold the answer to its bounds, and give the work."""
    found = []
    with CaptureQueriesContext(connection) as said:
        work = work_of(
            lambda: found.append(queries.candidates_for(identify(read), viewer=ANALYST))
        )
    (ranking,) = found
    total = ranking.probability_absent + ranking.probability_others
    total += sum(one.probability for one in ranking.candidates)
    assert total == pytest.approx(1)
    assert ranking.best < 0.001
    assert "read more of the marks" in str(ranking.note)
    assert len(said) <= MOST_STATEMENTS
    return work


def sought(read: str, *, makes: set[str]) -> int:
    """Look keys up among makes of which the crowd is none, and give the work."""
    asked = keys.query_keys(read, 1)
    return work_of(lambda: DatabaseRegistry().cards_for(asked, makes=makes, limit=500))


def compare(first: int, *, many: int) -> None:
    """Hold the work among few of one number against that among many."""
    others = {f"MAKE {n}" for n in range(12)}
    grow(first, to=FEW)
    few = {name: measured(read) for name, read in READINGS.items()}
    few["none of the makes"] = sought(SERIAL, makes=others)

    grow(first, to=many)

    work = {name: measured(read) for name, read in READINGS.items()}
    work["none of the makes"] = sought(SERIAL, makes=others)
    most = {name: GROWTH * each + 1 for name, each in few.items()}
    if connection.vendor == "postgresql":
        # Its planner may read a key's list to the end; then once in each circle.
        held = SerialKey.objects.count() + many
        most = dict.fromkeys(work, len(CIRCLES) * held)
    dear = {
        name: (most[name], each) for name, each in work.items() if each > most[name]
    }
    assert not dear


def test_twice_twenty_thousand_arms_of_one_number_cost_no_more_than_once() -> None:
    (first,) = builders.registered(builders.an_arm(description=builders.glock(SERIAL)))

    compare(first, many=MANY)


@pytest.mark.soak
def test_a_million_arms_of_one_number_cost_no_more_than_twenty_thousand() -> None:
    (first,) = builders.registered(builders.an_arm(description=builders.glock(SERIAL)))

    compare(first, many=MILLION)
