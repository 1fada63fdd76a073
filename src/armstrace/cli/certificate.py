"""`armstrace certificate`: issue, revoke and check certificates; publish the list."""

import importlib
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import typer

from armstrace.analysis.certificates import checking
from armstrace.analysis.certificates.checking import Checked
from armstrace.analysis.certificates.envelope import NotGenuine
from armstrace.cli import main, options, telling, writing
from armstrace.vocabulary import files
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.certificates import Validity
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = options.group("Issue, revoke and check certificates.")
LARGEST = 64 * 1024 * 1024
PDF = b"%PDF"
FILES = (".pdf", ".txt", ".jws", ".jwt", ".json", "/")


@app.command()
def issue(
    licence: Annotated[str, typer.Argument(help="Number of a licence on record.")],
    agency: Annotated[
        str,
        typer.Option(
            help="Code of the agency that keeps it, hands it out and may revoke it; "
            "that of the licence’s application where none is named."
        ),
    ] = "",
    *,
    as_json: options.AsJson = False,
) -> None:
    """Issue the certificate of a licence, as it is on record today."""
    at, by = _now()
    keeper = _module("queries").keeper_of(licence, agency, viewer=by)
    made = _actions("issuing").certify_licence(
        number=licence, agency=keeper, by=by, at=at
    )
    told = {
        "certificate_id": made.pk,
        "number": made.number,
        "state": made.state.value,
        "code": made.token,
    }
    waits = message("It waits for the signature of a second person.")
    _tell(told, Message(made.token) if made.token else waits, as_json=as_json)


@app.command()
def revoke(
    number: Annotated[str, typer.Argument(help="Number of the certificate.")],
    reason: Annotated[str, typer.Option(help="Why; it stands on its page.")],
    *,
    as_json: options.AsJson = False,
) -> None:
    """Revoke a certificate; the next list that is published shows it."""
    at, by = _now()
    key = _module("queries").certificate_called(number, viewer=by)
    _actions("issuing").revoke_certificate(
        certificate_id=key, reason=reason, by=by, at=at
    )
    done = message("Revoked; publish a new list, so that posts without a network know.")
    _tell({"number": number, "state": "REVOKED"}, done, as_json=as_json)


@app.command()
def verify(
    code: Annotated[
        str,
        typer.Argument(
            help="Text of the code, or a file with it: text, or a signed PDF."
        ),
    ],
    trust: Annotated[
        Path | None,
        typer.Option(help="The file of keys and lists that the issuer handed out."),
    ] = None,
    *,
    as_json: options.AsJson = False,
) -> None:
    """Check a certificate: by a file of keys and lists, or by what is on record."""
    path = options.file_named(code, *FILES)
    shown = _shown(path) if path else code
    at = datetime.now(UTC)
    if trust is None:
        _, by = _now()
        found = _module("queries").check(shown, viewer=by, at=at)
    else:
        found = checking.check(shown, _trust(trust), at.astimezone())
    _tell(asdict(found), _sentence(found), as_json=as_json)
    if found.answer is not Validity.VALID:
        raise typer.Exit(1)


@app.command()
def publish(
    output: Annotated[Path, typer.Option("-o", "--output", help="Write it here.")],
    *,
    as_json: options.AsJson = False,
) -> None:
    """Publish the list of revoked certificates, and write it with the keys."""
    writing.require_writable(output)
    at, by = _now()
    made = _actions("publishing").publish_list(by=by, at=at)
    writing.keep(output, _module("queries").trust_file(viewer=by).encode())
    done = SAID.say("LIST_PUBLISHED", revoked=made.revoked, path=str(output))
    _tell({"revoked": made.revoked, "path": str(output)}, done, as_json=as_json)


@app.command()
def rotate(*, as_json: options.AsJson = False) -> None:
    """Begin a new key that signs; what the one before signed stays valid."""
    at, by = _now()
    made = _actions("keys").rotate_key(by=by, at=at)
    done = SAID.say("KEY_CHANGED", kid=made.kid)
    _tell({"key": made.kid, "issuer": made.issuer}, done, as_json=as_json)


def _now() -> tuple[datetime, Actor]:
    main.set_up()
    actors = importlib.import_module("armstrace.accounts.actors")
    return datetime.now(UTC), actors.system_actor(Purpose.REGISTRATION)


def _module(name: str) -> ModuleType:
    """Load what needs the records, once they are set up."""
    return importlib.import_module(f"armstrace.certificates.{name}")


def _actions(name: str) -> ModuleType:
    return _module(f"actions.{name}")


def _sentence(found: Checked) -> Message:
    stated = found.stated
    if stated is None:
        return found.sentence
    return SAID.say(
        "CERTIFICATE_CHECKED",
        answer=found.sentence,
        number=stated.number,
        kind=stated.kind,
        subject=stated.subject,
        name=stated.name or "—",
    )


def _tell(told: dict[str, Any], said: Message, *, as_json: bool) -> None:
    if as_json:
        telling.show_json(told)
    else:
        typer.echo(main.say(said))


def _trust(path: Path) -> checking.Trust:
    try:
        return checking.read_trust(files.text_of(path))
    except NotGenuine as wrong:
        raise InvalidInput(
            SAID.say("NO_KEYS_OR_LISTS", path=str(path)), field="trust"
        ) from wrong


def _shown(path: Path) -> str | bytes:
    if path.is_file():
        with path.open("rb") as stream:
            if stream.read(len(PDF)) == PDF:
                return PDF + stream.read(LARGEST)
    return files.text_of(path)
