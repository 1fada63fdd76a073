"""The command line, from the applications themselves."""

import importlib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from armstrace.cli.main import COMMANDS
from generating.markdown import code, page, section, table

_COMPLETION = frozenset({"install_completion", "show_completion", "help"})
_TAKES = {Path: "a file", int: "a whole number", float: "a number"}

type Command = TyperCommand | TyperGroup


def cli_page() -> str:
    """Write the page of commands."""
    sections = []
    for name, lazy in COMMANDS.items():
        app = importlib.import_module(f"armstrace.cli.{lazy.module}").app
        for words, each in _leaves(f"armstrace {name}", get_command(app)):
            sections.append(_command(words, each, lazy.words))
    return page(
        "Command line",
        "Every command of `armstrace`, its arguments and its options.",
        "`--json` prints one JSON document on standard output; progress and messages "
        "go to standard error. The exit status is 0 when the work is done, 1 when it "
        "is refused or failed, and 2 for wrong usage. Rows that are held are "
        "reported, not an error.",
        table(
            ("Command", "Does"), ((code(n), lazy.words) for n, lazy in COMMANDS.items())
        ),
        *sections,
    )


def _leaves(words: str, command: Command) -> Iterator[tuple[str, Command]]:
    """Give a command, or the commands of a group, with the words that call each."""
    if not isinstance(command, TyperGroup):
        yield words, command
        return
    for name, each in command.commands.items():
        yield from _leaves(f"{words} {name}", each)


def _command(words: str, command: Command, line: str) -> str:
    told = (command.help or line).strip()
    arguments = [p for p in command.params if isinstance(p, TyperArgument)]
    options = [p for p in command.params if isinstance(p, TyperOption)]
    taken = [(code(_name(p)), p.help or "") for p in arguments]
    chosen = [
        (_spelt(p), _taken(p), _default(p), _help(p))
        for p in options
        if not p.hidden and p.name not in _COMPLETION
    ]
    headings = ("Option", "Takes", "If not given", "What it does")
    parts = [table(("Argument", "What it is"), taken)] if taken else []
    parts += [table(headings, chosen)] if chosen else []
    return section(code(words), told, *parts)


def _name(param: TyperArgument) -> str:
    name = (param.name or "").upper()
    return f"{name}…" if param.nargs == -1 else name


def _help(param: TyperOption) -> str:
    words = param.help or ""
    return f"{words} Also from {code(param.envvar)}." if param.envvar else words


def _spelt(param: TyperOption) -> str:
    return ", ".join(code(word) for word in (*param.opts, *param.secondary_opts))


def _taken(param: TyperOption) -> str:
    if param.is_flag:
        return ""
    kind = param.type_descriptor.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(code(each.value) for each in kind)
    return _TAKES.get(kind, "text")


def _default(param: TyperOption) -> str:
    value = param.default
    if param.required:
        return "must be given"
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return code(value) if plain and value != "" else ""
