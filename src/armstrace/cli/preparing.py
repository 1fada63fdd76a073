"""`armstrace init`: prepare the configured database, keys and folders."""

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from armstrace.audit import guards, keys

app = typer.Typer()
NEXT = """Next, open the first account:
    armstrace account agency HUB "Firearms hub" --kind HUB
    armstrace account add NAME --agency HUB --role ADMINISTRATOR"""


@app.command()
def init() -> None:
    """Migrate the database, grant to the application's role, make keys."""
    prepare()
    typer.echo("The database is ready.", err=True)
    typer.echo(NEXT, err=True)


def prepare() -> None:
    """Prepare the database as its owner; leave the connection to the application."""
    settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    application = dict(connection.settings_dict)
    if settings.OWNER_DATABASE:
        _connect(settings.OWNER_DATABASE)
    call_command("migrate", verbosity=0, interactive=False)
    keys.make_missing(keys.folder())
    if settings.OWNER_DATABASE:
        guards.grant_application_role(connection, str(application["USER"]))
        _connect(application)


def _connect(database: dict[str, object]) -> None:
    connection.close()
    connection.settings_dict.update(database)


def collect_static() -> None:
    """Lay the style sheets and scripts out for serving."""
    call_command("collectstatic", verbosity=0, interactive=False)
