"""What the database itself does: triggers, functions, indexes, policies.

`armstrace init` states in the ledger how it left them. A trigger that somebody planted
changes values inside the acts of the application, and the ledger would vouch for them:
so a proof compares what stands now with what was stated.

Source:
    Rule of this design; NIST SP 800-53 rev. 5, SI-7.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db.backends.base.base import BaseDatabaseWrapper

from armstrace.audit import bodies, ledger
from armstrace.audit.findings import Finding, Taker
from armstrace.audit.models import LedgerEntry
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ledger import FindingKind, Operation
from armstrace.vocabulary.messages import Message, message

ACT = "schema.stated"
DIGEST_CHARACTERS = 32
# Statistics that the planner keeps for itself stand in tables named sqlite_….
SQLITE = (
    "SELECT type || '.' || name, sql FROM sqlite_master "
    "WHERE sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_'"
)
POSTGRESQL = (
    "SELECT 'trigger.' || c.relname || '.' || t.tgname, "
    "pg_get_triggerdef(t.oid) || t.tgenabled::text "
    "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal",
    "SELECT 'function.' || p.proname, pg_get_functiondef(p.oid) FROM pg_proc p "
    "JOIN pg_namespace n ON n.oid = p.pronamespace "
    "WHERE n.nspname = 'public' AND p.prokind = 'f'",
    "SELECT 'index.' || indexname, indexdef FROM pg_indexes "
    "WHERE schemaname = 'public'",
    "SELECT 'policy.' || tablename || '.' || policyname, "
    "coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies "
    "WHERE schemaname = 'public'",
    "SELECT 'rule.' || tablename || '.' || rulename, definition FROM pg_rules "
    "WHERE schemaname = 'public'",
    "SELECT 'constraint.' || c.relname || '.' || k.conname, "
    "pg_get_constraintdef(k.oid) FROM pg_constraint k "
    "JOIN pg_class c ON c.oid = k.conrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'",
)


def parts(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Give a digest of each part of the schema, by its kind and name.

    Args:
        connection: To the database; the application's role may read its catalogue.
    """
    asked = (SQLITE,) if connection.vendor == "sqlite" else POSTGRESQL
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(sql)
            for name, text in cursor.fetchall():
                digest = hashlib.sha256(str(text).encode()).hexdigest().upper()
                found[str(name)] = digest[:DIGEST_CHARACTERS]
    return found


def state(
    connection: BaseDatabaseWrapper, *, altered: Iterable[str], by: Actor, at: datetime
) -> None:
    """State the schema in the ledger, where it is not what was stated last.

    Args:
        altered: Parts that had been altered before the migrations ran: they are not
            stated anew and stay a finding.
    """
    before = last_stated() or {}
    now = parts(connection)
    for name in altered:
        now.pop(name, None)
        if name in before:
            now[name] = before[name]
    if now == before:
        return
    with ledger.entry(ACT, by=by, at=at, op=Operation.ADMIN) as entry:
        entry.about_all(())
        entry.note(**now)


def last_stated() -> dict[str, str] | None:
    """Give the parts as they were stated last; None where they never were."""
    entry = LedgerEntry.objects.filter(operation=Operation.ADMIN, act=ACT)
    body = entry.order_by("-seq").values_list("body", flat=True).first()
    if body is None:
        return None
    return {name: str(value) for name, value in bodies.told(body).codes.items()}


def differences(connection: BaseDatabaseWrapper) -> dict[str, Message]:
    """Say of each part that is not as it was stated whether it is new, gone or other.

    Returns:
        Sentences by the names of the parts; none where nothing was ever stated.
    """
    stated = last_stated()
    if stated is None:
        return {}
    now = parts(connection)
    return {
        name: _say(name, stated.get(name), now.get(name))
        for name in sorted(stated.keys() | now.keys())
        if stated.get(name) != now.get(name)
    }


def prove(connection: BaseDatabaseWrapper, findings: Taker) -> None:
    """Compare the schema with what was stated; name what is new, gone or other."""
    for words in differences(connection).values():
        findings.add(Finding(FindingKind.SCHEMA_CHANGED, words))


def _say(name: str, stated: str | None, now: str | None) -> Message:
    part = name.replace(".", " ", 1)
    if now is None:
        return message("The database's %(part)s was taken away.", part=part)
    if stated is None:
        return message("The database's %(part)s was added.", part=part)
    return message("The database's %(part)s was changed.", part=part)
