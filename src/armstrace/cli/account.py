"""`armstrace account`: what the administrator's pages do, from the command line."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from armstrace.accounts import actions, passwords, queries, rules, sign_in_names, tokens
from armstrace.accounts.actors import system_actor
from armstrace.cli import options, telling
from armstrace.translation import translate
from armstrace.vocabulary.accounts import AgencyKind, TokenScope
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message

app = options.group("Open and close accounts, reset them, end sessions, issue tokens.")


YES_NO = {True: message("yes"), False: message("no")}


@app.command()
def agency(
    code: Annotated[str, typer.Argument(help="Short and unique, such as POLICE.")],
    name: Annotated[str, typer.Argument(help="In full.")],
    kind: Annotated[AgencyKind, typer.Option(help="What kind of body.")],
    telephone: Annotated[str, typer.Option(help="Under which officers reach it.")] = "",
) -> None:
    """Add an agency."""
    actions.create_agency(
        code=code,
        name=name,
        kind=kind,
        telephone=telephone,
        by=system_actor(),
        at=_now(),
    )
    telling.note(message("Added: %(code)s.", code=code))


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
            envvar="ARMSTRACE_PASSPHRASE", help="Asked for where it is not given."
        ),
    ] = "",
) -> None:
    """Open an account."""
    account = actions.NewAccount(
        name, full_name or name, agency_code, role, password or _ask_passphrase()
    )
    made = actions.create_user(account=account, by=system_actor(), at=_now())
    said = message("%(name)s can sign in as %(role)s.", name=made.name, role=role)
    telling.note(said)


def _ask_passphrase() -> str:
    first, again = (
        typer.prompt(translate(asked), hide_input=True)
        for asked in (
            message("Passphrase (12 characters or more)"),
            message("The passphrase again"),
        )
    )
    if first != again:
        raise InvalidInput(message("The two passphrases differ; type them again."))
    return str(first)


@app.command(name="list")
def list_accounts() -> None:
    """List accounts."""
    heads = message("Name | Role | Agency | Open")
    rows = (
        (row.name, Message(Role.words(row.role)), row.agency, YES_NO[row.is_active])
        for row in queries.accounts(viewer=system_actor())
    )
    telling.show_table(heads, rows)


@app.command()
def token(
    name: Annotated[str, typer.Argument(help="The account that a programme acts for.")],
    label: Annotated[str, typer.Argument(help="What the token is for.")],
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it holds.")] = 90,
    scope: Annotated[
        list[TokenScope] | None,
        typer.Option(help="What it opens; several may be given. READ where not said."),
    ] = None,
) -> None:
    """Issue an API token; it is shown once and never again."""
    by, at = system_actor(), _now()
    secret = tokens.new_secret()
    actions.issue_token(
        user=queries.user_named(name, viewer=by),
        stated=actions.NewToken(
            label, secret, at + timedelta(days=days), tuple(scope or [TokenScope.READ])
        ),
        by=by,
        at=at,
    )
    typer.echo(secret)
    telling.note(message("Keep it now: it is not shown again."))


Name = Annotated[str, typer.Argument(help="Sign-in name.")]
Reason = Annotated[str, typer.Option(help="Why; kept beside the account.")]


@app.command()
def close(name: Name, *, reason: Reason) -> None:
    """Close an account; its sessions and tokens end at once."""
    actions.disable_user(name=name, reason=reason, by=system_actor(), at=_now())
    said = message("%(name)s is closed; its sessions and tokens have ended.", name=name)
    telling.note(said)


@app.command(name="open")
def open_again(name: Name, *, reason: Reason) -> None:
    """Open a closed account again."""
    actions.enable_user(name=name, reason=reason, by=system_actor(), at=_now())
    telling.note(message("%(name)s can sign in again.", name=name))


@app.command(name="role")
def change_role(
    name: Name,
    role: Annotated[Role, typer.Argument(help="In which the person acts.")],
    *,
    reason: Reason,
) -> None:
    """Let a person act in another role."""
    by, at = system_actor(), _now()
    actions.change_role(name=name, role=role, reason=reason, by=by, at=at)
    said = message("%(name)s acts as %(role)s from now on.", name=name, role=role)
    telling.note(said)


@app.command()
def move(
    name: Name,
    code: Annotated[str, typer.Argument(metavar="AGENCY", help="Its code.")],
    *,
    reason: Reason,
) -> None:
    """Let a person act for another agency."""
    by, at = system_actor(), _now()
    actions.move_person(name=name, agency=code, reason=reason, by=by, at=at)
    said = message("%(name)s acts for %(agency)s now.", name=name, agency=code)
    telling.note(said)


@app.command()
def reset(name: Name, *, reason: Reason) -> None:
    """Give a passphrase for one sign-in; it is shown once and never again."""
    secret = passwords.new_one_time_password()
    by, at = system_actor(), _now()
    actions.reset_password(name=name, secret=secret, reason=reason, by=by, at=at)
    typer.echo(secret)
    said = message(
        "It opens one sign-in within %(days)s days; hand it over.",
        days=rules.ONE_TIME_LASTS.days,
    )
    telling.note(said)


@app.command()
def release(name: Name, *, reason: Reason) -> None:
    """Release a name that is locked after failed attempts."""
    actions.release_lock(name=name, reason=reason, by=system_actor(), at=_now())
    telling.note(message("%(name)s can try again.", name=name))


@app.command()
def recover(name: Name, *, reason: Reason) -> None:
    """Remove the second factors of a person, where no two people can agree to it."""
    actions.remove_all_factors(name=name, reason=reason, by=system_actor(), at=_now())
    telling.note(message("%(name)s sets up new ones at the next sign-in.", name=name))


@app.command()
def sessions(
    name: Annotated[
        str, typer.Argument(help="Sign-in name; everybody's if none.")
    ] = "",
    *,
    end: Annotated[bool, typer.Option("--end", help="End them all.")] = False,
    reason: Annotated[str, typer.Option(help="Why they end.")] = "",
) -> None:
    """List who is signed in, or end all sessions of a person."""
    by, at = system_actor(), _now()
    if end:
        ended = actions.end_sessions(name=name, reason=reason, by=by, at=at)
        telling.note(message("Sessions ended: %(count)s.", count=ended))
        return
    heads = message("Name | Since | Last used | Browser")
    rows = (
        (row.name, _time(row.began_at), _time(row.used_at), row.browser)
        for row in queries.sessions(viewer=by, at=at)
        if not name or row.name == sign_in_names.fold(name)
    )
    telling.show_table(heads, rows)


@app.command(name="tokens")
def list_tokens(
    *,
    revoke: Annotated[int | None, typer.Option(help="Number of one to end.")] = None,
    reason: Annotated[str, typer.Option(help="Why it ends.")] = "",
) -> None:
    """List API tokens, or end one at once."""
    by, at = system_actor(), _now()
    if revoke is not None:
        actions.revoke_token(token_id=revoke, reason=reason, by=by, at=at)
        telling.note(message("Token %(number)s is revoked.", number=revoke))
        return
    heads = message("Number | For | Acts for | Opens | Ends | Last used | In use")
    rows = (
        (
            *(str(row.id), row.label, row.user, " ".join(row.scopes)),
            *(_time(row.expires_at), _time(row.last_used_at)),
            YES_NO[row.is_usable_at(at)],
        )
        for row in queries.api_tokens(viewer=by)
    )
    telling.show_table(heads, rows)


def _time(at: datetime | None) -> str | Message:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if at else message("never")


def _now() -> datetime:
    return datetime.now(UTC)
