"""What is wrong with how a command was given, in the reader's language."""

from typing import Any

import typer

from armstrace.vocabulary.messages import Message, join, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
# All that Typer raises of how a command was given, which it has no public name for.
WRONG: Any = typer.BadParameter.__base__


class Wrong(typer.BadParameter):
    """A value that a command does not take, or options that do not go together."""

    def __init__(self, said: Message, name: str = "") -> None:
        super().__init__(str(said), param_hint=name or None)
        self.said = said


def is_help(error: Any) -> bool:  # noqa: ANN401 - of Typer's own
    """Tell whether a command was given alone, and its help is the answer."""
    return type(error).__name__ == "NoArgsIsHelpError"


def explain(error: Any, command: str) -> Message:  # noqa: ANN401 - of Typer's own
    """Say what is wrong, and how to find what is right.

    Args:
        error: As Typer raises it, in English.
        command: As it was called, such as ``armstrace serve``.
    """
    param = getattr(error, "param", None)
    name = _name_of(param) if param else getattr(error, "param_hint", None) or ""
    command = error.ctx.command_path if error.ctx else command
    help_is = message("%(command)s --help shows how it is used.", command=command)
    match type(error).__name__:
        case "NoSuchOption":
            said = message("There is no option %(name)s.", name=error.option_name)
        case "BadOptionUsage":
            said = SAID.say("OPTION_WITHOUT_VALUE", name=error.option_name)
        case "MissingParameter":
            said = message("%(name)s is missing.", name=name)
        case "Wrong" if name:
            said = _end(message("%(name)s: %(said)s", name=name, said=error.said))
        case "Wrong":
            said = _end(error.said)
        case "BadParameter":
            said = _expectation(param, name)
        case _:
            said = _of_words(error.ctx, command)
    return join([said, help_is])


def _end(said: Message) -> Message:
    """Let a sentence end with one full stop."""
    return said if str(said).endswith(".") else Message("%(said)s.", {"said": said})


def _name_of(param: Any) -> str:  # noqa: ANN401 - of Typer's own
    is_option = param.param_type_name == "option"
    return " / ".join(param.opts) if is_option else param.name.upper()


def _expectation(param: Any, name: str) -> Message:  # noqa: ANN401 - of Typer's own
    """Say what an option or argument takes, by its declaration."""
    kind = param.type_descriptor
    least, most = kind.parameter_info.min, kind.parameter_info.max
    if kind.is_choice:
        known = [str(getattr(each, "value", each)) for each in kind.choices]
        return message("%(name)s must be one of: %(known)s.", name=name, known=known)
    if kind.is_path or kind.parameter_info.exists:
        return SAID.say("NOT_THERE", name=name)
    if least is not None and most is not None:
        return SAID.say("NUMBER_BETWEEN", name=name, least=str(least), most=str(most))
    if least is not None:
        return SAID.say("NUMBER_AT_LEAST", name=name, least=str(least))
    return message("%(name)s cannot be read as it was given.", name=name)


def _of_words(ctx: Any, command: str) -> Message:  # noqa: ANN401 - of Typer's own
    known = getattr(ctx and ctx.command, "commands", None)
    if known:
        return SAID.say("COMMAND_NEEDS", command=command, known=sorted(known))
    return message("%(command)s was given more than it takes.", command=command)
