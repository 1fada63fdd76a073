"""Score exported tables with Splink, on DuckDB or on Spark."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from armstrace.analysis.matching.channel import Channel
from armstrace.analysis.matching.linkage import model
from armstrace.analysis.matching.linkage.tables import Exported, lookup_rows
from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.messages import message

READINGS, REGISTER = "a_readings", "b_register"  # the former stands on the left


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair as the engine scored it."""

    query_id: str
    registry_id: str
    # The sum of the weights of all fields, without the prior.
    bits: float
    # The weight of each field; 0 where it was not compared.
    by_field: dict[str, float]


def on_duckdb(tables: Exported, channel: Channel) -> list[Scored]:
    """Score every pair that shares a key, in DuckDB in this process.

    Raises:
        SourceUnavailable: The extra ``linkage`` is not installed.
    """
    duckdb, splink, pandas = (
        _import_extra(name, "linkage") for name in ("duckdb", "splink", "pandas")
    )
    connection = duckdb.connect()
    connection.create_function(
        model.SERIAL_STEP,
        model.SerialSteps(channel.serial).__call__,
        ["VARCHAR", "VARCHAR"],
        "INTEGER",
    )
    api = splink.DuckDBAPI(connection=connection)
    found = _link(splink, api, tables, pandas.DataFrame)
    return list(_read_scores(found.as_record_list(), tables.fields))


def on_spark(tables: Exported, channel: Channel, session: Any) -> list[Scored]:  # noqa: ANN401 - pyspark's
    """Score every pair that shares a key, in Spark.

    Args:
        session: A SparkSession.

    Raises:
        SourceUnavailable: The extra ``spark`` is not installed.
    """
    splink = _import_extra("splink", "spark")
    types = _import_extra("pyspark.sql.types", "spark")
    steps = model.SerialSteps(channel.serial)
    session.udf.register(model.SERIAL_STEP, steps, types.IntegerType())
    api = splink.SparkAPI(
        spark_session=session,
        break_lineage_method="persist",
        register_udfs_automatically=False,
    )
    found = _link(splink, api, tables, lambda rows: _frame(session, types, rows))
    return list(_read_scores(found.as_record_list(), tables.fields))


def _link(
    splink: Any,  # noqa: ANN401 - a module that may be absent
    api: Any,  # noqa: ANN401
    tables: Exported,
    frame: Callable[[list[dict[str, object]]], Any],
) -> Any:  # noqa: ANN401 - Splink's own frame
    sides = [
        api.register(frame(rows), dataset_display_name=name)
        for name, rows in ((READINGS, tables.readings), (REGISTER, tables.register))
    ]
    linker = splink.Linker(sides, model.settings(tables.prior, tables.fields))
    needed = [
        name
        for name in tables.lookups
        if name == "serial_expected" or name.startswith(tables.fields)
    ]
    for column in needed:
        table = tables.lookups[column]
        rows = list(lookup_rows(column, table)) or [{column: "", f"tf_{column}": 1.0}]
        registered = api.register(frame(rows), table_name=f"lookup_{column}")
        linker.table_management.register_term_frequency_lookup(registered, column)
    return linker.inference.predict()


def _frame(session: Any, types: Any, rows: list[dict[str, object]]) -> Any:  # noqa: ANN401
    """Make a Spark frame with types of its own: most columns hold no value."""
    kinds = {"search_keys": types.ArrayType(types.LongType())}
    fields = [
        types.StructField(name, kinds.get(name, _kind(types, name))) for name in rows[0]
    ]
    ordered = [tuple(row[field.name] for field in fields) for row in rows]
    return session.createDataFrame(ordered, types.StructType(fields))


def _kind(types: Any, name: str) -> Any:  # noqa: ANN401
    if name.startswith("tf_"):
        return types.DoubleType()
    is_list = name.endswith("_near")
    return types.ArrayType(types.StringType()) if is_list else types.StringType()


def _read_scores(
    rows: list[dict[str, Any]], fields: tuple[str, ...]
) -> Iterator[Scored]:
    for row in rows:
        by_field = {
            field: row[f"mw_{field}"] + row[f"mw_tf_adj_{field}"]
            for field in (*fields, "serial")
        }
        yield Scored(
            row["unique_id_l"], row["unique_id_r"], sum(by_field.values()), by_field
        )


def _import_extra(name: str, extra: str) -> Any:  # noqa: ANN401 - a module
    try:
        return import_module(name)
    except ImportError as error:
        msg = message(
            "%(name)s is not installed; install it with pip install '.[%(extra)s]' in "
            "the folder of Armstrace.",
            name=name,
            extra=extra,
        )
        raise SourceUnavailable(msg) from error
