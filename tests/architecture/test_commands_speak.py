"""Commands print data and messages, no English prose of their own."""

import ast
import re
from pathlib import Path

import pytest

from armstrace.checking.finding import WORDS

pytestmark = pytest.mark.pure

SOURCE = Path(__file__).resolve().parents[2] / "src" / "armstrace"
PROSE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
# Comments in a file that a command writes, for whoever writes code on.
WRITTEN = {"understanding.py"}


def trees(folder):
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((SOURCE / folder).rglob("*.py"))
    }


TREES, LOOKS = trees("cli"), trees("checking")


def names(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def written_out(tree):
    """Give what f-strings hold, and what is printed without being a message."""
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=parts):
                yield "{}".join(c.value for c in parts if isinstance(c, ast.Constant))
            case ast.Call(args=args) if names(node) in {"echo", "print", "write"}:
                yield from (
                    each.value
                    for each in args
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                )


def usage(tree):
    """Give the f-strings that say how a command is used wrongly."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "msg":
            yield from written_out(node.value)


@pytest.mark.parametrize("path", TREES, ids=lambda path: path.stem)
def test_a_command_prints_no_prose_of_its_own(path):
    if path.name in WRITTEN:
        pytest.skip("writes comments into a file of code")
    tree = TREES[path]
    told = set(written_out(tree)) - set(usage(tree))

    assert [text for text in told if PROSE.search(text)] == []


def test_prose_is_found_where_it_is():
    told = ast.parse('typer.echo(f"{count} rows read."); typer.echo("Keep it now.")')

    assert len([text for text in written_out(told) if PROSE.search(text)]) == 2


def found_calls():
    for tree in LOOKS.values():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and names(call) == "found" and call.args:
                yield call


def test_check_finds_each_case_of_its_table_and_no_other():
    """A case that is chosen under another name stands in its file as a text."""
    texts = {
        each.value
        for tree in LOOKS.values()
        for each in ast.walk(tree)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }
    subjects = {call.args[0].value for call in found_calls()}

    assert subjects == set(WORDS)
    assert {case for cases in WORDS.values() for case in cases} <= texts
    for call in found_calls():
        cases = {each.value for each in ast.walk(call.args[1]) if is_text(each)}
        assert cases <= set(WORDS[call.args[0].value])


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
