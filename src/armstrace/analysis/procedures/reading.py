"""Read a procedure from its file or from plain values, and write it again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from importlib import resources
from math import inf
from typing import Any

from armstrace.analysis.procedures.procedure import Condition, Procedure, Step, Trigger
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.procedures import FactTest
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.toml_texts import read_toml

SAID = Sentences(__package__)

type Plain = dict[str, Any]
LONGEST_DAYS = 1000
SHIPPED = "recovered-arms"
"""The procedure that is shipped, by its code."""
TABLES: Mapping[str, type] = {"trigger": Trigger, "step": Step}
LISTS = frozenset({"triggers", "after", "waived_by"})


def parse(text: str) -> Plain:
    """Read the text of a file into plain values.

    Raises:
        InvalidInput: It is not TOML.
    """
    try:
        return read_toml(text)
    except ValueError as wrong:
        raise InvalidInput(
            SAID.say("NOT_TOML", told=str(wrong)), field="file"
        ) from wrong


def load_shipped() -> Plain:
    """Give the procedure that is shipped, as plain values."""
    data = resources.files(__package__) / "data" / f"{SHIPPED}.toml"
    return parse(data.read_text(encoding="utf-8"))


def read(values: Mapping[str, Any]) -> Procedure:
    """Make a procedure of plain values of the right shape.

    Raises:
        InvalidInput: A value is missing or of the wrong kind; ``misshapen`` lists all.
    """
    wrong = next(misshapen(values), None)
    if wrong is not None:
        raise InvalidInput(wrong, field="file")
    return Procedure(
        **{name: str(values[name]).strip() for name in ("code", "name", "version")},
        valid_from=_day(values["valid_from"]) or date.min,
        source=str(values.get("source", "")),
        triggers=tuple(_trigger(each) for each in values.get("trigger", ())),
        steps=tuple(_step(each) for each in values.get("step", ())),
    )


def misshapen(values: Mapping[str, Any]) -> Iterator[Message]:
    """Say what of plain values is missing, not known here, or of the wrong kind."""
    known = {"code", "name", "version", "valid_from", "source", *TABLES}
    whole = message("The procedure")
    yield from _unknown(whole, values, known)
    for name in ("code", "name", "version"):
        if not isinstance(values.get(name), str) or not values[name].strip():
            yield _lacks(whole, name)
    if _day(values.get("valid_from")) is None:
        yield message("The procedure has no first day; write valid_from as 2026-01-31.")
    for name, kind in TABLES.items():
        for number, each in enumerate(_rows_of(values, name), start=1):
            yield from _misshapen_row(name, kind, number, each)


def plain(procedure: Procedure) -> Plain:
    """Give a procedure as plain values, as they are kept and sent."""
    return {
        "code": procedure.code,
        "name": procedure.name,
        "version": procedure.version,
        "valid_from": procedure.valid_from.isoformat(),
        **({"source": procedure.source} if procedure.source else {}),
        "trigger": [
            {
                "code": t.code,
                "words": t.words,
                "when": [_plain_condition(c) for c in t.when],
            }
            for t in procedure.triggers
        ],
        "step": [_row(each) for each in procedure.steps],
    }


def write(values: Mapping[str, Any]) -> str:
    """Write plain values as the text of a file."""
    lines = [_line(name, v) for name, v in values.items() if name not in TABLES]
    for table in TABLES:
        for row in values.get(table, ()):
            lines += ["", f"[[{table}]]", *(_line(n, v) for n, v in row.items())]
    return "\n".join(lines) + "\n"


def _rows_of(values: Mapping[str, Any], name: str) -> list[Any]:
    given = values.get(name, [])
    return given if isinstance(given, list) else [given]


def _misshapen_row(
    name: str, kind: type, number: int, row: object
) -> Iterator[Message]:
    said = message("Entry %(number)s of %(table)s", number=number, table=name)
    if not isinstance(row, Mapping):
        yield message("%(what)s is not a table of values.", what=said)
        return
    if row.get("code"):
        said = SAID.say("CODE_IN_TABLE", table=name.title(), code=str(row["code"]))
    declared = {each.name: each for each in fields(kind)}
    yield from _unknown(said, row, set(declared))
    for key, each in declared.items():
        yield from _misshapen_value(said, each, row.get(key))


def _misshapen_value(what: Message, of: Field[Any], given: object) -> Iterator[Message]:
    name, is_optional = of.name, of.default is not MISSING
    if name in _SHAPES:
        fits, template = _SHAPES[name]
        if given is not None and not fits(given):
            yield Message(template, {"what": what, "key": name})
    elif given is None and is_optional:
        return
    elif not isinstance(given, str) or not (is_optional or given.strip()):
        yield _lacks(what, name)


def _unknown(
    what: Message, row: Mapping[str, Any], known: set[str]
) -> Iterator[Message]:
    for name in sorted(row.keys() - known):
        yield SAID.say("UNKNOWN_KEY", what=what, key=str(name))


def _lacks(what: Message, name: str) -> Message:
    return message("%(what)s has no %(key)s; write one.", what=what, key=name)


def _are_texts(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(each, str) for each in given)


def _is_number(given: object) -> bool:
    return type(given) in {int, float} and 0 <= given < inf  # type: ignore[operator]


def _are_conditions(given: object) -> bool:
    return isinstance(given, list) and all(map(_is_condition, given))


def _is_condition(row: object) -> bool:
    if not isinstance(row, Mapping) or not isinstance(row.get("fact"), str):
        return False
    tests = row.keys() - {"fact"}
    return len(tests) == 1 and tests <= {each.value for each in FactTest}


_TEXTS = (_are_texts, message("%(what)s: %(key)s is a list of texts.").template)
_SHAPES: Mapping[str, tuple[Callable[[object], bool], str]] = {
    **dict.fromkeys(LISTS, _TEXTS),
    "days": (
        lambda given: type(given) is int and 0 <= given <= LONGEST_DAYS,
        message("%(what)s: %(key)s is a whole number from 0 up to 1000.").template,
    ),
    "hours": (
        _is_number,
        message("%(what)s: %(key)s is a number from 0 up.").template,
    ),
    "when": (
        _are_conditions,
        message(
            "%(what)s has a condition that is not a fact with one test; write it as "
            '{fact = "country", any_of = ["FR"]}.'
        ).template,
    ),
}


def _day(given: object) -> date | None:
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        return None


def _trigger(row: Plain) -> Trigger:
    when = tuple(_condition(each) for each in row.get("when", ()))
    return Trigger(row["code"].strip(), row["words"], when)


def _condition(row: Plain) -> Condition:
    ((test, given),) = ((key, value) for key, value in row.items() if key != "fact")
    values = given if isinstance(given, list) else [given]
    return Condition(row["fact"], test, tuple(map(_text, values)))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _step(row: Plain) -> Step:
    given = {
        name: tuple(value) if name in LISTS else value for name, value in row.items()
    }
    return Step(**({"triggers": (), "days": None} | given))


def _row(step: Step) -> Plain:
    row: Plain = {}
    for each in fields(Step):
        value = getattr(step, each.name)
        if value not in ((), None, ""):
            row[each.name] = list(value) if isinstance(value, tuple) else value
    return row


def _plain_condition(condition: Condition) -> Plain:
    values: Any = list(condition.values)
    if condition.test in {FactTest.AT_LEAST, FactTest.AT_MOST}:
        values = int(condition.values[0])
    elif condition.test == FactTest.IS:
        values = condition.values[0] == "true"
    return {"fact": condition.fact, str(condition.test): values}


def _line(name: str, value: object) -> str:
    return f"{name} = {_toml(value)}"


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(_line(name, each) for name, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, bool | int | float):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    return '"' + "".join(map(_escape, str(value))) + '"'


def _escape(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"
