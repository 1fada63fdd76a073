"""What the database refuses by itself, and to whom.

Triggers (migration ``audit.0002_guards``) refuse to change the ledger on both
databases. On PostgreSQL the application signs in with a role that owns nothing:
it reads all, adds and changes records, adds to the ledger, and deletes only
what is no record of law or custody.
"""

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from armstrace.audit import ledgered
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
APPEND_ONLY = (
    "audit_ledgerentry",
    "audit_digestblock",
    "audit_recordlayout",
    "audit_checkpoint",
    "audit_verification",
)
HEAD = "audit_ledgerhead"
FORBIDDEN = ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES")
READ_ONLY_APPS = frozenset({"contenttypes", "auth"})
POSTGRES_NAME_BYTES = 63


def grant_application_role(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give the application's role what it needs and nothing more.

    Args:
        connection: As the owner of the tables, on PostgreSQL.
        role: Name of the application's role; it must exist.

    Raises:
        InvalidInput: The database is not PostgreSQL, or the role is its owner.

    Source:
        Rule of this design: who runs the application cannot rewrite its ledger.
    """
    if connection.vendor != "postgresql":
        raise SAID.refuse("ROLES_ON_POSTGRESQL")
    owner = _one(connection, "SELECT current_user")
    if role == owner or not 0 < len(role.encode()) <= POSTGRES_NAME_BYTES:
        raise SAID.refuse("ROLE_IS_OWNER", owner=str(owner))
    with connection.cursor() as cursor:
        for statement in _grants(connection, role):
            cursor.execute(statement)


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the guards that the database lacks, as sentences' ends.

    Returns:
        Such as ``the trigger on audit_ledgerentry``; empty where all stand.
    """
    if connection.vendor == "sqlite":
        return _missing_sqlite(connection)
    return [*_missing_triggers(connection), *_excessive_grants(connection)]


def _grants(connection: BaseDatabaseWrapper, role: str) -> list[str]:
    name = connection.ops.quote_name(role)
    database = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
    given = [
        f"GRANT CONNECT ON DATABASE {database} TO {name}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}, PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
    ]
    for table in connection.introspection.table_names():
        rights = ", ".join(_rights_on(table))
        given.append(f"GRANT {rights} ON {connection.ops.quote_name(table)} TO {name}")
    return given


def _rights_on(table: str) -> tuple[str, ...]:
    if table in APPEND_ONLY:
        return ("SELECT", "INSERT")
    model = {m._meta.db_table: m for m in _models()}.get(table)  # noqa: SLF001 -- documented API
    if model is None or model._meta.app_label in READ_ONLY_APPS:  # noqa: SLF001 -- documented API
        return ("SELECT",)
    if table == HEAD or ledgered.is_ledgered(model):
        return ("SELECT", "INSERT", "UPDATE")
    return ("SELECT", "INSERT", "UPDATE", "DELETE")


def _models() -> list[type[models.Model]]:
    return list(apps.get_models(include_auto_created=True))


def _missing_sqlite(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        found = {row[0] for row in cursor.fetchall()}
    wanted = [
        (table, verb)
        for table in (*APPEND_ONLY, HEAD)
        for verb in ("update", "delete", "replace")
    ]
    return [
        f"the {verb} trigger on {table}"
        for table, verb in wanted
        if f"guard_{table}_{verb}" not in found
    ]


def _missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'guard%%' "
            "AND tgenabled = 'A'"
        )
        found = {row[0] for row in cursor.fetchall()}
    names = [f"guard_{table}_{of}" for table in (*APPEND_ONLY, HEAD) for of in PG_KINDS]
    return [f"the trigger {name}" for name in names if name not in found]


PG_KINDS = ("rows", "truncate")


def _excessive_grants(connection: BaseDatabaseWrapper) -> list[str]:
    """Name what the current role could do to the ledger and should not."""
    if _one(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        return ["a role that is no superuser"]
    owned = "SELECT count(*) FROM pg_tables WHERE tableowner = current_user"
    if _one(connection, f"{owned} AND tablename LIKE 'audit%%'"):
        return ["a role that does not own the tables"]
    asked = "SELECT has_table_privilege(%s, %s)"
    return [
        f"the refusal of {right} on {table}"
        for table in APPEND_ONLY
        for right in FORBIDDEN
        if _one(connection, asked, table, right)
    ]


def _one(connection: BaseDatabaseWrapper, sql: str, *values: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return row[0] if row else None
