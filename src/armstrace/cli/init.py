"""`armstrace init`: prepare the configured database, keys and folders."""

import importlib
import os

import typer

from armstrace.cli.main import set_up
from armstrace.project import env

app = typer.Typer()


@app.command()
def init() -> None:
    """Migrate the database, grant to the application's role, make keys."""
    prepare()
    typer.echo("The database is ready.", err=True)
    typer.echo("Next: armstrace account add NAME --role ADMINISTRATOR", err=True)


def prepare() -> None:
    """Prepare the database as its owner, then connect as the application.

    Django is set up here, so that the owner's address counts only for this.
    """
    admin, usual = env.text("DATABASE_ADMIN_URL"), env.text("DATABASE_URL")
    if admin:
        os.environ["DATABASE_URL"] = admin
    set_up()
    importlib.import_module("armstrace.cli.preparing").prepare(usual if admin else "")
    if admin:
        os.environ["DATABASE_URL"] = usual
