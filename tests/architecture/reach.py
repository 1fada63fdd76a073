"""What each definition of the product uses, read from its code.

A name is followed through imports to where it is defined, so that a word that is
the same by chance, in a comment or in another app, leads nowhere.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import armstrace

SOURCE = Path(armstrace.__file__).parent
# What an app names for others to call, in its ``apps.py``.
HOOK = re.compile(r"armstrace(?:\.\w+){2,}")


@cache
def modules() -> dict[str, Path]:
    """Give the file of every module by its full name."""
    return {
        name_of(path): path
        for path in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def name_of(path: Path) -> str:
    parts = ["armstrace", *path.relative_to(SOURCE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def code_of(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


def definitions(module: str) -> Iterator[tuple[str, ast.stmt]]:
    """Give what a module defines at its top, each name with its statement."""
    for node in code_of(module).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node
            case ast.Assign(targets=targets):
                for each in targets:
                    yield from ((n.id, node) for n in ast.walk(each) if is_name(n))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name, node


def is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


@cache
def named_in(module: str) -> dict[str, str]:
    """Give what each name of a module stands for, its imports followed once."""
    own = {name: f"{module}.{name}" for name, _ in definitions(module)}
    found: dict[str, str] = {}
    for node in ast.walk(code_of(module)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                found[each.asname or each.name] = f"{node.module}.{each.name}"
        elif isinstance(node, ast.Import):
            for each in node.names:
                found[each.asname or each.name.split(".")[0]] = each.name
    return found | own


@cache
def home_of(name: str) -> str:
    """Give where a name is defined, through packages that pass it on."""
    module, _, last = name.rpartition(".")
    while module and module not in modules():
        module, _, between = module.rpartition(".")
        last = f"{between}.{last}"
    if name in modules() or not module:
        return name
    first, _, rest = last.partition(".")
    stands_for = named_in(module).get(first, f"{module}.{first}")
    if stands_for == f"{module}.{first}":
        return stands_for
    return home_of(f"{stands_for}.{rest}" if rest else stands_for)


def uses_in(node: ast.AST, module: str) -> set[str]:
    """Give the definitions that a piece of code reads."""
    known = named_in(module)
    found = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and HOOK.fullmatch(str(each.value)):
            found.add(home_of(each.value))
        dotted = _dotted(each)
        if dotted and (first := dotted.split(".")[0]) in known:
            found.add(home_of(known[first] + dotted[len(first) :]))
    return found


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return node.id
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


@cache
def used_by(name: str) -> frozenset[str]:
    """Give the definitions that one reads; none where it is not of the product."""
    module, _, own = name.rpartition(".")
    while module and module not in modules():  # a member of a class
        module, _, own = module.rpartition(".")
    found = set[str]()
    for each, node in definitions(module) if module else ():
        if each == own:
            found |= uses_in(node, module)
    return frozenset(found - {name})


def reached_from(starts: Iterable[str]) -> set[str]:
    """Give all that definitions lead to, however far."""
    seen, waiting = set[str](), list(starts)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += used_by(name)
    return seen


def public_functions(kind: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Give the public functions of the modules of a kind, such as ``actions``."""
    for module in modules():
        if kind not in module.split(".")[2:]:
            continue
        for name, node in definitions(module):
            if isinstance(node, ast.FunctionDef) and not name.startswith("_"):
                yield f"{module}.{name}", node


def read_by(package: str) -> set[str]:
    """Give all that the modules of a package read themselves."""
    inside = [each for each in modules() if f"{each}.".startswith(f"{package}.")]
    return set().union(*(uses_in(code_of(module), module) for module in inside))
