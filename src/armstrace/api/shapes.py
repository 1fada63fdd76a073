"""What travels: bodies and answers, made from what actions take and queries give.

A field is declared once, where the action or the query declares it; here it gets
what JSON needs: a limit of length, the number that people write (A12 and not 12),
and the words of the description.
"""

import dataclasses
import inspect
import re
import types
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from django.db import models
from ninja import Header, Path, Query, Schema
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    create_model,
)
from pydantic_core import PydanticCustomError

from armstrace.api.errors import Sent
from armstrace.api.walking import Moment
from armstrace.api.words import EXAMPLES, LETTERS, LONG, WORDS
from armstrace.records import lengths
from armstrace.translation import translate
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.outcomes import Recorded, RowOutcome
from armstrace.vocabulary.texts import is_reason

LONGEST = 500
ARGUMENT = re.compile(r"^    (\w+): (.+?)(?=^    \w|\Z)", re.MULTILINE | re.DOTALL)
Whole = Annotated[int, Field(ge=-(2**31), lt=2**31)]
Key = Annotated[int, Field(ge=1, lt=2**63)]
Text = Annotated[str, StringConstraints(max_length=LONGEST)]
Country = Annotated[
    str, StringConstraints(max_length=2, pattern="^([A-Za-z]{2})?$", to_upper=True)
]


def _say_why(reason: str) -> str:
    if not is_reason(reason):
        raise PydanticCustomError("no_reason", "no reason")
    return reason


Reason = Annotated[Text, AfterValidator(_say_why)]
Year = Annotated[int, Field(ge=1900, le=2200)]


# No leading zero: A000000300 may be the register's own number of another arm.
DIGITS = "[1-9][0-9]{0,14}"


