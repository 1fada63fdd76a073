"""Splink 5 on DuckDB as a peer: ordinary blocking rules, a model of its own training.

It links all readings at once. Rates of chance agreement are sampled, those of true
pairs are trained by expectation-maximisation on the same readings without the truth.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from armstrace.analysis.matching.cards import Query
from benchmarks.matching_peers_held import HeldForBatch
from benchmarks.matching_peers_reading import FETCHED
from benchmarks.matching_register import Register

WORDS = ("make", "model", "calibre")
BLOCKS = (
    ("serial",),
    ("make", "beginning"),
    ("make", "ending"),
    ("model", "left(serial, 2)"),
    ("model", "right(serial, 2)"),
    ("left(serial, 5)",),
    ("right(serial, 5)",),
)
# Parts of the serial in columns of their own, so that the serial is trained as well.
PART = 4
TRAINED_IN = ("serial", "beginning", "ending")


def link(register: Register, home: Path) -> HeldForBatch:
    """Hold the register in DuckDB."""
    import duckdb  # noqa: PLC0415 - a peer is loaded in its own process alone
    import splink  # noqa: PLC0415

    del home
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute("SET enable_progress_bar = false")
    api = splink.DuckDBAPI(connection=connection)
    arms = api.register(_arms(register), dataset_display_name="b_register")
    held: list[Any] = []

    def train(queries: list[Query]) -> None:
        given = api.register(_readings(queries), dataset_display_name="a_readings")
        held.append(_trained(splink, [given, arms]))

    def answer() -> dict[str, list[tuple[str, float]]]:
        found = held[0].inference.predict()
        return _best(connection, found.physical_name)

    return HeldForBatch(train, answer)


def _arms(register: Register) -> pa.Table:
    columns = {"unique_id": pa.array(np.arange(len(register), dtype=np.int64))}
    columns |= _serials(pa.array(register.serials()))
    of_arm = pa.array(register.model)
    for name in WORDS:
        known = [getattr(card, name) or None for card in register.profiles]
        columns[name] = pa.array(known, pa.string()).take(of_arm)
    return pa.table(columns)


def _readings(queries: list[Query]) -> pa.Table:
    columns = {"unique_id": pa.array([int(query.query_id) for query in queries])}
    columns |= _serials(pa.array([query.serial for query in queries]))
    for name in WORDS:
        read = [getattr(query, name) or None for query in queries]
        columns[name] = pa.array(read, pa.string())
    return pa.table(columns)


def _serials(serials: pa.Array) -> dict[str, pa.Array]:
    from pyarrow import compute  # noqa: PLC0415

    some = compute.if_else(compute.equal(serials, ""), None, serials)
    return {
        "serial": some,
        "beginning": compute.utf8_slice_codeunits(some, 0, PART),
        "ending": compute.utf8_slice_codeunits(some, -PART),
    }


def _trained(splink: Any, sides: list[Any]) -> Any:
    from splink import comparison_library as compare  # noqa: PLC0415

    words = [compare.JaroWinklerAtThresholds(name, [0.9, 0.7]) for name in WORDS]
    linker = splink.Linker(
        sides,
        splink.SettingsCreator(
            link_type="link_only",
            comparisons=[
                compare.DamerauLevenshteinAtThresholds("serial", [1, 2]),
                *(one.configure(term_frequency_adjustments=True) for one in words),
            ],
            blocking_rules_to_generate_predictions=[
                splink.block_on(*block) for block in BLOCKS
            ],
            retain_matching_columns=False,
        ),
        log_level="ERROR",
    )
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [splink.block_on("serial", "make")], recall=0.5
    )
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for block in TRAINED_IN:
        training.estimate_parameters_using_expectation_maximisation(
            splink.block_on(block)
        )
    return linker


def _best(connection: Any, table: str) -> dict[str, list[tuple[str, float]]]:
    rows = connection.execute(
        f"SELECT unique_id_l, unique_id_r, match_probability FROM {table} "
        "QUALIFY row_number() OVER (PARTITION BY unique_id_l "
        f"ORDER BY match_weight DESC, unique_id_r) <= {FETCHED} "
        "ORDER BY unique_id_l, match_weight DESC, unique_id_r"
    ).fetchall()
    best = defaultdict(list)
    for query_id, registry_id, probability in rows:
        best[str(query_id)].append((str(registry_id), probability))
    return best
