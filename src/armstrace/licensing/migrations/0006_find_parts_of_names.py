"""Find holders by parts of their names without reading the names of all.

On SQLite a full-text table of trigrams follows the records. On PostgreSQL the same is
an index of ``pg_trgm``, where the server has that and the owner may add it.
"""

from django.db import migrations

TABLE, PARTS = "licensing_holderrecord", "licensing_nameparts"
ADD = f"INSERT INTO {PARTS}(rowid, name) VALUES (NEW.id, NEW.name);"
DROP = f"INSERT INTO {PARTS}({PARTS}, rowid, name) VALUES ('delete', OLD.id, OLD.name);"
SQLITE = (
    f"CREATE VIRTUAL TABLE {PARTS} USING "
    f"fts5(name, content='{TABLE}', content_rowid='id', tokenize='trigram')",
    f"CREATE TRIGGER {PARTS}_insert AFTER INSERT ON {TABLE} BEGIN {ADD} END",
    f"CREATE TRIGGER {PARTS}_delete AFTER DELETE ON {TABLE} BEGIN {DROP} END",
    f"CREATE TRIGGER {PARTS}_update AFTER UPDATE OF name ON {TABLE} "
    f"BEGIN {DROP} {ADD} END",
    f"INSERT INTO {PARTS}({PARTS}) VALUES ('rebuild')",
)
# What is erased leaves no letters behind; older versions of SQLite cannot say so.
ERASE = f"INSERT INTO {PARTS}({PARTS}, rank) VALUES ('secure-delete', 1)"
CAN_ERASE = (3, 42)
MAY_ADD = (
    "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm' "
    "AND (installed_version IS NOT NULL "
    "OR has_database_privilege(current_database(), 'CREATE'))"
)
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"CREATE INDEX holder_name_parts ON {TABLE} "
    "USING gin (upper(name::text) gin_trgm_ops) WHERE superseded_at IS NULL",
)


def find_parts(apps, schema_editor):
    """Make what finds the parts of names."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        can_erase = connection.Database.sqlite_version_info >= CAN_ERASE
        statements = (*SQLITE, ERASE) if can_erase else SQLITE
    else:
        with connection.cursor() as cursor:
            cursor.execute(MAY_ADD)
            statements = POSTGRESQL if cursor.fetchone() else ()
    for each in statements:
        schema_editor.execute(each, params=None)


class Migration(migrations.Migration):
    dependencies = [("licensing", "0005_index_long_queues")]

    operations = [migrations.RunPython(find_parts, migrations.RunPython.noop)]
