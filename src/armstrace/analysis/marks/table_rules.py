"""What each cell of a vocabulary may hold, and a sentence where it holds another.

The keys and the rules of the tables stand in ``table_rules.toml``.
"""

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping

import pycountry

from armstrace.vocabulary.arms import AmmunitionKind, ArmType, ItemKind, ProductionClass
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.marks import MarkKind
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import shorten
from armstrace.vocabulary.toml_texts import read_toml

SAID = Sentences(__package__)
LISTS = ("MAK.csv", "CAL.csv", "TYP.csv")
type _Rule = tuple[Callable[[str], bool], str]

_USER_ASSIGNED = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")
_METRIC = re.compile(r"(?:\d+(?:\.\d+)?x\d+(?:\.\d+)?[A-Z]*)?")


def check(place: str, name: str, row: Mapping[str, str]) -> None:
    """Refuse a row that its vocabulary does not understand.

    Raises:
        InvalidInput: A cell is empty or holds what it may not.
    """
    for field in KEYS[name]:
        if not row[field] and not (name == "models.tsv" and any(row.values())):
            msg = SAID.say("FIELD_EMPTY", place=place, field=field)
            raise InvalidInput(msg, field=field)
    for field, (is_right, wanted) in _RULES[name].items():
        if not is_right(row[field]):
            msg = SAID.say(
                "FIELD_WRONG",
                place=place,
                field=field,
                row=shorten(row[field], 40),
                wanted=wanted,
            )
            raise InvalidInput(msg, field=field)


def look_alikes(name: str, text: str) -> tuple[int, tuple[str, ...]]:
    """Read classes of look-alikes with their version.

    Raises:
        InvalidInput: There is no version, or a character stands in two classes.
    """
    try:
        table = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        msg = SAID.say("NOT_VALID_TOML", name=name, error=str(error))
        raise InvalidInput(msg) from error
    version, classes = table.get("version"), table.get("classes")
    if not isinstance(version, int) or not isinstance(classes, list):
        msg = SAID.say("NO_VERSION", name=name)
        raise InvalidInput(msg, field="classes")
    groups = tuple(str(group).upper() for group in classes)
    signs = "".join(groups)
    twice = sorted({sign for sign in signs if signs.count(sign) > 1})
    if twice:
        msg = SAID.say("IN_TWO_CLASSES", name=name, twice=twice)
        raise InvalidInput(msg, field="classes")
    return version, groups


def check_list(name: str, text: str) -> None:
    """Refuse a list of codes that cannot be used.

    Raises:
        InvalidInput: The list is none that is read, or lacks a column or a code.
    """
    if name not in LISTS:
        msg = SAID.say("NO_SUCH_LIST", name=name, lists=LISTS)
        raise InvalidInput(msg)
    table = csv.DictReader(text.splitlines())
    for number, row in enumerate(table, 2):
        for field in ("code", "description"):
            if not (row.get(field) or "").strip():
                msg = SAID.say("CELL_EMPTY", name=name, number=number, field=field)
                raise InvalidInput(msg, field=field)


def check_serial_rules(name: str, text: str) -> None:
    """Refuse rules of serial numbers that cannot be used.

    Raises:
        InvalidInput: The file is no TOML, or a rule lacks what it needs.
    """
    try:
        rules = read_toml(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        msg = SAID.say("NOT_TOML", name=name, error=str(error))
        raise InvalidInput(msg) from None
    for number, rule in enumerate(rules, 1):
        _check_serial_rule(f"{name}, rule {number}", rule)


def _check_serial_rule(place: str, rule: Mapping[str, object]) -> None:
    for field, kind in _SERIAL_RULE.items():
        if not isinstance(rule.get(field), kind):
            msg = SAID.say("NO_FIELD", place=place, field=field, name=kind.__name__)
            raise InvalidInput(msg, field=field)
    if unknown := rule.keys() - {*_SERIAL_RULE, *_MORE_OF_RULE}:
        msg = SAID.say("NO_SUCH_FIELD", place=place, unknown=min(unknown))
        raise InvalidInput(msg, field=min(unknown))
    try:
        groups = re.compile(str(rule["pattern"])).groupindex
    except re.error as error:
        msg = SAID.say("NO_PATTERN", place=place, error=str(error))
        raise InvalidInput(msg, field="pattern") from None
    if not groups.keys() & YEAR_GROUPS:
        msg = SAID.say(
            "NO_YEAR_GROUP", place=place, year_groups=tuple(sorted(YEAR_GROUPS))
        )
        raise InvalidInput(msg, field="pattern")
    _check_what_groups_need(place, rule, groups)


def _check_what_groups_need(
    place: str, rule: Mapping[str, object], groups: Mapping[str, int]
) -> None:
    if "letters" in groups and len(set(str(rule.get("digits", "")))) != _TEN:
        msg = SAID.say("NO_TEN_LETTERS", place=place)
        raise InvalidInput(msg, field="digits")
    for group, field in (("count", "alphabet"), ("number", "ranges")):
        if group in groups and not rule.get(field):
            msg = SAID.say("NO_GROUP_FIELD", place=place, field=field, group=group)
            raise InvalidInput(msg, field=field)


_TEN = 10
YEAR_GROUPS = frozenset({"yy", "letters", "down", "count", "number"})
_MORE_OF_RULE = ("digits", "alphabet", "ranges", "types", "calibre")
_SERIAL_RULE: Mapping[str, type] = {
    "make": str,
    "pattern": str,
    "first": int,
    "last": int,
    "source": str,
}


def _some_of(codes: type[Code]) -> _Rule:
    members = {*codes, ""}
    wanted = f"none or some of {', '.join(codes)}, with | between"
    return (lambda cell: {part.strip() for part in cell.split("|")} <= members), wanted


def _one_of(words: Iterable[str]) -> _Rule:
    known = tuple(words)
    return (lambda cell: cell in known), f"one of {', '.join(filter(None, known))}"


def _is_country(cell: str) -> bool:
    if not cell or _USER_ASSIGNED.fullmatch(cell):
        return True
    return pycountry.countries.get(alpha_2=cell) is not None


def _are_countries(cell: str) -> bool:
    return all(_is_country(part.strip()) for part in cell.split("|"))


_LISTS = (AmmunitionKind, ArmType, ItemKind, MarkKind, ProductionClass)
_NAMED: Mapping[str, _Rule] = {
    "country": (_is_country, "two letters of ISO 3166-1, or nothing"),
    "countries": (
        _are_countries,
        "two letters of ISO 3166-1, several with | between, or nothing",
    ),
    "dimensions": (lambda cell: _METRIC.fullmatch(cell) is not None, "such as 9x19"),
    **{f"one {codes.__name__}": _one_of(codes) for codes in _LISTS},
    **{f"some {codes.__name__}": _some_of(codes) for codes in _LISTS},
}
_TABLES = read_table(__package__, "table_rules.toml")
KEYS: Mapping[str, tuple[str, ...]] = {
    name: tuple(table["key"]) for name, table in _TABLES.items()
}
_RULES: Mapping[str, Mapping[str, _Rule]] = {
    name: {
        field: _NAMED[said] if isinstance(said, str) else _one_of(said)
        for field, said in table.get("cells", {}).items()
    }
    for name, table in _TABLES.items()
}
