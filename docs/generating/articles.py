"""What rests on each article, for the page of the law: acts, fields, rules, tests."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from armstrace.vocabulary.sources import INSTRUMENTS
from armstrace.web.law.articles import Resting
from generating import rules, sources, tree

TESTS = tree.SOURCE.parents[1] / "tests"
MOST_TESTS = 3
_NAMED = re.compile(r"\{(\w+)\}")
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{2})[-_](\d{2})(?!\d)")


def articles_file() -> str:
    """Write the file that is shipped: one line for each place that is cited."""
    rows = sorted(set(resting()), key=_order)
    lines = ("\t".join(map(_cell, _values(row))) for row in rows)
    return "\n".join(lines) + "\n"


def resting() -> Iterator[Resting]:
    """Give what rests on articles, from docstrings and from the tables of rules."""
    for module in tree.modules():
        yield from _cited(module.tree, module.name)
        is_act = ".actions" in module.name
        for node in module.functions():
            told = _fields(node, module) if is_act else ""
            yield from _cited(node, f"{module.name}.{node.name}", told)
    for rule in rules.collected():
        words = _NAMED.sub(r"%(\1)s", rule.words)
        yield from _resting(rule.source, rule.code, words, "", [rule.code])


def _cited(
    node: tree.Function | ast.Module, name: str, told: str = ""
) -> Iterator[Resting]:
    codes = [] if isinstance(node, ast.Module) else tree.codes_in(node)
    source = tree.part_of(node, "Source")
    yield from _resting(source, name, tree.first_line(node), told, codes)


def _resting(
    source: str, name: str, words: str, fields: str, codes: list[str]
) -> Iterator[Resting]:
    for piece in sources.pieces(source):
        key = sources.instrument(piece)
        if key not in INSTRUMENTS:
            continue  # a paper on a method is no law
        place = sources.place_in(piece, INSTRUMENTS[key])
        yield Resting(
            key, place, name, words, fields, " ".join(codes), " ".join(_tests(codes))
        )


def _tests(codes: list[str]) -> list[str]:
    found = [test for code in codes for test in _by_code().get(code, ())[:MOST_TESTS]]
    return list(dict.fromkeys(found))[:MOST_TESTS]


@cache
def _by_code() -> dict[str, list[str]]:
    """Find the tests that carry a code, in their name or in what they check."""
    named: dict[str, list[str]] = defaultdict(list)
    held: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        tables = _tables(body)
        for node in body:
            if not isinstance(node, ast.FunctionDef) or node.name[:5] != "test_":
                continue
            test = f"{path.relative_to(TESTS.parent).as_posix()}::{node.name}"
            for group in set(_CODE.findall(_checked(node, tables))):
                is_named = "_".join(group) in node.name
                (named if is_named else held)["-".join(group)].append(test)
    return {code: [*named[code], *held[code]] for code in {*named, *held}}


def _tables(body: list[ast.stmt]) -> dict[str, ast.expr]:
    """Give what a module of tests keeps by name, such as the cases of a test."""
    return {
        target.id: node.value
        for node in body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }


def _checked(node: ast.FunctionDef, tables: dict[str, ast.expr]) -> str:
    """Write out a test with its cases, which may be a table that it names."""
    named = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
    kept = [tables[name] for name in dict.fromkeys(named) if name in tables]
    return "\n".join(map(ast.unparse, [node, *kept]))


def _fields(node: tree.Function, module: tree.Module) -> str:
    """Name the fields of the inputs that a function takes."""
    imported = _imported(module)
    given = (*node.args.args, *node.args.kwonlyargs)
    named = (
        ast.unparse(each)
        for arg in given
        for each in ast.walk(arg.annotation or ast.Pass())
        if isinstance(each, ast.Name | ast.Attribute)
    )
    classes = sorted({_whole(name, imported, module.name) for name in named})
    return ", ".join(dict.fromkeys(f for c in classes for f in _inputs().get(c, ())))


def _imported(module: tree.Module) -> dict[str, str]:
    """Give in full the names that a module imports."""
    return {
        each.asname or each.name: f"{node.module}.{each.name}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    }


def _whole(name: str, imported: dict[str, str], module: str) -> str:
    """Write a name in full: two classes of one name have other fields."""
    head, dot, rest = name.partition(".")
    whole = imported.get(head, f"{module}.{head}")
    return f"{whole}{dot}{rest}".removeprefix("armstrace.")


@cache
def _inputs() -> dict[str, tuple[str, ...]]:
    """Give the fields of what actions take, by the name of its class in full."""
    return {
        f"{module.name}.{node.name}": tuple(
            each.target.id
            for each in node.body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        )
        for module in tree.modules()
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and node.name != "Actor"
    }


def _order(row: Resting) -> tuple[object, ...]:
    known = list(INSTRUMENTS)
    return known.index(row.instrument), *sources.order((row.place, row.code))


def _values(row: Resting) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in Resting.__slots__)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace('"', "”")
