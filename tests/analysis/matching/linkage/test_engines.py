"""A linkage engine ranks and weighs as matching does, by the same keys."""

import itertools
import random
import shutil
import sys

import pytest

from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.linkage import engines, model, tables
from armstrace.analysis.matching.memory import MemoryRegistry
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Ranker
from armstrace.vocabulary.errors import SourceUnavailable

pytest.importorskip("splink")
pytestmark = pytest.mark.pure

MODELS = [
    ("TAURUS", "PT 92", "9x19 mm", "PISTOL", "BR"),
    ("TAURUS", "82", ".38 SPECIAL", "REVOLVER", "BR"),
    ("GLOCK", "17", "9x19 mm", "PISTOL", "AT"),
    ("GLOCK", "19", "9x19 mm", "PISTOL", "AT"),
    ("ROSSI", "", ".38 SPECIAL", "REVOLVER", "BR"),
    ("", "", "9x19 mm", "PISTOL", ""),
]
# By how much the weight of a serial may differ from that of matching.
TOLERANCE_BITS = model.STEP_BITS / 2
EXACT_BITS = 0.001
SIZE, READINGS, FEWEST_COMPARED = 600, 30, 200


def a_register(size):
    chance = random.Random(4)
    cards = []
    for number in range(size):
        make, name, calibre, kind, country = chance.choice(MODELS)
        serial = f"{chance.choice('ABCK')}{chance.randrange(3000):05d}"
        cards.append(Card(str(number), kind, make, name, calibre, serial, country))
    return cards


def misread(cards, count):
    """Read some arms, each with one error or none."""
    chance = random.Random(5)
    queries = []
    for number, card in enumerate(chance.sample(cards, count)):
        serial = list(card.serial)
        place = chance.randrange(len(serial))
        serial[place] = chance.choice([serial[place], "?", "", "8", "0"])
        make = chance.choice([card.make, card.make, "GLOK", ""])
        queries.append(
            Query(
                f"q{number}",
                make=make,
                model=chance.choice([card.model, ""]),
                calibre=chance.choice([card.calibre, ".45 ACP", ""]),
                type=card.type,
                serial="".join(serial),
            )
        )
    return queries


def local_session():
    """Start Spark on this machine, without its pages and without a network."""
    sql = pytest.importorskip("pyspark.sql")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "1",
        "spark.default.parallelism": "1",
        "spark.driver.memory": "1g",
        # Java that runs for seconds is not worth compiling twice.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        # For so few rows each stage would take longer to compile than to run.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
    }
    builder = sql.SparkSession.builder.master("local[1]").appName("armstrace")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    # The functions of this Python run in the same one.
    session.sparkContext.pythonExec = sys.executable
    return session


@pytest.fixture(scope="module")
def asked():
    cards = a_register(SIZE)
    held = MemoryRegistry(cards)
    ranker = Ranker(Population(held.counts))
    queries = misread(cards, READINGS)
    single = [query for query in queries if len(ranker.readings(query)) == 1]
    assert len(single) > READINGS // 2
    return cards, held, ranker, single


def agrees(scored, asked):
    """Set each reading's candidates beside those of matching."""
    _, held, ranker, queries = asked
    by_query = {}
    for one in scored:
        by_query.setdefault(one.query_id, {})[one.registry_id] = one
    compared = 0
    for query in queries:
        keys = tables.export([query], [], ranker).readings[0]["search_keys"]
        ours = ranker.rank(query, held.cards_for(keys, limit=2000)).candidates
        theirs = by_query.get(query.query_id, {})
        assert set(theirs) >= {each.registry_id for each in ours}
        for each in ours:
            weights = theirs[each.registry_id].by_field
            for evidence in each.evidence:
                serial = evidence.field == "serial"
                most = TOLERANCE_BITS + EXACT_BITS if serial else EXACT_BITS
                assert abs(weights[evidence.field] - evidence.bits) <= most
                compared += 1
        # Equal but for the half bits in which serials are told.
        for better, worse in itertools.pairwise(ours):
            if better.bits - worse.bits > 2 * TOLERANCE_BITS + EXACT_BITS:
                first, second = theirs[better.registry_id], theirs[worse.registry_id]
                assert first.bits > second.bits
    return compared


def test_duckdb_ranks_and_weighs_as_matching_does(asked):
    pytest.importorskip("duckdb")
    cards, _, ranker, queries = asked

    scored = engines.on_duckdb(tables.export(queries, cards, ranker), ranker.channel)

    assert agrees(scored, asked) > FEWEST_COMPARED


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_spark_ranks_and_weighs_as_matching_does(asked, socket_enabled):
    pytest.importorskip("pyspark")
    cards, _, ranker, queries = asked
    session = local_session()

    scored = engines.on_spark(
        tables.export(queries, cards, ranker), ranker.channel, session
    )
    session.stop()

    assert agrees(scored, asked) > FEWEST_COMPARED


def test_every_pair_of_the_engine_shares_a_key_of_the_store(asked):
    cards, held, ranker, queries = asked
    written = tables.export(queries, cards, ranker)

    for row in written.readings:
        keys = set(row["search_keys"])
        sharing = {
            arm["unique_id"]
            for arm in written.register
            if keys & set(arm["search_keys"])
        }
        found = held.cards_for(sorted(keys), limit=2000)
        assert sharing == {card.registry_id for card in found}


def test_what_is_not_installed_is_named_with_its_extra():
    with pytest.raises(SourceUnavailable, match=r"\.\[linkage\]"):
        engines._import_extra("no_such_engine", "linkage")


def test_the_steps_of_a_serial_travel_to_other_processes(asked):
    import pickle  # noqa: PLC0415

    steps = model.SerialSteps(asked[2].channel.serial)
    there = pickle.loads(pickle.dumps(steps))

    assert there("A00123", "A00123") == steps("A00123", "A00123")
    assert there("A00128", "A00123") > there("A00123", "A00123")
    assert there(None, "A1") == model.MOST_STEPS
