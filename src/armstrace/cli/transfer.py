"""`armstrace transfer`: what blocks a transfer, before it is asked for."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer
from django.conf import settings
from django.utils import timezone

from armstrace.accounts.actors import system_actor
from armstrace.cli.licence import AsJson, Law, law_of, plain
from armstrace.licensing.checking import blocking
from armstrace.transfers import checking, queries
from armstrace.transfers.facts import Facts
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.transfers import Moment

app = typer.Typer()


@app.callback()
def whole() -> None:
    """Say what blocks transfers, by the jurisdiction profile."""


@app.command()
def check(
    asked: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER|FILE",
            help="Of an authorisation (G12, or the number on paper), or a JSON or TOML "
            "file of one.",
        ),
    ],
    law: Law = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Say what blocks a transfer today; nothing is changed."""
    now = datetime.now(UTC)
    today = timezone.localdate(now)
    profile = law_of(law)
    if Path(asked).is_file():
        facts = _read(Path(asked))
        moment = Moment.DEPARTURE if facts.departs_on else Moment.ISSUE
        day = facts.departs_on or facts.issued_on or today
        home = settings.HOME_COUNTRY
        found = checking.missing(facts, profile, moment, day, home)
        told: dict[str, Any] = {"file": asked, "direction": facts.direction}
        blocks = bool(blocking(found))
    else:
        viewer = system_actor(Purpose.REGISTRATION)
        one = queries.standing_of(asked, viewer=viewer, at=now, law=profile)
        found, blocks, moment, day = one.missing, one.blocks, one.moment, today
        told = {"number": one.number, "direction": one.direction, "stage": one.stage}
    rules = profile.transfers_asked(told["direction"], moment, day)
    told |= {"law": profile.code, "day": day.isoformat(), "moment": moment}
    told |= {"blocks": blocks, "rules": [each.code for each in rules]}
    if as_json:
        told["missing"] = [plain(each) for each in found]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    if "stage" in told:
        typer.echo(f"{told['number']}: {translate(Message(told['stage'].label))}")
    for each in found:
        typer.echo(f"{each.code} ({each.strength}): {translate(each.said)}")
        typer.echo(f"  {each.source}")
    is_blocked = message("It is blocked today.")
    is_free = message("Nothing blocks it today.")
    typer.echo(translate(is_blocked if blocks else is_free))


def _read(path: Path) -> Facts:
    """Read what a file states; each fault is said in one sentence."""
    read = tomllib.loads if path.suffix == ".toml" else json.loads
    try:
        stated = read(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        msg = message("%(name)s is no JSON or TOML file; check it.", name=path.name)
        raise InvalidInput(msg) from error
    try:
        facts: Facts = _made(Facts, stated)
    except (TypeError, ValueError, KeyError) as error:
        msg = message(
            "%(name)s cannot be understood: %(error)s; correct it.",
            name=path.name,
            error=str(error),
        )
        raise InvalidInput(msg) from error
    return facts


def _made(source: Any, stated: object) -> Any:  # noqa: ANN401 - of a dataclass
    """Make a dataclass of what JSON or TOML holds."""
    kinds = get_type_hints(source)
    known = {each.name for each in fields(source)}
    if not isinstance(stated, Mapping) or not {*stated} <= known:
        msg = f"{source.__name__}: {', '.join(sorted(known))}"
        raise TypeError(msg)
    return source(**{name: _value(kinds[name], each) for name, each in stated.items()})


def _value(kind: Any, given: Any) -> Any:  # noqa: ANN401 - of any type
    if given is None or isinstance(given, bool):
        return given
    if get_origin(kind) is UnionType:
        kind = next(each for each in get_args(kind) if each is not type(None))
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], each) for each in given)
    if kind is date:
        return given if isinstance(given, date) else date.fromisoformat(given)
    if hasattr(kind, "__dataclass_fields__"):
        return _made(kind, given)
    return kind(given)
