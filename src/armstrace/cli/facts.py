"""A file of facts that a command checks, by the names of its fields."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer
from django.conf import settings
from django.utils import timezone

from armstrace.accounts.actors import system_actor
from armstrace.cli import options, telling
from armstrace.licensing.checking import Missing
from armstrace.records import jurisdiction
from armstrace.translation import translate
from armstrace.vocabulary import profiles
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.files import text_of
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.profiles import Profile
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.toml_texts import read_toml

SAID = Sentences(__package__)
Law = Annotated[str, typer.Option(help="Profile that is asked; else the one in use.")]


def subject(words: str) -> Any:  # noqa: ANN401 - typer's own
    """Make the argument of what is checked: a number on record, or a file."""
    return typer.Argument(metavar="NUMBER|FILE", help=words)


@dataclass(frozen=True, slots=True)
class Asking:
    """By which law a check is asked, and when."""

    law: Profile
    at: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    @property
    def of_records(self) -> dict[str, Any]:
        """Give who, when and by which law, as queries take it."""
        viewer = system_actor(Purpose.REGISTRATION)
        return {"viewer": viewer, "at": self.at, "law": self.law}


def asking(law: str) -> Asking:
    """Begin a check by the law of a name."""
    return Asking(law_called(law), datetime.now(UTC))


def law_called(name: str) -> Profile:
    """Give a profile by its name, the one in use where it is empty."""
    if not name:
        return jurisdiction.profile()
    return profiles.find(name, settings.HOME / "profiles")


def read_file[Facts](asked: str, kind: type[Facts]) -> Facts | None:
    """Read what a file states; None where what is asked is a number on record."""
    path = options.file_named(asked, ".json", ".toml")
    return read(path, kind) if path else None


def read[Facts](path: Path, kind: type[Facts]) -> Facts:
    """Read what a JSON or TOML file states; a fault is said in one sentence.

    Args:
        kind: Frozen dataclass of codes, days, numbers, texts, and lists of these or
            of further dataclasses.

    Raises:
        InvalidInput: It is no such file.
    """
    stated = _parse(path)
    if not isinstance(stated, Mapping):
        known = [each.name for each in fields(kind)]  # type: ignore[arg-type]
        raise SAID.refuse("NO_CASE_FIELDS", name=path.name, known=known)
    try:
        made: Facts = _made(kind, stated)
    except LookupError as error:
        field, known = error.args
        raise SAID.refuse(
            "NO_SUCH_FIELD", name=path.name, field=field, known=list(known)
        ) from error
    except (TypeError, ValueError) as error:
        field, form = error.args
        raise SAID.refuse(
            "FIELD_FORM", name=path.name, field=field, form=form
        ) from error
    return made


def _parse(path: Path) -> object:
    text = text_of(path)
    try:
        if path.suffix.lower() == ".toml":
            return read_toml(text)
        return json.loads(text, object_pairs_hook=_once)
    except LookupError as error:
        msg = SAID.say("FIELD_TWICE", name=path.name, field=error.args[0])
    except RecursionError:
        msg = message("The file is nested too deep to be read; correct it there.")
    except ValueError as error:
        msg = SAID.say("NOT_JSON_OR_TOML", name=path.name, told=str(error))
    raise InvalidInput(msg)


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Make an object of what it states, each field once: the last would win else."""
    names = Counter(name for name, _ in pairs)
    for name in names:
        if names[name] > 1:
            raise LookupError(name)
    return dict(pairs)


def _made(source: Any, stated: object, at: str = "") -> Any:  # noqa: ANN401 - of a dataclass
    kinds = get_type_hints(source)
    known = {each.name: each for each in fields(source)}
    if not isinstance(stated, Mapping):
        raise TypeError(at.rstrip("."), "{…}")
    for name in stated:
        if name not in known:
            raise LookupError(f"{at}{name}", list(known))
    for name, each in known.items():
        if name not in stated and each.default is each.default_factory is MISSING:
            raise ValueError(f"{at}{name}", _form(kinds[name]))
    return source(
        **{name: _field(kinds[name], each, at + name) for name, each in stated.items()}
    )


