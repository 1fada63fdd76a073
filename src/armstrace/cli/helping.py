"""What ``--help`` says, in the language that the environment names.

The library that prints help asks Python's own gettext for its words (“Usage”,
“Options”), so that the catalogue of the product is named there, and the texts of
commands are looked up in the same place. No settings are needed. What it looks up
nowhere (“Usage:” above a command, and what ``--help`` does) is put in its place.
"""

import gettext
import os
from collections.abc import Iterator
from functools import partial
from importlib import resources
from typing import Any

from armstrace.vocabulary.messages import message

CATALOGUE = "django"
# What the library itself says; collected here, since it is looked up by its words.
FRAME = (
    message("Usage:"),
    message("Options"),
    message("Arguments"),
    message("Commands"),
    message("[default: {}]"),
    message("[required]"),
    message("[env var: {}]"),
    message("Show this message and exit."),
)

# A command or a group of them; the library gives both a base without a public name.
Command = Any


def speak(language: str) -> None:
    """Let help be printed in a language."""
    if language == "en":
        gettext.textdomain("messages")
        return
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(CATALOGUE, str(resources.files("armstrace") / "locale"))
    gettext.textdomain(CATALOGUE)


def translate_help(command: Command) -> None:
    """Translate the help of a command and of the commands and options in it."""
    for one in _all(command):
        one.help = "\n\n".join(map(gettext.gettext, _paragraphs(one.help)))
        one.format_usage = partial(_write_usage, one)
        for param in one.get_params(one.context_class(one)):
            if getattr(param, "help", None):
                param.help = " ".join(map(gettext.gettext, _paragraphs(param.help)))


def _write_usage(command: Command, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - of Typer's own
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, f"{gettext.gettext('Usage:')} ")


def texts(command: Command) -> Iterator[str]:
    """Give all that the help of a command says, to be translated."""
    for one in _all(command):
        yield from _paragraphs(one.help)
        for param in one.params:
            yield from _paragraphs(getattr(param, "help", None))


def _all(command: Command) -> Iterator[Command]:
    yield command
    for each in getattr(command, "commands", {}).values():
        yield from _all(each)


def _paragraphs(text: str | None) -> list[str]:
    parts = (" ".join(part.split()) for part in (text or "").split("\n\n"))
    return [part for part in parts if part]
