"""Sentences as values: a template with its parameters.

A rule, a note, a gap or a remark is said once, in English, where it is known, and
travels as a template and what fills it. The interfaces translate the template when
they render; nobody takes a printed sentence apart.

``message("… %(number)s …", number=…)`` is the call that the catalogues collect
(``docs/catalogues.py``), so the template is a literal, and what varies is a
parameter. Where a number changes the words, ``counted("%(n)s day", "%(n)s days",
n=…)`` has both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from armstrace.vocabulary.codes import BY_NAME, Code

type Parameter = (
    str | int | float | Decimal | date | datetime | Code | Message | Sequence[Parameter]
)
"""What fills a template.

Text stands as it was written. A ``Code`` is said by its label and a message by its
own sentence, both translated. Numbers and days are written as the language does.
Several are listed.
"""

type Render = Callable[[Parameter], str]


class Country(str):
    """A country by its code; readers see its name."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence, or part of one, that is said to a person."""

    # English, with named places as in ``%(number)s``.
    template: str
    params: Mapping[str, Parameter] = field(default_factory=dict)
    # The template as it is said of one; empty where no number changes the words.
    one: str = ""

    def __str__(self) -> str:
        """Write the sentence in English."""
        return fill(self.one if self.n == 1 else self.template, self.params, english)

    @property
    def n(self) -> int | None:
        """The number that chooses the words; None where none does."""
        number = self.params.get("n") if self.one else None
        return number if isinstance(number, int) else None

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return bool(self.template)

    def __hash__(self) -> int:
        """Tell messages apart by what they say."""
        return hash(str(self))

    def to_json(self) -> dict[str, Any]:
        """Give the message as JSON keeps it: template and parameters."""
        kept: dict[str, Any] = {"template": self.template}
        if self.one:
            kept["one"] = self.one
        if self.params:
            told = {name: _to_json(value) for name, value in self.params.items()}
            kept["params"] = told
        return kept

    @classmethod
    def read(cls, kept: Mapping[str, Any] | str) -> Self:
        """Give the message that JSON keeps.

        Args:
            kept: What ``stored`` gave; or a plain sentence of earlier times,
                which stays readable as it is.
        """
        if isinstance(kept, str):
            return cls(kept)
        params = {name: _read(value) for name, value in kept.get("params", {}).items()}
        return cls(kept["template"], params, kept.get("one", ""))


# Where nothing is to be said.
NOTHING = Message("")


def message(template: str, /, **params: Parameter) -> Message:
    """Make a message; the catalogues collect the template.

    Args:
        template: A literal in English, with named places as in ``%(number)s``.
    """
    return Message(template, params)


def counted(one: str, several: str, /, **params: Parameter) -> Message:
    """Make a message whose words a number changes; the catalogues collect both.

    Args:
        one: A literal in English, as it is said of one.
        several: The same, as it is said of any other number.
        params: The number among them is ``n``, a whole one.
    """
    return Message(several, params, one)


def no_code(value: str, name: str, codes: type[Code]) -> Message:
    """Say that a value is no code of a field, and which are.

    Args:
        name: Of the field, as whoever wrote the value calls it.
    """
    return message(
        "%(value)s is not a code of %(name)s; use one of: %(codes)s.",
        value=value,
        name=name,
        codes=", ".join(code for code, _ in codes.choices()),
    )


def quote(text: str) -> Message:
    """Give a text in the quotation marks of the reader's language."""
    return message("“%(text)s”", text=text)


def as_message(said: Message | str) -> Message:
    """Give a message; a plain sentence is one that has no places."""
    return Message(said) if isinstance(said, str) else said


def join(parts: Sequence[Message], between: str = " ") -> Message:
    """Give several messages as one, one after the other; empty ones are left out."""
    told = [part for part in parts if part]
    if len(told) == 1:
        return told[0]
    names = [f"part_{number}" for number in range(len(told))]
    template = between.replace("%", "%%").join(f"%({name})s" for name in names)
    return Message(template, dict(zip(names, told, strict=True)))


def fill(template: str, params: Mapping[str, Parameter], say: Render) -> str:
    """Fill a template; the parameters are written by ``say``.

    A template without parameters stands as it is.
    """
    if not params:
        return template
    return template % {name: say(value) for name, value in params.items()}


def english(value: Parameter) -> str:
    """Write a parameter in English."""
    if isinstance(value, Code):
        return value.label or value.value
    if isinstance(value, str | Message):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Sequence):
        return ", ".join(english(each) for each in value)
    return str(value)


# A code is a text and a moment is a day: the narrower kind comes first.
_KEPT: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Message, Message.to_json),
    (Code, lambda code: {"code": type(code).__name__, "value": code.value}),
    (datetime, lambda at: {"moment": at.isoformat()}),
    (date, lambda on: {"day": on.isoformat()}),
    (Decimal, lambda number: {"decimal": str(number)}),
    (str | int | float, lambda plain: plain),
)
_READ: dict[str, Callable[[Any], Parameter]] = {
    "template": Message.read,
    "code": lambda kept: _code(kept["code"], kept["value"]),
    "moment": lambda kept: datetime.fromisoformat(kept["moment"]),
    "day": lambda kept: date.fromisoformat(kept["day"]),
    "decimal": lambda kept: Decimal(kept["decimal"]),
}


def _to_json(value: Parameter) -> Any:  # noqa: ANN401 - what JSON holds
    for kind, keep in _KEPT:
        if isinstance(value, kind):
            return keep(value)
    return [_to_json(each) for each in value]  # type: ignore[union-attr]


def _read(kept: Any) -> Parameter:  # noqa: ANN401 - what JSON holds
    if isinstance(kept, list):
        return [_read(each) for each in kept]
    if not isinstance(kept, dict):
        return kept  # type: ignore[no-any-return]
    return next(read(kept) for name, read in _READ.items() if name in kept)


def _code(name: str, value: str) -> Code | str:
    """Give the member of a vocabulary; its plain code where neither is known now."""
    kind = BY_NAME.get(name)
    try:
        return kind(value) if kind is not None else value
    except ValueError:
        return value
