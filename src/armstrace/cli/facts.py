"""A file of facts that a command checks, by the names of its fields."""

import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer
from django.conf import settings

from armstrace.licensing.checking import Missing
from armstrace.records import jurisdiction
from armstrace.translation import translate
from armstrace.vocabulary import profiles
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.profiles import Profile

Law = Annotated[str, typer.Option(help="Profile that is asked; else the one in use.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def law_called(name: str) -> Profile:
    """Give a profile by its name, the one in use where it is empty."""
    if not name:
        return jurisdiction.profile()
    return profiles.find(name, settings.HOME / "profiles")


def read[Facts](path: Path, kind: type[Facts]) -> Facts:
    """Read what a JSON or TOML file states; a fault is said in one sentence.

    Args:
        kind: Frozen dataclass of codes, days, numbers, texts, and lists of these or
            of further dataclasses.

    Raises:
        InvalidInput: It is no such file.
    """
    read_text = tomllib.loads if path.suffix == ".toml" else json.loads
    try:
        stated = read_text(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        msg = message("%(name)s is no JSON or TOML file; check it.", name=path.name)
        raise InvalidInput(msg) from error
    try:
        made: Facts = _made(kind, stated)
    except (TypeError, ValueError, KeyError) as error:
        msg = message(
            "%(name)s cannot be understood: %(error)s; correct it.",
            name=path.name,
            error=str(error),
        )
        raise InvalidInput(msg) from error
    return made


def _made(source: Any, stated: object) -> Any:  # noqa: ANN401 - of a dataclass
    kinds = get_type_hints(source)
    known = {each.name for each in fields(source)}
    if not isinstance(stated, Mapping) or not {*stated} <= known:
        msg = f"{source.__name__}: {', '.join(sorted(known))}"
        raise TypeError(msg)
    return source(**{name: _value(kinds[name], each) for name, each in stated.items()})


def _value(kind: Any, given: Any) -> Any:  # noqa: ANN401 - of any type
    if isinstance(kind, UnionType):
        if given is None:
            return None
        kind = next(each for each in get_args(kind) if each is not type(None))
    if get_origin(kind) is tuple:
        if not isinstance(given, list):
            msg = f"{given!r} is not a list"
            raise TypeError(msg)
        return tuple(_value(get_args(kind)[0], each) for each in given)
    if kind is date:
        return given if isinstance(given, date) else date.fromisoformat(given)
    if is_dataclass(kind):
        return _made(kind, given)
    if given is None or isinstance(given, bool) != (kind is bool):
        msg = f"{given!r} is not of {kind.__name__}"
        raise TypeError(msg)
    return kind(given)


def plain(one: Missing) -> dict[str, object]:
    """Give what is missing as JSON has it."""
    kept = ("code", "strength", "source", "is_verified")
    told = {name: each for name, each in asdict(one).items() if name in kept}
    return told | {"said": translate(one.said), "blocks": one.blocks}


def say(found: Collection[Missing]) -> list[str]:
    """Give the lines that a person reads: what is missing, and its source."""
    return [
        line
        for each in found
        for line in (
            f"{each.code} ({each.strength}): {translate(each.said)}",
            f"  {each.source}",
        )
    ]