def _field(kind: Any, given: object, name: str) -> Any:  # noqa: ANN401 - of any type
    if isinstance(kind, UnionType):
        if given is None:
            return None
        kind = next(each for each in get_args(kind) if each is not type(None))
    if is_dataclass(kind):
        return _made(kind, given, f"{name}.")
    if get_origin(kind) is tuple and isinstance(given, list):
        return tuple(_field(get_args(kind)[0], each, name) for each in given)
    try:
        return _value(kind, given)
    except (AttributeError, OverflowError, TypeError, ValueError) as error:
        raise ValueError(name, _form(kind)) from error


def _value(kind: Any, given: Any) -> Any:  # noqa: ANN401 - of any type
    if kind is date:
        is_day = isinstance(given, date) and not isinstance(given, datetime)
        return given if is_day else date.fromisoformat(given.strip())
    if (
        get_origin(kind)
        or not isinstance(given, str | int | float)
        or isinstance(given, bool) != (kind is bool)
    ):
        raise TypeError(given)
    made = kind(str(given).strip().upper() if issubclass(kind, Code) else given)
    if kind is int and (made < 0 or made != float(given)):
        raise ValueError(given)  # a part of one, or less than none
    return made


def _form(kind: Any) -> str:  # noqa: ANN401 - of any type
    """Show how a value is written, in the signs of JSON."""
    if isinstance(kind, UnionType):
        kind = next(each for each in get_args(kind) if each is not type(None))
    if get_origin(kind) is tuple:
        return f"[{_form(get_args(kind)[0])}, …]"
    if is_dataclass(kind):
        return "{…}"
    if issubclass(kind, Code):
        return " | ".join(each.value for each in kind)
    return _FORMS.get(kind, "“…”")


_FORMS = {
    date: "2026-01-31",
    bool: "true | false",
    int: "0 | 1 | 2 | …",
    float: "0 | 1.5 | …",
}


def plain(one: Missing) -> dict[str, object]:
    """Give what is missing as JSON has it."""
    kept = ("code", "strength", "source", "is_verified")
    told = {name: each for name, each in asdict(one).items() if name in kept}
    return told | {"said": translate(one.said), "blocks": one.blocks}


def answer(
    told: Mapping[str, Any],
    found: Collection[Missing],
    by: Asking,
    *,
    rules: Iterable[str],
    later: Collection[Missing] = (),
    as_json: bool,
) -> None:
    """Print what a check finds: as JSON, or line by line with the verdict last.

    The exit status is 1 where something blocks.

    Args:
        told: What is said of the case beside; ``blocks`` is the verdict where more
            than what is missing decides it, ``stage`` how far it has come.
        rules: Codes of what the law asks.
        later: What is not asked yet, and will be.
    """
    whole: dict[str, Any] = {"law": by.law.code, "day": by.today.isoformat()}
    whole |= {"blocks": any(each.blocks for each in found), **told}
    if as_json:
        whole |= {"rules": [*dict.fromkeys(rules)]}
        whole |= {"later": [plain(each) for each in later]} if later else {}
        telling.show_json(whole | {"missing": [plain(each) for each in found]})
    else:
        if stage := whole.get("stage", whole.get("state")):
            typer.echo(f"{whole['number']}: {translate(Message(stage.label))}")
        for line in say(found):
            typer.echo(line)
        if later:
            typer.echo(translate(message("Before the goods leave, also:")))
        for line in say(later):
            typer.echo(line)
        typer.echo(translate(_verdict(whole["blocks"], whole["day"], by)))
    if whole["blocks"]:
        raise typer.Exit(1)


def _verdict(blocks: object, day: str, by: Asking) -> Message:
    if day == by.today.isoformat():
        is_blocked = message("It is blocked today.")
        is_free = message("Nothing blocks it today.")
    else:
        on = date.fromisoformat(day)
        is_blocked = message("It is blocked on %(day)s.", day=on)
        is_free = message("Nothing blocks it on %(day)s.", day=on)
    return is_blocked if blocks else is_free


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
