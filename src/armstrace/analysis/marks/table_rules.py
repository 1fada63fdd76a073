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
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.packaged import read_table

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
            msg = message(
                "%(place)s: %(field)s is empty; fill it in or take the row out.",
                place=place,
                field=field,
            )
            raise InvalidInput(msg, field=field)
    for field, (is_right, wanted) in _RULES[name].items():
        if not is_right(row[field]):
            msg = message(
                "%(place)s: %(field)s is “%(row)s”; write %(wanted)s.",
                place=place,
                field=field,
                row=row[field][:40],
                wanted=wanted,
            )
            raise InvalidInput(msg, field=field)


def look_alikes(name: str, text: str) -> tuple[int, tuple[str, ...]]:
    """Read classes of look-alikes with their version.

    Raises:
        InvalidInput: There is no version, or a character stands in two classes.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = message(
            "%(name)s is not valid TOML: %(error)s; correct the line.",
            name=name,
            error=str(error),
        )
        raise InvalidInput(msg) from error
    version, classes = table.get("version"), table.get("classes")
    if not isinstance(version, int) or not isinstance(classes, list):
        msg = message(
            "%(name)s needs a whole number as version and a list of classes.", name=name
        )
        raise InvalidInput(msg, field="classes")
    groups = tuple(str(group).upper() for group in classes)
    signs = "".join(groups)
    twice = sorted({sign for sign in signs if signs.count(sign) > 1})
    if twice:
        msg = message(
            "%(name)s states %(twice)s twice; leave each in one class.",
            name=name,
            twice=twice,
        )
        raise InvalidInput(msg, field="classes")
    return version, groups


def check_list(name: str, text: str) -> None:
    """Refuse a list of codes that cannot be used.

    Raises:
        InvalidInput: The list is none that is read, or lacks a column or a code.
    """
    if name not in LISTS:
        msg = message(
            "%(name)s is not a list that is read; the lists are %(lists)s.",
            name=name,
            lists=LISTS,
        )
        raise InvalidInput(msg)
    table = csv.DictReader(text.splitlines())
    for number, row in enumerate(table, 2):
        for field in ("code", "description"):
            if not (row.get(field) or "").strip():
                msg = message(
                    "%(name)s, row %(number)s: %(field)s is empty or has no column.",
                    name=name,
                    number=number,
                    field=field,
                )
                raise InvalidInput(msg, field=field)


def check_serial_rules(name: str, text: str) -> None:
    """Refuse rules of serial numbers that cannot be used.

    Raises:
        InvalidInput: The file is no TOML, or a rule lacks what it needs.
    """
    try:
        rules = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        msg = message(
            "%(name)s is not TOML (%(error)s); correct it.", name=name, error=str(error)
        )
        raise InvalidInput(msg) from None
    for number, rule in enumerate(rules, 1):
        _check_serial_rule(f"{name}, rule {number}", rule)


def _check_serial_rule(place: str, rule: Mapping[str, object]) -> None:
    for field, kind in _SERIAL_RULE.items():
        if not isinstance(rule.get(field), kind):
            msg = message(
                "%(place)s: %(field)s is missing or is not a %(name)s; write it.",
                place=place,
                field=field,
                name=kind.__name__,
            )
            raise InvalidInput(msg, field=field)
    if unknown := rule.keys() - {*_SERIAL_RULE, *_MORE_OF_RULE}:
        msg = message(
            "%(place)s: a rule has no field called “%(unknown)s”; take it out.",
            place=place,
            unknown=min(unknown),
        )
        raise InvalidInput(msg, field=min(unknown))
    try:
        groups = re.compile(str(rule["pattern"])).groupindex
    except re.error as error:
        msg = message(
            "%(place)s: pattern is not a regular expression (%(error)s); correct it.",
            place=place,
            error=str(error),
        )
        raise InvalidInput(msg, field="pattern") from None
    if not groups.keys() & YEAR_GROUPS:
        msg = message(
            "%(place)s: pattern names no group of %(year_groups)s.",
            place=place,
            year_groups=tuple(sorted(YEAR_GROUPS)),
        )
        raise InvalidInput(msg, field="pattern")
    _check_what_groups_need(place, rule, groups)


def _check_what_groups_need(
    place: str, rule: Mapping[str, object], groups: Mapping[str, int]
) -> None:
    if "letters" in groups and len(set(str(rule.get("digits", "")))) != _TEN:
        msg = message(
            "%(place)s: digits must list ten letters, for 0 to 9.", place=place
        )
        raise InvalidInput(msg, field="digits")
    for group, field in (("count", "alphabet"), ("number", "ranges")):
        if group in groups and not rule.get(field):
            msg = message(
                "%(place)s: %(field)s is missing for the group %(group)s; write it.",
                place=place,
                field=field,
                group=group,
            )
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
