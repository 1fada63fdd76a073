"""`armstrace init`: prepare the configured database, keys and folders."""

import hashlib
from datetime import UTC, datetime

import typer
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection

from armstrace.accounts import actors
from armstrace.accounts import queries as accounts
from armstrace.audit import guards, keys, schema
from armstrace.ballistics.actions import searching
from armstrace.cli import first_tables, telling
from armstrace.records import lookups
from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.messages import Message, join, message

app = typer.Typer()
LEDGER = "audit_ledgerentry"
FORBIDDEN = "permission denied"
NEXT = """    armstrace account agency HUB "Firearms hub" --kind HUB
    armstrace account add NAME --agency HUB --role ADMINISTRATOR"""


@app.command()
def init() -> None:
    """Migrate the database, grant to the application's role, make keys."""
    prepare()
    say_what_is_next()


def say_what_is_next() -> None:
    """Say that the database is ready, and how to open a first account."""
    if accounts.accounts(viewer=actors.system_actor()):
        telling.note(message("The database is ready."))
        return
    telling.note(message("The database is ready. Next, open the first account:"))
    typer.echo(NEXT, err=True)


def prepare() -> None:
    """Prepare the database as its owner; leave the connection to the application."""
    settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    application = dict(connection.settings_dict)
    if settings.OWNER_DATABASE:
        _connect(settings.OWNER_DATABASE)
    altered = _find_changes()
    _migrate()
    lookups.learn_sizes()
    keys.make_missing(keys.folder())
    if settings.OWNER_DATABASE:
        guards.grant_application_role(connection, str(application["USER"]))
        _connect(application)
    by, at = actors.system_actor(), datetime.now(UTC)
    schema.state(connection, altered=altered, by=by, at=at)
    searching.prepare_marks(folder=settings.MEDIA_ROOT, by=by, at=at)
    for said in altered.values():
        telling.note(join([said, message("Run armstrace ledger verify.")]))


def _find_changes() -> dict[str, Message]:
    """Tell what of the database was altered since it was last prepared."""
    if LEDGER not in connection.introspection.table_names():
        return {}
    return schema.differences(connection)


def _migrate() -> None:
    """Make the tables of an empty database; else run the migrations that wait.

    Raises:
        SourceUnavailable: The role may not change the tables.
    """
    try:
        if connection.introspection.table_names():
            call_command("migrate", verbosity=0, interactive=False)
        else:
            first_tables.make()
    except DatabaseError as error:
        if FORBIDDEN not in str(error):
            raise
        msg = message(
            "The role of this address may not make tables; give the owner's address "
            "of the database in DATABASE_ADMIN_URL, for this command alone."
        )
        raise SourceUnavailable(msg) from error


def _connect(database: dict[str, object]) -> None:
    connection.close()
    connection.settings_dict.update(database)


def collect_static() -> None:
    """Lay the style sheets and scripts out for serving, where they have changed."""
    laid_out = settings.STATIC_ROOT / ".laid-out"
    wanted = _static_digest()
    if laid_out.exists() and laid_out.read_text(encoding="utf-8") == wanted:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    laid_out.write_text(wanted, encoding="utf-8")


def _static_digest() -> str:
    told = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            told.update(f"{name} {storage.size(name)} ".encode())
            told.update(storage.get_modified_time(name).isoformat().encode())
    return told.hexdigest()
