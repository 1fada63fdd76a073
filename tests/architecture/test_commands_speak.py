"""Commands print data and messages, no English prose of their own."""

import ast
import re
from pathlib import Path

import pytest

from armstrace.checking.finding import WORDS

pytestmark = pytest.mark.pure

SOURCE = Path(__file__).resolve().parents[2] / "src" / "armstrace"
PROSE = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
TRANSLATED = {
    "message",
    "counted",
    "gettext",
    "Lazy",
    "Typer",
    "Option",
    "Argument",
    "group",
    "subject",
}
# Words of databases, of columns and of what the ledger keeps; commands to be typed,
# and comments in a file that a command writes.
OTHERS = re.compile(
    "no such table|does not exist|unable to open database file|country of manufacture|"
    "nom de famille|the report of a file that was just loaded|.*armstrace account .*|"
    ".*# .constants\\.",
    re.DOTALL,
)


def trees(folder):
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((SOURCE / folder).rglob("*.py"))
    }


TREES, LOOKS = trees("cli"), trees("checking")


def names(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def prose_in(tree):
    """Give the texts that read as a sentence and are no message, help or comment."""
    said = {id(each) for node in ast.walk(tree) for each in spoken(node)}
    for node in ast.walk(tree):
        if is_text(node) and PROSE.search(node.value) and id(node) not in said:
            yield node.value


def spoken(node):
    """Give what a piece of code has translated, prints as help, or says to readers."""
    if isinstance(node, ast.Expr) or (
        isinstance(node, ast.Call) and names(node) in TRANSLATED
    ):
        yield from ast.walk(node) if isinstance(node, ast.Call) else [node.value]


@pytest.mark.parametrize("path", TREES, ids=lambda path: path.stem)
def test_a_command_prints_no_prose_of_its_own(path):
    if path.name.startswith("demonstrating"):
        pytest.skip("what the demo invents is written by its people")

    assert [t for t in prose_in(TREES[path]) if not OTHERS.fullmatch(t)] == []


def test_prose_is_found_where_it_is():
    told = ast.parse(
        '''"""It does so and says it."""
HINT = "Keep it where it is."
typer.echo(f"{count} rows were read here.", HINT, message("It is all said here."))
'''
    )

    assert set(prose_in(told)) == {"Keep it where it is.", " rows were read here."}


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
