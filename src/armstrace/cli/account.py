"""`armstrace account`: agencies, accounts and API tokens from the command line."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from armstrace.accounts import actions, queries, tokens
from armstrace.accounts.actors import system_actor
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Role

app = typer.Typer(no_args_is_help=True, help="Open accounts and issue API tokens.")


@app.command()
def agency(
    code: Annotated[str, typer.Argument(help="Short and unique, such as POLICE.")],
    name: Annotated[str, typer.Argument(help="In full.")],
    kind: Annotated[AgencyKind, typer.Option(help="What kind of body.")],
) -> None:
    """Add an agency."""
    actions.create_agency(code=code, name=name, kind=kind, by=system_actor(), at=_now())
    typer.echo(f"Added {code}.", err=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Sign-in name.")],
    *,
    role: Annotated[Role, typer.Option(help="In which the person acts.")],
    agency_code: Annotated[str, typer.Option("--agency", help="Code of the agency.")],
    full_name: Annotated[str, typer.Option(help="The person's name.")] = "",
    password: Annotated[
        str,
        typer.Option(
            prompt="Passphrase (12 characters or more)",
            hide_input=True,
            confirmation_prompt=True,
            envvar="ARMSTRACE_PASSPHRASE",
            help="Asked for where it is not given.",
        ),
    ],
) -> None:
    """Open an account."""
    account = actions.NewAccount(name, full_name or name, agency_code, role, password)
    made = actions.create_user(account=account, by=system_actor(), at=_now())
    typer.echo(f"{made.name} can sign in as {role.label}.", err=True)


@app.command(name="list")
def list_accounts() -> None:
    """List accounts."""
    table = Table("Name", "Role", "Agency", "Open")
    for row in queries.accounts(viewer=system_actor()):
        is_open = "yes" if row.is_active else "no"
        table.add_row(row.name, Role.words(row.role), row.agency, is_open)
    Console().print(table)


@app.command()
def token(
    name: Annotated[str, typer.Argument(help="The account that a programme acts for.")],
    label: Annotated[str, typer.Argument(help="What the token is for.")],
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it holds.")] = 90,
) -> None:
    """Issue an API token; it is shown once and never again."""
    by, at = system_actor(), _now()
    secret = tokens.new_secret()
    actions.issue_token(
        user=queries.user_named(name, viewer=by),
        label=label,
        secret=secret,
        expires_at=at + timedelta(days=days),
        by=by,
        at=at,
    )
    typer.echo(secret)
    typer.echo("Keep it now: it is not shown again.", err=True)


def _now() -> datetime:
    return datetime.now(UTC)
