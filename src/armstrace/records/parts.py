"""Find rows by parts of their texts without reading the texts of all.

On SQLite a full-text table of trigrams follows the rows that nothing has superseded.
PostgreSQL does the same by an index of ``pg_trgm``, where the server has that and the
owner may add it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import sqlite_version_info

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SHORTEST, FEW = 3, 5_000
# What is erased leaves no letters behind; older versions of SQLite cannot say so.
CAN_ERASE = (3, 42)
MAY_ADD = (
    "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm' "
    "AND (installed_version IS NOT NULL "
    "OR has_database_privilege(current_database(), 'CREATE'))"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What finds the parts of the texts of a table of versions."""

    # Of the table of parts, and of the index.
    name: str
    table: str
    columns: tuple[str, ...]

    def make(self, editor: BaseDatabaseSchemaEditor) -> None:
        """Make it; a migration calls this."""
        for each in self._statements(editor):
            editor.execute(each, params=None)

    def take_away(self, editor: BaseDatabaseSchemaEditor) -> None:
        """Take it away, as when a migration is undone."""
        if editor.connection.vendor != "sqlite":
            editor.execute(f"DROP INDEX IF EXISTS {self.name}", params=None)
            return
        for event in ("insert", "delete", "update"):
            editor.execute(f"DROP TRIGGER {self.name}_{event}", params=None)
        editor.execute(f"DROP TABLE {self.name}", params=None)

    def few_with(self, texts: Iterable[str]) -> list[int] | None:
        """Give the keys of the few rows that have all of some texts in them.

        Returns:
            None where nothing is quicker than to read in order: the rows are many, a
            text has less than three letters, or the database looks parts up by itself.
        """
        wanted = list(texts)
        if connection.vendor != "sqlite" or not wanted:
            return None
        if any(len(each) < SHORTEST for each in wanted):
            return None
        if any("\0" in each for each in wanted):  # ends a text in what SQLite asks
            return []
        asked = " AND ".join('"' + each.replace('"', '""') + '"' for each in wanted)
        sql = f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH %s LIMIT %s"  # noqa: S608 - own words
        with connection.cursor() as cursor:
            cursor.execute(sql, [asked, FEW + 1])
            found = [key for (key,) in cursor.fetchall()]
        return found if len(found) <= FEW else None

    def _statements(self, editor: BaseDatabaseSchemaEditor) -> tuple[str, ...]:
        if editor.connection.vendor == "sqlite":
            return self._on_sqlite()
        with editor.connection.cursor() as cursor:
            cursor.execute(MAY_ADD)
            if cursor.fetchone() is None:
                return ()
        folded = ", ".join(f"upper({each}::text) gin_trgm_ops" for each in self.columns)
        return (
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            f"CREATE INDEX {self.name} ON {self.table} USING gin ({folded}) "
            "WHERE superseded_at IS NULL",
        )

    def _on_sqlite(self) -> tuple[str, ...]:
        parts, table, columns = self.name, self.table, ", ".join(self.columns)
        old, new, here = (
            ", ".join(f"{row}{each}" for each in ("id", *self.columns))
            for row in ("OLD.", "NEW.", "")
        )
        into, is_current = f"INSERT INTO {parts}", "superseded_at IS NULL"
        add = f"{into}(rowid, {columns}) SELECT {new} WHERE NEW.{is_current};"
        drop = (
            f"{into}({parts}, rowid, {columns}) "
            f"SELECT 'delete', {old} WHERE OLD.{is_current};"
        )
        made = (
            f"CREATE VIRTUAL TABLE {parts} USING fts5({columns}, content='{table}', "
            "content_rowid='id', tokenize='trigram')",
            f"CREATE TRIGGER {parts}_insert AFTER INSERT ON {table} BEGIN {add} END",
            f"CREATE TRIGGER {parts}_delete AFTER DELETE ON {table} BEGIN {drop} END",
            f"CREATE TRIGGER {parts}_update AFTER UPDATE OF {columns}, superseded_at "
            f"ON {table} BEGIN {drop} {add} END",
            f"{into}(rowid, {columns}) SELECT {here} FROM {table} "  # noqa: S608 - own words
            f"WHERE {is_current}",
        )
        erase = f"{into}({parts}, rank) VALUES ('secure-delete', 1)"
        return (*made, erase) if sqlite_version_info >= CAN_ERASE else made