@dataclass(frozen=True, slots=True)
class Reference:
    """Reads a number such as R12 that is sent."""

    # Before the digits; it may be left out.
    letter: str
    # Description, for a part of an address.
    words: str = ""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> Any:  # noqa: ANN401 - pydantic's own
        """Read the digits before the number is checked."""
        read = BeforeValidator(self._read)
        return read.__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(
        self, schema: object, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Say how it is written."""
        told = {"type": "string", "pattern": f"^{self.letter}?{DIGITS}$"}
        example = {"examples": [f"{self.letter}12"]}
        return told | example | ({"description": self.words} if self.words else {})

    def _read(self, sent: object) -> int | None:
        if sent is None:
            return None
        found = re.fullmatch(f"{self.letter}?({DIGITS})", str(sent), re.IGNORECASE)
        if found is None:
            raise ValueError(self.letter)
        return int(found[1])


@dataclass(frozen=True, slots=True)
class OneOf:
    """Takes some of the codes of a list, and no other."""

    codes: frozenset[Any]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> Any:  # noqa: ANN401 - pydantic's own
        """Check after the code was read."""
        return AfterValidator(self._check).__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(
        self, schema: object, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Offer no other."""
        return {"type": "string", "enum": sorted(map(str, self.codes))}

    def _check(self, code: object) -> object:
        if code not in self.codes:
            expected = ", ".join(f"'{each}'" for each in sorted(map(str, self.codes)))
            raise PydanticCustomError("enum", "not offered", {"expected": expected})
        return code


def _number_shown(letter: str) -> Any:  # noqa: ANN401 - a type
    written = BeforeValidator(lambda key: None if key is None else f"{letter}{key}")
    return Annotated[str, written, Field(examples=[f"{letter}12"])]


Words = Annotated[str, BeforeValidator(lambda said: translate(said) if said else "")]
Span = Annotated[str, BeforeValidator(str)]
Number = Annotated[float, BeforeValidator(float)]
SHOWN: Mapping[object, Any] = {
    Message: Words,
    DateSpan: Span,
    Fraction: Number,
    Decimal: Number,
}


def having[S: Schema](fields: Mapping[str, Any]) -> Callable[[type[S]], type[S]]:
    """Give a shape fields that are declared elsewhere.

    Args:
        fields: Name to the type and the field of pydantic.
    """

    def made(shape: type[S]) -> type[S]:
        made_of: type[S] = create_model(
            shape.__name__, __base__=shape, __module__=shape.__module__, **fields
        )
        made_of.__doc__ = shape.__doc__
        return made_of

    return made


def stated_by[S: Sent](
    source: type,
    *,
    without: Collection[str] = (),
    optional: Collection[str] = (),
) -> Callable[[type[S]], type[S]]:
    """Give a body all fields of what an action takes.

    Args:
        source: A dataclass of an action.
        without: Its fields that are not sent.
        optional: Its texts that need not be sent, though the action takes them.
    """

    def made(shape: type[S]) -> type[S]:
        leave = {*without, *shape.model_fields}
        return having(dict(_fields(source, leave, _sent, optional)))(shape)

    return made


def shown_from[S: Schema](
    source: type, *, without: Collection[str] = ()
) -> Callable[[type[S]], type[S]]:
    """Give an answer all fields of what a query gives.

    Rows of the database among them are declared by hand, or left out.

    Args:
        source: A dataclass of a query.
        without: Its fields that are not shown.
    """

    def made(shape: type[S]) -> type[S]:
        leave = {*without, *shape.model_fields, "reference"}
        return having(dict(_fields(source, leave, _shown)))(shape)

    return made


def build[T](source: type[T], sent: Schema, **more: object) -> T:
    """Make what an action or a query takes from what was sent.

    Args:
        sent: Has its fields by name; None leaves the default of one that takes none.
        more: Fields that the body does not carry.
    """
    hints: dict[str, Any] = get_type_hints(source)
    given = {
        each.name: _built(hints[each.name], getattr(sent, each.name))
        for each in dataclasses.fields(source)  # type: ignore[arg-type]
        if each.name not in more and _is_given(each, hints[each.name], sent)
    }
    return source(**given, **more)


def _is_given(field: Any, hint: Any, sent: Schema) -> bool:  # noqa: ANN401 - a field of any type
    takes_none = types.NoneType in get_args(hint)
    return hasattr(sent, field.name) and (
        takes_none or getattr(sent, field.name) is not None
    )


def _built(hint: Any, value: Any) -> Any:  # noqa: ANN401 - any field
    if isinstance(value, Schema):
        inner = next(each for each in (hint, *get_args(hint)) if _is_data(each))
        return build(inner, value)
    return value


def _fields(
    source: Any,  # noqa: ANN401 - a dataclass
    leave: Collection[str],
    put: Callable[[str, Any], Any],
    optional: Collection[str] = (),
) -> Iterator[tuple[str, Any]]:
    hints, told = get_type_hints(source), words_of(source)
    for each in dataclasses.fields(source):
        if each.name in leave:
            continue
        default = ... if put is _shown else _default(each)
        default = "" if each.name in optional else default
        field = Field(
            default,
            description=told.get(each.name) or WORDS.get(each.name),
            examples=_examples(each.name),
        )
        hint, longest = hints[each.name], lengths.length_of(source, each.name)
        if put is _sent and hint is str and each.name == "reason" and default is ...:
            kind = Reason
        elif put is _sent and hint is str and longest is not None:
            kind = _text(longest)
        else:
            kind = put(each.name, hint)
        yield each.name, (kind | None if default is None else kind, field)


def _examples(name: str) -> list[object] | None:
    return [f"{LETTERS[name]}12"] if name in LETTERS else EXAMPLES.get(name)


def _default(field: Any) -> Any:  # noqa: ANN401 - a field of any type
    if field.default_factory is not dataclasses.MISSING:
        return None
    return ... if field.default is dataclasses.MISSING else field.default


@cache
def words_of(source: type) -> dict[str, str]:
    """Give the words on each field that the docstring of a dataclass has.

    Fields of the dataclasses that it extends are said there.
    """
    text = inspect.getdoc(source) or ""
    _, _, told = text.partition("Args:\n")
    above = [words_of(base) for base in source.__bases__ if base is not object]
    return {name: words for each in above for name, words in each.items()} | {
        name: " ".join(words.replace("``", "").split())
        for name, words in ARGUMENT.findall(told)
    }


def _sent(name: str, hint: Any) -> Any:  # noqa: ANN401 - a type
    if hint is str:
        return _text(LONG.get(name, LONGEST))
    if name in LETTERS:
        number: Any = Annotated[int, Reference(LETTERS[name])]
        return number | None if type(None) in get_args(hint) else number
    if hint is int:
        return Whole
    if get_origin(hint) in (types.UnionType, None) and get_args(hint):
        return _unite(_sent(name, each) for each in get_args(hint))
    return _nest(hint, Sent, _sent) if _is_data(hint) else hint


def _text(longest: int | None) -> Any:  # noqa: ANN401 - a type
    return Annotated[str, StringConstraints(max_length=longest)]


def _shown(name: str, hint: Any) -> Any:  # noqa: ANN401 - a type
    if hint in SHOWN:
        return SHOWN[hint]
    if name in LETTERS:
        number = _number_shown(LETTERS[name])
        return number | None if type(None) in get_args(hint) else number
    if get_origin(hint) is types.UnionType:
        return _unite(_shown(name, each) for each in get_args(hint))
    if get_origin(hint) in (tuple, list):
        parts = [_shown(name, each) for each in get_args(hint) if each is not ...]
        return tuple[*parts] if len(parts) > 1 else list[parts[0]]  # type: ignore[valid-type]
    return _nest(hint, Schema, _shown) if _is_data(hint) else hint


@cache
@cache
def _nest(source: Any, base: Any, put: Callable[[str, Any], Any]) -> Any:  # noqa: ANN401 - a type
    name = f"{source.__name__}{'In' if base is Sent else 'Out'}"
    leave = {"reference"} if base is Schema else set()
    leave |= {
        field
        for field, hint in get_type_hints(source).items()
        if isinstance(hint, type) and issubclass(hint, models.Model)
    }
    made: Any = create_model(name, __base__=base, **dict(_fields(source, leave, put)))
    made.__doc__ = (source.__doc__ or "").partition("\n")[0]
    return made


def _unite(hints: Iterator[Any]) -> Any:  # noqa: ANN401 - a type
    first, *rest = hints
    for each in rest:
        first = first | each
    return first


def _is_data(hint: object) -> bool:
    return isinstance(hint, type) and dataclasses.is_dataclass(hint)


class Done(Schema):
    """What became of something that was sent."""

    id: str = Field(description="Number of the record.", examples=["A12"])
    fate: RowOutcome = Field(description="What became of it.")


def done(recorded: Recorded, letter: str = "") -> Done:
    """Give what is answered to something that was recorded.

    Args:
        letter: Before its number, where people write one.

    Raises:
        RuleBroken: A rule refused it, or it contradicts a correction.
        InvalidInput: A field of it cannot be kept.
    """
    recorded.require_done()
    return Done(id=f"{letter}{recorded.record_id}", fate=recorded.fate)


class Ref(Schema):
    """The record that was made."""

    id: str = Field(description="Number of the record.", examples=["A12"])


class Reasoned(Sent):
    """An act that needs only its reason."""

    reason: Reason = Field(description=WORDS["reason"], examples=EXAMPLES["reason"])


Seen = Annotated[
    int | None,
    Field(
        ge=0,
        lt=2**63,
        description=(
            "The seen of the answer that was read: where somebody acted since, "
            "nothing is done. Left out, nothing is compared."
        ),
        examples=[5120],
    ),
]
ArmNumber = Annotated[int, Reference("A", "Number of the arm.")]
RecoveryNumber = Annotated[int, Reference("R", "Number of the recovery.")]
HolderKey = Annotated[Key, Path(description="The holder_id.")]
EventKey = Annotated[Key, Path(description="The key of the event.")]
RunKey = Annotated[Key, Path(description="Number of the run.")]
AsOf = Annotated[
    Moment | None,
    Query(description="As known at this moment; now where it is not said."),
]
Why = Annotated[
    str,
    Header(
        alias="Justification",
        max_length=LONGEST,
        description="Why the person is looked at; the reason is logged.",
        examples=["case 2026/118"],
    ),
]
