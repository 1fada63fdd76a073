"""The source as syntax trees: what is defined where, and what its words say."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "armstrace"
_SECTION = re.compile(r"^(Args|Returns|Raises|Source|Yields):\s*$", re.MULTILINE)
_CODE = re.compile(r"\b([A-Z]{2}-\d{2})\b")

type Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One file of the source.

    Args:
        name: Dotted name below ``armstrace``.
        path: Path below ``armstrace``, with slashes.
        text: What it says.
        tree: Its syntax tree.
    """

    name: str
    path: str
    text: str
    tree: ast.Module

    def functions(self) -> Iterator[Function]:
        """Give the public functions at the top of the file."""
        for node in self.tree.body:
            named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            if named and not node.name.startswith("_"):
                yield node


@cache
def modules() -> tuple[Module, ...]:
    """Read every module of the source, migrations apart, in order of path."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        short = path.relative_to(SOURCE)
        if "migrations" in short.parts:
            continue
        parts = short.with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found.append(Module(name, short.as_posix(), text, ast.parse(text)))
    return tuple(found)


def first_line(node: Function | ast.ClassDef | ast.Module) -> str:
    """Give the first sentence of a docstring; empty where there is none."""
    return (ast.get_docstring(node) or "").partition("\n")[0].strip()


def part_of(node: Function | ast.ClassDef | ast.Module, name: str) -> str:
    """Give a section of a Google docstring as one line."""
    pieces = _SECTION.split(ast.get_docstring(node) or "")
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return " ".join(sections.get(name, "").split())


def codes_in(node: Function) -> list[str]:
    """Give the rule codes that a docstring's Raises names."""
    return sorted(set(_CODE.findall(part_of(node, "Raises"))))
