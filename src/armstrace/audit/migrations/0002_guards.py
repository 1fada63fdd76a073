"""Let the database itself refuse to change or remove what the ledger holds."""

from django.db import migrations

APPEND_ONLY = (
    ("audit_ledgerentry", "seq"),
    ("audit_digestblock", "id"),
    ("audit_recordlayout", "key"),
    ("audit_checkpoint", "size"),
    ("audit_verification", "id"),
)
HEAD = "audit_ledgerhead"
WHY = "the ledger only grows"


def sqlite():
    """Triggers; the one on insert stops REPLACE, which skips delete triggers."""
    made = []
    for table, key in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            made.append(
                f"CREATE TRIGGER guard_{table}_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
            )
        made.append(
            f"CREATE TRIGGER guard_{table}_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
            f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
        )
    # Its unique pair would let REPLACE in as well.
    made.append(
        "CREATE TRIGGER guard_audit_digestblock_part BEFORE INSERT ON audit_digestblock "
        "WHEN EXISTS (SELECT 1 FROM audit_digestblock "
        "WHERE seq = NEW.seq AND part = NEW.part) "
        f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    )
    made += [
        f"CREATE TRIGGER guard_{HEAD}_update BEFORE UPDATE ON {HEAD} "
        f"WHEN NEW.size <= OLD.size BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
        f"CREATE TRIGGER guard_{HEAD}_delete BEFORE DELETE ON {HEAD} "
        f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
        f"CREATE TRIGGER guard_{HEAD}_replace BEFORE INSERT ON {HEAD} "
        f"WHEN EXISTS (SELECT 1 FROM {HEAD} WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
    ]
    return made


def postgresql():
    """Triggers that fire always; the grants of `armstrace init` come on top."""
    made = [
        "CREATE FUNCTION guard_ledger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{WHY}: % of % is refused', TG_OP, TG_TABLE_NAME "
        "USING ERRCODE = 'restrict_violation'; END $$"
    ]
    for table in [*(name for name, _ in APPEND_ONLY), HEAD]:
        rows = "DELETE" if table == HEAD else "UPDATE OR DELETE"
        made += [
            f"CREATE TRIGGER guard_{table}_rows BEFORE {rows} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION guard_ledger()",
            f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION guard_ledger()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER guard_{table}_rows",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER guard_{table}_truncate",
        ]
    made += [
        f"CREATE TRIGGER guard_{HEAD}_shrink BEFORE UPDATE ON {HEAD} FOR EACH ROW "
        "WHEN (NEW.size <= OLD.size) EXECUTE FUNCTION guard_ledger()",
        f"ALTER TABLE {HEAD} ENABLE ALWAYS TRIGGER guard_{HEAD}_shrink",
    ]
    return made


STATEMENTS = {"sqlite": sqlite, "postgresql": postgresql}


def raise_guards(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def lower_guards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION guard_ledger() CASCADE", params=None)
        return
    for statement in sqlite():
        schema_editor.execute(f"DROP TRIGGER {statement.split()[2]}", params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_begin")]

    operations = [migrations.RunPython(raise_guards, lower_guards, elidable=False)]
