"""What a database is, whatever order its columns were made in."""

from collections.abc import Iterator
from typing import Any

from armstrace.audit import schema

SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'"
POSTGRESQL = (
    *schema.POSTGRESQL,
    "SELECT table_name || '.' || column_name, concat_ws(' ', data_type, "
    "character_maximum_length, numeric_precision, numeric_scale, is_nullable, "
    "column_default, identity_generation, collation_name, generation_expression) "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT sequencename, concat_ws(' ', data_type, start_value, max_value, cycle) "
    "FROM pg_sequences WHERE schemaname = 'public'",
)


def described(connection: Any, *, is_sqlite: bool) -> dict[str, Any]:
    """Give each table, column, index, constraint and trigger by its name."""
    if is_sqlite:
        found = connection.execute(SQLITE)
        return {f"{kind}.{name}": sorted(_clauses(sql)) for kind, name, sql in found}
    return {
        name: text for asked in POSTGRESQL for name, text in connection.execute(asked)
    }


def rows(connection: Any) -> dict[str, set[tuple[Any, ...]]]:
    """Give the rows of each table of SQLite but for their numbers and days."""
    tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
    found = {}
    for (name,) in connection.execute(tables).fetchall():
        asked = connection.execute(f'SELECT * FROM "{name}"')
        columns = [each[0] for each in asked.description]
        kept = [at for at, each in enumerate(columns) if each not in {"id", "applied"}]
        found[name] = {
            tuple(sorted((columns[at], str(row[at])) for at in kept)) for row in asked
        }
    return found


def _clauses(sql: str) -> Iterator[str]:
    """Take a statement apart at the commas that stand in one pair of brackets."""
    head, _, rest = sql.partition("(")
    body, _, tail = rest.rpartition(")")
    yield from (head, tail)
    depth, clause = 0, ""
    for sign in body:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            yield clause.strip()
            clause = ""
        else:
            clause += sign
    yield clause.strip()
